import Testing

@testable import PlumblineCore

struct ScorecardMeasureTests {
  @Test(
    arguments: [
      ("", nil), ("won", nil), ("won_share", .wonShare), ("Won Share", .wonShare),
      ("cost-per-win", .costPerWin), (" revenue ", .revenue), ("quota", nil),
    ] as [(String, ScorecardMeasure?)]
  )
  func `is found by its word, however that is spelled`(word: String, measure: ScorecardMeasure?) {
    #expect(ScorecardMeasure(naming: word) == measure)
    #expect(Incentive(team: .sales, measure: word, weight: 1).known == measure)
  }

  @Test func `only a cost is better when it is less`() {
    #expect(ScorecardMeasure.allCases.filter(\.isLessBetter) == [.costPerWin])
    let units = Dictionary(grouping: ScorecardMeasure.allCases, by: \.unit)
    #expect(units[.count] == [.qualifiedLeads, .meetingsBooked, .meetingsHeld, .wins])
    #expect(units[.share] == [.acceptedShare, .wonShare, .firstTouch])
    #expect(units[.money] == [.revenue, .costPerWin])
  }

  /// By hand: 0.79^(1/12) = 0.9805481, 1.21^(1/12) = 1.0160119, 2^(1/12) = 1.0594631 (Python 3.12).
  @Test(arguments: [(0, 0, 0), (0.21, 0.0194519, 0.0160119), (1, 1, 0.0594631)])
  func `a year's share becomes a month's`(yearly: Double, loss: Double, rate: Double) {
    #expect(abs(Economics.monthlyLoss(ofYearly: yearly) - loss) < 1e-6)
    #expect(abs(Economics.monthlyRate(ofYearly: yearly) - rate) < 1e-6)
  }
}
