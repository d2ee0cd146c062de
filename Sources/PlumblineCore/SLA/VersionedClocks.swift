/// The business clock of each owner under each version of the agreement.
struct VersionedClocks: Sendable {
  /// One entry a version; versions with the same working time share their clocks.
  private let clocks: [OwnerClocks]
  /// Owners whose records name a time zone that does not exist; the agreement's holds for them.
  let ownersWithUnknownZone: Int

  /// Clocks for the versions of an agreement.
  ///
  /// - Parameters:
  ///   - versions: The versions.
  ///   - history: Says who works in which zone, and until when facts count.
  ///   - first: The earliest instant that will be asked for.
  init(_ versions: [Agreement], _ history: CompanyHistory, first: Instant) {
    let zones = OwnerZones(history)
    ownersWithUnknownZone = zones.unknownCount
    var known: [WorkingTime: OwnerClocks] = [:]
    clocks = versions.map { version in
      let own =
        known[version.workingTime]
        ?? OwnerClocks(version.workingTime, zones, history, first: first)
      known[version.workingTime] = own
      return own
    }
  }

  /// The clocks of all owners under a version.
  subscript(version: Int) -> OwnerClocks { clocks[version] }

  /// The clock of an owner, 0 for nobody, under a version.
  func clock(of owner: UInt32, version: Int) -> BusinessClock { clocks[version].clock(of: owner) }
}

extension VersionedClocks {
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
