/// The business clock of each owner under each version of the agreement.
struct OwnerClocks: Sendable {
  private let clocks: [BusinessClock]
  /// For each version, the position of the clock of the agreement's zone, and of each other zone.
  private let ofAgreement: [Int]
  private let ofZone: [[String: Int]]
  private let zones: [UInt32: String]
  /// Owners whose records name a time zone that does not exist; the agreement's holds for them.
  let ownersWithUnknownZone: Int

  /// Clocks for the versions of an agreement.
  ///
  /// - Parameters:
  ///   - versions: The versions.
  ///   - history: Says who works in which zone, and until when facts count.
  ///   - first: The earliest instant that will be asked for.
  init(_ versions: PromiseVersions, _ history: CompanyHistory, first: Instant) {
    var calendars: [String: LocalCalendar] = [:]
    var unknown = 0
    for (_, zone) in history.ownerZones {
      if let calendar = calendars[zone] ?? LocalCalendar(zoneName: zone) {
        calendars[zone] = calendar
      } else {
        unknown += 1
      }
    }
    ownersWithUnknownZone = unknown
    zones = history.ownerZones
    var clocks: [BusinessClock] = []
    var ofAgreement: [Int] = []
    var ofZone: [[String: Int]] = []
    var known: [WorkingTime: [String: Int]] = [:]
    func position(_ time: WorkingTime, _ calendar: LocalCalendar) -> Int {
      if let position = known[time]?[calendar.zoneName] { return position }
      let today = calendar.day(of: history.asOf).dayNumber
      // A date that somebody mistyped by centuries is not worth a table.
      let firstDay = max(calendar.day(of: first).dayNumber - 8, today - 20_000)
      clocks.append(
        BusinessClock(
          time,
          calendar: calendar,
          firstDay: CivilDate(dayNumber: firstDay),
          lastDay: CivilDate(dayNumber: today + 62)
        )
      )
      known[time, default: [:]][calendar.zoneName] = clocks.count - 1
      return clocks.count - 1
    }
    for agreement in versions.agreements {
      ofAgreement.append(position(agreement.workingTime, history.agreement.calendar))
      ofZone.append(
        calendars.sorted { $0.key < $1.key }.reduce(into: [:]) { found, zone in
          found[zone.key] = position(agreement.workingTime, zone.value)
        }
      )
    }
    self.clocks = clocks
    self.ofAgreement = ofAgreement
    self.ofZone = ofZone
  }

  /// The clock of an owner, 0 for nobody, under a version.
  func clock(of owner: UInt32, version: Int) -> BusinessClock {
    clocks[zones[owner].flatMap { ofZone[version][$0] } ?? ofAgreement[version]]
  }
}

extension OwnerClocks {
  /// From when on it is late to tell of a step, see `SLAStep.since`.
  ///
  /// - Parameters:
  ///   - step: The step.
  ///   - due: The promise's deadline.
  ///   - after: How long after it the breach is told further up.
  ///   - owner: Whose clock it is.
  ///   - version: Under which version of the agreement.
  /// - Returns: The instant.
  func since(
    _ step: SLAStep.Step,
    _ due: Instant,
    escalatedAfter after: SalesSLA.Span?,
    _ owner: UInt32,
    version: Int
  ) -> Instant {
    guard step == .escalated, let after else { return due }
    return ClockedSpan(span: after, clock: clock(of: owner, version: version)).end(after: due)
      ?? due
  }
}

/// A span of the agreement on one owner's clock.
struct ClockedSpan {
  let span: SalesSLA.Span
  let clock: BusinessClock

  /// Whether it can ever end.
  var isPossible: Bool { !span.isWorkingTime || !clock.workingTime.isEmpty }

  /// When it ends.
  func end(after start: Instant) -> Instant? {
    span.isWorkingTime
      ? clock.deadline(after: start, workingSeconds: span.seconds)
      : start.advanced(bySeconds: span.seconds)
  }

  /// The time from one instant to a later one, as the span is measured; no further than `enough`.
  func seconds(from start: Instant, to end: Instant, enough: Int64 = .max) -> Int64 {
    span.isWorkingTime
      ? clock.workingSeconds(from: start, to: end, enough: enough)
      : end.seconds - start.seconds
  }
}
