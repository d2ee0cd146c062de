@testable import PlumblineCore
import PlumblineStatistics
import PlumblineTestSupport
import Synchronization
import Testing

/// The pass on codes gives the cells that counting row by row with words gives.
struct CodedCellsTests {
  @Test(arguments: UInt64(0)..<150)
  func `cells equal the plain count, in any number of pieces`(seed: UInt64) {
    var random = SeededGenerator(seed: seed &* 7919)
    let history = OddCompany(seed: seed, leads: Int(seed % 40)).history
    let engine = EmbeddedCells(history)
    for _ in 0..<6 {
      let question = OddCompany.question(&random)
      let expected = ComparableCell.all(ReferenceCells.cells(history, for: question))
      #expect(ComparableCell.all(engine.cells(for: question)) == expected)
      let journeys = engine.journeys(under: question.rule)
      for pieces in 1...5 {
        let cells = CellPass(history, journeys, question).cells(pieces: pieces)
        #expect(ComparableCell.all(cells) == expected)
      }
    }
  }

  @Test(arguments: UInt64(0)..<40)
  func `stages reached under other skip rules are those of their cells`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let history = OddCompany(seed: seed).history
    for _ in 0..<4 {
      let question = OddCompany.question(&random)
      let expected = SkipRule.allCases.map { rule in
        var other = question
        other.rule = question.rule.with(rule)
        let cells = ReferenceCells.cells(history, for: other).cells
        return cells.reduce([0, 0, 0, 0, 0, 0, 0]) { zip($0, $1.reached).map(+) }
      }
      let engine = EmbeddedCells(history)
      #expect(engine.reached(for: question, under: SkipRule.allCases) == expected)
      if question.datedBy == 0 {
        let pass = CellPass(history, engine.journeys(under: question.rule), question)
        for pieces in 1...5 {
          #expect(pass.reached(under: SkipRule.allCases, pieces: pieces) == expected)
        }
      }
      for rule in SkipRule.allCases { _ = engine.journeys(under: question.rule.with(rule)) }
      #expect(engine.reached(for: question, under: SkipRule.allCases) == expected)
    }
  }

  @Test(arguments: UInt64(0)..<20)
  func `each number of a cell lists as many leads as it counts`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let history = OddCompany(seed: seed).history
    let engine = EmbeddedCells(history)
    var question = OddCompany.question(&random)
    // With one episode a lead, leads and episodes are as many.
    question.rule.returns = .sameEpisode
    let total = engine.cells(for: question).total
    for stage in 0..<6 {
      let transition = total?.transitions[stage]
      for (number, count) in [
        (RecordQuestion.Number.reached(stage: stage), transition?.entered),
        (.advanced(from: stage), transition?.advanced),
        (.detoured(from: stage), transition?.detoured.reduce(0, +)),
        (.open(in: stage), transition?.open), (.residual(from: stage), transition?.residual),
      ] {
        let ids = engine.leadIDs(for: RecordQuestion(question, number: number))
        #expect(ids.count == count ?? 0)
      }
      for (detour, count) in (transition?.detoured ?? []).enumerated() {
        let number = RecordQuestion.Number.left(from: stage, by: detour)
        #expect(engine.leadIDs(for: RecordQuestion(question, number: number)).count == count)
      }
    }
  }

  @Test func `journeys are read once a rule, and others give way after a few`() {
    let history = OddCompany(seed: 3).history
    let given = Journeys(history, skips: .filled)
    let engine = EmbeddedCells(history, journeys: given)
    #expect(engine.journeys(under: given.rule) == given)
    for days in 0..<9 {
      let rule = JourneyRule(
        skips: .any,
        confirmations: [PlumblineCore.Confirmation(stage: 1, by: 2, withinDays: days)]
      )
      #expect(engine.journeys(under: rule) == Journeys(history, rule: rule))
    }
    #expect(engine.journeys(under: given.rule) == given)
  }
}

/// Local days from a table of offsets.
struct LocalDaysTests {
  @Test(arguments: OddCompany.zones + ["Africa/Monrovia", "Pacific/Apia", "Asia/Kolkata"])
  func `days equal the calendar's, inside the table and outside`(zone: String) throws {
    let calendar = try #require(LocalCalendar(zoneName: zone))
    var random = SeededGenerator(seed: 7)
    let day: Int64 = 86_400
    let days = LocalDays(calendar, 5_000 * day...20_000 * day)
    for _ in 0..<20_000 {
      let instant = Instant(seconds: Int64.random(in: 4_900 * day..<20_100 * day, using: &random))
      #expect(days.day(of: TimePoint(instant)) == calendar.day(of: instant).dayNumber)
    }
    for part in calendar.evenParts(of: 4_900 * day..<20_100 * day) {
      for seconds in [-3_700, -3_600, -60, -1, 0, 1, 59, 60, 3_600, 86_399, 86_400] as [Int64] {
        let instant = Instant(seconds: part.range.lowerBound + seconds)
        #expect(days.day(of: TimePoint(instant)) == calendar.day(of: instant).dayNumber)
      }
    }
  }

  @Test(arguments: [-1, 0, 1, 86_399, 86_400, -86_400, -86_401] as [Int64])
  func `a table of a single instant holds`(seconds: Int64) {
    let days = LocalDays(.utc, seconds...seconds)
    let instant = Instant(seconds: seconds)
    #expect(days.day(of: TimePoint(instant)) == LocalCalendar.utc.day(of: instant).dayNumber)
  }
}

/// The source that remembers.
struct CachedCellsTests {
  /// Counts how often it is asked.
  private final class CountingSource: CellSource {
    let engine = EmbeddedCells(OddCompany(seed: 5).history)
    let asked = Mutex(0)

