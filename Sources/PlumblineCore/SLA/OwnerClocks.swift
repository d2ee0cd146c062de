/// The time zones in which owners work, as far as their own records say.
struct OwnerZones: Sendable {
  /// The zones, the agreement's first.
  private(set) var calendars: [LocalCalendar]
  /// The positions of owners' zones; the agreement's where there is none.
  private(set) var positions: [UInt32: Int] = [:]
  /// Owners whose records name a time zone that does not exist.
  private(set) var unknownCount = 0

  init(_ history: CompanyHistory) {
    let own = history.agreement.calendar
    calendars = [own]
    var known = [own.zoneName: 0]
    for (owner, zone) in history.ownerZones.sorted(by: { $0.key < $1.key }) {
      if let position = known[zone] {
        positions[owner] = position
      } else if let calendar = LocalCalendar(zoneName: zone) {
        known[zone] = calendars.count
        positions[owner] = calendars.count
        calendars.append(calendar)
      } else {
        unknownCount += 1
      }
    }
  }
}

/// The business clock of each owner, in the owner's own zone, under one agreement of working hours.
struct OwnerClocks: Sendable {
  private let clocks: [BusinessClock]
  private let positions: [UInt32: Int]

  /// The clocks of all owners.
  ///
  /// - Parameters:
  ///   - workingTime: When people work.
  ///   - zones: In which zone each owner does.
  ///   - history: Says until when facts count.
  ///   - first: The earliest instant that will be asked for.
  init(
    _ workingTime: WorkingTime,
    _ zones: OwnerZones,
    _ history: CompanyHistory,
    first: Instant
  ) {
    positions = zones.positions
    clocks = zones.calendars.map { calendar in
      let today = calendar.day(of: history.asOf).dayNumber
      // A date that somebody mistyped by centuries is not worth a table.
      let firstDay = max(calendar.day(of: first).dayNumber - 8, today - 20_000)
      return BusinessClock(
        workingTime,
        calendar: calendar,
        firstDay: CivilDate(dayNumber: firstDay),
        lastDay: CivilDate(dayNumber: today + 62)
      )
    }
  }

  /// The clock of an owner; the agreement's where nobody says where the owner works.
  func clock(of owner: UInt32) -> BusinessClock { clocks[positions[owner] ?? 0] }
}
