import Foundation
import PlumblineStatistics
import Testing

@testable import PlumblineCore

@Suite struct WinRateLessonTests {
  typealias Definition = WinRateLesson.Definition

  static let repeats = WinRateLesson.Repeats(count: 200)

  @Test func `the truth within the horizon is the gamma distribution's`() {
    // A wait of two exponential steps of 30 days: F(t) = 1 - (1 + t/30) exp(-t/30).
    let steps = Double(WinRateLesson.horizonInDays) / 30
    let expected = 0.25 * (1 - (1 + steps) * exp(-steps))
    #expect(abs(WinRateLesson.rateWithinHorizon - expected) < 1e-12)
    #expect(WinRateLesson.rateWithinHorizon > 0.9 * WinRateLesson.ultimateRate)
  }

  @Test func `the drawn opportunities are won, wait and grow as meant`() {
    let all = (UInt64(0)..<40).flatMap { WinRateLesson(seed: $0).opportunities }
    let count = Double(all.count)
    let won = all.filter(\.isWon)
    let lost = all.filter { !$0.isWon }
    #expect(abs(Double(won.count) / count - 0.25) < 4 * (0.25 * 0.75 / count).squareRoot())
    func meanWait(_ some: [WinRateLesson.Opportunity]) -> Double {
      some.reduce(0) { $0 + $1.daysToClose } / Double(some.count)
    }
    // Standard deviations 42 and 127 days.
    #expect(abs(meanWait(won) - 60) < 4 * 42.5 / Double(won.count).squareRoot())
    #expect(abs(meanWait(lost) - 180) < 4 * 127.3 / Double(lost.count).squareRoot())
    // Growth from 1 to 3: the first half has 3 of 8 parts.
    let early = all.count { $0.createdOnDay < WinRateLesson.periodInDays / 2 }
    #expect(abs(Double(early) / count - 0.375) < 4 * (0.375 * 0.625 / count).squareRoot())
    #expect(all.allSatisfy { (0..<WinRateLesson.periodInDays).contains($0.createdOnDay) })
  }

  @Test func `the waits are the opportunities as the company knows them`() {
    let lesson = WinRateLesson()
    let waits = lesson.waits
    #expect(waits.total == WinRateLesson.opportunityCount)
    #expect(waits.total(.converted) == lesson.opportunities.count { $0.isKnownWon })
    #expect(waits.total(.open) == lesson.opportunities.count { !$0.isClosed })
    #expect(waits.total(.open) > 300)
  }

  @Test func `each rate is the fraction that its name says`() throws {
    let lesson = WinRateLesson()
    let opportunities = lesson.opportunities
    let won = Double(opportunities.count { $0.isKnownWon })
    let closed = opportunities.filter(\.isClosed)
    #expect(lesson.rate(.created) == won / 1500)
    #expect(lesson.rate(.closed) == won / Double(closed.count))
    let amountOfWon = closed.filter(\.isWon).reduce(0) { $0 + $1.amount }
    let amountOfClosed = closed.reduce(0) { $0 + $1.amount }
    #expect(abs(try #require(lesson.rate(.closedAmount)) - amountOfWon / amountOfClosed) < 1e-12)
    let late = closed.filter { $0.createdOnDay + $0.daysToClose > 274 }
    #expect(lesson.rate(.closedLastQuarter) == Double(late.count { $0.isWon }) / Double(late.count))
    let newest = opportunities.filter { $0.createdOnDay > 274 }
    #expect(
      lesson.rate(.newestQuarter) == Double(newest.count { $0.isKnownWon }) / Double(newest.count)
    )
    let mature = opportunities.filter { $0.createdOnDay <= 183 }
    let matureWon = mature.count { $0.isWon && $0.daysToClose < 182 }
    #expect(lesson.rate(.matureCohorts) == Double(matureWon) / Double(mature.count))
    #expect(mature.allSatisfy { !$0.isWon || $0.daysToClose >= 182 || $0.isKnownWon })
  }

  @Test func `the documented year's interval contains the truth`() {
    let incidence = WinRateLesson().incidence
    #expect(incidence.isSupported)
    #expect(incidence.interval.contains(WinRateLesson.rateWithinHorizon))
    #expect(incidence.interval.width < 0.06)
  }

  @Test func `over 200 years the interval contains the truth about 95 times in 100`() {
    // 190 expected; 2.8 standard errors of 3.08 either way leave 1 error in 200 for a right method.
    #expect((182...198).contains(Self.repeats.covered), "\(Self.repeats.covered)")
  }

  /// How far from the truth each way lies on average, in fractions; the interval is what the
  /// documentation claims about it.
  @Test(
    arguments: [
      (.created, -0.06 ... -0.045), (.closed, 0.10...0.14), (.closedLastQuarter, 0.05...0.09),
      (.closedAmount, 0.05...0.09), (.newestQuarter, -0.16 ... -0.13),
      (.matureCohorts, -0.005...0.005), (.cumulativeIncidence, -0.004...0.004),
    ] as [(WinRateLesson.Definition, ClosedRange<Double>)]
  )
  func `the bias is as large as documented`(
    definition: Definition,
    bias: ClosedRange<Double>
  ) throws {
    let mean = try #require(Self.repeats.means[definition])
    #expect(bias.contains(mean - WinRateLesson.rateWithinHorizon), "\(mean)")
  }

  @Test func `only the dated ways carry an interval, and using every opportunity narrows it`()
    throws
  {
    let lesson = WinRateLesson()
    let carrying = Definition.allCases.filter { lesson.interval($0) != nil }
    #expect(carrying == [.matureCohorts, .cumulativeIncidence])
    let mature = try #require(lesson.interval(.matureCohorts))
    #expect(lesson.incidence.interval.width < 0.8 * mature.width)
  }

  @Test func `the same seed gives the same year and another seed another`() {
    #expect(WinRateLesson(seed: 5).opportunities == WinRateLesson(seed: 5).opportunities)
    #expect(WinRateLesson(seed: 5).opportunities != WinRateLesson(seed: 6).opportunities)
  }

  @Test func `the documentation's table is what the code prints`() throws {
    var root = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { root.deleteLastPathComponent() }
    let page = try String(
      contentsOf: root.appendingPathComponent("Documentation/methods/win-rates.md"),
      encoding: .utf8
    )
    let begin = try #require(page.range(of: "<!-- win-rates:begin -->\n"))
    let end = try #require(page.range(of: "\n<!-- win-rates:end -->"))
    #expect(String(page[begin.upperBound..<end.lowerBound]) == WinRateLesson().table())
  }
}
