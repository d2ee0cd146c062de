import PlumblineStatistics
import PlumblineTestSupport
import Testing

@Suite struct `Special functions` {
  @Test func `log-gamma agrees with many-digit numbers`() throws {
    let table = try ReferenceTable("log-gamma")
    #expect(table.rows.count == 12)
    for row in table.rows {
      let value = SpecialFunctions.logGamma(row.number("argument"))
      #expect(agree(value, row.number("value"), relative: 1e-14, absolute: 1e-15), "\(row)")
    }
  }

  @Test func `counts the ways to choose`() {
    #expect(agree(SpecialFunctions.logBinomialCoefficient(0, 0), 0, absolute: 1e-12))
    #expect(agree(SpecialFunctions.logBinomialCoefficient(7, 7), 0, absolute: 1e-12))
    // 52 choose 5 = 2,598,960.
    #expect(agree(SpecialFunctions.logBinomialCoefficient(52, 5), 14.770_621_922_970_37))
  }

  @Test(
    arguments: [
      ([], -Double.infinity), ([3], 3), ([-.infinity, -.infinity], -.infinity),
      ([-.infinity, 2], 2), ([.infinity, 2], .infinity),
      ([1_000, 1_000], 1_000.693_147_180_559_9), ([-1_000, -1_000], -999.306_852_819_440_1),
    ] as [([Double], Double)]
  )
  func `adds exponentials without overflow`(values: [Double], sum: Double) {
    #expect(agree(SpecialFunctions.logSumExp(values), sum, relative: 1e-15))
  }

  @Test(arguments: [-800, -30, -1, 0, 1e-9, 2, 30])
  func `goes to log-odds and back`(logOdds: Double) {
    let probability = SpecialFunctions.expit(logOdds)
    #expect((0...1).contains(probability))
    if logOdds.magnitude <= 30, logOdds < 20 {
      #expect(
        agree(SpecialFunctions.logit(probability), logOdds, relative: 1e-6, absolute: 1e-15)
      )
    }
    #expect(agree(probability, 1 - SpecialFunctions.expit(-logOdds), absolute: 1e-15))
  }

  @Test func `has infinite log-odds at the ends`() {
    #expect(SpecialFunctions.logit(0) == -.infinity)
    #expect(SpecialFunctions.logit(1) == .infinity)
  }
}
