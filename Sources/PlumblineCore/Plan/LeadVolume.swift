public import PlumblineStatistics

/// How many leads came in each of the last weeks.
public struct LeadVolume: Hashable, Sendable {
  /// The most weeks that are looked at: a quarter.
  public static let mostWeeks = 13

  /// The last day of the newest week.
  public let lastDay: CivilDate
  /// The leads of each week of seven days, oldest first; those who came back included.
  public let weeks: [Int]
  /// Those of all weeks who came back.
  public let returned: Int
  /// The variance of a week over its mean, 1 for chance alone.
  public let dispersion: Double

  /// A volume; nil for fewer than `CountForecast.fewestWeeks` weeks.
  init?(weeks: [Int], returned: Int, lastDay: CivilDate) {
    guard let forecast = CountForecast(soFar: 0, weeks: weeks, weeksToCome: 1) else { return nil }
    self.weeks = weeks
    self.returned = returned
    self.lastDay = lastDay
    dispersion = forecast.dispersion
  }

  /// The days of all weeks.
  public var days: ClosedRange<CivilDate> {
    CivilDate(dayNumber: lastDay.dayNumber - 7 * weeks.count + 1)...lastDay
  }

  /// Leads in an average week.
  public var perWeek: Double { Double(weeks.reduce(0, +)) / Double(weeks.count) }

  /// The averages that the weeks support.
  ///
  /// - Parameter level: The wanted confidence, strictly between 0 and 1.
  /// - Returns: A range in leads a week.
  public func interval(level: Double = 0.95) -> ConfidenceInterval {
    let count = Double(weeks.count)
    let total = perWeek * count
    if dispersion <= 1 { return scaled(.garwood(count: Int(total), level: level), by: 1 / count) }
    return .gamma(mean: perWeek, variance: dispersion * perWeek / count, level: level)
  }

  /// The variance of the average of weeks to come, beyond the chance of single leads: weeks differ by
  /// more than that, and an average of a few weeks is itself not known exactly.
  ///
  /// - Parameter weeksAhead: How many weeks are to come.
  /// - Returns: A variance in leads a week squared; 0 without weeks.
  public func arrivalVariance(weeks weeksAhead: Double) -> Double {
    guard weeksAhead > 0,
      let forecast = CountForecast(soFar: 0, weeks: weeks, weeksToCome: weeksAhead)
    else { return 0 }
    return max(forecast.variance - weeksAhead * perWeek, 0) / (weeksAhead * weeksAhead)
  }

  private func scaled(_ interval: ConfidenceInterval, by factor: Double) -> ConfidenceInterval {
    ConfidenceInterval(lower: interval.lower * factor, upper: interval.upper * factor)
  }
}
