/// A sum of money to be reached by a day, turned back into how many entries a week it takes.
///
/// The open pipeline brings its wins first; new entries arrive at an even rate in the weeks named
/// and have what time remains. The spread of the sum holds the chance in each open entry, random
/// arrivals, the sizes of the deals, and not knowing the curve and the mean deal exactly; the
/// last two are shared by all entries and do not average out. The sum is taken to be normal; see
/// `simulatedChance` for few or very uneven deals. Nothing else changes until the day: neither
/// the rates, nor prices, nor how quickly leads are worked.
///
/// - SeeAlso: Bornhuetter & Ferguson (1972), Proceedings of the Casualty Actuarial Society
///   59:181, for valuing what is open; Allignol, Schumacher & Beyersmann (2010),
///   doi:10.1002/bimj.200900039, for the covariance of the hazards.
public struct ReversePlan: Sendable {
  /// The money still needed; negative when more than enough is booked.
  public let need: Double
  /// How large deals are.
  public let deal: DealSize
  /// The wins by the deadline that the open pipeline is expected to bring.
  public let pipelineWins: Double
  /// The wins by the deadline for one entry in each of the weeks.
  public let winsPerWeeklyEntry: Double
  /// For each week, the share of its entries that still converts in time.
  public let weekYields: [Double]

  let hazards: HazardTable
  let exposures: [Double]
  let pipeline: [OpenEntries]
  let arrivalDays: [Double]
  let deadlineDay: Double

  /// The variance of the sum for λ entries a week: `fixed` + `linear` λ + `quadratic` λ².
  private let variance: (fixed: Double, linear: Double, quadratic: Double)

  /// A plan.
  ///
  /// - Parameters:
  ///   - history: The experience with how many convert by what age.
  ///   - pipeline: The open entries today.
  ///   - arrivalDays: For each week in which entries may still come, the days from today to its
  ///     middle.
  ///   - deadlineDay: The days from today to the deadline.
  ///   - deal: How large deals are.
  ///   - need: The money still needed, the quota less what is booked.
  /// - Throws: `StatisticsError` for a bucket that does not exist or a number that is not finite.
  /// - Complexity: O((pipeline + weeks) · buckets).
  public init(
    history: CumulativeIncidence,
    pipeline: [OpenEntries],
    arrivalDays: [Double],
    deadlineDay: Double,
    deal: DealSize,
    need: Double
  ) throws(StatisticsError) {
    for value in arrivalDays + [deadlineDay, need] where !value.isFinite { throw .notFinite(value) }
    for group in pipeline where group.bucket >= history.buckets.count {
      throw .bucketCountMismatch(expected: history.buckets.count, found: group.bucket + 1)
    }
    self.need = need
    self.deal = deal
    self.pipeline = pipeline
    self.arrivalDays = arrivalDays
    self.deadlineDay = deadlineDay
    let hazards = HazardTable(history)
    let exposures = history.points.map(\.exposure)
    self.hazards = hazards
    self.exposures = exposures

    var fromPipeline = HazardTable.Gradient(bucketCount: hazards.buckets.count)
    var wins = 0.0
    var pipelineVariance = 0.0
    for group in pipeline {
      let chance = hazards.chanceToGo(
        from: group.bucket,
        withinDays: deadlineDay,
        weight: group.count,
        into: &fromPipeline
      )
      wins += group.count * chance
      pipelineVariance +=
        group.count * chance * (deal.meanSquare - chance * deal.mean * deal.mean)
    }
    pipelineWins = wins

    var fromArrivals = HazardTable.Gradient(bucketCount: hazards.buckets.count)
    weekYields = arrivalDays.map { day in
      hazards.converted(withinDays: deadlineDay - day, weight: 1, into: &fromArrivals)
    }
    let perEntry = weekYields.reduce(0, +)
    winsPerWeeklyEntry = perEntry

    let square = deal.mean * deal.mean
    func curve(_ left: HazardTable.Gradient, _ right: HazardTable.Gradient) -> Double {
      square * hazards.covariance(left, right, exposures: exposures)
    }
    variance = (
      pipelineVariance + curve(fromPipeline, fromPipeline) + wins * wins * deal.varianceOfMean,
      perEntry * deal.meanSquare
        + 2 * (curve(fromPipeline, fromArrivals) + wins * perEntry * deal.varianceOfMean),
      curve(fromArrivals, fromArrivals) + perEntry * perEntry * deal.varianceOfMean
    )
  }

  /// The money that the open pipeline is expected to bring by the deadline.
  public var pipelineRevenue: Double { pipelineWins * deal.mean }

