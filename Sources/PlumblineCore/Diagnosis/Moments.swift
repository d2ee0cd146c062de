/// The moments that a time point may mean.
struct Moments {
  var earliest: Instant
  /// The one that is taken when one must be.
  var usual: Instant
  var latest: Instant

  func mapped(_ change: (Instant) -> Instant?) -> Moments? {
    guard let usual = change(usual) else { return nil }
    if earliest == latest { return Moments(earliest: usual, usual: usual, latest: usual) }
    guard let earliest = change(earliest), let latest = change(latest) else { return nil }
    return Moments(earliest: earliest, usual: usual, latest: latest)
  }
}

extension CompanyHistory {
  /// The moments that a dated time point may mean: of a day any, the middle being taken; of what
  /// changed between two exports, which are at most a week apart, the later export.
  func moments(of time: TimePoint) -> Moments {
    let instant = time.instant
    switch time.precision {
    case .exact: return Moments(earliest: instant, usual: instant, latest: instant)
    case .day:
      let day = agreement.calendar.day(of: instant).dayNumber
      let end = agreement.calendar.instant(of: CivilDate(dayNumber: day + 1))
      return Moments(
        earliest: instant,
        usual: instant.advanced(bySeconds: (end.seconds - instant.seconds) / 2),
        latest: end.advanced(bySeconds: -1)
      )
    case .betweenExports:
      return Moments(
        earliest: instant.advanced(bySeconds: -7 * 86_400),
        usual: instant,
        latest: instant
      )
    }
  }
}
