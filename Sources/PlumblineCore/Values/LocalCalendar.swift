public import Foundation

/// The days of one time zone: which local day an instant falls on, and when that day begins.
///
/// The zone's changes between 1970 and 2100 are read once, so that a look-up costs a binary
/// search and no call into the system.
public struct LocalCalendar: Sendable {
  /// The zone's name in the time zone database, such as `Europe/Berlin`.
  public let zoneName: String
  private let changes: [Int64]
  private let offsets: [Int64]

  /// Coordinated universal time.
  public static let utc = LocalCalendar(evenZone: "UTC")

  /// The calendar of a zone named as in the time zone database, or nil when there is no such zone.
  public init?(zoneName: String) {
    // The system need not look up what never changes.
    if zoneName == "UTC" || zoneName == "GMT" {
      self = .utc
      return
    }
    guard let zone = TimeZone(identifier: zoneName) else { return nil }
    self.init(zone)
  }

  /// The calendar of a zone whose clock is universal time.
  private init(evenZone zoneName: String) {
    self.zoneName = zoneName
    (changes, offsets) = ([], [0])
  }

  /// The calendar of a zone.
  ///
  /// - Complexity: O(changes of the zone until 2100), about 250 calls into the system.
  public init(_ zone: TimeZone) {
    // Foundation calls it by another name than agreements do.
    zoneName = zone.identifier == "GMT" ? "UTC" : zone.identifier
    var changes: [Int64] = []
    var offsets: [Int64] = [Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: 0)))]
    let end = Date(timeIntervalSince1970: 4_102_444_800)
    var date = Date(timeIntervalSince1970: 0)
    while let next = zone.nextDaylightSavingTimeTransition(after: date), next < end, next > date {
      changes.append(Int64(next.timeIntervalSince1970.rounded()))
      offsets.append(Int64(zone.secondsFromGMT(for: next.addingTimeInterval(1))))
      date = next
    }
    self.changes = changes
    self.offsets = offsets
  }

  /// Seconds to add to an instant to get the local clock.
  ///
  /// - Complexity: O(log changes).
  public func offset(at instant: Instant) -> Int64 {
    offsets[changes.partitioningIndex(after: instant.seconds)]
  }

  /// The parts of a range of instants in each of which the local clock runs evenly, in order.
  ///
  /// - Parameter range: Seconds since 1970-01-01T00:00:00Z.
  /// - Returns: Each part with the seconds to add to get the local clock.
  /// - Complexity: O(log changes + parts).
  func evenParts(of range: Range<Int64>) -> [(range: Range<Int64>, offset: Int64)] {
    var parts: [(range: Range<Int64>, offset: Int64)] = []
    var start = range.lowerBound
    while start < range.upperBound {
      let next = changes.partitioningIndex(after: start)
      let end = next < changes.count ? min(changes[next], range.upperBound) : range.upperBound
      parts.append((start..<end, offsets[next]))
      start = end
    }
    return parts
  }

  /// The local day on which an instant falls.
  public func day(of instant: Instant) -> CivilDate {
    let local = instant.seconds + offset(at: instant)
    return CivilDate(dayNumber: Int(local >= 0 ? local / 86_400 : (local - 86_399) / 86_400))
  }

  /// A time known to the day only as the start of that day here; any other time as it is.
  ///
  /// A source's days begin in its own zone: the first of March of an export in UTC would otherwise
  /// be a day of February in New York.
  public func rebased(_ time: TimePoint) -> TimePoint {
    guard time.isDated, time.precision == .day,
      instant(of: day(of: time.instant)) != time.instant
    else { return time }
    return TimePoint(instant(of: time.sourceDay), precision: .day)
  }

  /// The instant of a local wall-clock time.
  ///
  /// A time that the clocks skip in spring is read with the offset before the change, so it
  /// becomes a later instant; one that occurs twice in autumn is its first occurrence.
  public func instant(of day: CivilDate, secondOfDay: Int = 0) -> Instant {
    let local = Int64(day.dayNumber) * 86_400 + Int64(secondOfDay)
    let before = offset(at: Instant(seconds: local - 86_400))
    let after = offset(at: Instant(seconds: local + 86_400))
    if before == after { return Instant(seconds: local - before) }
    let early = Instant(seconds: local - before)
    if offset(at: early) == before { return early }
    let late = Instant(seconds: local - after)
    return offset(at: late) == after ? late : early
  }
}

extension [Int64] {
  /// How many elements of this ascending list are not after a value.
  ///
  /// - Complexity: O(log count).
  func partitioningIndex(after value: Int64) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle] <= value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
