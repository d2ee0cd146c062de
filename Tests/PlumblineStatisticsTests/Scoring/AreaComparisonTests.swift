import PlumblineStatistics
import PlumblineTestSupport
import Testing

@Suite struct `Area comparison` {
  @Test func `agrees with all pairs of cases`() throws {
    let table = try ReferenceTable("paired-areas")
    #expect(table.rows.count == 3)
    for row in table.rows {
      let won = row.numbers("won")
      let comparison = try #require(
        AreaComparison(
          first: row.numbers("first"),
          second: row.numbers("second"),
          won: won,
          lost: won.map { 1 - $0 }
        )
      )
      #expect(agree(comparison.first, row.number("first_area"), relative: 1e-12))
      #expect(agree(comparison.second, row.number("second_area"), relative: 1e-12))
      #expect(agree(comparison.standardError, row.number("se"), relative: 1e-9))
      #expect(agree(comparison.pValue, row.number("p"), relative: 1e-8))
    }
  }

  @Test func `nobody or everybody won is no comparison`() {
    #expect(AreaComparison(first: [], second: [], won: [], lost: []) == nil)
    #expect(AreaComparison(first: [1, 2], second: [2, 1], won: [0, 0], lost: [1, 1]) == nil)
    #expect(AreaComparison(first: [1, 2], second: [2, 1], won: [1, 1], lost: [0, 0]) == nil)
  }

  @Test func `a score compared with itself differs in nothing`() throws {
    let score = [1.0, 2, 3, 4]
    let scaled = score.map { 10 * $0 - 3 }
    let comparison = try #require(
      AreaComparison(first: score, second: scaled, won: [1, 0, 4, 2], lost: [3, 3, 1, 2])
    )
    #expect(comparison.difference == 0)
    #expect(comparison.pValue == 1)
  }

  @Test func `one case of a kind gives no p-value`() throws {
    let comparison = try #require(
      AreaComparison(first: [1, 2, 3], second: [3, 2, 1], won: [0, 0, 1], lost: [1, 1, 0])
    )
    #expect(comparison.difference == -1)
    #expect(comparison.standardError == nil)
    #expect(comparison.pValue == nil)
  }

  /// Two scores with the same noise: the test of equal areas is wrong in about 5 of 100 cases.
  @Test func `keeps its level where two scores are equally good`() {
    var generator = SeededGenerator(seed: 44)
    var named = 0
    let runs = 1_000
    for _ in 0..<runs {
      var first: [Double] = []
      var second: [Double] = []
      var won: [Double] = []
      for _ in 0..<120 {
        let truth = generator.normal()
        first.append(truth + generator.normal())
        second.append(truth + generator.normal())
        won.append(generator.chance(SpecialFunctions.expit(truth - 0.5)) ? 1 : 0)
      }
      let comparison = AreaComparison(
        first: first,
        second: second,
        won: won,
        lost: won.map { 1 - $0 }
      )
      if let p = comparison?.pValue, p < 0.05 { named += 1 }
    }
    // The standard error of the share is 0.7 points.
    #expect((0.03...0.075).contains(Double(named) / Double(runs)))
  }
}
