import PlumblineStatistics
import Testing

@Suite struct `Rate comparison` {
  private func compare(
    _ groups: [(Double, Double)],
    countsAreExact: Bool = true
  ) throws -> RateComparison {
    RateComparison(
      try groups.map { try RateSample(successes: $0.0, trials: $0.1) },
      countsAreExact: countsAreExact
    )
  }

  @Test(
    arguments: [
      ([], []),
      ([(0, 0)], [.noData]),
      ([(5, 33)], [.noComparison]),
      ([(0, 0), (5, 33)], [.noData, .noComparison]),
      ([(0, 200), (0, 300)], [.tooFew, .tooFew]),
      ([(19, 19), (60, 100)], [.tooFew, .lower]),
      // Twenty trials, of which the others' rate expects just under five successes, then five.
      ([(0, 20), (249, 1_000)], [.tooFew, .tooFew]),
      ([(3, 20), (250, 1_000)], [.cannotTell, .cannotTell]),
      ([(60, 200), (61, 200)], [.cannotTell, .cannotTell]),
      ([(6_000, 20_000), (6_100, 20_000)], [.same, .same]),
      ([(6_000, 20_000), (6_600, 20_000)], [.slightlyDifferent, .slightlyDifferent]),
      ([(30, 400), (120, 400)], [.lower, .higher]),
    ] as [([(Double, Double)], [RateVerdict])]
  )
  func `judges`(groups: [(Double, Double)], verdicts: [RateVerdict]) throws {
    #expect(try compare(groups).judgements().map(\.verdict) == verdicts)
  }

  @Test func `says how many trials it needs only when it is short of them`() throws {
    let comparison = try compare([(10, 19), (0, 0), (60, 300), (70, 300), (10, 500)])
    let judgements = comparison.judgements()
    let needed = SampleSize.toShow(rate: try #require(comparison.pooled.rate), lowerBy: 0.2)
    for judgement in judgements {
      let isShort = judgement.verdict == .tooFew || judgement.verdict == .cannotTell
      #expect(judgement.needed == (isShort ? needed : nil))
    }
    #expect(judgements.map(\.verdict) == [.tooFew, .noData, .higher, .higher, .lower])
  }

  @Test func `has no number that would do when nobody or everybody succeeds`() throws {
    #expect(try compare([(0, 50), (0, 60)]).judgements().allSatisfy { $0.needed == nil })
    #expect(try compare([(50, 50), (60, 60)]).judgements().allSatisfy { $0.needed == nil })
  }

  /// 0.1 + 0.2 + 0.3 − 0.3 is not 0.1 + 0.2 in binary: the others are added, not left over.
  @Test func `the rest of a group is the sum of the others, without what rounding leaves`() throws {
    let parts = [(0.0, 1.0), (1e15, 1e15), (0.1, 0.3), (0.2, 0.7)]
    let rests = try compare(parts, countsAreExact: false).groups.map(\.rest)
    #expect(rests[1].successes == 0.1 + 0.2)
    #expect(rests[1].trials == 1 + 0.3 + 0.7)
    #expect(rests[0].successes == 1e15 + (0.1 + 0.2))
    #expect(rests[3].trials == 1 + 1e15 + 0.3)
    #expect(try compare([(5, 33)]).groups[0].rest == .noTrials)
  }

  @Test func `draws each of three hundred groups towards the rest`() throws {
    var generator = SeededGenerator(seed: 3)
    let groups = (0..<300).map { _ in
      let trials = 1 + generator.integer(below: 60)
      return (Double(generator.binomial(trials: trials, probability: 0.2)), Double(trials))
    }
    let comparison = try compare(groups)
    for (index, group) in comparison.groups.enumerated() {
      let others = groups.indices.filter { $0 != index }.map { groups[$0] }
      #expect(group.rest.successes == others.reduce(0) { $0 + $1.0 })
      #expect(group.rest.trials == others.reduce(0) { $0 + $1.1 })
      // Drawn towards the others, never past them.
      let (raw, rest) = (try #require(group.sample.rate), try #require(group.rest.rate))
      let between = min(raw, rest) - 0.01...max(raw, rest) + 0.01
      #expect(between.contains(group.shrunk.mean), "\(index)")
    }
  }

  @Test func `takes the q-values of a larger family`() throws {
    let comparison = try compare([(45, 300), (70, 300)])
    let own = comparison.judgements()
    #expect(own.map(\.verdict) == [.lower, .higher])
    // The same two p-values among fifty places where nothing was found.
    let family = BenjaminiHochberg.qValues(
      comparison.pValues + Array(repeating: 0.9, count: 48)
    )
    let among = comparison.judgements(qValues: Array(family.prefix(2)))
    #expect(among.map(\.verdict) == [.cannotTell, .cannotTell])
    #expect(among.map(\.qValue) == Array(family.prefix(2)))
  }

  @Test func `judges by the limits it is given`() throws {
    var thresholds = ComparisonThresholds()
    thresholds.relevantDifference = 0.05
    let samples = [
      try RateSample(successes: 6_000, trials: 20_000),
      try RateSample(successes: 6_600, trials: 20_000),
    ]
    let comparison = RateComparison(samples, countsAreExact: true, thresholds: thresholds)
    #expect(comparison.judgements().map(\.verdict) == [.lower, .higher])
  }

  /// Groups without any true difference: 1,000 companies of five groups.
  @Test func `names a difference where there is none in about one company of twenty`() throws {
    var generator = SeededGenerator(seed: 11)
    var alarms = 0
    for _ in 0..<1_000 {
      let samples = try (0..<5).map { _ in
        let trials = 80 + generator.integer(below: 400)
        return try RateSample(
          successes: Double(generator.binomial(trials: trials, probability: 0.3)),
          trials: Double(trials)
        )
      }
      let pValues = samples.indices.map { index in
        let rest = samples.indices.filter { $0 != index }.map { samples[$0] }
        return TwoRateTest.pValue(
          samples[index],
          rest.dropFirst().reduce(rest[0], +),
          countsAreExact: true
        )
      }
      if BenjaminiHochberg.qValues(pValues).contains(where: { ($0 ?? 1) <= 0.05 }) { alarms += 1 }
    }
    // 45 expected; chance alone moves it by 7.
    #expect((20...70).contains(alarms), "\(alarms)")
  }
}
