import Foundation
import PlumblineStatistics
import Testing

@testable import PlumblineCore
@testable import PlumblineReporting

@Suite struct PlanReplayReportingTests {
  private static let agreement = Agreement(company: "Ex", currency: "EUR", hash: "abcdef")

  /// So many plans of 100,000 with what came.
  static func replay(came: [Int64], step: Int = 31, days: Int = 91) -> PlanReplay {
    PlanReplay(
      QuotaQuestion(
        quota: 0,
        deadline: CivilDate(dayNumber: 20_000),
        filters: [DimensionFilter(.channel, values: ["Web"])]
      ),
      rule: JourneyRule(skips: .filled),
      asOf: Instant(seconds: 19_500 * 86_400),
      days: days,
      rows: came.enumerated().map { place, actual in
        let first = 19_000 + place * step
        return PlanReplay.Row(
          date: CivilDate(dayNumber: first),
          lastDay: CivilDate(dayNumber: first + days - 1),
          leads: 130,
          leadsPerWeek: 10,
          forecast: actual < 0
            ? nil
            : PastForecast(mean: 10_000_000) {
              10_000_000 - 2_000_000 * StandardNormal.quantile($0)
            },
          actual: max(actual, 0),
          wins: 12,
          winsWithoutAmount: 0,
          wonLeads: ["L1", "L2"],
          periodBefore: place == 0 ? nil : 9_000_000,
          straightLine: 8_000_000
        )
      },
      fewestMonths: 6,
      olderDates: 0
    )
  }

  private static let spread: [Int64] = [
    9_000_000, 11_000_000, 7_000_000, 10_500_000, 12_000_000, 8_500_000, 9_800_000, 13_500_000,
    10_100_000, 9_900_000, 11_500_000, 8_800_000,
  ]

  private static func text(_ replay: PlanReplay) -> String {
    PlanReplayText(replay, under: agreement).text
  }

  @Test func `nothing to replay, and too little of it, is said`() throws {
    let none = Self.replay(came: [])
    #expect(Self.text(none).contains("No past date can be replayed: it takes 6 months"))
    let json = try PlanReplayJSON(none, under: Self.agreement).text()
    #expect(json.contains("\"verdict\" : \"too_few\""))
    #expect(json.contains("\"mean_error\" : null"))
    #expect(none.section(under: Self.agreement).source.contains("No past date"))
    let few = Self.text(Self.replay(came: [9_000_000]))
    #expect(few.contains("Too few past plans to judge the odds"))
    let missing = Self.text(Self.replay(came: [-1, 9_000_000]))
    #expect(missing.contains("no plan"))
    #expect(missing.contains("For 1 date there was not enough data for a plan."))
  }

  @Test(
    arguments: [
      ([9_000_000], 10, "There is no second plan"), ([9_000_000, 1], 91, "No two periods overlap"),
      ([9_000_000, 1, 2, 3], 120, "No two periods overlap"),
      ([9_000_000, 1], 90, "only 1 of 2 can be picked that do not"),
      ([9_000_000, 1, 2, 3], 46, "only 2 of 4 can be picked that do not"),
    ] as [([Int64], Int, String)]
  )
  func `says whether periods overlap`(came: [Int64], step: Int, words: String) {
    let replay = Self.replay(came: came, step: step)
    let text = Self.text(replay).replacing(/\n */, with: " ")
    #expect(text.contains(words))
    let doOverlap = words.hasPrefix("only")
    #expect(text.contains("Periods overlap") == doOverlap)
    #expect(replay.section(under: Self.agreement).source.contains("Periods overlap") == doOverlap)
  }

  @Test(arguments: [1, 12])
  func `lines stay within 80 columns`(count: Int) {
    let came = Self.spread.prefix(count).map { $0 * 10 }
    let text = Self.text(Self.replay(came: came))
    for line in text.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
  }

  @Test func `the text says verdict, shares, error, and what a naive forecast does`() {
    let text = Self.text(Self.replay(came: Self.spread)).replacing("\n            ", with: "")
    #expect(text.contains("The odds have held"))
    #expect(text.contains("of 12, "))
    #expect(text.contains("135,000*"))
    #expect(text.contains("the plan was nearest"))
    #expect(text.contains("Periods overlap"))
    let high = Self.text(Self.replay(came: Self.spread.map { $0 / 2 }))
    #expect(high.contains("Plans have promised too much: 0 of 12 reached the sum"))
  }

  @Test func `json has every number and the leads behind it`() throws {
    let text = try PlanReplayJSON(Self.replay(came: Self.spread), under: Self.agreement).text()
    let parsed = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    )
    let plans = try #require(parsed["plans"] as? [[String: Any]])
    #expect(plans.count == 12)
    #expect(plans[0]["came"] as? Double == 90_000)
    #expect(plans[0]["reached_fifty"] as? Double == 100_000)
    #expect(plans[0]["period_before"] is NSNull)
    #expect(plans[0]["won_leads"] as? [String] == ["L1", "L2"])
    #expect(parsed["verdict"] as? String == "holds")
    #expect((parsed["within_range"] as? [String: Any])?["of"] as? Int == 12)
  }

  @Test func `every key is explained in the documentation`() throws {
    let all = try [Self.spread, Self.spread + [-1]].map {
      try PlanReplayJSON(Self.replay(came: $0), under: Self.agreement).text()
    }
    try DocumentedKeys(section: "plan_replay").check(all)
  }

  @Test func `a page stands by itself`() {
    let text = PlanReplayPage(
      Self.replay(came: Self.spread),
      under: Self.agreement,
      generatedBy: "a test"
    ).text
    #expect(text.hasPrefix("<!doctype html>"))
    #expect(text.contains("<h1>The odds have held"))
    #expect(text.contains("Past plans for Ex"))
  }

  @Test func `the picture has a column for each plan and marks what lay outside`() {
    let source = Self.replay(came: Self.spread).section(under: Self.agreement).source
    #expect(source.ranges(of: "<rect").count == 24)
    #expect(source.ranges(of: "class=\"alarm\"").count == 4)
    #expect(source.contains("<title id=\"plan-replay-odds-t\">"))
    #expect(source.contains("<caption id=\"plan-replay-table\">"))
    // The middle of nine chances: six of twelve came to at least the sum with even odds.
    #expect(source.contains("50 %: 50 %"))
  }
}
