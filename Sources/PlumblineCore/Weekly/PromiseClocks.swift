/// The clocks by which promises about leads run: each owner's own zone, the agreement's for others.
struct PromiseClocks {
  private let clocks: [String: BusinessClock]
  private let usual: BusinessClock
  private let zones: [UInt32: String]

  init(_ history: CompanyHistory) {
    let agreement = history.agreement
    let today = agreement.calendar.day(of: history.asOf).dayNumber
    func clock(_ calendar: LocalCalendar) -> BusinessClock {
      BusinessClock(
        agreement.workingTime,
        calendar: calendar,
        firstDay: CivilDate(dayNumber: today - 400),
        lastDay: CivilDate(dayNumber: today + 62)
      )
    }
    usual = clock(agreement.calendar)
    zones = history.ownerZones
    var clocks: [String: BusinessClock] = [:]
    for zone in Set(history.ownerZones.values) {
      if let calendar = LocalCalendar(zoneName: zone) { clocks[zone] = clock(calendar) }
    }
    self.clocks = clocks
  }

  /// When a span that begins at an instant is over; nil when it never is.
  func deadline(_ span: SalesSLA.Span, after start: Instant, owner: UInt32) -> Instant? {
    guard span.isWorkingTime else { return start.advanced(bySeconds: span.seconds) }
    let clock = zones[owner].flatMap { clocks[$0] } ?? usual
    return clock.deadline(after: start, workingSeconds: span.seconds)
  }
}
