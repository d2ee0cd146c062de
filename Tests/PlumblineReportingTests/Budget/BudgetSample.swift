import PlumblineCore
import PlumblineStatistics
import PlumblineTestSupport

/// A company with channels of every kind: to be moved, held, stopped, without spend.
struct BudgetSample {
  /// Monday, 2024-01-01.
  static let firstMonday = 19_723.0
  static let weeks = 40

  var facts = FactBuilder()
  var agreement: Agreement

  /// The company, with or without an agreed margin and spend.
  init(hasMargin: Bool = true, hasSpend: Bool = true) {
    agreement = Agreement(
      path: ["lead", "sql", "won"].map { Stage(id: $0) },
      detours: [Stage(id: "lost")]
    )
    agreement.currency = "EUR"
    agreement.economics = Economics(grossMargin: hasMargin ? 0.7 : nil)
    add("Google Ads", weeks: 0..<Self.weeks, leads: 20, wonEach: 12, swing: 0.35, power: 0.85)
    add("LinkedIn", weeks: 0..<Self.weeks, leads: 9, wonEach: 14, swing: 0.35, power: 0.4)
    add("Meta", weeks: 0..<Self.weeks, leads: 15, wonEach: 30, swing: 0, power: 1)
    add("TikTok", weeks: 38..<Self.weeks, leads: 4, wonEach: 40, swing: 0, power: 1)
    add("Radio", weeks: 0..<12, leads: 4, wonEach: 20, swing: 0.2, power: 0.7)
    add("Organic search", weeks: 0..<Self.weeks, leads: 8, wonEach: 10, swing: 0, power: 1)
    guard hasSpend else { return }
    for (channel, amount, weeks, swing) in [
      ("Google Ads", Int64(200_000), 0..<Self.weeks, 0.35),
      ("LinkedIn", 250_000, 0..<Self.weeks, 0.35), ("Meta", 120_000, 0..<Self.weeks, 0),
      ("TikTok", 40_000, 38..<Self.weeks, 0), ("Radio", 60_000, 0..<12, 0.2),
    ] {
      for week in weeks {
        let first = Self.firstMonday + Double(7 * week)
        let part = Self.swing(week, swing)
        facts.spend(channel, day: first, to: first + 6, amount: Int64(Double(amount) * part))
      }
    }
  }

  /// Up and down in turn, the newest four weeks as usual.
  private static func swing(_ week: Int, _ swing: Double) -> Double {
    week >= weeks - 4 ? 1 : [1 + swing, 1, 1 - swing, 1 - swing / 2, 1 + swing / 2][week % 5]
  }

  private mutating func add(
    _ channel: String,
    weeks: Range<Int>,
    leads: Int,
    wonEach: Int,
    swing: Double,
    power: Double
  ) {
    var count = 0
    for week in weeks {
      let change = (Self.swing(week, swing) - 1) * power
      let now = Int((Double(leads) * (1 + change)).rounded()) + [0, 1, -1, 1, -1, 0, 0][week % 7]
      for lead in 0..<now {
        count += 1
        let id = "\(channel)-\(week)-\(lead)"
        let day = Self.firstMonday + Double(7 * week + lead % 7) + 0.5
        facts.lead(id, day: day, channel: channel, owner: count % 2 == 0 ? "Ana" : "Bo")
        guard count % wonEach == 0 else {
          facts.stage(id, "lost", day: day + 20)
          continue
        }
        facts.stage(id, "sql", day: day + 3)
        facts.stage(id, "won", day: day + 15)
        facts.deal(
          "d-\(id)",
          lead: id,
          created: day + 3,
          closed: day + 15,
          outcome: "won",
          amount: Int64(500_000 + 100_000 * (count % 7))
        )
      }
    }
  }

  func answer(_ change: (inout BudgetOptions) -> Void = { _ in }) throws -> BudgetAnswer {
    let history = facts.history(agreement, asOfDay: Self.firstMonday + Double(7 * Self.weeks))
    var options = BudgetOptions()
    options.draws = 500
    change(&options)
    return try BudgetBuilder(history, source: EmbeddedCells(history)).answer(options)
  }
}
