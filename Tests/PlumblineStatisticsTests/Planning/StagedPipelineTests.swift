import PlumblineStatistics
import PlumblineTestSupport
import Testing

@Suite struct `Staged pipeline` {
  /// A step taken with a chance after a geometric wait, watched on so many who are all decided.
  private static func curve(
    _ chance: Double,
    _ meanWait: Double,
    count: Int = 200_000,
    seed: UInt64 = 1
  ) -> CumulativeIncidence {
    var dice = SeededGenerator(seed: seed)
    var lags = LagCounts()
    for _ in 0..<count {
      let wait = Self.wait(meanWait, &dice)
      lags.add(dice.uniform() < chance ? .converted : .exited, lagInDays: Int(wait))
    }
    return CumulativeIncidence(lags)
  }

  private static func wait(_ mean: Double, _ dice: inout SeededGenerator) -> Double {
    mean * dice.gamma(shape: 1)
  }

  private static func entries(_ groups: [(Int, Double)]) throws -> [OpenEntries] {
    try groups.map { try OpenEntries(bucket: $0.0, count: $0.1) }
  }

  @Test(arguments: [0.0, 0.5, 7, 40, 365])
  func `one step alone is the pipeline of the closed form`(days: Double) throws {
    let curve = Self.curve(0.4, 30, count: 500)
    let waiting = try Self.entries([(0, 5), (3, 7), (14, 9), (20, 4), (39, 2), (58, 1)])
    let staged = try StagedPipeline(
      [StagedPipeline.Step(taken: curve, wonAfter: nil, waiting: waiting)],
      deadlineDay: days
    )
    let plan = try ReversePlan(
      history: curve,
      pipeline: waiting,
      arrivalDays: [],
      deadlineDay: days,
      deal: DealSize(mean: 1, standardDeviation: 0, count: 0),
      need: 0,
      lastBucket: .part
    )
    #expect(agree(staged.wins, plan.pipelineWins))
    #expect(agree(staged.curveVariance, plan.curveVariance.pipeline))
  }

  @Test(arguments: [5.0, 20, 60])
  func `two steps are worth what a simulation of both brings`(days: Double) throws {
    let (first, second) = (Self.curve(0.6, 8, seed: 2), Self.curve(0.5, 20, seed: 3))
    let ages = [0, 4, 14, 16]
    let staged = try StagedPipeline(
      [
        StagedPipeline.Step(
          taken: first,
          wonAfter: second,
          waiting: try Self.entries(ages.map { ($0, 1) })
        ),
        StagedPipeline.Step(
          taken: second,
          wonAfter: nil,
          waiting: try Self.entries(ages.map { ($0, 1) })
        ),
      ],
      deadlineDay: days
    )
    var dice = SeededGenerator(seed: 4)
    let draws = 100_000
    // The wait forgets how long it has lasted, so all ages are worth the same.
    var (both, last) = (0, 0)
    for _ in 0..<draws {
      let (one, other) = (Self.wait(8, &dice), Self.wait(20, &dice))
      let (takes, wins) = (dice.uniform() < 0.6, dice.uniform() < 0.5)
      if takes, wins, one + other < days { both += 1 }
      if wins, other < days { last += 1 }
    }
    for (step, came) in [both, last].enumerated() {
      let share = Double(came) / Double(draws)
      for chance in staged.chances[step] {
        // A daily age counts as past its day, up to half a day's chance; the rest is the curve's.
        #expect(abs(chance - share) < 0.03 * share + 0.012, "\(step): \(chance), not \(share)")
      }
    }
    #expect(agree(staged.wins, staged.chances.joined().reduce(0, +)))
  }

  @Test func `what is not known of either curve widens the sum`() throws {
    func variance(_ firstCount: Int, _ secondCount: Int) throws -> Double {
      try StagedPipeline(
        [
          StagedPipeline.Step(
            taken: Self.curve(0.6, 8, count: firstCount, seed: 2),
            wonAfter: Self.curve(0.5, 20, count: secondCount, seed: 3),
            waiting: Self.entries([(0, 100)])
          )
        ],
        deadlineDay: 60
      ).curveVariance
    }
    let known = try variance(20_000, 20_000)
    #expect(known < 1)
    #expect(try variance(200, 20_000) > 3 * known)
    #expect(try variance(20_000, 200) > 3 * known)
  }

