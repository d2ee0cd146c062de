/// What open entries are worth by the furthest step that they have reached, and how long ago.
///
/// One that waits at a step may take the next, by the step's own hazards from its age on; once
/// there, it is won by the curve of those who have just taken that step. How long the steps before
/// took is not looked at. What is not known of the hazards of the steps, each for itself, and of the
/// curves behind them is added, as if those curves erred together, which is rather too wide than
/// too narrow.
///
/// - SeeAlso: Andersen & Keiding (2002), Multi-state models for event history analysis,
///   doi:10.1191/0962280202SM276ra.
public struct StagedPipeline: Sendable {
  /// A step of the path with those who wait to take it.
  public struct Step: Sendable {
    /// How many take the step by what age.
    public let taken: CumulativeIncidence
    /// How many of those who have taken it are won by what age; nil when taking it is the win.
    public let wonAfter: CumulativeIncidence?
    /// Those who wait, by the time since they came to wait.
    public let waiting: [OpenEntries]

    /// A step.
    ///
    /// - Parameters:
    ///   - taken: How many take the step by what age.
    ///   - wonAfter: How many of those who have taken it are won by what age.
    ///   - waiting: Those who wait.
    public init(
      taken: CumulativeIncidence,
      wonAfter: CumulativeIncidence?,
      waiting: [OpenEntries]
    ) {
      self.taken = taken
      self.wonAfter = wonAfter
      self.waiting = waiting
    }
  }

  /// The chance of each group of each step, in the order of `Step.waiting`.
  public let chances: [[Double]]
  /// The groups with their chances, those of all steps one after another.
  public let groups: [(count: Double, chance: Double)]
  /// The wins expected.
  public let wins: Double
  /// The variance of the wins that not knowing the curves brings.
  public let curveVariance: Double

  /// The worth of a pipeline.
  ///
  /// - Parameters:
  ///   - steps: The steps, in order.
  ///   - firstDay: The days from today to the time whose wins count, 0 or less where all do.
  ///   - deadlineDay: The days from today to the deadline.
  /// - Throws: `StatisticsError.bucketCountMismatch` for a bucket that does not exist.
  /// - Complexity: O(groups · buckets).
  public init(
    _ steps: [Step],
    firstDay: Double = 0,
    deadlineDay: Double
  ) throws(StatisticsError) {
    var chances: [[Double]] = []
    var ofSteps = 0.0
    var ofCurves = 0.0
    for step in steps {
      for group in step.waiting where group.bucket >= step.taken.buckets.count {
        throw .bucketCountMismatch(expected: step.taken.buckets.count, found: group.bucket + 1)
      }
      var valuation = StepValuation(step)
      chances.append(
        step.waiting.map { group in
          var chance = valuation.chance(of: group, byDay: deadlineDay, sign: 1)
          if firstDay > 0 {
            chance -= valuation.chance(of: group, byDay: min(firstDay, deadlineDay), sign: -1)
          }
          return max(chance, 0)
        }
      )
      ofSteps += valuation.varianceOfStep
      ofCurves += valuation.varianceOfCurve.squareRoot()
    }
    self.chances = chances
    groups = zip(steps, chances).flatMap { step, chances in
      zip(step.waiting, chances).map { (count: $0.count, chance: $1) }
    }
    wins = groups.reduce(0) { $0 + $1.count * $1.chance }
    curveVariance = ofSteps + ofCurves * ofCurves
  }
}

/// Values those who wait for one step, and keeps what the sum hangs on.
private struct StepValuation {
  private let hazards: HazardTable
  private let exposures: [Double]
  private let wonAfter: CumulativeIncidence?
  private var gradient: HazardTable.Gradient
  /// What the sum changes by with the value of the curve behind the step at the end of each of its
  /// buckets.
  private var weights: [Double]

  init(_ step: StagedPipeline.Step) {
    hazards = HazardTable(step.taken, lastBucket: .part)
    exposures = step.taken.points.map(\.exposure)
    wonAfter = step.wonAfter
    gradient = HazardTable.Gradient(bucketCount: step.taken.buckets.count)
    weights = Array(repeating: 0, count: step.wonAfter?.buckets.count ?? 0)
  }

  /// The variance of the sum that not knowing the step's hazards brings.
  var varianceOfStep: Double { hazards.covariance(gradient, gradient, exposures: exposures) }

  /// The variance of the sum that not knowing the curve behind the step brings.
  var varianceOfCurve: Double {
    guard let wonAfter else { return 0 }
    let behind = HazardTable(wonAfter, lastBucket: .part)
    var gradient = HazardTable.Gradient(bucketCount: weights.count)
    for (bucket, weight) in weights.enumerated() where weight != 0 {
      guard let end = behind.buckets.end(of: bucket) else { continue }
      _ = behind.converted(withinDays: Double(end), weight: weight, into: &gradient)
    }
    return max(
      behind.covariance(gradient, gradient, exposures: wonAfter.points.map(\.exposure)),
      0
    )
  }

  /// The chance that one of a group is won by a day.
  ///
  /// What the sum hangs on is added with the sign, so that of a span of days only the difference
  /// remains.
  mutating func chance(of group: OpenEntries, byDay days: Double, sign: Double) -> Double {
    let buckets = hazards.buckets
    let first = group.bucket
    let start = Double(buckets.edges[first])
    let age = buckets.end(of: first).map { (start + Double($0)) / 2 } ?? start
    let ownShare = buckets.isWide(first) ? 0.5 : 0
    let last = hazards.last(byDay: age + days)
    guard first <= last.bucket else { return 0 }
    var worth: [(passed: Double, won: Double, after: Double)] = []
    for bucket in first...last.bucket {
      let ahead = bucket == first ? ownShare : 1
      let passed = bucket == last.bucket ? max(ahead - (1 - last.share), 0) : ahead
      let begins = max(Double(buckets.edges[bucket]), age)
      let ends = min(buckets.end(of: bucket).map(Double.init) ?? begins, age + days)
      let left = days - ((begins + ends) / 2 - age)
      worth.append((passed, wonAfter?.converted(byDay: left) ?? 1, left))
    }
    var valuesAfter = Array(repeating: 0.0, count: worth.count)
    var value = 0.0
    for place in worth.indices.reversed() {
      let bucket = first + place
      valuesAfter[place] = value
      value =
        worth[place].passed * hazards.conversion[bucket] * worth[place].won
        + (1 - worth[place].passed * hazards.leaving[bucket]) * value
    }
    var waiting = group.count
    for (place, one) in worth.enumerated() {
      let bucket = first + place
      gradient.conversion[bucket] += sign * waiting * one.passed * one.won
      gradient.leaving[bucket] -= sign * waiting * one.passed * valuesAfter[place]
      weigh(one.after, by: sign * waiting * one.passed * hazards.conversion[bucket])
      waiting *= 1 - one.passed * hazards.leaving[bucket]
    }
    return value
  }

  /// Notes what the sum changes by with the value of the curve behind the step on a day, which
  /// lies evenly between those at the ends of its buckets.
  private mutating func weigh(_ day: Double, by weight: Double) {
    guard let buckets = wonAfter?.buckets, day > 0, weight != 0,
      let bucket = buckets.edges.lastIndex(where: { Double($0) <= day })
    else { return }
    let start = Double(buckets.edges[bucket])
    // Nothing is known of the open-ended bucket but what is before it.
    let share = buckets.end(of: bucket).map { (day - start) / (Double($0) - start) } ?? 0
    weights[bucket] += weight * share
    if bucket > 0 { weights[bucket - 1] += weight * (1 - share) }
  }
}
