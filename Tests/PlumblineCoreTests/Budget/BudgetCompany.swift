import PlumblineStatistics

@testable import PlumblineCore

/// Channels whose truth is known, for tests of a budget.
struct BudgetCompany {
  /// One channel as it really is.
  struct Channel {
    var name: String
    var response: SpendResponse
    var winRate: Double
    /// What is spent a week on average, minor units.
    var spend: Double
  }

  /// Monday, 2024-01-01.
  static let firstMonday = CivilDate(dayNumber: 19_723)
  static let deal = 1_000_000.0

  var channels: [Channel]
  var units: [BudgetUnit] = []
  var economics = Economics(grossMargin: 0.6)

  /// The weeks of some channels.
  ///
  /// - Parameters:
  ///   - channels: The truth.
  ///   - weeks: How many weeks are on record.
  ///   - spread: The standard deviation of the logarithm of a week's spend; 0 for flat weeks.
  ///   - noise: That of a week's demand.
  ///   - generator: Draws spend, leads and customers.
  init(
    _ channels: [Channel],
    weeks: Int,
    spread: Double,
    noise: Double,
    using generator: inout SeededGenerator
  ) {
    self.channels = channels
    for channel in channels {
      var series: [BudgetWeek] = []
      for week in 0..<weeks {
        let isToday = week >= weeks - BudgetOptions.weeksOfToday
        let spend =
          channel.spend
          * (isToday ? 1 : generator.logNormal(median: 1, logStandardDeviation: spread))
        let mean =
          channel.response.leads(spend: spend)
          * generator.logNormal(median: 1, logStandardDeviation: noise)
        series.append(
          BudgetWeek(
            start: CivilDate(dayNumber: Self.firstMonday.dayNumber + 7 * week),
            spend: spend,
            leads: generator.poisson(mean: mean)
          )
        )
      }
      let leads = series.reduce(0) { $0 + $1.leads }
      let wins = generator.binomial(trials: leads, probability: channel.winRate)
      units.append(Self.unit(channel.name, series, wins: wins))
    }
  }

  /// A channel's record with so many customers among its leads.
  static func unit(
    _ name: String,
    _ weeks: [BudgetWeek],
    wins: Int,
    of entered: Int? = nil
  )
    -> BudgetUnit
  {
    let leads = entered ?? weeks.reduce(0) { $0 + $1.leads }
    return BudgetUnit(
      name: name,
      weeks: weeks,
      lastSpend: weeks.last { $0.spend > 0 }?.start,
      winRate: GapRate(
        basis: leads > 0 ? .observed : .nobody,
        rate: leads > 0 ? Double(wins) / Double(leads) : nil,
        withinDays: 91,
        entered: leads,
        converted: wins,
        maturity: leads > 0 ? 1 : nil,
        effectiveSampleSize: leads > 0 ? Double(leads) : nil
      ),
      deals: AmountSummary(Array(repeating: deal, count: wins))
    )
  }

  /// So many weeks of the same leads, their spend up and down around a mean.
  static func weeks(_ count: Int, spend: Double, leads: Int, swing: Double = 0) -> [BudgetWeek] {
    (0..<count).map { week in
      let isUp = week % 2 == 0
      return BudgetWeek(
        start: CivilDate(dayNumber: firstMonday.dayNumber + 7 * week),
        spend: spend * (isUp ? 1 + swing : 1 - swing),
        leads: leads + (swing > 0 ? (isUp ? 1 : -1) * Int(Double(leads) * swing * 0.7) : 0)
      )
    }
  }

  func situation(hours: SalesHours? = nil, options: BudgetOptions = BudgetOptions()) -> BudgetCase {
    BudgetCase(
      asOf: Instant(seconds: 1_800_000_000),
      units: units,
      economics: economics,
      hours: hours ?? SalesHours(economics, options, minutes: nil, usualTouches: nil, reps: 0),
      horizon: StretchHorizon(from: "lead", to: "won", days: 91, isAgreed: false),
      lastSpendDay: units.compactMap(\.lastSpend).max()
    )
  }

  func answer(_ options: BudgetOptions = .brief) throws -> BudgetAnswer {
    try BudgetPlanner(situation(options: options), options).answer()
  }

  /// What a week's spend really leaves over.
  func trueNet(_ spend: [Double]) -> Double {
    let value = economics.lifetimeValue(ofDeal: Self.deal) ?? 0
    return zip(channels, spend).reduce(0) { sum, pair in
      sum + pair.0.response.leads(spend: pair.1) * pair.0.winRate * value - pair.1
    }
  }
}

extension BudgetOptions {
  /// The usual question with fewer draws, for tests.
  static var brief: BudgetOptions {
    var options = BudgetOptions()
    options.draws = 300
    return options
  }
}
