/// How waiting times in days are grouped: rising edges, each bucket ending where the next starts.
///
/// The last bucket is open-ended. A waiting time is a whole number of days, the fraction dropped:
/// "within 28 days" are the waiting times 0...27, hence the buckets that end at 28 or before.
public struct LagBuckets: Hashable, Sendable {
  /// The day each bucket starts on; the first is 0.
  public let edges: [Int]

  /// The bucket of every day before the last edge.
  @usableFromInline let bucketOfDay: [UInt16]

  /// The latest day on which the last bucket may start: a hundred years.
  public static let longestEdgeInDays = 36_525

  /// The standard 59 buckets: 14 of one day, 24 of a week, 20 of 28 days, one open-ended.
  ///
  /// Days matter for follow-up, weeks for closing; two years hold nearly every sale.
  public static let standard = LagBuckets(
    checkedEdges: Array(0..<14) + stride(from: 14, to: 182, by: 7)
      + stride(from: 182, through: 742, by: 28)
  )

  /// Buckets that start on the given days.
  ///
  /// - Parameter edges: The first days; they start at 0 and rise.
  /// - Throws: `StatisticsError.invalidBucketEdges` when they do not, or reach too far.
  public init(edges: [Int]) throws(StatisticsError) {
    guard edges.first == 0, edges[edges.count - 1] <= Self.longestEdgeInDays,
      zip(edges, edges.dropFirst()).allSatisfy({ $0 < $1 })
    else { throw .invalidBucketEdges }
    self.init(checkedEdges: edges)
  }

  private init(checkedEdges edges: [Int]) {
    self.edges = edges
    bucketOfDay = zip(edges, edges.dropFirst()).enumerated().flatMap { bucket, days in
      Array(repeating: UInt16(bucket), count: days.1 - days.0)
    }
  }

  /// The number of buckets.
  @inlinable public var count: Int { edges.count }

  /// The bucket of a waiting time; one below 0 counts as 0.
  @inlinable public func bucket(ofLagInDays lag: Int) -> Int {
    lag < bucketOfDay.count ? Int(bucketOfDay[max(lag, 0)]) : count - 1
  }

  /// The day after a bucket's last day; nil for the open-ended bucket.
  public func end(of bucket: Int) -> Int? {
    bucket + 1 < edges.count ? edges[bucket + 1] : nil
  }

  /// Whether a bucket holds more than one day, as the open-ended one does.
  public func isWide(_ bucket: Int) -> Bool {
    end(of: bucket).map { $0 - edges[bucket] > 1 } ?? true
  }

  /// The bucket in which the last day of a horizon lies.
  ///
  /// The bucket that ends at the horizon, where one does; the open-ended one only when the
  /// horizon lies beyond the last edge.
  public func bucket(ofHorizonInDays horizon: Int) -> Int {
    bucket(ofLagInDays: horizon - 1)
  }
}
