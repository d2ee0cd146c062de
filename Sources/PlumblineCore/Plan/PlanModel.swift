import PlumblineStatistics

/// Values the open pipeline and new leads by any day up to the deadline.
struct PlanModel {
  /// A week in which leads may come.
  struct Week {
    /// How much of it lies before the deadline.
    let share: Double
    /// The days from the as-of instant to the middle of that part.
    let middle: Double
  }

  /// All that is known by one day.
  struct Outlook {
    var outlook: RevenueOutlook
    let weeks: [Week]
    /// For each week, the share of its leads won in time.
    let yields: [Double]
    let chances: Chances
    /// The wins of the pipeline under the plan's rule.
    let wins: Double
    /// The wins of the pipeline under the other rule; nil where it cannot be used.
    let winsByOtherRule: Double?
    /// The variance of the pipeline's wins that not knowing the curves brings.
    let curveVariance: Double
    /// The part of the variance that is chance in single leads and deals: without new leads, and
    /// for each.
    var process: (fixed: Double, linear: Double)
    /// The wins of one new lead in each of the weeks.
    var winsPerEntry: Double
    /// The variance of those that not knowing the curve brings.
    var entryCurveVariance: Double
    /// How far the errors of both go together, -1...1.
    let correlation: Double
    /// Open leads with the same chance.
    let groups: [(count: Double, chance: Double)]
  }

  /// The chance of each open lead.
  enum Chances {
    /// By the bucket of its age.
    case age([Double])
    /// By its stage, then by the bucket of the time since.
    case stage([[Double]])
  }

  let curve: CumulativeIncidence
  let pipeline: PipelineCounts
  let deal: DealSize
  let mix: PlanMix?
  let firstDay: Double
  private let ages: [OpenEntries]
  private let steps: [StagedPipeline.Step]?

  init?(
    record: PlanRecord,
    pipeline: PipelineCounts,
    deal: DealSize,
    mix: PlanMix?,
    firstDay: Double
  ) {
    curve = record.curve.incidence
    self.pipeline = pipeline
    self.deal = deal
    self.mix = mix
    self.firstDay = firstDay
    guard let ages = Self.entries(pipeline.byAge) else { return nil }
    self.ages = ages
    let last = pipeline.byStage.count
    var steps: [StagedPipeline.Step]? = []
    for (stage, counts) in pipeline.byStage.enumerated() {
      guard pipeline.canUseStages, let waiting = Self.entries(counts) else {
        steps = nil
        break
      }
      steps?.append(
        StagedPipeline.Step(
          taken: CumulativeIncidence(record[stage, stage + 1].lags),
          wonAfter: stage + 1 < last
            ? CumulativeIncidence(record[stage + 1, last].lags) : nil,
          waiting: waiting
        )
      )
    }
    self.steps = steps
  }

  private static func entries(_ counts: [Int]) -> [OpenEntries]? {
    try? counts.enumerated().filter { $0.element > 0 }.map {
      try OpenEntries(bucket: $0.offset, count: Double($0.element))
    }
  }

  /// The weeks up to a day, the last one perhaps not whole.
  static func weeks(byDay day: Double) -> [Week] {
    guard day > 0 else { return [] }
    return (0..<Int((day / 7).rounded(.up))).map { week in
      let share = min(1, day / 7 - Double(week))
      return Week(share: share, middle: 7 * Double(week) + 3.5 * share)
    }
  }

  /// A plan of new leads alone on some curve.
  func arrivals(
    on curve: CumulativeIncidence,
    _ deal: DealSize,
    byDay day: Double,
    pipeline: [OpenEntries] = [],
    need: Double = 0
  ) -> ReversePlan? {
    let weeks = Self.weeks(byDay: day)
    return try? ReversePlan(
      history: curve,
      pipeline: pipeline,
      arrivalDays: weeks.map(\.middle),
      deadlineDay: day,
      deal: deal,
      need: need,
      weekShares: weeks.map(\.share),
      lastBucket: .part,
      firstDay: firstDay
    )
  }