  @Test func `of a window that lies ahead only what is not known of the window counts`() throws {
    let (first, second) = (Self.curve(0.6, 8, count: 300), Self.curve(0.5, 20, count: 300))
    let steps = [
      StagedPipeline.Step(
        taken: first,
        wonAfter: second,
        waiting: try Self.entries([(0, 100), (16, 50)])
      )
    ]
    let whole = try StagedPipeline(steps, deadlineDay: 90)
    #expect(whole.curveVariance > 1)
    // All that can be won is won long before: nothing is left that could be wrong.
    let late = try StagedPipeline(steps, firstDay: 700, deadlineDay: 790)
    #expect(late.wins < 0.5)
    #expect(late.curveVariance < 0.01 * whole.curveVariance)
    #expect(try StagedPipeline(steps, firstDay: 90, deadlineDay: 90).curveVariance < 1e-18)
  }

  @Test func `what is not known of the curves is what comes of measuring them again`() throws {
    // Two hundred worlds in which both curves are measured anew, and a window that lies ahead.
    var (sum, squares, told) = (0.0, 0.0, 0.0)
    let worlds = 200
    for world in 0..<worlds {
      let seed = UInt64(10 + 2 * world)
      let staged = try StagedPipeline(
        [
          StagedPipeline.Step(
            taken: Self.curve(0.6, 8, count: 200, seed: seed),
            wonAfter: Self.curve(0.5, 20, count: 200, seed: seed + 1),
            waiting: try Self.entries([(0, 100)])
          )
        ],
        firstDay: 20,
        deadlineDay: 60
      )
      sum += staged.wins
      squares += staged.wins * staged.wins
      told += staged.curveVariance / Double(worlds)
    }
    let mean = sum / Double(worlds)
    let found = squares / Double(worlds) - mean * mean
    // Four standard errors of a variance from so many worlds.
    #expect(
      abs(told / found - 1) < 4 * (2 / Double(worlds)).squareRoot(),
      "\(told), found \(found)"
    )
  }

  @Test func `two windows add up, and an empty pipeline is worth nothing`() throws {
    let curve = Self.curve(0.5, 20, count: 400)
    let steps = [
      StagedPipeline.Step(
        taken: curve,
        wonAfter: curve,
        waiting: try Self.entries([(2, 3), (20, 4)])
      )
    ]
    let near = try StagedPipeline(steps, deadlineDay: 30)
    let far = try StagedPipeline(steps, firstDay: 30, deadlineDay: 80)
    let both = try StagedPipeline(steps, deadlineDay: 80)
    #expect(agree(near.wins + far.wins, both.wins))
    #expect(try StagedPipeline([], deadlineDay: 80).wins == 0)
    #expect(try StagedPipeline(steps, deadlineDay: -1).wins == 0)
    #expect(throws: StatisticsError.self) {
      try StagedPipeline(
        [
          StagedPipeline.Step(
            taken: curve,
            wonAfter: nil,
            waiting: Self.entries([(59, 1)])
          )
        ],
        deadlineDay: 5
      )
    }
  }
}

@Suite struct `Reverse plan over a window` {
  private static let lags = { () -> LagCounts in
    var lags = LagCounts()
    var dice = SeededGenerator(seed: 8)
    for _ in 0..<3_000 {
      let wait = 40 * dice.gamma(shape: 1)
      lags.add(
        wait > 150 ? .open : dice.uniform() < 0.3 ? .converted : .exited,
        lagInDays: Int(min(wait, 150))
      )
    }
    return lags
  }()

  private static func plan(
    from first: Double = 0,
    to last: Double,
    rule: LastBucketRule = .part,
    shares: [Double]? = nil,
    days: [Double] = [3.5, 10.5, 17.5]
  ) throws -> ReversePlan {
    try ReversePlan(
      history: CumulativeIncidence(lags),
      pipeline: [try OpenEntries(bucket: 3, count: 20), try OpenEntries(bucket: 20, count: 30)],
      arrivalDays: days,
      deadlineDay: last,
      deal: DealSize(mean: 10, standardDeviation: 5, count: 40),
      need: 100,
      weekShares: shares,
      lastBucket: rule,
      firstDay: first
    )
  }

