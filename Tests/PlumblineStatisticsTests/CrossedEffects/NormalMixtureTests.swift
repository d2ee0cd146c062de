import PlumblineStatistics
import PlumblineTestSupport
import Testing

@Suite struct `Mixture of normals` {
  @Test(arguments: try ReferenceTable("normal-mixture").rows)
  func `agrees with scipy`(row: ReferenceTable.Row) throws {
    let mixture = NormalMixture(
      try row.text("components").split(separator: " ").map { part in
        let values = part.split(separator: ":").compactMap { Double($0) }
        try #require(values.count == 3)
        return NormalMixture.Component(
          weight: values[0],
          mean: values[1],
          standardDeviation: values[2]
        )
      }
    )
    let quantile = mixture.quantile(row.number("probability"))
    #expect(agree(mixture.mean, row.number("mean"), absolute: 1e-12))
    #expect(agree(mixture.standardDeviation, row.number("sd"), relative: 1e-9))
    #expect(agree(quantile, row.number("quantile"), absolute: 1e-9))
    let below = mixture.probability(below: -0.22314355131420976)
    #expect(agree(below, row.number("below"), relative: 1e-9))
  }

  @Test func `a point has its whole weight on one side`() {
    let point = NormalMixture([
      NormalMixture.Component(weight: 3, mean: 2, standardDeviation: 0)
    ])
    #expect(point.probability(below: 2) == 0)
    #expect(point.probability(below: 2.1) == 1)
    #expect(point.quantile(0.05) == 2)
    #expect(point.standardDeviation == 0)
    #expect(point.interval(confidence: 0.9).upper == 2)
  }

  @Test func `parts without weight do not matter`() {
    let mixture = NormalMixture([
      NormalMixture.Component(weight: 0, mean: 1e6, standardDeviation: 1),
      NormalMixture.Component(weight: 1, mean: 0, standardDeviation: 1),
    ])
    #expect(agree(mixture.quantile(0.975), StandardNormal.z95, absolute: 1e-9))
  }
}
