/// What a cohort too young for the horizon will have brought by then.
public struct CohortCompletion: Hashable, Sendable {
  /// The expected conversions by the horizon, those so far included.
  public let expected: Double
  /// The variance from chance in the open entries, were the curve known exactly.
  public let processVariance: Double
  /// The variance from not knowing the curve exactly.
  public let parameterVariance: Double
  /// The counts that are likely; never below those so far nor above all that can still convert.
  public let interval: ConfidenceInterval

  /// Both variances together.
  public var variance: Double { processVariance + parameterVariance }
}

/// The chance that an open entry still converts by the horizon, by how long it has waited.
///
/// Values of the remaining journey are worked out backwards from the horizon. Serves both to
/// complete a young cohort and to value what is open.
///
/// - SeeAlso: Bornhuetter & Ferguson (1972), Proceedings of the Casualty Actuarial Society
///   59:181, for the idea of adding the expected rest to the count so far.
public struct ConversionToGo: Sendable {
  /// The experience that the chances are taken from.
  public let history: CumulativeIncidence
  /// The last bucket that counts; later conversions are worth nothing here.
  public let horizonBucket: Int
  /// The chance by bucket of age, for an entry that is open in it; 0 after the horizon.
  public let chances: [Double]

  /// The chance for one who waits at the start of each bucket, and a closing 0.
  private let valuesAtStart: [Double]

  /// Chances of converting by the end of the bucket in which a horizon lies.
  ///
  /// A horizon on a bucket's edge, as the default ones are, is met exactly.
  ///
  /// - Parameters:
  ///   - history: The experience to go by.
  ///   - horizonInDays: The horizon in days since entry, at least 1.
  public init(history: CumulativeIncidence, horizonInDays: Int) {
    let points = history.points
    let last = history.buckets.bucket(ofHorizonInDays: horizonInDays)
    var values = Array(repeating: 0.0, count: points.count + 1)
    var chances = Array(repeating: 0.0, count: points.count)
    for bucket in stride(from: last, through: 0, by: -1) {
      let point = points[bucket]
      let next = values[bucket + 1]
      values[bucket] = point.conversionHazard + (1 - point.hazard) * next
      chances[bucket] =
        history.buckets.isWide(bucket)
        ? point.conversionHazard / 2 + (1 - point.hazard / 2) * next
        : next
    }
    self.history = history
    horizonBucket = last
    valuesAtStart = values
    self.chances = chances
  }

  /// The cohort's conversions by the horizon: those so far and those still to come.
  ///
  /// - Parameters:
  ///   - converted: Conversions so far, within the horizon.
  ///   - open: Open entries by bucket of age.
  ///   - z: Standard normal quantile of the wanted confidence.
  /// - Returns: The completed cohort.
  /// - Throws: `StatisticsError.bucketCountMismatch` when `open` has another length than there
  ///   are buckets, `StatisticsError.negativeOrNotFinite` for a negative count.
  public func complete(
    converted: Int,
    open: [Int],
    z: Double = StandardNormal.z95
  ) throws(StatisticsError) -> CohortCompletion {
    guard open.count == chances.count else {
      throw .bucketCountMismatch(expected: chances.count, found: open.count)
    }
    if let negative = ([converted] + open).first(where: { $0 < 0 }) {
      throw .negativeOrNotFinite(Double(negative))
    }
    var toCome = 0.0
    var processVariance = 0.0
    var parameterVariance = 0.0
    var exposed = 0.0
    var openWithinHorizon = 0
    for bucket in 0...horizonBucket {
      let point = history.points[bucket]
      let entries = Double(open[bucket])
      let chance = chances[bucket]
      toCome += entries * chance
      processVariance += entries * chance * (1 - chance)
      openWithinHorizon += open[bucket]

      // How far one more unit of this bucket's hazards moves the sum, times their variance.
      let isWide = history.buckets.isWide(bucket)
      let here = exposed + (isWide ? entries / 2 : 0)
      if point.exposure > 0 {
        let (h1, h, next) = (point.conversionHazard, point.hazard, valuesAtStart[bucket + 1])
        let unit = h1 * (1 - h1) - 2 * next * h1 * (1 - h) + next * next * h * (1 - h)
        parameterVariance += here * here * unit / point.exposure
      }
      exposed = exposed * (1 - point.hazard) + entries * (isWide ? 1 - point.hazard / 2 : 1)
    }
    let expected = Double(converted) + toCome
    let spread = z * max(processVariance + parameterVariance, 0).squareRoot()
    let least = Double(converted)
    let most = Double(converted + openWithinHorizon)
    return CohortCompletion(
      expected: expected,
      processVariance: processVariance,
      parameterVariance: max(parameterVariance, 0),
      interval: ConfidenceInterval(
        lower: min(max(expected - spread, least), most),
        upper: max(min(expected + spread, most), least)
      )
    )
  }
}
