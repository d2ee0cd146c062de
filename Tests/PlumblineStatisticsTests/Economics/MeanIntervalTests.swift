import Testing

@testable import PlumblineStatistics

/// How well a mean of amounts is known.
struct MeanIntervalTests {
  // Student's t, 97.5 %: any printed table.
  @Test(arguments: [(1, 12.706_205), (2, 4.302_653), (5, 2.570_582), (28, 2.048_407)])
  func `quantiles are those of the table`(degrees: Int, expected: Double) {
    #expect(abs(StudentT.t95(degreesOfFreedom: degrees) - expected) < 1e-5)
  }

  @Test func `a mean of fewer than two amounts has no interval`() {
    #expect(AmountSummary([]).meanInterval == nil)
    #expect(AmountSummary([5]).meanInterval == nil)
    #expect(AmountSummary([0, 0]).meanInterval == nil)
    #expect(AmountSummary([7, 7, 7]).meanInterval == ConfidenceInterval(lower: 7, upper: 7))
  }

  @Test func `the interval of a mean is what its formula gives`() throws {
    // 40 amounts of 50 and 150: s² = 2564.1, so s/(mean √n) = 0.080064; exp(1.959964 · 0.080064) =
    // 1.169905.
    let many = try #require(
      AmountSummary((0..<40).map { $0 % 2 == 0 ? 50 : 150 }).meanInterval
    )
    #expect(abs(many.upper - 116.9905) < 1e-3)
    #expect(abs(many.lower - 100 / 1.169905) < 1e-3)
    // Of two amounts 90 and 110: s = 14.1421, s/(mean √2) = 0.1, and t with one degree 12.7062.
    let two = try #require(AmountSummary([90, 110]).meanInterval)
    #expect(abs(two.upper - 100 * 3.563_053) < 1e-2)
  }

  // The share of samples whose interval holds the true mean, of amounts as uneven as an exponential
  // distribution: nearly the 95 % that it says.
  @Test(arguments: [5, 12, 29, 30, 100])
  func `the interval of a mean holds the true one`(count: Int) throws {
    var random = SeededGenerator(seed: 11)
    var held = 0
    for _ in 0..<2000 {
      let amounts = (0..<count).map { _ in random.exponential(mean: 900) }
      let interval = try #require(AmountSummary(amounts).meanInterval)
      if (interval.lower...interval.upper).contains(900) { held += 1 }
    }
    #expect((0.90...0.98).contains(Double(held) / 2000), "\(held)")
  }
}
