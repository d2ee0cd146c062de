public import PlumblineCore
import PlumblineStatistics

extension Format {
  /// A rate with its interval, `15 % (12–19 %)`, or in a few words why there is none.
  public static func rate(_ rate: RateEstimate) -> String {
    guard rate.status == .supported, let value = rate.rate else { return absence(of: rate) }
    return percent(value, rate.interval)
  }

  /// The same with its base: `15 % (12–19 %) of 1,234`.
  public static func rateWithBase(_ rate: RateEstimate) -> String {
    rate.status == .supported && rate.rate != nil
      ? "\(self.rate(rate)) of \(count(rate.entered))" : absenceInFull(of: rate)
  }

  /// A counted share with its Wilson interval: `62 % (55–69 %)`; a dash where there is nothing.
  static func share(_ met: Int, of items: Int) -> String {
    guard items > 0 else { return absent }
    let interval = ConfidenceInterval.wilson(successes: Double(met), trials: Double(items))
    return percent(Double(met) / Double(items), interval)
  }

  /// A counted share with its Wilson interval and its base: `62 % (55–69 %) of 120`.
  static func shareWithBase(_ met: Int, of items: Int) -> String {
    items > 0 ? "\(share(met, of: items)) of \(count(items))" : absent
  }

  /// The usual share of a series with the range that its weeks support: `41 % (38–44 %)`.
  static func usualShare(_ baseline: ProportionBaseline) -> String {
    percent(Double(baseline.met) / Double(max(baseline.items, 1)), baseline.interval)
  }

  /// Why there is no rate, in a few words for a table.
  static func absence(of rate: RateEstimate) -> String {
    switch rate.status {
    case .supported, .notOldEnough: "not old enough"
    case .noEntries: "nobody entered"
    case .undated: "no dates"
    }
  }

  /// Why there is no rate, with what there is instead.
  static func absenceInFull(of rate: RateEstimate) -> String {
    switch rate.status {
    case .supported, .notOldEnough:
      rate.longestSupportedDays.map {
        "not old enough: longest supported horizon is \(days($0))"
      } ?? "not old enough: no horizon is supported yet"
    case .noEntries: "nobody entered"
    case .undated: "no dates: too many of those who went on did so at an unknown time"
    }
  }

  /// The naive rate, converted over entered whatever their age; a dash where nobody entered.
  static func naive(_ rate: RateEstimate) -> String { rate.naiveRate.map(percent) ?? absent }

  /// The maturity; a dash where it cannot be told.
  static func maturity(_ rate: RateEstimate) -> String { rate.maturity.map(percent) ?? absent }
}