  /// What the pipeline and new leads bring by a day.
  func outlook(byDay day: Double, need: Double) -> Outlook? {
    guard let plan = arrivals(on: curve, deal, byDay: day, pipeline: ages, need: need) else {
      return nil
    }
    let square = deal.mean * deal.mean
    let meanSquare = square + deal.standardDeviation * deal.standardDeviation
    let varianceOfMean =
      deal.count > 0 ? deal.standardDeviation * deal.standardDeviation / deal.count : 0
    let staged = steps.flatMap { try? StagedPipeline($0, firstDay: firstDay, deadlineDay: day) }
    let byAge = curve.buckets.edges.indices.map { max(0, plan.chance(ofEntryIn: $0)) }
    let ageGroups = ages.map { (count: $0.count, chance: byAge[$0.bucket]) }
    let groups = pipeline.rule == .stage ? staged?.groups ?? ageGroups : ageGroups
    let isStaged = pipeline.rule == .stage && staged != nil
    let wins = isStaged ? staged?.wins ?? 0 : plan.pipelineWins
    let variances = plan.curveVariance
    let curveVariance = isStaged ? staged?.curveVariance ?? 0 : variances.pipeline
    // How far the errors of both go together is known for the curve that both share.
    let product = (variances.pipeline * variances.arrivals).squareRoot()
    let correlation = product > 0 ? min(max(variances.both / product, -1), 1) : 0
    let together = correlation * (curveVariance * variances.arrivals).squareRoot()
    let process = groups.reduce(0) {
      $0 + $1.count * $1.chance * (meanSquare - $1.chance * square)
    }
    let perEntry = plan.winsPerWeeklyEntry
    let outlook = RevenueOutlook(
      need: need,
      mean: wins * deal.mean,
      gain: perEntry * deal.mean,
      fixed: process + square * curveVariance + wins * wins * varianceOfMean,
      linear: perEntry * meanSquare + 2 * (square * together + wins * perEntry * varianceOfMean),
      quadratic: square * variances.arrivals + perEntry * perEntry * varianceOfMean
    )
    var answer = Outlook(
      outlook: outlook,
      weeks: Self.weeks(byDay: day),
      yields: plan.weekYields,
      chances: isStaged ? .stage(spread(staged)) : .age(byAge),
      wins: wins,
      winsByOtherRule: isStaged ? plan.pipelineWins : staged?.wins,
      curveVariance: curveVariance,
      process: (process, perEntry * meanSquare),
      winsPerEntry: perEntry,
      entryCurveVariance: variances.arrivals,
      correlation: correlation,
      groups: groups
    )
    mix?.apply(to: &answer, self, byDay: day, plan)
    return answer
  }

  /// The same by draws.
  func simulation(_ outlook: Outlook) -> RevenueSimulation {
    var entryDeal: DealSize?
    if mix != nil, outlook.winsPerEntry > 0 {
      let mean = outlook.outlook.gain / outlook.winsPerEntry
      let meanSquare = outlook.process.linear / outlook.winsPerEntry
      entryDeal = try? DealSize(
        mean: mean,
        standardDeviation: max(meanSquare - mean * mean, 0).squareRoot(),
        count: deal.count
      )
    }
    return RevenueSimulation(
      groups: outlook.groups,
      pipelineCurveVariance: outlook.curveVariance,
      winsPerEntry: outlook.winsPerEntry,
      entryCurveVariance: outlook.entryCurveVariance,
      correlation: outlook.correlation,
      deal: deal,
      entryDeal: entryDeal
    )
  }

  /// The chances of a staged pipeline at the bucket of each.
  private func spread(_ staged: StagedPipeline?) -> [[Double]] {
    guard let staged, let steps else { return [] }
    return zip(steps, staged.chances).map { step, chances in
      var spread = Array(repeating: 0.0, count: step.taken.buckets.count)
      for (group, chance) in zip(step.waiting, chances) { spread[group.bucket] = chance }
      return spread
    }
  }
}
