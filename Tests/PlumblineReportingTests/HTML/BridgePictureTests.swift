import Foundation
import Testing

@testable import PlumblineReporting

struct BridgePictureTests {
  private typealias Samples = PictureSamples

  /// The rows of the table behind, as words.
  private func rows(_ source: String) throws -> [[String]] {
    let body = try #require(source.firstMatch(of: /<tbody>(?s:.*)<\/tbody>/)).output
    return body.split(separator: "</tr>").dropLast().map { row in
      row.matches(of: /<t[hd][^>]*>([^<]*)</).map { String($0.1) }
    }
  }

  /// The left and right ends of the steps of the wide picture, in order.
  private func steps(_ source: String) throws -> [(left: Double, right: Double)] {
    let wide = try #require(source.split(separator: "</svg>").first)
    return wide.matches(of: /<polygon class="step [^"]*" points="([^"]*)"/).map { match in
      let x = match.1.split(separator: " ").compactMap { $0.split(separator: ",").first }
        .compactMap { Double($0) }
      return (x.min() ?? .nan, x.max() ?? .nan)
    }
  }

  @Test func `adds up from the first bar to the last`() throws {
    let rows = try rows(PictureCase.bridge.source)
    #expect(rows.count == 9)
    #expect(rows.first == ["Plan 2026-Q2", "", "", "", "EUR 2,400,000"])
    #expect(rows[1] == ["Leads: volume", "−84,000", "-", "-", "EUR 2,316,000"])
    #expect(
      rows[4] == ["MQL → SQL", "−213,000", "−282,000 to −144,000", "clear", "EUR 2,080,000"]
    )
    #expect(rows[7].last == "EUR 1,983,000")
    #expect(rows.last == ["Actual 2026-Q2", "−417,000", "", "", "EUR 1,983,000"])
  }

  @Test(arguments: [(0.0, false), (1e-13, false), (0.001, true), (-0.001, true)])
  func `what the steps leave over is a step of its own`(rest: Double, isShown: Bool) {
    let source = Samples.bridge(
      .share,
      from: 0.2,
      [Samples.step("Meta", -0.05, 0.01)],
      to: 0.15 + rest
    ).markup.source
    #expect(source.contains(">Not explained<") == isShown)
  }

  @Test func `each step begins where the last one ended, as long as it is large`() throws {
    let source = Samples.bridge(
      .count("customers"),
      from: 100,
      [Samples.step("a", -40, 10), Samples.step("b", 20, 30), Samples.step("c", -80)],
      to: 0
    ).markup.source
    // 0 to 110 over x 214 to 500: the interval of b reaches 110.
    let unit = (500.0 - 214) / 110
    let wanted = [(60.0, 100.0), (60, 80), (0, 80)].map { (214 + unit * $0.0, 214 + unit * $0.1) }
    let steps = try steps(source)
    #expect(steps.count == 3)
    for (step, ends) in zip(steps, wanted) {
      #expect(abs(step.left - ends.0) < 0.06 && abs(step.right - ends.1) < 0.06)
    }
    #expect(source.matches(of: /class="whisker"/).count == 2 * 2)
    #expect(source.contains("step down sure") && source.contains("step up unsure"))
    #expect(!source.contains("do not begin at 0"))
  }

  @Test func `the sentence names the clear steps, the largest first`() {
    #expect(
      PictureCase.bridgeShare.source.contains(
        "Plan 2026-Q2 24.1 %, Actual 2026-Q2 21.0 %: −3.1 points. Clear: Meta Ads −3.1 points, "
          + "Mix of channels −1.3 points, Webinars &amp; events +1.1 points."
      )
    )
    #expect(PictureCase.bridgeZero.source.contains("No step is clear."))
    #expect(PictureCase.bridgeNoSteps.source.contains("No step is clear. There are no steps."))
  }

  @Test func `an axis that does not begin at 0 is said and shown`() {
    let source = PictureCase.bridge.source
    #expect(source.contains("do not begin at 0"))
    // Two gaps in each of two bars, in both layouts.
    #expect(source.matches(of: /class="gap"/).count == 8)
    #expect(!PictureCase.bridgeBelowZero.source.contains("class=\"gap\""))
    #expect(PictureCase.bridgeBelowZero.source.contains("class=\"zero\""))
  }

  @Test func `levels below 0 stand left of it`() throws {
    let source = PictureCase.bridgeBelowZero.source
    let zero = try #require(source.firstMatch(of: /<line class="zero" x1="([0-9.]+)"/)?.1)
    let bar = try #require(
      source.firstMatch(of: /<rect class="bar" x="([0-9.]+)" y="[0-9.]+" width="([0-9.]+)"/)
    )
    let end = (Double(bar.1) ?? 0) + (Double(bar.2) ?? 0)
    #expect(abs(end - (Double(zero) ?? 0)) < 0.15)
    #expect(source.contains("EUR −20,000"))
  }

  @Test func `of many steps the largest are drawn, the table has all`() throws {
    let source = PictureCase.bridgeMany.source
    #expect(try steps(source).count <= 14)
    #expect(source.contains(">288 smaller ones<"))
    // Two ends, 300 steps, and what they leave over.
    #expect(try rows(source).count == 303)
  }

  @Test func `ends that are not numbers are said, not drawn`() {
    #expect(
      PictureCase.bridgeNotFinite.source
        == "<p>Plan to actual: there is nothing to hold against each other.</p>"
    )
  }

  @Test(arguments: [
    (PictureUnit.share, 0.2412, "24.1 %", "+24.1 points"),
    (.share, -0.0002, "0.0 %", "−0.02 points"),
    (.share, 0, "0.0 %", "0 points"), (.count("wins"), 12.5, "12.5 wins", "+12.5"),
    (.count("wins"), -1240.4, "−1,240 wins", "−1,240"), (.money("EUR"), 0, "EUR 0", "0"),
    (.money("EUR"), -123_456_789, "EUR −1,234,568", "−1,230,000"),
    (.money("JPY"), 1500, "JPY 1,500", "+1,500"), (.share, .nan, "-", "- points"),
  ])
  func `says levels and steps`(unit: PictureUnit, value: Double, level: String, step: String) {
    #expect(unit.level(value) == level)
    #expect(unit.step(value) == step)
  }

  @Test(arguments: [
    (PictureUnit.money("EUR"), 0.0, "0"), (.money("EUR"), 150_000_000, "1.5 m"),
    (.money("EUR"), -45_000_000, "−450 k"), (.money("EUR"), 900_000, "9,000"),
    (.money("JPY"), 3e9, "3 bn"), (.share, 0.25, "25 %"), (.count("wins"), 2000, "2,000"),
  ])
  func `says ticks briefly`(unit: PictureUnit, value: Double, text: String) {
    #expect(unit.tick(value) == text)
  }
}