  /// The standard deviation of what the open pipeline brings.
  public var pipelineStandardDeviation: Double { standardDeviation(entriesPerWeek: 0) }

  /// Whether what is booked meets the quota without another win.
  public var isMet: Bool { need <= 0 }

  /// The money expected by the deadline from the pipeline and from new entries.
  public func revenue(entriesPerWeek: Double) -> Double {
    (pipelineWins + entriesPerWeek * winsPerWeeklyEntry) * deal.mean
  }

  /// The standard deviation of that money.
  public func standardDeviation(entriesPerWeek: Double) -> Double {
    let linear = variance.linear * entriesPerWeek
    let quadratic = variance.quadratic * entriesPerWeek * entriesPerWeek
    return max(variance.fixed + linear + quadratic, 0).squareRoot()
  }

  /// The chance of reaching the needed money, by the normal approximation.
  ///
  /// - Parameter entriesPerWeek: New entries in each of the weeks, 0 for none.
  /// - Returns: A probability; the approximation can leave it just below 1 when the quota is met
  ///   already, see `isMet`.
  public func chance(entriesPerWeek: Double) -> Double {
    let margin = revenue(entriesPerWeek: entriesPerWeek) - need
    let spread = standardDeviation(entriesPerWeek: entriesPerWeek)
    guard spread > 0 else { return margin >= 0 ? 1 : 0 }
    return StandardNormal.cumulative(margin / spread)
  }

  /// The fewest new entries in each of the weeks that reach the needed money with a probability.
  ///
  /// Expected money less z standard deviations is a root of a quadratic in the entries, so this
  /// is exact. More entries do not always help: what is not known about the curve grows with
  /// them, and a high probability can stay out of reach.
  ///
  /// - Parameter probability: The wanted chance, 0.5 for P50, 0.8 for P80.
  /// - Returns: Entries a week, 0 when none are needed; nil when no number is enough.
  public func entriesPerWeek(probability: Double) -> Double? {
    guard probability > 0 else { return 0 }
    guard probability < 1 else { return nil }
    let z = StandardNormal.quantile(probability)
    let short = revenue(entriesPerWeek: 0) - need
    if short >= z * pipelineStandardDeviation { return 0 }
    let gain = winsPerWeeklyEntry * deal.mean
    guard gain > 0 else { return nil }
    // (short + gain λ)² = z² (fixed + linear λ + quadratic λ²), on the side where
    // short + gain λ has the sign of z.
    let a = gain * gain - z * z * variance.quadratic
    let b = 2 * gain * short - z * z * variance.linear
    let c = short * short - z * z * variance.fixed
    let slack = 1e-9 * (need.magnitude + short.magnitude)
    return Self.roots(a, b, c)
      .filter { $0 > 0 && $0.isFinite && (short + gain * $0) * (z < 0 ? -1 : 1) >= -slack }
      .min()
  }

  /// All entries of a plan with a number in each of the weeks.
  public func totalEntries(perWeek: Double) -> Double { perWeek * Double(weekYields.count) }

  /// The days from today to the middle of a week, counted from 0 for the week that begins today.
  public static func middle(ofWeek week: Double) -> Double { 7 * week + 3.5 }

  /// The last week whose entries are still worth having: at least half of them that ever convert
  /// do so in time.
  ///
  /// - Parameters:
  ///   - finalRate: The share that converts within the full horizon.
  ///   - share: The share of it that must come in time.
  /// - Returns: A position in `weekYields`; nil when no week is useful.
  public func lastUsefulWeek(finalRate: Double, share: Double = 0.5) -> Int? {
    guard finalRate > 0 else { return nil }
    return weekYields.lastIndex { $0 >= share * finalRate }
  }

  /// The entries needed at an earlier step so that a number of them reaches this plan's step.
  ///
  /// - Parameters:
  ///   - entriesPerWeek: The entries needed at this plan's step.
  ///   - rate: The share of the earlier step's entries that reaches it, within its horizon.
  /// - Returns: Entries a week; nil when nobody gets that far.
  public static func upstream(entriesPerWeek: Double, rate: Double) -> Double? {
    entriesPerWeek == 0 ? 0 : rate > 0 ? entriesPerWeek / rate : nil
  }

  /// The real roots of a x² + b x + c, without cancellation.
  private static func roots(_ a: Double, _ b: Double, _ c: Double) -> [Double] {
    let discriminant = b * b - 4 * a * c
    // Two equal roots may come out a rounding below 0.
    guard discriminant >= -1e-12 * b * b else { return [] }
    let half = -0.5 * (b + (b < 0 ? -1 : 1) * max(discriminant, 0).squareRoot())
    return [half / a, c / half]
  }
}
