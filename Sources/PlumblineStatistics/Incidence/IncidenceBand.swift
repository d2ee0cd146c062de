/// A band that holds the whole curve of conversion over a stretch, not one point of it.
///
/// Intervals of single horizons each miss the truth one time in twenty; read as a curve, some
/// point lies outside far more often. The band is the curve ± `critical` standard errors, cut at 0
/// and 1.
///
/// - SeeAlso: Lin (1997), doi:10.1002/(SICI)1097-0258(19970430)16:8<901::AID-SIM543>3.0.CO;2-M;
///   for the equal-precision form Nair (1984), doi:10.1080/00401706.1984.10487964.
public struct IncidenceBand: Sendable {
  /// The buckets at whose ends the band holds.
  public let buckets: ClosedRange<Int>
  /// How many standard errors the band reaches to either side.
  public let critical: Double
  /// The band at the end of each bucket.
  ///
  /// Before the first conversion, where the curve is 0 without a standard error, the upper end is
  /// that of the first bucket with one: the curve can only rise.
  public let bounds: [ConfidenceInterval]
  /// How many random curves the critical value was taken from.
  public let draws: Int
  /// The seed of the random numbers; the same seed gives the same band.
  public let seed: UInt64
}

extension CumulativeIncidence {
  /// The seed of a band's random numbers.
  public static let bandSeed: UInt64 = 0x706C_756D_622D_3031

  /// The band that holds the whole curve over a stretch of buckets with a given confidence.
  ///
  /// Random curves are drawn from the estimate's own errors, bucket by bucket; the critical value
  /// is the quantile of their largest distance in standard errors.
  ///
  /// - Parameters:
  ///   - range: The buckets; those beyond the last are left out.
  ///   - level: The wanted confidence, strictly between 0 and 1.
  ///   - draws: How many random curves; 5,000 fix the critical value to about 0.03.
  ///   - seed: The seed of the random numbers.
  /// - Returns: The band; nil when nobody converts in the stretch or before.
  /// - Precondition: `level` lies strictly between 0 and 1, and `draws` is positive.
  /// - Complexity: O(draws × buckets).
  public func band(
    over range: ClosedRange<Int>,
    level: Double = 0.95,
    draws: Int = 5_000,
    seed: UInt64 = CumulativeIncidence.bandSeed
  ) -> IncidenceBand? {
    precondition(level > 0 && level < 1, "a confidence level lies between 0 and 1")
    precondition(draws > 0, "a quantile needs draws")
    let first = max(range.lowerBound, 0)
    let last = min(range.upperBound, points.count - 1)
    guard first <= last else { return nil }
    let judged = (first...last).filter { points[$0].variance > 1e-18 }
    guard let from = judged.first else { return nil }
    let critical = largestDistances(from...last, draws: draws, seed: seed)
      .quantile(level)
    var bounds = (first...last).map { bucket in
      let spread = critical * points[bucket].variance.squareRoot()
      return ConfidenceInterval(
        lower: min(max(points[bucket].converted - spread, 0), 1),
        upper: min(points[bucket].converted + spread, 1)
      )
    }
    for position in 0..<(from - first) {
      bounds[position] = ConfidenceInterval(lower: 0, upper: bounds[from - first].upper)
    }
    return IncidenceBand(
      buckets: first...last,
      critical: critical,
      bounds: bounds,
      draws: draws,
      seed: seed
    )
  }

  /// For each random curve, its largest distance from the estimate in standard errors.
  private func largestDistances(
    _ range: ClosedRange<Int>,
    draws: Int,
    seed: UInt64
  ) -> [Double] {
    // Buckets without events add no error; flat arrays keep the walk short.
    let steps = (0...range.upperBound).filter { points[$0].hazard > 0 }.map { bucket in
      BandStep(
        points[bucket],
        waiting: bucket > 0 ? points[bucket - 1].waiting : 1,
        isJudged: range.contains(bucket)
      )
    }
    // Where nothing happens in the first buckets of the stretch, the curve before them counts.
    let carriesOver = steps.last { !$0.isJudged }.map { $0.inverseError } ?? 0
    let startsQuietly = points[range.lowerBound].hazard == 0
    let leading = steps.count { !$0.isJudged }
    var generator = SeededGenerator(seed: seed)
    return (0..<draws).map { _ in
      var (converted, waiting, largest) = (0.0, 0.0, 0.0)
      for (position, step) in steps.enumerated() {
        if position == leading, startsQuietly {
          largest = converted.magnitude * carriesOver
        }
        let first = generator.normal()
        let second = generator.normal()
        let conversionError = step.conversionSpread * first
        let error = step.covariance * first + step.remainingSpread * second
        converted += step.conversionHazard * waiting + step.waiting * conversionError
        waiting = (1 - step.hazard) * waiting - step.waiting * error
        if step.isJudged {
          largest = max(largest, converted.magnitude * step.inverseError)
        }
      }
      if leading == steps.count { largest = converted.magnitude * carriesOver }
      return largest
    }
  }
}

/// What a random curve needs of one bucket.
private struct BandStep {
  let conversionHazard: Double
  let hazard: Double
  /// The share still waiting when the bucket begins.
  let waiting: Double
  let conversionSpread: Double
  /// How the error of the whole hazard follows that of converting, and what it has of its own.
  let covariance: Double
  let remainingSpread: Double
  let inverseError: Double
  let isJudged: Bool

  init(_ point: CumulativeIncidence.Point, waiting: Double, isJudged: Bool) {
    let (h1, h) = (point.conversionHazard, point.hazard)
    // ε₁ + ε₂ has variance h(1 − h)/E, and covariance h₁(1 − h)/E with ε₁.
    let variance = h1 * (1 - h1) / point.exposure
    conversionSpread = max(variance, 0).squareRoot()
    covariance =
      conversionSpread > 0 ? h1 * (1 - h) / point.exposure / conversionSpread : 0
    remainingSpread =
      max(h * (1 - h) / point.exposure - covariance * covariance, 0).squareRoot()
    conversionHazard = h1
    hazard = h
    self.waiting = waiting
    inverseError = point.variance > 1e-18 ? 1 / point.variance.squareRoot() : 0
    self.isJudged = isJudged
  }
}

extension [Double] {
  /// The smallest value that a share of the values does not exceed.
  fileprivate func quantile(_ share: Double) -> Double {
    let ordered = sorted()
    let rank = Int((share * Double(count)).rounded(.up))
    return ordered[Swift.min(Swift.max(rank - 1, 0), count - 1)]
  }
}
