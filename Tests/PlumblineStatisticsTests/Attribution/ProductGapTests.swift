import PlumblineStatistics
import Testing

@Suite struct `Product gap` {
  private func rate(_ successes: Double, _ trials: Double) throws -> UncertainFactor {
    .rate(try RateSample(successes: successes, trials: trials))
  }

  @Test func `of no terms is nothing`() {
    let gap = ProductGap(base: [], actual: [], seed: 1)
    #expect(gap.total.value == 0)
    #expect(!gap.total.isClear)
    #expect(gap.parts.isEmpty && gap.terms.isEmpty && gap.factors.isEmpty)
  }

  @Test func `adds up over terms and over factors`() throws {
    let base: [[UncertainFactor?]] = [
      [.exact(1_600), .exact(0.625), try rate(400, 1_000), .mean(5_000, standardError: 300)],
      [.exact(1_600), .exact(0.375), try rate(0, 40), nil],
    ]
    let actual: [[UncertainFactor?]] = [
      [.exact(1_500), .exact(0.6), try rate(450, 900), .mean(4_500, standardError: 300)],
      [.exact(1_500), .exact(0.4), nil, .mean(-80, standardError: 40)],
    ]
    let gap = ProductGap(base: base, actual: actual, seed: 1)
    let whole = gap.actual.reduce(0, +) - gap.base.reduce(0, +)
    #expect(agree(gap.total.value, whole, relative: 1e-12))
    #expect(agree(gap.terms.reduce(0) { $0 + $1.value }, whole, relative: 1e-12))
    #expect(agree(gap.factors.reduce(0) { $0 + $1.value }, whole, relative: 1e-12))
    for (row, term) in zip(gap.parts, gap.terms) {
      #expect(
        agree(row.reduce(0) { $0 + $1.value }, term.value, relative: 1e-12, absolute: 1e-9)
      )
      for part in row { #expect(part.interval.contains(part.value)) }
    }
  }

  @Test func `what is missing in one period explains nothing, in both it is 0`() throws {
    let gap = ProductGap(
      base: [[.exact(100), nil, try rate(5, 10)], [.exact(100), nil, .exact(2)]],
      actual: [[.exact(100), try rate(3, 30), nil], [.exact(120), nil, .exact(3)]],
      seed: 1
    )
    for part in gap.parts[0] {
      #expect(part.value == 0)
      #expect(part.interval.width == 0)
      #expect(!part.isClear)
    }
    #expect(gap.base[0] == gap.actual[0])
    #expect(gap.terms[1].value == 0)
    #expect(gap.actual[1] == 0)
  }

  @Test func `a count that grew is clear, a rate of few is not`() throws {
    let gap = ProductGap(
      base: [[.exact(100), try rate(3, 10)]],
      actual: [[.exact(130), try rate(4, 10)]],
      seed: 3
    )
    #expect(gap.parts[0][0].isClear)
    #expect(!gap.parts[0][1].isClear)
    #expect(gap.parts[0][1].interval.lower < 0)
  }

  @Test func `a rate of many that fell far is clear`() throws {
    let gap = ProductGap(
      base: [[.exact(1_000), try rate(400, 1_000)]],
      actual: [[.exact(1_000), try rate(300, 1_000)]],
      seed: 3
    )
    #expect(gap.parts[0][1].isClear)
    // A difference of two shares of 40 % and 30 % of a thousand: 100 ± 1.645 · 21.2 customers.
    #expect(agree(gap.parts[0][1].interval.lower, -135, absolute: 6))
    #expect(agree(gap.parts[0][1].interval.upper, -65, absolute: 6))
  }

  @Test func `the same seed gives the same intervals, another gives others`() throws {
    func gap(_ seed: UInt64) throws -> ProductGap {
      ProductGap(
        base: [[.exact(100), try rate(30, 100)]],
        actual: [[.exact(100), try rate(20, 100)]],
        seed: seed
      )
    }
    #expect(try gap(1).parts == gap(1).parts)
    #expect(try gap(1).parts != gap(2).parts)
    #expect(try gap(1).total.value == gap(2).total.value)
  }

  /// Two equal rates: nine intervals in ten should hold 0.
  @Test func `intervals hold the truth about as often as they say`() throws {
    var generator = SeededGenerator(seed: 11)
    var held = 0
    for seed in 0..<150 {
      let before = generator.binomial(trials: 120, probability: 0.3)
      let after = generator.binomial(trials: 150, probability: 0.3)
      let gap = ProductGap(
        base: [[.exact(1), try rate(Double(before), 120)]],
        actual: [[.exact(1), try rate(Double(after), 150)]],
        seed: UInt64(seed)
      )
      if gap.total.interval.contains(0) { held += 1 }
    }
    // 135 expected; three standard errors are 11.
    #expect((124...146).contains(held), "\(held)")
  }

  /// Three channels that are the same in both periods: with every part looked at, hardly ever should
  /// one stand out.
  @Test func `names no part where nothing changed, though many are looked at`() throws {
    var generator = SeededGenerator(seed: 12)
    var named = 0
    for seed in 0..<60 {
      func side() throws -> [[UncertainFactor?]] {
        try [(300, 0.4), (200, 0.5), (80, 0.3)].map { leads, chance in
          let accepted = generator.binomial(trials: leads, probability: chance)
          let won = generator.binomial(trials: accepted, probability: 0.3)
          return [
            .exact(580), .exact(Double(leads) / 580), try rate(Double(accepted), Double(leads)),
            try rate(Double(won), Double(accepted)),
          ]
        }
      }
      let gap = ProductGap(base: try side(), actual: try side(), seed: UInt64(seed))
      let qValues = BenjaminiHochberg.qValues(
        gap.parts.flatMap { $0.dropFirst(2).map(\.pValue) }
      )
      if qValues.contains(where: { ($0 ?? 1) <= 0.05 }) { named += 1 }
    }
    // Three expected at 5 %; more than nine would be no accident.
    #expect(named <= 9, "\(named) of 60")
  }

  @Test func `one quantity behind every term is drawn once`() throws {
    let best = try rate(90, 200)
    let actual: [[UncertainFactor?]] = try (0..<6).map { _ in
      [.exact(1_000), .exact(1.0 / 6), try rate(80_000, 200_000)]
    }
    let base: [[UncertainFactor?]] = actual.map { [$0[0], $0[1], best] }
    let apart = ProductGap(base: base, actual: actual, seed: 5)
    let common = ProductGap(base: base, actual: actual, hasCommonBase: true, seed: 5)
    // Six independent guesses at the same rate would seem to know it better than one does.
    #expect(common.total.standardError > 2 * apart.total.standardError)
    #expect(agree(common.total.standardError, 35.2, relative: 0.1))
    #expect(common.parts[0][0].pValue == nil)
  }
}
