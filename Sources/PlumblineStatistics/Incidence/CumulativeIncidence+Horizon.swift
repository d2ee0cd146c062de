extension CumulativeIncidence {
  /// The longest horizon in days for which a rate is supported; nil when none is.
  ///
  /// The end of the last bucket that began with enough entries at risk.
  public var longestSupportedHorizonInDays: Int? {
    lastSupportedBucket.flatMap { buckets.end(of: $0) }
  }

  private var lastSupportedBucket: Int? {
    points.dropLast().lastIndex { $0.atRisk >= Self.smallestSupportedRiskSet }
  }

  /// The horizon by which nearly all that convert have converted; nil when nobody has.
  ///
  /// The first bucket edge at which the curve reaches a share of its final height, kept within
  /// bounds: below two weeks a rate says little, and half a year is as long as people wait for it.
  ///
  /// - Parameters:
  ///   - share: The share of the final height to reach.
  ///   - bounds: The shortest and the longest horizon in days.
  /// - Returns: A horizon in days.
  public func defaultHorizonInDays(
    reaching share: Double = 0.9,
    within bounds: ClosedRange<Int> = 14...182
  ) -> Int? {
    guard let final = points.last?.converted, final > 0 else { return nil }
    let bucket = points.firstIndex { $0.converted >= share * final } ?? points.count - 1
    let edge = buckets.end(of: bucket) ?? bounds.upperBound
    return min(max(edge, bounds.lowerBound), bounds.upperBound)
  }

  /// The age in days by which a share of those who convert have converted.
  ///
  /// "Those who convert" are those who do so by the longest supported horizon. Entries still
  /// open count for as long as they have been watched, so quick conversions of young cohorts do
  /// not make the time look short. Even inside a bucket.
  ///
  /// - Parameter share: The share to reach, 0.5 for the median.
  /// - Returns: The age in days; nil when no horizon is supported or nobody converts by it.
  /// - Precondition: `share` lies in 0...1.
  public func daysUntilConverted(share: Double) -> Double? {
    precondition((0...1).contains(share), "a share lies in 0...1")
    guard let last = lastSupportedBucket, points[last].converted > 0 else { return nil }
    let target = share * points[last].converted
    var before = 0.0
    for bucket in 0...last {
      let after = points[bucket].converted
      if after >= target, after > before, let end = buckets.end(of: bucket) {
        let start = Double(buckets.edges[bucket])
        let inside = max(target - before, 0) / (after - before)
        return start + inside * (Double(end) - start)
      }
      before = after
    }
    return nil
  }
}
