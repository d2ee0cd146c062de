import PlumblineCore
import PlumblineStatistics
import PlumblineTestSupport

/// The pages for both teams that are shown, edges first.
enum WeeklySample: String, CaseIterable, Sendable {
  case empty
  case oneLead
  case notJudged
  case hostile
  case example
  case exampleMonth
  case exampleBothSides

  /// The page and the agreement it was made under, made once.
  func answer() throws -> (answer: WeeklyAnswer, agreement: Agreement) {
    try Self.all[self, default: .failure(Missing())].get()
  }

  private struct Missing: Error {}

  private typealias Made = (answer: WeeklyAnswer, agreement: Agreement)

  private static let all: [WeeklySample: Result<Made, any Error>] = Dictionary(
    uniqueKeysWithValues: allCases.map { sample in (sample, Result { try sample.made() }) }
  )

  private func made() throws -> Made {
    switch self {
    case .empty: return try page(FactBuilder(), SampleCompany.agreement)
    case .oneLead:
      var facts = FactBuilder()
      facts.lead("L1", day: Self.day(-9), channel: "Meta", owner: "Ana")
      facts.stage("L1", "sql", day: Self.day(-8))
      return try page(facts, SampleCompany.agreement)
    case .notJudged:
      var agreement = SampleCompany.agreement
      agreement.salesSLA = nil
      var facts = FactBuilder()
      for number in 1...3 {
        facts.lead("L\(number)", day: Self.day(-30), channel: "Meta", owner: "Ana")
        facts.stage("L\(number)", "sql", day: number == 3 ? nil : Self.day(Double(-5 * number)))
      }
      return try page(facts, agreement)
    case .hostile: return try hostile()
    case .example: return try example(ExampleFacts())
    case .exampleMonth:
      return try example(ExampleFacts(), WeeklyPeriod("2026-05"))
    case .exampleBothSides:
      var example = ExampleFacts()
      example.addWordsOfBothSides()
      return try self.example(
        example,
        pulse: [
          PulseLine(
            question: "The leads I get are worth my time.",
            team: "sales",
            answers: 8,
            mean: 3.1,
            scale: 5
          ),
          PulseLine(
            question: "I learn what became of my leads.",
            team: "marketing",
            answers: nil,
            mean: nil,
            scale: 5
          ),
        ]
      )
    }
  }

  /// A day so many days from the last of the sample, a Friday.
  private static func day(_ offset: Double) -> Double { SampleCompany.asOfDay + offset }

  private func page(_ facts: FactBuilder, _ agreement: Agreement) throws -> Made {
    let history = facts.history(agreement, asOfDay: SampleCompany.asOfDay)
    let ledger = facts.ledger()
    let records = WeeklyRecords(
      dispositions: Dispositions(ledger, for: history),
      attributes: LeadAttributes(ledger, asOf: history.asOf),
      exitReasons: ExitReasons(ledger, for: history)
    )
    let builder = WeeklyBuilder(EmbeddedCells(history), records: records)
    return (try builder.answer(), agreement)
  }

  /// Names that would do harm wherever a name stands.
  private func hostile() throws -> Made {
    var agreement = SampleCompany.agreement
    agreement.company = Sample.hostileNames[0]
    agreement.dispositions = Sample.hostileNames.map {
      DispositionReason(id: $0, outcome: .rejected)
    }
    var facts = FactBuilder()
    for (index, name) in Sample.hostileNames.enumerated() {
      for number in 0..<3 {
        let id = "\(name)\(number)"
        facts.lead(id, day: Self.day(-40), channel: name, owner: name)
        facts.stage(id, "sql", day: Self.day(number == 2 ? -35 : -8.5))
        if number == 0 {
          facts.add(
            .disposition,
            [
              "lead": .text(id), "at": .time(FactBuilder.time(Self.day(-7))),
              "reason": .text(Sample.hostileNames[index]), "owner": .text(name),
            ]
          )
        }
      }
    }
    facts.activity("a", lead: "x", day: Self.day(-60))
    facts.lead("x", day: Self.day(-61), owner: "y")
    facts.activity("b", lead: "x", day: Self.day(-60), owner: "y")
    return try page(facts, agreement)
  }

  private func example(
    _ example: ExampleFacts,
    _ period: WeeklyPeriod? = nil,
    pulse: [PulseLine] = []
  ) throws -> Made {
    let ledger = example.facts.ledger(source: "crm", seenDay: 20_634)
    let history = CompanyHistory(
      ledger,
      under: example.agreement,
      asOf: ExampleCompany.exportedAt
    )
    let records = WeeklyRecords(
      dispositions: Dispositions(ledger, for: history),
      attributes: LeadAttributes(ledger, asOf: history.asOf),
      exitReasons: ExitReasons(ledger, for: history),
      pulse: pulse
    )
    let builder = WeeklyBuilder(EmbeddedCells(history), records: records)
    return (try builder.answer(period), example.agreement)
  }
}
