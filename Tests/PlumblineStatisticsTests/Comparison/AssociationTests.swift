import PlumblineStatistics
import PlumblineTestSupport
import Testing

@Suite struct `Association` {
  @Test(arguments: try ReferenceTable("independence").rows)
  func `independence over tables agrees with scipy`(row: ReferenceTable.Row) {
    var test = IndependenceTest()
    for table in row.text("tables").split(separator: " ") {
      let lines = table.split(separator: ";").map {
        $0.split(separator: ":").compactMap { Double($0) }
      }
      test.add(lines.flatMap { $0 }, columns: lines.first?.count ?? 0)
    }
    #expect(agree(test.chiSquare, row.number("chi_square")))
    #expect(test.degreesOfFreedom == row.integer("df"))
    #expect(agree(test.pValue, row.number("p")))
  }

  @Test(arguments: [[], [0, 0, 0, 0], [5, 9], [5, 0, 9, 0]] as [[Double]])
  func `without two rows and two columns there is nothing to test`(counts: [Double]) {
    var test = IndependenceTest()
    test.add(counts, columns: 2)
    #expect(test.degreesOfFreedom == 0)
    #expect(test.chiSquare == 0)
    #expect(test.pValue == 1)
  }

  @Test(arguments: [1, 1e-300, 1e300])
  func `an E-value is at least 1, and 1 where nothing is associated`(oddsRatio: Double) {
    let value = EValue.ofOddsRatio(oddsRatio, outcomeIsCommon: true)
    #expect(value >= 1)
    #expect(oddsRatio != 1 || value == 1)
  }

  @Test func `an odds ratio and its inverse have the same E-value`() {
    #expect(
      EValue.ofOddsRatio(0.5, outcomeIsCommon: true)
        == EValue.ofOddsRatio(2, outcomeIsCommon: true)
    )
    // Published with the measure: a risk ratio of 3.9 needs 7.26.
    #expect(agree(EValue.ofOddsRatio(3.9, outcomeIsCommon: false), 7.26, absolute: 0.005))
    #expect(agree(EValue.ofOddsRatio(4, outcomeIsCommon: true), 2 + 2.0.squareRoot()))
  }

  @Test(arguments: [0, -2, .nan] as [Double])
  func `what is no odds ratio has no E-value`(oddsRatio: Double) {
    for isCommon in [true, false] {
      #expect(EValue.ofOddsRatio(oddsRatio, outcomeIsCommon: isCommon).isNaN)
    }
  }
}