    func cells(for question: FunnelQuestion) -> FunnelCells {
      asked.withLock { $0 += 1 }
      return engine.cells(for: question)
    }

    func reached(for question: FunnelQuestion, under rules: [SkipRule]) -> [[Int]] {
      asked.withLock { $0 += 1 }
      return engine.reached(for: question, under: rules)
    }

    func leadIDs(for question: RecordQuestion) -> [String] { engine.leadIDs(for: question) }

    func work(for question: FunnelQuestion) throws -> (summary: WorkSummary, cells: WorkCells) {
      try engine.work(for: question)
    }

    func bulkExitDays() -> [BulkExitDay] {
      asked.withLock { $0 += 1 }
      return engine.bulkExitDays()
    }
  }

  private func question(_ lastDay: Int) -> FunnelQuestion {
    FunnelQuestion(lastDay: CivilDate(dayNumber: lastDay), skips: .filled, pairs: [])
  }

  @Test func `a question is asked once`() throws {
    let source = CountingSource()
    let cached = CachedCells(source)
    for _ in 0..<3 {
      #expect(
        ComparableCell.all(try cached.cells(for: question(6_400)))
          == ComparableCell.all(source.engine.cells(for: question(6_400)))
      )
    }
    #expect(source.asked.withLock { $0 } == 1)
    for _ in 0..<3 {
      let reached = try cached.reached(for: question(6_400), under: [.any])
      #expect(reached == source.engine.reached(for: question(6_400), under: [.any]))
      #expect(try cached.bulkExitDays() == source.engine.bulkExitDays())
    }
    #expect(source.asked.withLock { $0 } == 3)
    _ = try cached.reached(for: question(6_400), under: [.strict])
    _ = try cached.cells(for: question(6_401))
    #expect(source.asked.withLock { $0 } == 5)
  }

  @Test func `the question not asked for longest is forgotten`() throws {
    let source = CountingSource()
    let cached = CachedCells(source)
    for day in 0..<CachedCells.mostQuestions { _ = try cached.cells(for: question(day)) }
    _ = try cached.cells(for: question(0))
    #expect(source.asked.withLock { $0 } == CachedCells.mostQuestions)
    _ = try cached.cells(for: question(CachedCells.mostQuestions))
    _ = try cached.cells(for: question(0))
    #expect(source.asked.withLock { $0 } == CachedCells.mostQuestions + 1)
    _ = try cached.cells(for: question(1))
    #expect(source.asked.withLock { $0 } == CachedCells.mostQuestions + 2)
  }

  @Test func `large answers make room by size, and one too large is not remembered`() {
    var answers = RecentAnswers<Int, String>()
    answers.remember("a", of: 1, size: CachedCells.mostCounts)
    #expect(answers.answer(to: 1) == "a")
    answers.remember("b", of: 2, size: CachedCells.mostCounts + 1)
    #expect(answers.answer(to: 2) == nil)
    #expect(answers.answer(to: 1) == "a")
    answers.remember("c", of: 3, size: 1)
    #expect(answers.answer(to: 1) == nil)
    #expect(answers.answer(to: 3) == "c")
    answers.remember("d", of: 3, size: 2)
    #expect(answers.answer(to: 3) == "d")
  }

  @Test func `many threads get the same answers`() async throws {
    let source = CountingSource()
    let cached = CachedCells(source)
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for index in 0..<40 {
        group.addTask {
          let question = question(6_380 + index % 5)
          return ComparableCell.all(try cached.cells(for: question))
            == ComparableCell.all(source.engine.cells(for: question))
        }
      }
      for try await isSame in group { #expect(isSame) }
    }
  }
}

/// The companies on which columns and plain counts are compared are worth comparing on.
struct OddCompanyTests {
  @Test func `they have what is hard`() {
    var seen: [String: Int] = [:]
    for seed in UInt64(0)..<20 {
      var random = SeededGenerator(seed: seed)
      let history = OddCompany(seed: seed).history
      for _ in 0..<10 {
        let question = OddCompany.question(&random)
        let cells = ReferenceCells.cells(history, for: question)
        guard let total = cells.total else { continue }
        let transitions = total.transitions
        for (name, count) in [
          ("cells", cells.cells.count - 1), ("returns", total.episodes - total.leads),
          ("residuals", transitions.reduce(0) { $0 + $1.residual }),
          ("exits", transitions.reduce(0) { $0 + $1.detoured.reduce(0, +) }),
          ("undated conversions", total.pairs.reduce(0) { $0 + $1.undatedConversions }),
          ("undated others", total.pairs.reduce(0) { $0 + $1.undatedOthers }),
          ("converted", total.pairs.reduce(0) { $0 + $1.lags.total(.converted) }),
          ("exited", total.pairs.reduce(0) { $0 + $1.lags.total(.exited) }),
          ("meetings", total.meetings.reduce(0, +)), ("deals", total.wonDeals),
          ("activities", total.activities), ("spend", total.spend ?? 0 != 0 ? 1 : 0),
          ("many combinations", question.by.count > 5 ? 1 : 0),
          ("confirmed", question.rule.confirmations.isEmpty ? 0 : total.episodes),
          ("filtered", question.filters.isEmpty ? 0 : total.episodes),
          ("limited to days", question.firstDay == nil ? 0 : total.episodes),
          ("dated later", question.datedBy == 0 ? 0 : total.episodes),
        ] {
          seen[name, default: 0] += count
        }
      }
    }
    for (name, count) in seen { #expect(count > 10, "\(name)") }
    #expect(seen.count == 17)
  }
}
