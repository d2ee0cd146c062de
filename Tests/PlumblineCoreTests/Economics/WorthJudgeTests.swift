import PlumblineStatistics
import Testing

@testable import PlumblineCore

/// How uncertain a line's mean deal is.
struct WorthJudgeTests {
  @Test func `without deals nothing bounds their size`() {
    #expect(WorthJudge(everybody: AmountSummary([])).sizes(AmountSummary([])) == nil)
    #expect(WorthJudge(everybody: AmountSummary([0, 0])).sizes(AmountSummary([])) == nil)
    #expect(WorthJudge(everybody: AmountSummary([5])).sizes(AmountSummary([5])) == nil)
  }

  @Test func `few deals lie between their own mean and everybody's`() throws {
    let everybody = AmountSummary((0..<40).map { $0 % 2 == 0 ? 50 : 150 })
    let sizes = try #require(WorthJudge(everybody: everybody).sizes(AmountSummary([200])))
    #expect(sizes.centres == 0.5...1)
    #expect(abs(sizes.relativeVariance - everybody.variance / 10_000) < 1e-12)
    #expect(sizes.isFew)
  }

  @Test func `thirty deals stand for themselves`() throws {
    let own = AmountSummary((0..<30).map { Double(100 + $0) })
    let judge = WorthJudge(everybody: own + AmountSummary([9_000, 1]))
    let sizes = try #require(judge.sizes(own))
    #expect(!sizes.isFew)
    #expect(sizes.centres == 1...1)
    let mean = try #require(own.mean)
    #expect(abs(sizes.relativeVariance - own.varianceOfMean / (mean * mean)) < 1e-15)
  }
}
