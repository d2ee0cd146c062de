import PlumblineStatistics
import PlumblineTestSupport
import Testing

@testable import PlumblineCore

/// Another score asked for gives what reading all leads anew under it gives.
struct ScoreWhatIfTests {
  /// Leads with touches that speak for and against them, fit, recorded scores and entries of all
  /// kinds, as facts.
  private static func facts(_ random: inout SeededGenerator, leads: Int) -> FactBuilder {
    var facts = FactBuilder()
    func day(_ most: Double) -> Double? {
      let day = Double.random(in: 0..<most, using: &random)
      return Int.random(in: 0..<10, using: &random) == 0 ? nil : (day * 4).rounded() / 4
    }
    func precision() -> TimePoint.Precision {
      Int.random(in: 0..<4, using: &random) == 0 ? .day : .exact
    }
    for number in 0..<leads {
      let id = "\(number)"
      facts.lead(
        id,
        day: day(40),
        channel: Bool.random(using: &random) ? "Ads" : "Web",
        scoreAtHandOff: Int.random(in: 0..<3, using: &random) == 0
          ? Int64.random(in: -20...120, using: &random) : nil
      )
      for _ in 0..<Int.random(in: 0...6, using: &random) {
        let type = ["download", "open", "unsubscribe", "other"][
          Int.random(in: 0..<4, using: &random)
        ]
        facts.touch(id, type, day: day(90), precision: precision())
      }
      if Bool.random(using: &random) {
        let size = ["small", "large"][Int.random(in: 0..<2, using: &random)]
        facts.attribute(id, "size", size, day: day(60), precision: precision())
      }
      for word in ["mql", "sql", "won", "recycled", "mql"] where Bool.random(using: &random) {
        facts.stage(id, word, day: day(95), precision: precision())
      }
      if Int.random(in: 0..<3, using: &random) == 0 {
        facts.disposition(id, Bool.random(using: &random) ? "accepted" : "no_fit", day: day(90))
      }
      if Int.random(in: 0..<3, using: &random) == 0 {
        facts.meeting("m\(id)", lead: id, booked: day(90), starts: day(95))
        facts.activity("a\(id)", lead: id, day: day(95))
      }
    }
    facts.spend("Ads", day: 3, to: 60, amount: 10_000)
    return facts
  }

  private static func agreement(_ random: inout SeededGenerator) -> Agreement {
    let gate = Int.random(in: 0..<4, using: &random)
    var agreement = Agreement(
      path: [
        Stage(id: "lead"),
        Stage(
          id: "mql",
          gate: gate == 0
            ? nil : StageGate(score: 30, acceptedBy: gate == 1 ? .sales : nil)
        ), Stage(id: "sql", owner: .sales), Stage(id: "won"),
      ],
      detours: [Stage(id: "recycled")]
    )
    agreement.scoring = LeadScoring(
      fit: [.init(AttributeCriterion(name: "size", match: .words(["large"])), points: 15)],
      engagement: [
        .init(touch: "download", points: 20, most: 30), .init(touch: "open", points: 6),
        .init(touch: "unsubscribe", points: -25),
      ],
      halfLifeInDays: Bool.random(using: &random) ? 10 : nil
    )
    if Int.random(in: 0..<3, using: &random) == 0 { agreement.agreedHandOff = "mql" }
    return agreement
  }

  @Test(arguments: UInt64(0)..<30)
  func `equals a reading of all leads under each score`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed &* 31_337)
    let facts = Self.facts(&random, leads: 25)
    let agreement = Self.agreement(&random)
    let ledger = facts.ledger()
    func asked(_ score: Int) -> Agreement {
      var asked = agreement
      asked.ask(score: score)
      return asked
    }
    let first = Int.random(in: 0...60, using: &random)
    let whatIf = ScoreWhatIf(facts.history(asked(first), asOfDay: 100), ledger)
    for score in [first, first + 1, first - 1, 5, 15, 29, 30, 31, 60, -40, 500, first] {
      let whole = StageGates.apply(to: facts.history(asked(score), asOfDay: 100), ledger)
      let reference = EmbeddedCells(whole)
      let cells = whatIf.cells(under: asked(score))
      let pairs = [StagePair(from: 0, to: 1), StagePair(from: 1, to: 2), StagePair(from: 0, to: 3)]
      for by in [[], [FunnelDimension.channel], [.week, .attempt]] {
        let question = FunnelQuestion(by: by, rule: OddCompany.rule(&random), pairs: pairs)
        let expected = ComparableCell.all(reference.cells(for: question))
        #expect(ComparableCell.all(cells.cells(for: question)) == expected, "\(score)")
        let rules = SkipRule.allCases
        #expect(
          cells.reached(for: question, under: rules)
            == reference.reached(for: question, under: rules)
        )
        #expect(cells.journeys(under: question.rule) == reference.journeys(under: question.rule))
      }
      #expect(cells.history.gaps == whole.gaps)
      #expect(cells.history.events.starts == whole.events.starts)
      #expect(cells.history.events.times == whole.events.times)
      #expect(cells.history.events.codes == whole.events.codes)
    }
  }

  @Test func `only leads whose reading may change are read again`() throws {
    var facts = FactBuilder()
    for number in 0..<10 {
      facts.lead("\(number)", day: 0)
      for _ in 0..<number { facts.touch("\(number)", "download", day: 1) }
    }
    var agreement = Agreement(
      path: [
        Stage(id: "lead"), Stage(id: "mql", gate: StageGate(score: 20)), Stage(id: "sql"),
        Stage(id: "won"),
      ],
      detours: []
    )
    agreement.scoring = LeadScoring(engagement: [.init(touch: "download", points: 10)])
    agreement.ask(score: 20)
    let whatIf = ScoreWhatIf(facts.history(agreement, asOfDay: 9), facts.ledger())
    _ = whatIf.cells(under: agreement).journeys(under: agreement.journeyRule)
    // Leads have 0, 10, … 90 points: from 20 to 30 the one with 20 is no MQL any more.
    agreement.ask(score: 30)
    let cells = whatIf.cells(under: agreement)
    let patch = try #require(cells.shelf.patch(to: agreement.journeyRule))
    #expect(Array(patch.leads.joined()) == [2])
    let question = FunnelQuestion(rule: agreement.journeyRule, pairs: [])
    #expect(cells.cells(for: question).total?.reached == [10, 7, 0, 0])
  }

  @Test func `a bracket holds what was asked, and ends where an answer would change`() {
    var bracket = ScoreBracket()
    bracket.note(19.5, isReached: false)
    bracket.note(42, isReached: true)
    #expect(!bracket.contains(19))
    #expect(bracket.contains(20))
    #expect(bracket.contains(42))
    #expect(!bracket.contains(43))
    // A billionth of a point makes no difference.
    bracket.note(39.999_999_999_9, isReached: true)
    #expect(bracket.contains(40))
    #expect(!bracket.contains(41))
    bracket.noteExact(30)
    #expect((0...50).filter(bracket.contains) == [30])
  }
}
