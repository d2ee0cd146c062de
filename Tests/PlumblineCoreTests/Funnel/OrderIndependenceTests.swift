import PlumblineCore
import PlumblineStatistics
import PlumblineTestSupport
import Testing

/// The order in which facts arrive, how often, and in how many imports, changes no cell.
struct OrderIndependenceTests {
  private enum Fact {
    case lead(String, Double, String)
    case stage(String, String, Double)
    case merge(String, String)
  }

  private func history(of facts: [Fact], from ledger: inout Ledger) {
    var builder = FactBuilder()
    for fact in facts {
      switch fact {
      case .lead(let id, let day, let channel): builder.lead(id, day: day, channel: channel)
      case .stage(let id, let stage, let day): builder.stage(id, stage, day: day)
      case .merge(let loser, let winner): builder.merge(loser, into: winner)
      }
    }
    _ = ledger.addNews(of: builder.batch, FactBuilder.record())
  }

  private func randomFacts(_ random: inout SeededGenerator) -> [Fact] {
    let words = [
      "mql", "sql", "meeting_booked", "meeting_held", "opportunity", "won", "lost",
      "disqualified", "recycled", "reopened",
    ]
    var facts: [Fact] = []
    let leadCount = Int.random(in: 1...8, using: &random)
    for lead in 0..<leadCount {
      let day = Double.random(in: 0..<50, using: &random)
      facts.append(.lead("\(lead)", day, ["Meta", "Google", ""][lead % 3]))
      for _ in 0..<Int.random(in: 0...9, using: &random) {
        // Whole and half days, so that equal instants are common.
        let at = (Double.random(in: 0..<120, using: &random) * 2).rounded() / 2
        facts.append(.stage("\(lead)", words[Int.random(in: 0..<10, using: &random)], at))
      }
    }
    if leadCount > 2, Bool.random(using: &random) { facts.append(.merge("0", "1")) }
    return facts
  }

  private struct Summary: Equatable {
    var key: [String]
    var reached: [Int]
    var transitions: [TransitionCount]
    var lags: [LagCounts]
  }

  private func summary(_ ledger: Ledger, _ skips: SkipRule) -> [Summary] {
    let history = CompanyHistory(
      ledger,
      under: Agreement(),
      asOf: Instant(seconds: 100 * 86_400)
    )
    let cells = EmbeddedCells(history).cells(
      for: FunnelQuestion(
        by: [.channel, .attempt, .cohort],
        skips: skips,
        pairs: Stretches(Agreement()).pairs
      )
    )
    return zip(cells.keys, cells.cells).map { key, cell in
      Summary(
        key: key,
        reached: cell.reached,
        transitions: cell.transitions,
        lags: cell.pairs.map(\.lags)
      )
    }
  }

  @Test(arguments: UInt64(0)..<300)
  func `shuffled, doubled and split facts give the same cells`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let facts = randomFacts(&random)
    var clean = Ledger()
    history(of: facts, from: &clean)

    var messy = facts
    for fact in facts where Bool.random(using: &random) { messy.append(fact) }
    messy.shuffle(using: &random)
    var split = Ledger()
    var rest = messy[...]
    while !rest.isEmpty {
      let size = min(rest.count, Int.random(in: 1...messy.count, using: &random))
      history(of: Array(rest.prefix(size)), from: &split)
      rest = rest.dropFirst(size)
    }
    for skips in SkipRule.allCases { #expect(summary(split, skips) == summary(clean, skips)) }

    let cells = EmbeddedCells(
      CompanyHistory(split, under: Agreement(), asOf: Instant(seconds: 100 * 86_400))
    )
    let question = FunnelQuestion(skips: .any, pairs: Stretches(Agreement()).pairs)
    for (stage, transition) in (cells.cells(for: question).total?.transitions ?? []).enumerated() {
      let listed = cells.leadIDs(
        for: RecordQuestion(question, number: .residual(from: stage))
      )
      #expect(listed.isEmpty == (transition.residual == 0))
    }
  }
}
