import PlumblineTestSupport

@testable import PlumblineCore

/// Leads handed to sales, whose fates are known by hand.
///
/// The week is 2024-W39, Monday 2024-09-23 to Sunday 2024-09-29, in UTC; facts count to the end of
/// the Thursday after. A first touch is promised within a day.
struct LoopCompany {
  static let monday = 19_989.0
  static let asOfDay = 20_000.0

  var facts = FactBuilder()
  var agreement = Self.agreement

  private static let agreement: Agreement = {
    var agreement = Agreement(
      salesSLA: SalesSLA(
        firstTouch: SalesSLA.FirstTouch(
          usual: SalesSLA.Span(seconds: 86_400, isWorkingTime: false)
        )
      )
    )
    agreement.dispositions =
      DispositionReason.usual + [
        DispositionReason(id: "auto", outcome: .rejected, isDefault: true)
      ]
    return agreement
  }()

  init() {
    // Long ago somebody called: activities are on record from then on.
    facts.lead("old", day: 19_800, owner: "Ana")
    facts.stage("old", "sql", day: 19_801)
    facts.activity("a-old", lead: "old", day: 19_801.1, owner: "Ana")
    win("old", day: 19_810)
  }

  /// A lead handed over on a day, and touched so many days later.
  mutating func lead(_ id: String, day: Double?, touched: Double? = nil, owner: String = "Ana") {
    facts.lead(id, day: (day ?? Self.monday) - 1, channel: "Meta", owner: owner)
    facts.stage(id, "sql", day: day)
    if let day, let touched {
      facts.activity("a-\(id)", lead: id, day: day + touched, owner: owner)
    }
  }

  mutating func say(_ id: String, _ reason: String, day: Double?) {
    facts.add(
      .disposition,
      [
        "lead": .text(id), "at": .time(FactBuilder.time(day)), "reason": .text(reason),
        "owner": .text("Ana"),
      ]
    )
  }

  mutating func leave(_ id: String, _ detour: String, day: Double, reason: String = "") {
    facts.add(
      .stageEvent,
      [
        "lead": .text(id), "stage": .text(detour), "at": .time(FactBuilder.time(day)),
        "reason": .text(reason),
      ]
    )
  }

  mutating func win(_ id: String, day: Double, amount: Int64 = 100_000) {
    facts.deal(
      "d-\(id)",
      lead: id,
      created: day - 1,
      closed: day,
      outcome: "won",
      amount: amount,
      currency: "USD"
    )
  }

  func answer(_ period: String? = nil, asOfDay: Double = asOfDay) throws -> WeeklyAnswer {
    let history = facts.history(agreement, asOfDay: asOfDay)
    let ledger = facts.ledger()
    let records = WeeklyRecords(
      dispositions: Dispositions(ledger, for: history),
      attributes: LeadAttributes(ledger, asOf: history.asOf),
      exitReasons: ExitReasons(ledger, for: history)
    )
    return try WeeklyBuilder(EmbeddedCells(history), records: records)
      .answer(period.flatMap { WeeklyPeriod($0) })
  }
}
