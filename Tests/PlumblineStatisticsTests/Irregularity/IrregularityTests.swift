import PlumblineStatistics
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Expected values: exact fractions for a margin of 1; else scipy 1.17.1 (`nchypergeom_fisher`, `nbinom`, `poisson`, `binom`) and, for the
/// jump, the same regression by numpy 2.4.6; made independently of this code.
@Suite struct IrregularityTests {
  private func isClose(_ left: Double, _ right: Double, _ tolerance: Double = 1e-9) -> Bool {
    (left - right).magnitude <= tolerance * max(right.magnitude, 1e-300)
  }

  @Test(arguments: [
    // Nobody, everybody, and no group at all say nothing.
    (0, 10, 5, 30, 2.0, 1.0), (10, 10, 30, 30, 2.0, 1.0), (0, 0, 3, 9, 1.0, 1.0),
    (3, 9, 0, 0, 1.0, 1.0), (3, 5, 0, 50, 1.5, 0.001_127_019_242_809_999_7),
    (40, 40, 150, 200, 1.0, 3.284_856_162_539_137e-05),
    (40, 40, 150, 200, 3.0, 0.018_357_832_832_843_313),
    (8, 10, 5, 30, 2.0, 0.010_261_432_032_316_664),
  ])
  func `odds beyond a margin have the chance of Fisher's noncentral distribution`(
    _ first: Int,
    _ of: Int,
    _ second: Int,
    _ ofSecond: Int,
    _ margin: Double,
    _ expected: Double
  ) {
    let p = OddsMarginTest.pValue((first, of), (second, ofSecond), margin: margin)
    #expect(isClose(p, expected, 1e-8))
  }

  @Test func `strata without a counterpart say nothing, one stratum is the plain test`() {
    typealias Stratum = OddsMarginTest.Stratum
    let one = Stratum(successes: 8, trials: 10, otherSuccesses: 5, otherTrials: 30)
    let alone = Stratum(successes: 9, trials: 9, otherSuccesses: 0, otherTrials: 0)
    #expect(OddsMarginTest.pValue([], margin: 2) == 1)
    #expect(OddsMarginTest.pValue([alone], margin: 2) == 1)
    let plain = OddsMarginTest.pValue((8, 10), (5, 30), margin: 2)
    #expect(isClose(OddsMarginTest.pValue([one], margin: 2), plain))
    #expect(isClose(OddsMarginTest.pValue([one, alone], margin: 2), plain, 1e-8))
  }

  @Test func `strata add up as counted by hand`() {
    // One of two against none of two, twice: a success is the first group's with chance 1/2 each.
    let pair = OddsMarginTest.Stratum(successes: 1, trials: 2, otherSuccesses: 0, otherTrials: 2)
    #expect(isClose(OddsMarginTest.pValue([pair, pair], margin: 1), 0.25))
    // With odds of three to one: 3/4 each.
    #expect(isClose(OddsMarginTest.pValue([pair, pair], margin: 3), 0.5625))
  }

  @Test func `a wider margin never makes odds less likely`() {
    var last = 0.0
    for margin in [0.5, 1, 1.5, 2, 4, 8] {
      let p = OddsMarginTest.pValue((9, 12), (20, 60), margin: margin)
      #expect(p > last)
      last = p
    }
  }

  @Test(arguments: [
    (0, 3.0, 5.0, 1.0), (1, 0.0, 0.0, 0.0), (1, 0.1, 0.1, 0.095_162_581_964_040_44),
    (5, 2.0, 2.0, 0.052_653_017_343_711_125), (5, 2.0, 6.0, 0.131_687_242_798_353_87),
    (30, 10.0, 40.0, 0.010_071_218_262_151_892), (12, 4.5, 9.25, 0.028_098_275_910_700_17),
  ])
  func `a count has the tail of a Poisson or a negative binomial number`(
    _ count: Int,
    _ mean: Double,
    _ variance: Double,
    _ expected: Double
  ) {
    #expect(isClose(CountExcess.upperTail(count, mean: mean, variance: variance), expected))
  }