  @Test func `parts of buckets lie between the whole ones around them`() throws {
    // Day 3.5 of arrival and 24.5 on: exactly 21 days, an edge; then half a week more.
    let edge = try Self.plan(to: 24.5, days: [3.5])
    let whole = try Self.plan(to: 24.5, rule: .whole, days: [3.5])
    #expect(agree(edge.winsPerWeeklyEntry, whole.winsPerWeeklyEntry))
    let next = try Self.plan(to: 31.5, rule: .whole, days: [3.5])
    let half = try Self.plan(to: 28, days: [3.5])
    let middle = (edge.winsPerWeeklyEntry + next.winsPerWeeklyEntry) / 2
    #expect(agree(half.winsPerWeeklyEntry, middle, relative: 1e-9))
    #expect(
      try agree(
        Self.plan(to: 28, rule: .whole, days: [3.5]).winsPerWeeklyEntry,
        whole.winsPerWeeklyEntry
      )
    )
  }

  @Test func `windows add up to the whole, in wins and in what is not known`() throws {
    let (near, far) = (try Self.plan(to: 30), try Self.plan(from: 30, to: 90))
    let both = try Self.plan(to: 90)
    #expect(agree(near.pipelineWins + far.pipelineWins, both.pipelineWins))
    #expect(
      agree(near.winsPerWeeklyEntry + far.winsPerWeeklyEntry, both.winsPerWeeklyEntry)
    )
    #expect(far.curveVariance.pipeline > 0)
    #expect(try Self.plan(from: 90, to: 90).pipelineWins == 0)
    #expect(try Self.plan(from: 120, to: 90).winsPerWeeklyEntry == 0)
  }

  @Test func `half a week brings half its entries`() throws {
    let whole = try Self.plan(to: 60, days: [3.5])
    let half = try Self.plan(to: 60, shares: [0.5], days: [3.5])
    #expect(agree(half.winsPerWeeklyEntry, whole.winsPerWeeklyEntry / 2))
    #expect(half.weekYields == whole.weekYields)
    #expect(agree(half.totalEntries(perWeek: 8), 4))
    #expect(agree(half.curveVariance.arrivals, whole.curveVariance.arrivals / 4))
    #expect(throws: StatisticsError.self) { try Self.plan(to: 60, shares: [1, 1], days: [3.5]) }
  }

  @Test func `a draw of the plan agrees with its normal sum`() throws {
    let plan = try Self.plan(to: 90)
    let simulation = RevenueSimulation(
      groups: [(20, plan.chance(ofEntryIn: 3)), (30, plan.chance(ofEntryIn: 20))],
      pipelineCurveVariance: plan.curveVariance.pipeline,
      winsPerEntry: plan.winsPerWeeklyEntry,
      entryCurveVariance: plan.curveVariance.arrivals,
      correlation: plan.curveVariance.both
        / (plan.curveVariance.pipeline * plan.curveVariance.arrivals).squareRoot(),
      deal: plan.deal
    )
    #expect(agree(simulation.pipelineWins, plan.pipelineWins))
    for entries in [40.0, 80] {
      let mean = plan.revenue(entriesPerWeek: entries)
      for need in [mean * 0.8, mean, mean * 1.15] {
        var dice = SeededGenerator(seed: 2)
        let drawn = simulation.chance(need: need, entriesPerWeek: entries, using: &dice)
        let spread = plan.standardDeviation(entriesPerWeek: entries)
        let normal = StandardNormal.cumulative((mean - need) / spread)
        #expect(abs((drawn ?? 0) - normal) < 0.03, "\(entries) \(need)")
      }
    }
    var dice = SeededGenerator(seed: 2)
    #expect(simulation.chance(need: 1, entriesPerWeek: 5, draws: 0, using: &dice) == nil)
    #expect(simulation.chance(need: 1, entriesPerWeek: -1, using: &dice) == nil)
    // What is a forecast spreads more than what is decided.
    let mean = plan.revenue(entriesPerWeek: 80)
    var (one, other) = (SeededGenerator(seed: 5), SeededGenerator(seed: 5))
    let sure = simulation.chance(need: mean * 0.8, entriesPerWeek: 80, using: &one)
    let unsure = simulation.chance(
      need: mean * 0.8,
      entriesPerWeek: 80,
      arrivalVariance: 1_600,
      using: &other
    )
    #expect((unsure ?? 1) < (sure ?? 0) - 0.05)
  }

  @Test func `what is reached with a chance is the chance of reaching it`() throws {
    let plan = try Self.plan(to: 90)
    for chance in [0.05, 0.5, 0.8] {
      var outlook = plan.outlook
      let amount = outlook.reached(
        withProbability: chance,
        entriesPerWeek: 30,
        arrivalVariance: 20
      )
      outlook.need = amount
      #expect(
        agree(outlook.chance(entriesPerWeek: 30, arrivalVariance: 20), chance, relative: 1e-6)
      )
    }
    #expect(
      plan.outlook.reached(withProbability: 1 - 1e-12, entriesPerWeek: 0) == 0
    )
  }
}
