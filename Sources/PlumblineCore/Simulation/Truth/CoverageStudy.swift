import PlumblineStatistics

/// How often 95 % intervals contain the truth, by the age of the cohort they are about.
///
/// In each simulated world a company has a year of leads and one young cohort, whose leads came
/// evenly over the last weeks of its age. The rate within a horizon is read from the cohort alone;
/// its conversions by 91 days are completed with what all leads together show. A block of worlds
/// depends on its number and the seed alone, so that blocks can be run in any order.
public struct CoverageStudy: Sendable {
  /// The ages of cohorts, in weeks since the first lead came.
  public let agesInWeeks: [Int]
  /// How many worlds are simulated.
  public let worlds: Int
  /// The seed.
  public let seed: UInt64

  /// Worlds in one block.
  public static let worldsInBlock = 50
  /// The horizon by which cohorts are completed, in days; the end of a standard lag bucket.
  public static let horizonInDays = 91
  /// The usual ages, in weeks.
  public static let usualAgesInWeeks = [1, 2, 4, 8, 13, 26]

  private static let cohortLeads = 500
  private static let historyLeads = 2000
  private static let historyInDays = 364.0
  private static let cohortInWeeks = 4
  /// What becomes of a lead in the end; the rest waits for ever.
  private static let convertedShare = 0.4
  private static let exitedShare = 0.4
  /// Waits are gamma numbers: 25 days on average to conversion, 40 to leaving.
  private static let waitShape = 1.25
  private static let conversionScale = 20.0
  private static let exitScale = 32.0

  /// A study.
  ///
  /// - Parameters:
  ///   - agesInWeeks: The ages of cohorts, each at least 1.
  ///   - worlds: How many worlds to simulate.
  ///   - seed: The same seed makes the same worlds.
  /// - Precondition: No age is below 1.
  public init(
    agesInWeeks: [Int] = CoverageStudy.usualAgesInWeeks,
    worlds: Int,
    seed: UInt64
  ) {
    precondition(agesInWeeks.allSatisfy { $0 >= 1 }, "a cohort is at least a week old")
    self.agesInWeeks = agesInWeeks
    self.worlds = worlds
    self.seed = seed
  }

  /// How many blocks there are; the last one may be smaller.
  public var blocks: Int { (worlds + Self.worldsInBlock - 1) / Self.worldsInBlock }

  /// The share that truly converts before an age in days.
  public static func trueRate(withinDays days: Int) -> Double {
    convertedShare * GammaDistribution(shape: waitShape).cumulative(Double(days) / conversionScale)
  }

  /// The horizon in days that half of a cohort has reached, or the one it is completed to.
  public static func horizonInDays(ofAgeInWeeks age: Int) -> Int {
    let half = 7 * Double(age + max(age - cohortInWeeks, 0)) / 2
    let edge = LagBuckets.standard.edges.last { Double($0) <= half } ?? 1
    return min(max(edge, 1), horizonInDays)
  }

  /// What came of the worlds of a block.
  public func outcome(ofBlock block: Int) -> CoverageTally {
    var tally = CoverageTally(ages: agesInWeeks.count)
    let first = block * Self.worldsInBlock
    for world in first..<min(first + Self.worldsInBlock, worlds) {
      var generator = SeededGenerator(seed: seed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(world))
      var history = LagCounts()
      for _ in 0..<Self.historyLeads {
        let lead = Self.lead(aged: 0..<Self.historyInDays, using: &generator)
        history.add(lead.seen, lagInDays: lead.lagInDays)
      }
      tally.worlds += 1
      let headline = CumulativeIncidence(history).estimate(withinDays: Self.horizonInDays)
      if headline.interval.contains(Self.trueRate(withinDays: Self.horizonInDays)) {
        tally.headlinesCovered += 1
      }
      for position in agesInWeeks.indices {
        look(at: position, history, using: &generator, into: &tally)
      }
    }
    return tally
  }

  /// Simulates a cohort and notes which of its intervals contain the truth.
  private func look(
    at position: Int,
    _ history: LagCounts,
    using generator: inout SeededGenerator,
    into tally: inout CoverageTally
  ) {
    let age = agesInWeeks[position]
    let youngest = Double(7 * max(age - Self.cohortInWeeks, 0))
    var cohort = LagCounts()
    var conversions = 0
    for _ in 0..<Self.cohortLeads {
      let lead = Self.lead(aged: youngest..<Double(7 * age), using: &generator)
      cohort.add(lead.seen, lagInDays: lead.lagInDays)
      conversions += lead.convertsWithinHorizon ? 1 : 0
    }
    let incidence = CumulativeIncidence(cohort)
    func covers(_ days: Int) -> Bool {
      incidence.estimate(withinDays: days).interval.contains(Self.trueRate(withinDays: days))
    }
    if covers(Self.horizonInDays(ofAgeInWeeks: age)) { tally.ages[position].ratesCovered += 1 }
    if let longest = incidence.longestSupportedHorizonInDays {
      tally.ages[position].edges += 1
      if covers(min(longest, Self.horizonInDays)) { tally.ages[position].edgesCovered += 1 }
    }
    let toGo = ConversionToGo(
      history: CumulativeIncidence(history + cohort),
      horizonInDays: Self.horizonInDays
    )
    let soFar = cohort[.converted].prefix(toGo.horizonBucket + 1).reduce(0, +)
    guard let completion = try? toGo.complete(converted: soFar, open: Array(cohort[.open])) else {
      return
    }
    tally.ages[position].toCome += completion.expected - Double(soFar)
    if completion.interval.contains(Double(conversions)) { tally.ages[position].completed += 1 }
  }

  /// A lead of some age, as the data show it and as it will be.
  private static func lead(
    aged ages: Range<Double>,
    using generator: inout SeededGenerator
  ) -> (seen: LagOutcome, lagInDays: Int, convertsWithinHorizon: Bool) {
    let age = generator.uniform(in: ages)
    let draw = generator.uniform()
    let fate: LagOutcome =
      draw < convertedShare ? .converted : draw < convertedShare + exitedShare ? .exited : .open
    let wait = generator.gamma(
      shape: waitShape,
      scale: fate == .converted ? conversionScale : exitScale
    )
    let isKnown = fate != .open && wait <= age
    return (
      isKnown ? fate : .open, Int(isKnown ? wait : age),
      fate == .converted && Int(wait) < horizonInDays
    )
  }
}
