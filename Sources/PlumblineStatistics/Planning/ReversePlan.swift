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

  /// The money by new entries a week.
  public let outlook: RevenueOutlook
  /// The variances of wins that not knowing the curve brings: of the pipeline's, of those of one
  /// entry in each of the weeks, and their covariance.
  public let curveVariance: (pipeline: Double, arrivals: Double, both: Double)
  /// How much of each week entries still come in, 1 for whole weeks.
  public let weekShares: [Double]

  let hazards: HazardTable
  let exposures: [Double]
  let pipeline: [OpenEntries]
  let arrivalDays: [Double]
  let deadlineDay: Double
  let firstDay: Double

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
  ///   - weekShares: How much of each week entries still come in, where not all are whole; as many
  ///     as `arrivalDays`.
  ///   - lastBucket: What counts of a bucket in which the deadline falls.
  ///   - firstDay: The days from today to the beginning of the time whose wins count; wins before
  ///     it do not, 0 or less where all do.
  /// - Throws: `StatisticsError` for a bucket that does not exist or a number that is not finite.
  /// - Complexity: O((pipeline + weeks) · buckets).
  public init(
    history: CumulativeIncidence,
    pipeline: [OpenEntries],
    arrivalDays: [Double],
    deadlineDay: Double,
    deal: DealSize,
    need: Double,
    weekShares: [Double]? = nil,
    lastBucket: LastBucketRule = .whole,
    firstDay: Double = 0
  ) throws(StatisticsError) {
    let shares = weekShares ?? Array(repeating: 1, count: arrivalDays.count)
    for value in arrivalDays + shares + [deadlineDay, need, firstDay]
    where !value.isFinite {
      throw .notFinite(value)
    }
    guard shares.count == arrivalDays.count else {
      throw .bucketCountMismatch(expected: arrivalDays.count, found: shares.count)
    }
    for group in pipeline where group.bucket >= history.buckets.count {
      throw .bucketCountMismatch(expected: history.buckets.count, found: group.bucket + 1)
    }
    self.need = need
    self.deal = deal
    self.pipeline = pipeline
    self.arrivalDays = arrivalDays
    self.deadlineDay = deadlineDay
    self.firstDay = firstDay
    self.weekShares = shares
    let hazards = HazardTable(history, lastBucket: lastBucket)
    let exposures = history.points.map(\.exposure)
    self.hazards = hazards
    self.exposures = exposures

    var fromPipeline = HazardTable.Gradient(bucketCount: hazards.buckets.count)
    var wins = 0.0
    var pipelineVariance = 0.0
    for group in pipeline {
      let chance = hazards.chanceToGo(
        from: group.bucket,
        betweenDays: (firstDay, deadlineDay),
        weight: group.count,
        into: &fromPipeline
      )
      wins += group.count * chance
      pipelineVariance +=
        group.count * chance * (deal.meanSquare - chance * deal.mean * deal.mean)
    }
    pipelineWins = wins

    var fromArrivals = HazardTable.Gradient(bucketCount: hazards.buckets.count)
    weekYields = zip(arrivalDays, shares).map { day, share in
      hazards.converted(
        betweenDays: (firstDay - day, deadlineDay - day),
        weight: share,
        into: &fromArrivals
      )
    }
    let perEntry = zip(weekYields, shares).reduce(0) { $0 + $1.0 * $1.1 }
    winsPerWeeklyEntry = perEntry

    func curve(_ left: HazardTable.Gradient, _ right: HazardTable.Gradient) -> Double {
      hazards.covariance(left, right, exposures: exposures)
    }
    curveVariance = (
      curve(fromPipeline, fromPipeline), curve(fromArrivals, fromArrivals),
      curve(fromPipeline, fromArrivals)
    )
    let square = deal.mean * deal.mean
    outlook = RevenueOutlook(
      need: need,
      mean: wins * deal.mean,
      gain: perEntry * deal.mean,
      fixed: pipelineVariance + square * curveVariance.pipeline
        + wins * wins * deal.varianceOfMean,
      linear: perEntry * deal.meanSquare
        + 2 * (square * curveVariance.both + wins * perEntry * deal.varianceOfMean),
      quadratic: square * curveVariance.arrivals + perEntry * perEntry * deal.varianceOfMean
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
    outlook.mean(entriesPerWeek: entriesPerWeek)
  }

  /// The standard deviation of that money.
  public func standardDeviation(entriesPerWeek: Double) -> Double {
    outlook.standardDeviation(entriesPerWeek: entriesPerWeek)
  }

  /// The chance of reaching the needed money, by the normal approximation.
  ///
  /// - Parameter entriesPerWeek: New entries in each of the weeks, 0 for none.
  /// - Returns: A probability; the approximation can leave it just below 1 when the quota is met
  ///   already, see `isMet`.
  public func chance(entriesPerWeek: Double) -> Double {
    outlook.chance(entriesPerWeek: entriesPerWeek)
  }

  /// The fewest new entries in each of the weeks that reach the needed money with a probability;
  /// see `RevenueOutlook.entriesPerWeek(probability:)`.
  public func entriesPerWeek(probability: Double) -> Double? {
    outlook.entriesPerWeek(probability: probability)
  }

  /// All entries of a plan with a number in each of the weeks.
  public func totalEntries(perWeek: Double) -> Double { perWeek * weekShares.reduce(0, +) }

  /// The chance that an open entry of one age is converted in the time that counts.
  ///
  /// - Parameter bucket: The bucket of its age, by position.
  /// - Returns: A probability; 0 for a bucket that does not exist.
  public func chance(ofEntryIn bucket: Int) -> Double {
    guard hazards.buckets.edges.indices.contains(bucket) else { return 0 }
    var unused = HazardTable.Gradient(bucketCount: hazards.buckets.count)
    return hazards.chanceToGo(
      from: bucket,
      betweenDays: (firstDay, deadlineDay),
      weight: 0,
      into: &unused
    )
  }

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
}
