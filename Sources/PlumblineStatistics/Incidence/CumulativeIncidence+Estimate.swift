extension CumulativeIncidence {
  /// The share that converts within a horizon, with its interval.
  ///
  /// Inside a bucket the curve and its variance are taken to rise evenly. Beyond the last edge
  /// the curve stays where the last edge left it, and is not supported. The interval is Wilson's
  /// with the effective sample size F(1−F)/Var F; where nobody or everybody has converted, with
  /// the number of entries known at the end of the horizon's bucket.
  ///
  /// - Parameters:
  ///   - horizonInDays: The horizon in days; below 1 nothing has happened yet.
  ///   - z: Standard normal quantile of the wanted confidence.
  /// - Returns: The estimate; its rate is nil without entries.
  public func estimate(
    withinDays horizonInDays: Int,
    z: Double = StandardNormal.z95
  ) -> IncidenceEstimate {
    let bucket = buckets.bucket(ofHorizonInDays: horizonInDays)
    let point = points[bucket]
    let (rate, variance) = value(atDay: Double(horizonInDays))
    let spread = rate * (1 - rate)
    // Rounding alone may part the rate from 1, or the variance from 0; neither is information.
    let isDegenerate = spread < 1e-12 || variance < 1e-18
    let effective = isDegenerate ? Double(point.known) : spread / variance
    let isBeyondLastEdge = horizonInDays > (buckets.edges.last ?? 0)
    return IncidenceEstimate(
      horizonInDays: horizonInDays,
      rate: total == 0 ? nil : rate,
      standardError: total == 0 ? nil : variance.squareRoot(),
      interval: .wilson(rate: rate, trials: effective, z: z),
      effectiveSampleSize: effective,
      atRisk: point.atRisk,
      known: point.known,
      total: total,
      isSupported: !isBeyondLastEdge && point.atRisk >= Self.smallestSupportedRiskSet
    )
  }

  /// The share that has converted before an age in days, which may be fractional.
  public func converted(byDay day: Double) -> Double { value(atDay: day).rate }

  /// The share and its variance at an age, both even inside a bucket.
  private func value(atDay day: Double) -> (rate: Double, variance: Double) {
    guard day > 0 else { return (0, 0) }
    let bucket = buckets.bucket(ofHorizonInDays: Int(min(day, 1e6).rounded(.up)))
    let before = bucket > 0 ? points[bucket - 1] : Point()
    guard let end = buckets.end(of: bucket) else { return (before.converted, before.variance) }
    let start = buckets.edges[bucket]
    let share = (day - Double(start)) / Double(end - start)
    let after = points[bucket]
    return (
      before.converted + share * (after.converted - before.converted),
      before.variance + share * (after.variance - before.variance)
    )
  }
}
