import Foundation
import PlumblineStatistics
import Testing

/// Sums of random many random amounts, against sums worked out in other ways.
struct PoissonGammaSumTests {
  @Test(arguments: [0.0, 1, 1e6]) func `without amounts the sum is 0`(value: Double) throws {
    let sum = try PoissonGammaSum(count: 0, mean: 10, standardDeviation: 3)
    #expect(sum.cumulative(value) == 1 && sum.cumulative(-1) == 0)
    #expect(sum.quantile(0.999) == 0 && sum.expected == 0)
    #expect(sum.twoSidedChance(0) == 1)
  }

  @Test func `what cannot be is refused`() {
    for (count, mean, spread) in [(-1.0, 1.0, 1.0), (1, 0, 1), (1, 1, -1), (.nan, 1, 1)] {
      #expect(throws: StatisticsError.self) {
        try PoissonGammaSum(count: count, mean: mean, standardDeviation: spread)
      }
    }
  }

  /// Poisson probabilities by multiplication.
  private static func poisson(_ mean: Double, _ last: Int) -> [Double] {
    var terms = [exp(-mean)]
    for number in 1...last { terms.append(terms[number - 1] * mean / Double(number)) }
    return terms
  }

  /// With exponential amounts the sum of n is at most x when at least n arrivals of a Poisson process
  /// come by x.
  @Test(arguments: [(0.3, 0.0), (0.3, 2), (2, 1), (2, 35), (9, 60), (9, 200)])
  func `exponential amounts are arrivals of a second process`(
    count: Double,
    value: Double
  ) throws {
    let mean = 10.0
    let sum = try PoissonGammaSum(count: count, mean: mean, standardDeviation: mean)
    let (numbers, arrivals) = (Self.poisson(count, 150), Self.poisson(value / mean, 150))
    var wanted = 0.0
    for (number, weight) in numbers.enumerated() {
      wanted += weight * (number == 0 ? 1 : 1 - arrivals.prefix(number).reduce(0, +))
    }
    #expect(abs(sum.cumulative(value) - wanted) < 1e-10)
  }

  @Test func `amounts all alike are a count`() throws {
    let sum = try PoissonGammaSum(count: 3, mean: 500, standardDeviation: 0)
    let numbers = Self.poisson(3, 60)
    for count in 0...9 {
      let wanted = numbers.prefix(count + 1).reduce(0, +)
      #expect(abs(sum.cumulative(Double(count) * 500) - wanted) < 1e-12)
      #expect(abs(sum.cumulative(Double(count) * 500 + 499) - wanted) < 1e-12)
      // The lump belongs to both sides.
      let above = 1 - numbers.prefix(count).reduce(0, +)
      #expect(abs(sum.upperTail(Double(count) * 500) - above) < 1e-9)
    }
  }

  @Test(arguments: [0.5, 4, 40, 900]) func `the ends of the interval are met by draws`(
    count: Double
  ) throws {
    let (mean, spread) = (20_000.0, 15_000.0)
    let sum = try PoissonGammaSum(count: count, mean: mean, standardDeviation: spread)
    let interval = sum.interval(level: 0.8)
    var random = SeededGenerator(seed: 11)
    let (draws, shape) = (20_000, (mean / spread) * (mean / spread))
    var (below, above, total) = (0, 0, 0.0)
    for _ in 0..<draws {
      let number = random.poisson(mean: count)
      let drawn =
        number == 0 ? 0 : random.gamma(shape: shape * Double(number), scale: mean / shape)
      if drawn < interval.lower { below += 1 }
      if drawn > interval.upper { above += 1 }
      total += drawn
    }
    let error = 4 * (0.1 * 0.9 / Double(draws)).squareRoot()
    #expect(Double(below) / Double(draws) <= 0.1 + error)
    #expect(abs(Double(above) / Double(draws) - 0.1) <= error)
    #expect(
      abs(total / Double(draws) - sum.expected)
        < 4 * (sum.variance / Double(draws)).squareRoot()
    )
    #expect(count > 2 || interval.lower == 0)
  }
}
