import Foundation
import PlumblineStatistics
import Testing

struct CountForecastTests {
  @Test(arguments: [[], [5], [4, 5, 6, 5, 4]])
  func `says nothing from a few weeks`(weeks: [Int]) {
    #expect(CountForecast(soFar: 3, weeks: weeks, weeksToCome: 1) == nil)
  }

  @Test func `a period that is over has what it has`() throws {
    let forecast = try #require(CountForecast(soFar: 7, weeks: [4, 5, 6, 5, 4, 6], weeksToCome: 0))
    #expect(forecast.interval() == 7...7)
    #expect(forecast.chance(ofAtLeast: 7) == 1)
    #expect(forecast.chance(ofAtLeast: 8) == 0)
    #expect(forecast.expected == 7)
  }

  @Test func `weeks without any do not promise that none will come`() throws {
    let weeks = [Int](repeating: 0, count: 10)
    let forecast = try #require(CountForecast(soFar: 0, weeks: weeks, weeksToCome: 2))
    #expect(forecast.chance(ofAtLeast: 0) == 1)
    #expect((0.05...0.12).contains(forecast.chance(ofAtLeast: 1)))
    #expect(forecast.dispersion == 1)
  }

  @Test func `even weeks are taken to be as even as chance is, not more`() throws {
    let forecast = try #require(
      CountForecast(soFar: 0, weeks: [10, 10, 10, 10, 10, 10], weeksToCome: 1)
    )
    #expect(forecast.dispersion == 1)
    #expect(abs(forecast.mean - 10.083) < 0.001)
    #expect(abs(forecast.variance - 10.0833 * (1 + 1.0 / 6)) < 0.001)
  }

  @Test func `the chances of a negative binomial are those of its definition`() throws {
    let weeks = [2, 19, 7, 30, 0, 14, 9, 3]
    let forecast = try #require(CountForecast(soFar: 4, weeks: weeks, weeksToCome: 1.5))
    #expect(forecast.dispersion > 5)
    let size = forecast.mean * forecast.mean / (forecast.variance - forecast.mean)
    let share = forecast.mean / forecast.variance
    // Term by term: p₀ = shareˢⁱᶻᵉ, pₖ₊₁ = pₖ (k + size)/(k + 1) (1 − share).
    var term = pow(share, size)
    var sum = 0.0
    for count in 0..<80 {
      #expect(abs(forecast.chance(ofAtLeast: 4 + count) - (1 - sum)) < 1e-9)
      sum += term
      term *= (Double(count) + size) / (Double(count) + 1) * (1 - share)
    }
  }

  /// Past weeks and the rest of a month, drawn from the same company again and again.
  @Test(arguments: [(4.0, 1.0), (25.0, 1.0), (25.0, 3.0), (80.0, 2.0)])
  func `holds what comes as often as it says, and its odds come true`(
    mean: Double,
    dispersion: Double
  ) throws {
    var dice = SeededGenerator(seed: UInt64(mean * 10 + dispersion))
    func draw(_ mean: Double) -> Int {
      guard dispersion > 1 else { return dice.poisson(mean: mean) }
      let scale = dispersion - 1
      return dice.poisson(mean: dice.gamma(shape: mean / scale, scale: scale))
    }
    let trials = 1500
    var (held, promised, kept) = (0, 0.0, 0)
    for _ in 0..<trials {
      let weeks = (0..<13).map { _ in draw(mean) }
      let forecast = try #require(CountForecast(soFar: 0, weeks: weeks, weeksToCome: 2))
      let truth = draw(mean) + draw(mean)
      if forecast.interval().contains(truth) { held += 1 }
      // A goal set from the same record, as people set them.
      let goal = Int(forecast.expected) + 2
      promised += forecast.chance(ofAtLeast: goal)
      if truth >= goal { kept += 1 }
    }
    let share = Double(held) / Double(trials)
    #expect((0.93...0.99).contains(share), "\(share) of intervals hold")
    #expect(abs(promised - Double(kept)) / Double(trials) < 0.04)
  }
}
