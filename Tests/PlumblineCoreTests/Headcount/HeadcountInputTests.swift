import PlumblineStatistics
import Testing

@testable import PlumblineCore

/// What a text makes of an input.
struct HeadcountInputTests {
  @Test(arguments: [
    (HeadcountInput.closeRate, "0.06", HeadcountOverride.set(.number(0.06))),
    (.closeRate, "6 %", .set(.number(0.06))),
    (.closeRate, "0", .set(.number(0))),
    (.closeRate, "1", .set(.number(1))),
    (.closeRate, "+20%", .times(1.2)),
    (.closeRate, "-100%", .times(0)),
    (.closeRate, "-0.01", .plus(-0.01)),
    (.spend, "12000.50", .set(.number(1_200_050))),
    (.spend, "+500", .plus(50_000)),
    (.cash, "-500", .set(.number(-50_000))),
    (.cash, "+500", .plus(50_000)),
    (.reps, "+1", .plus(1)),
    (.leadsPerRep, "unlimited", .set(.number(1e15))),
    (.ramp, "0", .set(.shares([]))),
    (.ramp, "1", .set(.shares([0]))),
    (.ramp, "4", .set(.shares([0, 0.25, 0.5, 0.75]))),
    (.ramp, "0,0.3,0.7", .set(.shares([0, 0.3, 0.7]))),
    (.cycle, "0.5,0.5", .set(.shares([0.5, 0.5]))),
    (.cycle, "1", .set(.shares([1]))),
    (.payments, "annual", .set(.payments(.annual))),
  ])
  func `a text is read`(input: HeadcountInput, text: String, wanted: HeadcountOverride) throws {
    #expect(try input.override(text, minorUnits: 100) == wanted)
  }

  @Test(arguments: [
    (HeadcountInput.closeRate, "1.01"), (.closeRate, "-"), (.closeRate, ""), (.closeRate, "six"),
    (.closeRate, "101%"), (.closeRate, "1e-2"), (.closeRate, "nan"), (.closeRate, "inf"),
    (.closeRate, "-101%"), (.closeRate, "."), (.closeRate, "1.2.3"), (.closeRate, "0x1"),
    (.spend, "unlimited"), (.ramp, "1.5"), (.ramp, "601"), (.ramp, "0,2"), (.ramp, ""),
    (.cycle, "0.5,0.4"), (.cycle, ""), (.payments, "weekly"), (.rampSpread, "0.5"),
    (.dealMonths, "0"), (.spend, "99999999999999999999999"),
  ])
  func `a text that means nothing is refused`(input: HeadcountInput, text: String) {
    #expect(throws: HeadcountInput.Misreading.self) {
      try input.override(text, minorUnits: 100)
    }
  }

  @Test(arguments: [
    ("2026-01", true), ("2026-12", true), ("2026-13", false), ("2026-1", false), ("2026", false),
    ("2026-01-01", false), ("", false),
  ])
  func `a month is year and month`(text: String, isMonth: Bool) {
    #expect((PlanMonth(text) != nil) == isMonth)
    if isMonth { #expect(PlanMonth(text)?.description == text) }
  }

  @Test func `months go over the end of a year`() throws {
    let december = try #require(PlanMonth("2025-12"))
    #expect(december.advanced(by: 1).description == "2026-01")
    #expect(december.advanced(by: -12).description == "2024-12")
    #expect(december.firstDay.description == "2025-12-01")
  }

  @Test func `every input that is not needed has something usual or may be unknown`() {
    for input in HeadcountInput.allCases where input.isNeeded { #expect(input.usual == nil) }
    for input in HeadcountInput.allCases where input.mayChange { #expect(input.unit != .shares) }
  }

  @Test func `a band of one value is that value, and of none nothing`() {
    #expect(HeadcountBand([]) == nil)
    #expect(HeadcountBand([3])?.low == 3 && HeadcountBand([3])?.high == 3)
    let band = HeadcountBand((0...100).map { Double($0) }.shuffled())
    #expect(band?.low == 10 && band?.middle == 50 && band?.high == 90)
  }
}
