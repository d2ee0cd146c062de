import Foundation
import PlumblineOracle
import PlumblineStatistics
import PlumblineTestSupport
import Testing

@testable import PlumblineCore
@testable import PlumblineReporting

struct HeadcountReportTests {
  private static func answer(
    months: Int = 8,
    draws: Int = 50,
    cash: Double? = 1_000_000,
    names: [String] = ["hire 2"]
  ) throws -> HeadcountAnswer {
    var inputs = HeadcountInputs()
    let numbers: [HeadcountInput: Double] = [
      .reps: 3, .leadsPerRep: 60, .repCost: 900_000, .hireCost: 1_000_000, .leads: 127,
      .paidLeads: 100, .spend: 1_000_000, .closeRate: 0.07, .closeRateSample: 400,
      .deal: 480_000, .dealSpread: 0.5, .dealSample: 50, .grossMargin: 0.8, .churn: 0.02,
      .customers: 100, .leadMonths: 6,
    ]
    for (input, number) in numbers { inputs.set(input, .number(number), from: .agreed("x")) }
    if let cash { inputs.set(.cash, .number(cash), from: .option("--cash")) }
    let start = try #require(PlanMonth("2026-01"))
    let question = HeadcountQuestion(start: start, months: months, draws: draws)
    let scenarios = names.map { name in
      var scenario = HeadcountScenario(name: name, overrides: [.spend: .times(1.2)])
      if months > 0 { scenario.hires = [HeadcountScenario.Move(month: start, reps: 2)] }
      return scenario
    }
    return try HeadcountSimulator(inputs, question, currency: "EUR").answer(scenarios)
  }

  private static func answers() throws -> [HeadcountAnswer] {
    [
      try answer(), try answer(draws: 0), try answer(cash: nil), try answer(months: 0),
      try answer(names: []), try answer(names: ["one", "two <b>"]),
      try answer(cash: 100_000_000),
    ]
  }

  @Test func `every key is explained, and none that is not there`() throws {
    let keys = DocumentedKeys(
      section: "headcount",
      shapes: [
        "wins": "headcount total", "revenue": "headcount total", "profit": "headcount total",
        "lowest_cash": "headcount total", "end_cash": "headcount total",
        "leads_band": "headcount band", "wins_band": "headcount band",
        "customers_band": "headcount band", "profit_band": "headcount band",
        "cash_band": "headcount band", "band": "headcount band",
      ]
    )
    let answers = try Self.answers().prefix(2)
    try keys.check(
      answers.map { try HeadcountJSON($0, under: Agreement(), asOf: Instant(seconds: 0)).text() }
    )
  }

  @Test func `reads back as it was written`() throws {
    for answer in try Self.answers() {
      let wire = HeadcountWire(answer, nil, nil)
      let decoder = JSONDecoder()
      decoder.keyDecodingStrategy = .convertFromSnakeCase
      let read = try decoder.decode(HeadcountWire.self, from: Data(try JSONText.text(wire).utf8))
      #expect(read == wire)
    }
  }

  @Test func `fits a page of eighty columns and says no nan`() throws {
    for answer in try Self.answers() {
      for showsMonths in [false, true] {
        let text = HeadcountText(answer, provenance: ["x."], showsMonths: showsMonths).text
        for line in text.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
        #expect(!text.contains("nan") && !text.contains("inf"))
      }
    }
  }

  @Test func `what an answer hangs on is drawn for wide and for narrow pages`() throws {
    let answer = try Self.answer(names: ["one", "two"])
    let course = try #require(answer.courses.last)
    let picture = TornadoPicture(id: "t", answer: answer, course: course).markup.source
    for (kind, width) in [("wide", 720.0), ("narrow", 340.0)] {
      let start = try #require(picture.range(of: "<svg class=\"plot \(kind)-only\""))
      let drawing = String(
        try #require(picture[start.lowerBound...].split(separator: "</svg>").first)
      )
      #expect(drawing.contains("viewBox=\"0 0 \(Int(width)) "))
      let bars = drawing.matches(
        of: /<rect class="(?:bar|passage)" x="([0-9.]+)" y="[0-9.]+" width="([0-9.]+)"/
      )
      #expect(bars.count == 2 * min(12, course.sensitivities.count))
      for bar in bars {
        let left = try #require(Double(bar.1))
        #expect(left >= 0 && left + (Double(bar.2) ?? .infinity) <= width)
      }
      // Every input is named on both.
      for item in course.sensitivities.prefix(12) {
        #expect(drawing.contains(">\(HeadcountWords.movedName(item.input))<"))
      }
    }
    #expect(!picture.contains("plot wide\""))
  }

  @Test func `names every source and what to change`() throws {
    let text = HeadcountText(try Self.answer(), provenance: []).text
    #expect(text.contains("agreed: economics, x"))
    #expect(text.contains("given: --cash"))
    #expect(!text.contains("churn=…"))
    #expect(text.contains("attrition=…"))
    #expect(text.contains("seed 1"))
  }

  @Test func `without known cash nothing runs out`() throws {
    let text = HeadcountText(try Self.answer(cash: nil), provenance: []).text
    #expect(!text.contains("runs out"))
    #expect(text.contains("needs EUR") && text.contains("not known and counts from 0"))
  }

  @Test func `text and JSON say the same odds`() throws {
    let answer = try Self.answer()
    let out = answer.courses[1].cashOut
    #expect(out.cases > 0)
    let text = HeadcountText(answer, provenance: []).text
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(text.contains("runs out in \(HeadcountWords.cases(out.cases, of: 50)) cases"))
    let wire = HeadcountWire(answer, nil, nil)
    #expect(wire.courses[1].cashOut?.cases == out.cases)
    #expect(wire.headline == HeadcountWords(answer).headline)
  }

  @Test(arguments: [
    (0, 100, "0 of 100"), (100, 100, "100 of 100"), (1, 1000, "under 1 of 100"),
    (999, 1000, "over 99 of 100"), (380, 1000, "38 of 100"), (0, 0, "-"),
  ])
  func `cases are told of a hundred`(count: Int, all: Int, wanted: String) {
    #expect(HeadcountWords.cases(count, of: all) == wanted)
  }

  @Test func `a page has a picture a course and escapes names`() throws {
    for answer in try Self.answers() {
      let page = HeadcountPage(answer, under: nil, provenance: ["x."], generatedBy: "test").text
      #expect(!page.contains("nan") && !page.contains("<b>"))
      let pictures = page.components(separatedBy: "<svg").count - 1
      let bars = answer.courses.last?.sensitivities.isEmpty == false ? 2 : 0
      #expect(pictures == (answer.question.months > 0 ? answer.courses.count : 0) + bars)
      #expect(page.components(separatedBy: "<title id").count - 1 == pictures)
    }
  }

  @Test func `the same answer is the same page`() throws {
    let pages = try (0..<2).map { _ in
      HeadcountText(try Self.answer(), provenance: [], showsMonths: true).text
    }
    #expect(pages[0] == pages[1])
  }
}
