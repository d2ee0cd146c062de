/// How the wait for a next step ended.
public enum LagOutcome: Int, CaseIterable, Sendable {
  /// The step was reached.
  case converted
  /// The wait ended another way, and the step can no longer be reached.
  case exited
  /// Still waiting when the data end.
  case open
}

/// How many waits ended in each way after how long: all that the curves need.
///
/// Counts of disjoint groups add up, in any order and any partition.
public struct LagCounts: Hashable, Sendable {
  /// How waiting times are grouped.
  public let buckets: LagBuckets

  /// One row of buckets per outcome, one after another.
  @usableFromInline var cells: [Int]

  /// No waits yet.
  public init(buckets: LagBuckets = .standard) {
    self.buckets = buckets
    cells = Array(repeating: 0, count: buckets.count * LagOutcome.allCases.count)
  }

  /// Counts per bucket that were made elsewhere.
  ///
  /// - Parameters:
  ///   - buckets: How waiting times are grouped.
  ///   - converted: Waits that reached the step, by the time it took.
  ///   - exited: Waits that ended another way, by the time it took.
  ///   - open: Waits that still go on, by their age.
  /// - Throws: `StatisticsError` when a row has the wrong length or a negative count.
  public init(
    buckets: LagBuckets = .standard,
    converted: [Int],
    exited: [Int],
    open: [Int]
  ) throws(StatisticsError) {
    self.buckets = buckets
    cells = converted + exited + open
    for row in [converted, exited, open] where row.count != buckets.count {
      throw .bucketCountMismatch(expected: buckets.count, found: row.count)
    }
    if let negative = cells.first(where: { $0 < 0 }) {
      throw .negativeOrNotFinite(Double(negative))
    }
  }

  /// Adds waits that ended the same way after the same time.
  @inlinable public mutating func add(
    _ outcome: LagOutcome,
    lagInDays: Int,
    count: Int = 1
  ) {
    cells[outcome.rawValue * buckets.count + buckets.bucket(ofLagInDays: lagInDays)] += count
  }

  /// Adds the counts of another, disjoint group.
  ///
  /// - Precondition: Both group waiting times the same way.
  public mutating func merge(_ other: LagCounts) {
    precondition(buckets == other.buckets, "only counts with the same buckets add up")
    for index in cells.indices { cells[index] += other.cells[index] }
  }

  /// Takes the counts of a group out that is part of this one.
  ///
  /// - Precondition: Both group waiting times the same way, and `other` is part of this group.
  public mutating func remove(_ other: LagCounts) {
    precondition(buckets == other.buckets, "only counts with the same buckets can be parted")
    for index in cells.indices {
      cells[index] -= other.cells[index]
      precondition(cells[index] >= 0, "only a part can be taken out")
    }
  }

  /// The counts of two disjoint groups together.
  ///
  /// - Precondition: Both group waiting times the same way.
  public static func + (left: LagCounts, right: LagCounts) -> LagCounts {
    var sum = left
    sum.merge(right)
    return sum
  }

  /// The waits that ended one way, bucket by bucket.
  public subscript(outcome: LagOutcome) -> ArraySlice<Int> {
    let start = outcome.rawValue * buckets.count
    return cells[start..<start + buckets.count]
  }

  /// The waits that ended one way in one bucket.
  public subscript(outcome: LagOutcome, bucket bucket: Int) -> Int {
    cells[outcome.rawValue * buckets.count + bucket]
  }

  /// All waits that ended one way.
  public func total(_ outcome: LagOutcome) -> Int { self[outcome].reduce(0, +) }

  /// All waits.
  public var total: Int { cells.reduce(0, +) }
}
