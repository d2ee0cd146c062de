import PlumblineStatistics
import PlumblineTestSupport
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

@Suite(.enabled(if: ReferenceCase.areAvailable, "\(ReferenceCase.absenceNote)"))
struct `Rate reference cases` {
  @Test(arguments: try ReferenceCase.load(prefix: "rates-"))
  func `agree`(reference: ReferenceCase) throws {
    let input = reference.input
    let samples = try zip(input["converted"].numbers, input["leads"].numbers).map {
      try RateSample(successes: $0, trials: $1)
    }
    var thresholds = ComparisonThresholds()
    thresholds.relevantDifference = try #require(input["delta"].number)
    let comparison = RateComparison(
      samples,
      countsAreExact: input["censored"] == false,
      thresholds: thresholds
    )
    let channels = zip(comparison.groups, comparison.judgements()).map { group, judgement in
      AnswerTree.object([
        "rate": .optional(group.sample.rate), "rest": .optional(group.rest.rate),
        "shrunk": .number(group.shrunk.mean), "shrunk_lo": .number(group.shrunk.interval.lower),
        "shrunk_hi": .number(group.shrunk.interval.upper), "p": .optional(group.pValue),
        "q": .optional(judgement.qValue), "verdict": .text(judgement.verdict.rawValue),
        "needed": .optional(judgement.needed),
      ])
    }
    let differences = reference.differences(from: [
      "pooled": .optional(comparison.pooled.rate),
      "chi2": .number(comparison.heterogeneity.chiSquare),
      "df": .number(Double(comparison.heterogeneity.degreesOfFreedom)),
      "p_heterogeneity": .number(comparison.heterogeneity.pValue), "channels": .list(channels),
    ])
    #expect(differences == [])
  }
}
