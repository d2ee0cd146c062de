import PlumblineStatistics
import Testing

@Suite struct `Amount summaries` {
  @Test func `nothing has no mean and no variance`() {
    let none = AmountSummary([])
    #expect(none.mean == nil)
    #expect(none.variance == 0)
    #expect(none.varianceOfMean == 0)
  }

  @Test func `one amount shows no spread`() {
    let one = AmountSummary([400])
    #expect(one.mean == 400)
    #expect(one.variance == 0)
  }

  @Test func `equal amounts have no variance whatever the rounding`() {
    let equal = AmountSummary(Array(repeating: 0.1, count: 7))
    #expect(equal.variance >= 0)
    #expect(equal.variance < 1e-16)
  }

  @Test func `sums add up over groups`() {
    let joined = AmountSummary([1, 2]) + AmountSummary([6])
    #expect(joined == AmountSummary([1, 2, 6]))
    #expect(joined.mean == 3)
    #expect(agree(joined.variance, 7))
    #expect(agree(joined.varianceOfMean, 7 / 3.0))
  }

  @Test func `thirty amounts are enough for a mean`() {
    #expect(AmountSummary(Array(repeating: 1, count: 29)).isUncertain)
    #expect(!AmountSummary(Array(repeating: 1, count: 30)).isUncertain)
  }

  @Test func `refuses sums that are none`() {
    #expect(throws: StatisticsError.negativeOrNotFinite(-1)) {
      try AmountSummary(count: -1, sum: 0, sumOfSquares: 0)
    }
    #expect(throws: StatisticsError.notFinite(.infinity)) {
      try AmountSummary(count: 1, sum: .infinity, sumOfSquares: 0)
    }
    #expect(throws: StatisticsError.negativeOrNotFinite(-2)) {
      try AmountSummary(count: 1, sum: 0, sumOfSquares: -2)
    }
  }
}
