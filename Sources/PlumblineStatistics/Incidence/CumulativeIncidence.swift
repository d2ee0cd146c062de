/// The share that converts by each age, read from entries of every age.
///
/// Aalen–Johansen estimator on buckets of waiting time. Entries that still wait count for as long
/// as they have been watched, so a young cohort neither drags the rate down nor is thrown away;
/// entries that left another way stop being at risk but stay in the denominator. In buckets wider
/// than a day an open entry counts as watched for half the bucket. Entries are taken to be
/// independent of one another.
///
/// - Complexity: One pass over the buckets and one allocation.
/// - SeeAlso: Aalen & Johansen (1978), Scandinavian Journal of Statistics 5:141; for the variance
///   Allignol, Schumacher & Beyersmann (2010), doi:10.1002/bimj.200900039.
public struct CumulativeIncidence: Sendable {
  /// The state of the estimate at the end of one bucket.
  public struct Point: Hashable, Sendable {
    /// Entries that were still waiting when the bucket began.
    public var atRisk = 0
    /// Entries watched through the bucket, those that ran out of data in it counted by half.
    public var exposure = 0.0
    /// The chance of converting in the bucket for one who waits at its start.
    public var conversionHazard = 0.0
    /// The chance of leaving in the bucket, either way, for one who waits at its start.
    public var hazard = 0.0
    /// The share that has converted.
    public var converted = 0.0
    /// The share that has left another way.
    public var exited = 0.0
    /// The share that still waits.
    public var waiting = 1.0
    /// The variance of the converted share.
    public var variance = 0.0
    /// Entries whose state at the end of the bucket is known.
    public var known = 0
  }

  /// How waiting times are grouped.
  public let buckets: LagBuckets
  /// One state per bucket.
  public let points: [Point]
  /// All entries.
  public let total: Int

  /// The fewest entries at risk for which a rate is shown as supported.
  public static let smallestSupportedRiskSet = 10

  /// The estimate from counts of waits.
  public init(_ counts: LagCounts) {
    buckets = counts.buckets
    let total = counts.total
    self.total = total
    points = Array(unsafeUninitializedCapacity: counts.buckets.count) { storage, initialized in
      var point = Point(atRisk: total, known: total)
      var covariance = 0.0
      var waitingVariance = 0.0
      for bucket in 0..<counts.buckets.count {
        let converted = counts[.converted, bucket: bucket]
        let exited = counts[.exited, bucket: bucket]
        let open = counts[.open, bucket: bucket]
        point.known -= open
        point.exposure =
          Double(point.atRisk) - (counts.buckets.isWide(bucket) ? Double(open) / 2 : 0)
        point.conversionHazard = 0
        point.hazard = 0
        if converted + exited > 0 {
          let h1 = Double(converted) / point.exposure
          let h = min(Double(converted + exited) / point.exposure, 1)
          let before = point.waiting
          let square = before * before
          let variance = point.variance
          // Where all has become certain, rounding may leave a little less than nothing.
          point.variance = max(
            variance + 2 * h1 * covariance + h1 * h1 * waitingVariance
              + square * h1 * (1 - h1) / point.exposure,
            0
          )
          covariance =
            (1 - h) * (covariance + h1 * waitingVariance)
            - square * h1 * (1 - h) / point.exposure
          waitingVariance =
            (1 - h) * (1 - h) * waitingVariance + square * h * (1 - h) / point.exposure
          point.conversionHazard = h1
          point.hazard = h
          point.converted += before * h1
          point.exited += before * (h - h1)
          point.waiting = before * (1 - h)
        }
        storage.initializeElement(at: bucket, to: point)
        initialized = bucket + 1
        point.atRisk -= converted + exited + open
      }
    }
  }
}
