import Foundation
import PlumblineTestSupport
import Testing

@testable import PlumblineStatistics

struct CountBaselineTests {
  @Test(
    arguments: [
      ([0, 0, 0, 0, 0, 0, 0, 0], 0, 0.0625, 1), ([5], 5, 5.5, 1),
      ([10, 10, 10, 10], 40, 10.125, 1), ([0, 20, 0, 20], 40, 10.125, 400.0 / 3 / 10.125),
    ] as [([Int], Int, Double, Double)]
  )
  func `sums up the periods before`(counts: [Int], total: Int, mean: Double, overdispersion: Double)
  {
    let baseline = CountBaseline(counts)
    #expect(baseline.periods == counts.count && baseline.total == total)
    #expect(baseline.mean == mean)
    #expect(abs(baseline.overdispersion - overdispersion) < 1e-12)
  }

  @Test func `calls none usual after none, and not many`() {
    let usual = CountBaseline(Array(repeating: 0, count: 8)).usualCounts(chance: 0.002)
    #expect(usual.lowerBound == 0)
    #expect((1...6).contains(usual.upperBound))
  }

  @Test(arguments: [0.3, 4, 60], [1.5, 4])
  func `sums the negative binomial as its terms do`(mean: Double, ratio: Double) {
    let distribution = CountDistribution(mean: mean, variance: mean * ratio)
    let shape = mean / (ratio - 1)
    var sum = 0.0
    for count in 0..<200 {
      // Γ(r + k)/(k! Γ(r)) pʳ (1 − p)ᵏ with p = 1/ratio.
      let logTerm =
        SpecialFunctions.logGamma(shape + Double(count)) - SpecialFunctions.logGamma(shape)
        - SpecialFunctions.logGamma(Double(count) + 1)
      sum += exp(logTerm - shape * log(ratio) + Double(count) * log(1 - 1 / ratio))
      #expect(abs(distribution.cumulative(count) - sum) < 1e-9, "\(count)")
      #expect(abs(distribution.upperTail(count) - (1 - sum)) < 1e-9, "\(count)")
    }
    #expect(distribution.cumulative(-1) == 0 && distribution.upperTail(-1) == 1)
  }

  /// The wanted chance is kept, few periods or many, whether counts vary by chance alone or more.
  @Test(arguments: [8, 26], [1.0, 3.0])
  func `gives no more false alarms than wanted`(periods: Int, ratio: Double) {
    let chance = 0.01
    var generator = SeededGenerator(seed: UInt64(periods) &* 31 &+ UInt64(ratio))
    var (fewer, more) = (0, 0)
    let runs = 4_000
    for _ in 0..<runs {
      let counts = (0...periods).map { _ -> Int in
        let mean =
          ratio == 1
          ? 20 : 20 * (ratio - 1) / 20 * generator.gamma(shape: 20 / (ratio - 1))
        return generator.poisson(mean: mean)
      }
      let usual = CountBaseline(Array(counts.dropLast())).usualCounts(chance: chance)
      if counts[periods] < usual.lowerBound { fewer += 1 }
      if counts[periods] > usual.upperBound { more += 1 }
    }
    // Three standard errors above the wanted 40 of 4,000.
    #expect(fewer <= 59 && more <= 59, "\(fewer) fewer, \(more) more")
  }

  @Test func `sees that a hundred a week have become sixty`() {
    let counts = (0..<26).map { 95 + ($0 * 7) % 11 }
    let usual = CountBaseline(counts).usualCounts(chance: 0.0014)
    #expect(usual.lowerBound > 60 && usual.upperBound < 140)
    #expect(usual.contains(100))
  }
}
