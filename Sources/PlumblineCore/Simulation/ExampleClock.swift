import PlumblineStatistics

/// The wall clock of the example company in Berlin, worked out from the rule instead of a time zone
/// database, so that it is the same on every machine.
///
/// - SeeAlso: Directive 2000/84/EC: summer time runs from 01:00 UTC on the last Sunday of March to
///   01:00 UTC on the last Sunday of October.
struct ExampleClock: Sendable {
  /// Seconds to add to an instant to get the local clock.
  func offset(at instant: Instant) -> Int64 {
    let year = CivilDate(dayNumber: Int(instant.seconds / 86_400)).components.year
    let begin = Int64(lastSunday(ofMonth: 3, year).dayNumber) * 86_400 + 3600
    let end = Int64(lastSunday(ofMonth: 10, year).dayNumber) * 86_400 + 3600
    return (begin..<end).contains(instant.seconds) ? 7200 : 3600
  }

  /// The local day and minute of the day, 0..<1440.
  func local(_ instant: Instant) -> (day: CivilDate, minute: Int) {
    let seconds = instant.seconds + offset(at: instant)
    return (CivilDate(dayNumber: Int(seconds / 86_400)), Int(seconds % 86_400) / 60)
  }

  /// The instant of a local time; one that the clocks skip in spring becomes an hour later, one
  /// that occurs twice in autumn is its first occurrence.
  func instant(of day: CivilDate, minute: Int) -> Instant {
    let local = Int64(day.dayNumber) * 86_400 + Int64(minute) * 60
    let before = offset(at: Instant(seconds: local - 86_400))
    let early = Instant(seconds: local - before)
    if offset(at: early) == before { return early }
    let late = Instant(seconds: local - offset(at: early))
    return offset(at: late) == offset(at: early) ? late : early
  }

  /// The instant itself in working hours (Monday to Friday, 09:00 to 17:30), else a moment of the
  /// next working morning.
  func working(from instant: Instant, using dice: inout SeededGenerator) -> Instant {
    let (day, minute) = local(instant)
    if day.weekday < 5, (540..<1050).contains(minute) { return instant }
    var next = minute < 540 ? day : CivilDate(dayNumber: day.dayNumber + 1)
    while next.weekday > 4 { next = CivilDate(dayNumber: next.dayNumber + 1) }
    return self.instant(of: next, minute: 540 + dice.integer(below: 150))
  }

  /// `2025-07-01 09:05`: local, without offset.
  func text(_ instant: Instant) -> String {
    let (day, minute) = local(instant)
    return "\(day) \(time(minute))"
  }

  /// `01.07.2025 09:05`: local, without offset, as a German locale writes it.
  func germanText(_ instant: Instant) -> String {
    let (day, minute) = local(instant)
    let (year, month, dayOfMonth) = day.components
    return "\(twoDigits(dayOfMonth)).\(twoDigits(month)).\(year) \(time(minute))"
  }

  private func time(_ minute: Int) -> String {
    "\(twoDigits(minute / 60)):\(twoDigits(minute % 60))"
  }

  private func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private func lastSunday(ofMonth month: Int, _ year: Int) -> CivilDate {
    // March and October have 31 days.
    let last = CivilDate(year: year, month: month, day: 31) ?? CivilDate(dayNumber: 0)
    return CivilDate(dayNumber: last.dayNumber - (last.weekday + 1) % 7)
  }
}
