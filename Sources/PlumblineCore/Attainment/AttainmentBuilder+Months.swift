extension AttainmentBuilder {
  /// The working seconds left of each month of a period that runs or is to come.
  ///
  /// Of its time, where nobody works in what is left; nil when the period is over.
  func monthsLeft(
    _ period: AttainmentPeriod,
    _ pace: PeriodPace,
    _ workingTime: WorkingTime
  ) -> [Int64]? {
    guard !pace.isOver else { return nil }
    let clock = clock(period, workingTime)
    let spans = period.months.map { month -> (from: Int64, to: Int64) in
      let seconds = month.seconds(calendar)
      let from = min(max(history.asOf.seconds + 1, seconds.lowerBound), seconds.upperBound)
      return (from, seconds.upperBound)
    }
    let working = spans.map {
      clock.workingSeconds(from: Instant(seconds: $0.from), to: Instant(seconds: $0.to))
    }
    return working.contains { $0 > 0 } ? working : spans.map { $0.to - $0.from }
  }
}

extension AttainmentRow {
  /// Says of each month what is needed in it.
  ///
  /// Months that are over need nothing more, the others share what is to go by the working time left
  /// in them, rounded so that it adds up.
  ///
  /// - Parameter left: The time left of each month; nil when the period is over.
  mutating func share(toGoBy left: [Int64]?) {
    guard let left, let gap, left.count == months.count else { return }
    let whole = left.reduce(0, +)
    guard whole > 0 else { return }
    var (gone, given) = (Int64(0), Int64(0))
    for index in months.indices {
      gone += left[index]
      let upTo = Int64((Double(max(0, gap)) * Double(gone) / Double(whole)).rounded())
      months[index].need = upTo - given
      given = upTo
    }
  }
}