  @Test(arguments: [
    (0, 10, 0.3, 1.0), (11, 10, 0.3, 0.0), (10, 10, 0.3, 5.904_9e-06), (1, 1, 0.2, 0.2),
    (12, 15, 0.3, 9.165_869_215_2e-05),
  ])
  func `successes have the tail of a binomial number`(
    _ count: Int,
    _ of: Int,
    _ probability: Double,
    _ expected: Double
  ) {
    #expect(
      isClose(CountExcess.binomialTail(count, of: of, probability: probability), expected, 1e-8)
    )
  }

  /// Falling counts with heaps at fives and tens and a little unrest.
  private static let smooth: [Int: Int] = Dictionary(
    uniqueKeysWithValues: (0...100).map { number in
      let heap = number % 10 == 0 ? 60 : number % 5 == 0 ? 25 : 0
      return (number, 200 - number + heap + number * 37 % 11)
    }
  )

  private static let lifted: [Int: Int] = {
    var counts = smooth
    for number in 55..<60 { counts[number, default: 0] -= 30 }
    for number in 60..<63 { counts[number, default: 0] += 50 }
    return counts
  }()

  @Test func `a jump over a line is that of an independent regression`() throws {
    let none = try #require(ThresholdJump(counts: Self.smooth, line: 60, range: 0...100))
    #expect(none.above == 494 && none.below == 758 && none.dispersion == 1)
    #expect(isClose(none.expectedAbove, 491.641_416_733_581_65))
    #expect(isClose(none.expectedBelow, 766.673_583_948_478_8))
    #expect(isClose(none.statistic, 0.293_848_511_126_615_75, 1e-7))
    #expect(isClose(none.pValue, 0.385_448_558_871_487_3, 1e-7))
    let some = try #require(ThresholdJump(counts: Self.lifted, line: 60, range: 0...100))
    #expect(isClose(some.statistic, 8.284_531_721_488_587, 1e-7))
    #expect(isClose(some.pValue, 1.507_215_319_764_106e-09, 1e-6))
    let high = try #require(ThresholdJump(counts: Self.lifted, line: 90, range: 0...100))
    #expect(isClose(high.pValue, 0.455_389_068_285_249, 1e-7))
  }

  @Test func `there is no jump where there is no curve`() {
    #expect(ThresholdJump(counts: [:], line: 60, range: 0...100) == nil)
    #expect(ThresholdJump(counts: [60: 1000], line: 60, range: 0...100) == nil)
    // A line at the end of what is possible has nothing over it.
    #expect(ThresholdJump(counts: Self.smooth, line: 100, range: 0...100) == nil)
    // Only those who passed are on record.
    let passed = Self.smooth.filter { $0.key >= 60 }
    #expect(ThresholdJump(counts: passed, line: 60, range: 0...100) == nil)
  }

  @Test func `the chance of a jump is even where there is none`() throws {
    var generator = SeededGenerator(seed: 5)
    var small = (tenth: 0, half: 0)
    let worlds = 2000
    for _ in 0..<worlds {
      // In the order of numbers: that of a dictionary is another one each time.
      var counts: [Int: Int] = [:]
      for number in 0...100 {
        let x = Double(number - 60) / 20
        let heap = number % 10 == 0 ? 0.8 : number % 5 == 0 ? 0.4 : 0
        counts[number] = generator.poisson(mean: exp(3.5 - 0.6 * x - 0.3 * x * x + heap))
      }
      let jump = try #require(ThresholdJump(counts: counts, line: 60, range: 0...100))
      if jump.pValue < 0.1 { small.tenth += 1 }
      if jump.pValue < 0.5 { small.half += 1 }
    }
    // Four standard errors around 10 and 50 percent; dispersion of at least 1 makes it careful.
    #expect((120...254).contains(small.tenth))
    #expect((911...1089).contains(small.half))
  }
}
