import PlumblineCore
import PlumblineTestSupport

/// The metrics that are shown, edges first.
enum ReconcileSample: String, CaseIterable, Sendable {
  case nobody
  case stageRate
  case winRate
  case winRateOfPeriod
  case speed
  case noQuota
  case coverage
  case payback
  case paybackUnsaid
  case winsAlone
  case hostile

  /// The answer and the agreement it was made under.
  func answer() throws -> (answer: ReconcileAnswer, agreement: Agreement) {
    var agreement = SampleCompany.agreement
    agreement.goals = self == .noQuota ? [] : [Self.goal]
    if self == .paybackUnsaid { agreement.economics = Economics() }
    var facts =
      switch self {
      case .nobody: FactBuilder()
      case .winsAlone: Self.wins
      default: Self.facts
      }
    if self == .hostile {
      agreement.path[1].id = Sample.hostileNames[0]
      facts.deal(Sample.hostileNames[4], lead: "", created: 19_990, outcome: "open")
    }
    if self == .coverage {
      facts.deal(
        "D901",
        lead: "L101",
        created: 19_950,
        closed: 19_998,
        outcome: "won",
        amount: 900_000
      )
      facts.deal(
        "D902",
        lead: "L102",
        created: 19_950,
        closed: 19_990,
        outcome: "open",
        amount: 500_000,
        probability: 250_000
      )
    }
    let history = facts.history(agreement, asOfDay: 20_000)
    let ledger = facts.ledger()
    let reconciler = Reconciler(
      history,
      source: EmbeddedCells(history),
      deals: DealRecords(ledger, for: history),
      records: { EconomicsRecords(ledger, for: history) }
    )
    let isPeriod = self == .winRateOfPeriod
    return (
      try reconciler.answer(
        metric,
        filters: self == .hostile
          ? [DimensionFilter(.channel, values: [Sample.hostileNames[1], "Meta"])] : [],
        firstDay: isPeriod ? CivilDate(dayNumber: 19_700) : nil,
        lastDay: isPeriod ? CivilDate(dayNumber: 19_900) : nil
      ), agreement
    )
  }

  private var metric: ReconcileMetric {
    switch self {
    case .nobody, .stageRate, .hostile: .stageRate(from: 1)
    case .winRate, .winRateOfPeriod, .winsAlone: .winRate
    case .speed: .speedToLead
    case .noQuota, .coverage: .coverage
    case .payback, .paybackUnsaid: .payback
    }
  }

  private static let goal = Goal(
    measure: .quota,
    period: "2024-Q4",
    days: CivilDate(dayNumber: 19_997)...CivilDate(dayNumber: 20_088),
    amount: 25_000_000
  )

  /// Twenty deals that were won, and nothing that was lost.
  private static var wins: FactBuilder {
    var facts = FactBuilder()
    for number in 0..<20 {
      let (id, day) = ("L\(100 + number)", 19_450 + Double(number))
      facts.lead(id, day: day, channel: "Meta", owner: "Ana")
      facts.deal(
        "D\(number)",
        lead: id,
        created: day + 5,
        closed: day + 20,
        outcome: "won",
        amount: 1_000_000,
        currency: "EUR"
      )
    }
    return facts
  }

  /// A hundred leads in a year and a half: some skip the MQL, some come back, some win deals.
  private static var facts: FactBuilder {
    var facts = FactBuilder()
    for number in 0..<100 {
      let id = "L\(100 + number)"
      let day = 19_450 + 5 * Double(number)
      facts.lead(id, day: day, channel: "Meta", owner: "Ana")
      if number % 5 < 3 { facts.stage(id, "mql", day: day + 1) }
      if number % 3 == 0 { facts.stage(id, "sql", day: day + 2.5) }
      if number % 11 == 0 {
        facts.stage(id, "recycled", day: day + 20)
        facts.stage(id, "mql", day: day + 40)
      }
      if number % 4 > 0 { facts.activity("c\(number)", lead: id, day: day + 3, owner: "Ana") }
      guard number % 6 == 0 else { continue }
      let outcome = ["won", "lost", "open"][number / 6 % 3]
      facts.deal(
        "D\(number)",
        lead: id,
        created: day + 10,
        closed: outcome == "open" ? nil : day + 30 + Double(number % 7) * 20,
        outcome: outcome,
        amount: number % 8 == 0 ? nil : 1_000_000 + Int64(number) * 20_000,
        currency: "EUR",
        probability: outcome == "open" && number % 5 > 0 ? 400_000 : nil
      )
    }
    facts.deal("D900", lead: "", created: 19_800, closed: 19_820, outcome: "won", amount: 700_000)
    facts.spend("Meta", day: 19_450, to: 19_999, amount: 5_000_000, currency: "EUR")
    return facts
  }
}
