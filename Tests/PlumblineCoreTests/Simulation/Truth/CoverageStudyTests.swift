import Testing

@testable import PlumblineCore

@Suite struct CoverageStudyTests {
  private static let study = CoverageStudy(worlds: 200, seed: 1)
  private static let tally = (0..<study.blocks).reduce(
    into: CoverageTally(ages: study.agesInWeeks.count)
  ) { $0.add(study.outcome(ofBlock: $1)) }

  /// 0.4 x P(gamma(1.25) <= days / 20), from scipy 1.17: gamma.cdf(x, 1.25).
  @Test(arguments: [(0, 0.0), (7, 0.078_614), (91, 0.392_861), (10_000, 0.4)])
  func `the truth is the gamma distribution's`(days: Int, expected: Double) {
    #expect(abs(CoverageStudy.trueRate(withinDays: days) - expected) < 0.000_001)
  }

  @Test(arguments: [(1, 3), (2, 7), (4, 14), (8, 42), (13, 77), (26, 91), (52, 91)])
  func `the horizon is one that half of the cohort has reached`(age: Int, expected: Int) {
    #expect(CoverageStudy.horizonInDays(ofAgeInWeeks: age) == expected)
  }

  /// A right method misses 10 of 200; more than 21 or fewer than 2 happens in 1 of 1,000.
  @Test func `95 in 100 intervals contain the truth at every age of cohort`() {
    #expect(Self.tally.worlds == 200)
    #expect((179...198).contains(Self.tally.headlinesCovered))
    for (age, counts) in zip(Self.study.agesInWeeks, Self.tally.ages) {
      #expect((179...198).contains(counts.ratesCovered), "\(age) weeks: \(counts.ratesCovered)")
      if counts.toCome > 0 {
        #expect((179...198).contains(counts.completed), "\(age) weeks: \(counts.completed)")
      }
    }
  }

  @Test func `older cohorts have less to come, and nothing once all are past the horizon`() {
    let toCome = Self.tally.ages.map(\.toCome)
    #expect(toCome == toCome.sorted(by: >))
    #expect(toCome.last == 0)
    #expect(Self.tally.ages.last?.completed == 200)
  }

  @Test func `a block depends on its number and the seed alone`() {
    let block = Self.study.outcome(ofBlock: 2)
    #expect(block == CoverageStudy(worlds: 150, seed: 1).outcome(ofBlock: 2))
    #expect(block != CoverageStudy(worlds: 200, seed: 2).outcome(ofBlock: 2))
    #expect(block.worlds == CoverageStudy.worldsInBlock)
    #expect(CoverageStudy(worlds: 0, seed: 1).blocks == 0)
    #expect(CoverageStudy(worlds: 51, seed: 1).outcome(ofBlock: 1).worlds == 1)
  }

  @Test func `the table has a row for each age`() {
    let text = Self.study.table(Self.tally)
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("| ") }
    #expect(rows.count == 2 + Self.study.agesInWeeks.count)
    #expect(text.contains("in 200 simulated worlds. Seed 1."))
    #expect(text.contains("all known"))
    let empty = CoverageStudy(worlds: 0, seed: 1)
    #expect(empty.table(CoverageTally(ages: 6)).contains("–"))
  }
}
