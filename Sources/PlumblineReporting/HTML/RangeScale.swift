import PlumblineCore
import PlumblineStatistics

/// Where the scale of pictures that stand in one column ends; all begin at 0.
enum RangeScale {
  /// A scale on which all rates of comparisons fit.
  static func rates(_ comparisons: [ComparisonWords]) -> Double {
    let ends = comparisons.map { words in
      max(words.comparison.shrunk.interval.upper, words.comparison.restRate ?? 0)
    }
    return min(1, rounded(ends.max()))
  }

  /// A scale on which all rates of a funnel fit.
  static func rates(_ rates: [RateEstimate]) -> Double {
    min(1, rounded(rates.compactMap { $0.interval?.upper }.max()))
  }

  /// A scale on which all amounts fit.
  static func amounts(_ amounts: [Double?]) -> Double { rounded(amounts.compactMap { $0 }.max()) }

  /// The next of 1, 2, 4, 6, 8 times a power of ten; 1 where there is nothing to show.
  private static func rounded(_ value: Double?) -> Double {
    guard let value, value.isFinite, value > 0 else { return 1 }
    var unit = 1.0
    while unit > value { unit /= 10 }
    while unit * 10 <= value { unit *= 10 }
    return unit * ([1.0, 2, 4, 6, 8].first { $0 * unit >= value } ?? 10)
  }
}
