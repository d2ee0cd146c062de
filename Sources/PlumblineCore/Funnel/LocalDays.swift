/// The local days of many instants: a table of the zone's offsets instead of a search for each.
final class LocalDays: Sendable {
  /// The offset of a day in Greenwich on which the local clock changes.
  fileprivate static let uneven = Int32.min
  /// Days further from the table's beginning are looked up one by one.
  private static let mostDays = 100_000

  private let calendar: LocalCalendar
  /// The first day of Greenwich in the table.
  private let firstDay: Int
  /// Seconds to add to get the local clock, for each day of Greenwich.
  private let offsets: [Int32]
  /// Whether the offset never changes over the days of the table.
  private let isConstant: Bool

  /// The days of a zone, quick for instants in a range.
  ///
  /// - Complexity: O(days of the range).
  init(_ calendar: LocalCalendar, _ range: ClosedRange<Int64>) {
    self.calendar = calendar
    let first = Self.floor(range.lowerBound, 86_400)
    let last = min(Self.floor(range.upperBound, 86_400), first + Int64(Self.mostDays))
    firstDay = Int(first)
    let parts = calendar.evenParts(of: first * 86_400..<(last + 1) * 86_400)
    var offsets = [Int32](repeating: Self.uneven, count: Int(last - first) + 1)
    for part in parts {
      let start = Self.floor(part.range.lowerBound + 86_399, 86_400)
      for day in stride(from: start, to: Self.floor(part.range.upperBound, 86_400), by: 1) {
        offsets[Int(day - first)] = Int32(part.offset)
      }
    }
    self.offsets = offsets
    isConstant = parts.count == 1
  }

  /// Calls `body` with a view that costs no bookkeeping, which is good until then.
  func withView<Result>(_ body: (View) -> Result) -> Result {
    offsets.withAddress { base in
      body(
        View(
          firstDay: firstDay,
          offsets: base,
          count: offsets.count,
          isConstant: isConstant,
          days: Unmanaged.passUnretained(self)
        )
      )
    }
  }

  /// The number of the local day of a dated point.
  func day(of time: TimePoint) -> Int { withView { $0.day(of: time) } }

  /// Whether a dated point lies before another; one known to the day only not on the same day.
  func `is`(_ time: TimePoint, before other: TimePoint) -> Bool {
    withView { $0.is(time, before: other) }
  }

  @inline(never)
  fileprivate func slowDay(of time: TimePoint) -> Int {
    calendar.day(of: time.instant).dayNumber
  }

  @inline(__always)
  fileprivate static func floor(_ value: Int64, _ divisor: Int64) -> Int64 {
    value >= 0 ? value / divisor : (value - divisor + 1) / divisor
  }
}

extension LocalDays {
  /// The table where it stands in memory.
  struct View {
    fileprivate let firstDay: Int
    fileprivate let offsets: UnsafePointer<Int32>
    fileprivate let count: Int
    fileprivate let isConstant: Bool
    fileprivate let days: Unmanaged<LocalDays>

    /// The number of the local day of a dated point.
    @inline(__always)
    func day(of time: TimePoint) -> Int {
      let seconds = time.rawValue >> 2
      let position = Int(LocalDays.floor(seconds, 86_400)) &- firstDay
      guard position >= 0, position < count else { return slowDay(of: time) }
      let offset = offsets[isConstant ? 0 : position]
      guard offset != LocalDays.uneven else { return slowDay(of: time) }
      return Int(LocalDays.floor(seconds &+ Int64(offset), 86_400))
    }

    @inline(never)
    private func slowDay(of time: TimePoint) -> Int {
      days._withUnsafeGuaranteedRef { $0.slowDay(of: time) }
    }

    /// Whether a dated point lies before another; one known to the day only not on the same day.
    @inline(__always)
    func `is`(_ time: TimePoint, before other: TimePoint) -> Bool {
      guard time.rawValue >> 2 < other.rawValue >> 2 else { return false }
      return (time.rawValue | other.rawValue) & 3 == 0 || day(of: time) < day(of: other)
    }

    /// The whole days between two dated points, as `CompanyHistory.lagInDays(from:to:)` counts
    /// them.
    @inline(__always)
    func lagInDays(from start: TimePoint, to end: TimePoint) -> Int {
      if (start.rawValue | end.rawValue) & 3 == 0 {
        return Int(LocalDays.floor((end.rawValue &- start.rawValue) >> 2, 86_400))
      }
      return day(of: end) &- day(of: start)
    }
  }
}
