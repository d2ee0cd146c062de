import PlumblineCore

extension WatchedSeries {
  /// The leads behind a week of a share of leads; nil where it is of deadlines.
  ///
  /// - Parameter week: The Monday, as it is written.
  /// - Returns: What opens them.
  func number(ofWeek week: String) -> RecordLinks.Number? {
    guard let stage = series.stage, let day = CivilDate(week) else { return nil }
    return .entered(WeekEntries(stage: stage, week: day), series.dimension, series.unit)
  }
}
