import PlumblineCore
import PlumblineStatistics
import PlumblineTestSupport

/// A company of three stages for tests of gaps: lead, sql, won; horizons 28, 56 and 84 days.
struct GapCompany {
  /// 2024-01-01, counted from 1970-01-01.
  static let firstQuarter = 19_723.0
  /// 2024-04-01.
  static let secondQuarter = 19_814.0
  /// 2024-07-01.
  static let thirdQuarter = 19_905.0

  var facts = FactBuilder()
  private var count = 0

  static func agreement(plan: GapPlan? = nil) -> Agreement {
    Agreement(
      currency: "EUR",
      path: ["lead", "sql", "won"].map { Stage(id: $0) },
      detours: [Stage(id: "lost")],
      horizonsInDays: ["lead-sql": 28, "sql-won": 56, "lead-won": 84],
      plan: plan
    )
  }

  /// Adds leads of a channel, spread evenly over 90 days: so many accepted after 3 days, so many of
  /// them won after another 10, the others lost.
  mutating func add(
    _ channel: String,
    from day: Double,
    leads: Int,
    accepted: Int,
    won: Int,
    amount: Int64? = 100_000
  ) {
    for index in 0..<leads {
      count += 1
      let id = "L\(count)"
      let start = day + 90 * (Double(index) + 0.5) / Double(leads)
      facts.lead(id, day: start, channel: channel)
      guard index < accepted else {
        facts.stage(id, "lost", day: start + 2)
        continue
      }
      facts.stage(id, "sql", day: start + 3)
      if index < won {
        win(id, start + 13, amount)
      } else {
        facts.stage(id, "lost", day: start + 20)
      }
    }
  }

  mutating func win(_ id: String, _ day: Double, _ amount: Int64?) {
    facts.stage(id, "won", day: day)
    facts.deal(
      "d-\(id)",
      lead: id,
      created: day,
      closed: day,
      outcome: "won",
      amount: amount,
      currency: "EUR"
    )
  }

  /// Adds leads that go on by chance, with lags, as far as the last day lets them.
  mutating func addByChance(
    _ channel: String,
    from day: Double,
    leads: Int,
    accepted: Double,
    won: Double,
    until end: Double,
    using generator: inout SeededGenerator
  ) {
    for index in 0..<leads {
      count += 1
      let id = "L\(count)"
      let start = day + 90 * (Double(index) + 0.5) / Double(leads)
      facts.lead(id, day: start, channel: channel)
      func happens(_ stage: String, _ day: Double) -> Bool {
        guard day < end else { return false }
        if stage == "won" { win(id, day, 100_000) } else { facts.stage(id, stage, day: day) }
        return true
      }
      let first = start + generator.uniform(in: 1..<27)
      guard generator.chance(accepted) else {
        _ = happens("lost", first)
        continue
      }
      guard happens("sql", first) else { continue }
      _ = happens(
        generator.chance(won) ? "won" : "lost",
        first + generator.uniform(in: 2..<55)
      )
    }
  }

  func builder(plan: GapPlan? = nil, asOfDay: Double = thirdQuarter + 90) -> GapBuilder {
    let agreement = Self.agreement(plan: plan)
    return GapBuilder(
      agreement,
      source: EmbeddedCells(facts.history(agreement, asOfDay: asOfDay))
    )
  }
}
