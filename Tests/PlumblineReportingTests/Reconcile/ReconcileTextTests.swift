import Foundation
import PlumblineTestSupport
import Testing

@testable import PlumblineCore
@testable import PlumblineReporting

struct ReconcileTextTests {
  @Test(arguments: ReconcileSample.allCases)
  func `whole text`(sample: ReconcileSample) throws {
    let (answer, agreement) = try sample.answer()
    expectGolden(
      ReconcileText(answer, under: agreement).text,
      suite: "ReconcileText",
      sample.rawValue
    )
  }

  @Test func `the list of metrics`() {
    expectGolden(
      ReconcileListText(SampleCompany.agreement).text,
      suite: "ReconcileText",
      "list"
    )
  }

  @Test(arguments: ReconcileSample.allCases, [40, 80, 120])
  func `keeps to the width and to the words it may use`(
    sample: ReconcileSample,
    width: Int
  ) throws {
    let (answer, agreement) = try sample.answer()
    let text = ReconcileText(answer, under: agreement, layout: TextLayout(width: width)).text
    for line in text.split(separator: "\n") {
      #expect(DisplayWidth.of(line) <= width, "\(line)")
    }
    #expect(!text.lowercased().contains("because"))
    #expect(!text.contains("nan") && !text.contains("inf "))
    #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
  }

  @Test(arguments: ReconcileSample.allCases)
  func `every definition has a formula, and every step a rule in words`(
    sample: ReconcileSample
  ) throws {
    let (answer, agreement) = try sample.answer()
    let words = ReconcileWords(answer, agreement)
    let titles = answer.definitions.map { words.title($0.name) }
    #expect(Set(titles).count == titles.count)
    for definition in answer.definitions {
      #expect(!words.formula(definition.name).isEmpty, "\(definition.name)")
      for step in definition.steps { #expect(!words.rule(step).isEmpty) }
    }
  }
}

struct ReconcileNotesTests {
  private func notes(_ sample: ReconcileSample) throws -> [String] {
    let (answer, agreement) = try sample.answer()
    return ReconcileWords(answer, agreement).notes
  }

  @Test func `a payback over no agreed months says which key is missing`() throws {
    let notes = try notes(.paybackUnsaid)
    #expect(!notes.contains { $0.contains("0 months") || $0.hasPrefix("The range") })
    #expect(notes.contains { $0.contains("`deal_covers` under `economics`") })
    #expect(notes.contains { $0.contains("`gross_margin` under `economics`") })
    #expect(try !self.notes(.payback).contains { $0.contains("`economics`") })
  }

  @Test(arguments: [
    (ReconcileSample.nobody, 0), (.winRate, 0), (.winRateOfPeriod, 0), (.winsAlone, 2),
  ])
  func `a share of 100 % without any loss on record is told`(
    sample: ReconcileSample,
    count: Int
  ) throws {
    #expect(try notes(sample).filter { $0.contains("on record here: 100 %") }.count == count)
  }
}

struct ReconcileJSONTests {
  private func text(_ sample: ReconcileSample) throws -> String {
    let (answer, agreement) = try sample.answer()
    return try ReconcileJSON(answer, under: agreement).text()
  }

  @Test(arguments: [ReconcileSample.nobody, .winRate])
  func `whole JSON`(sample: ReconcileSample) throws {
    expectGolden(try text(sample), suite: "ReconcileJSON", sample.rawValue)
  }

  @Test(arguments: ReconcileSample.allCases)
  func `reads back as it was written`(sample: ReconcileSample) throws {
    let (answer, agreement) = try sample.answer()
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let wire = ReconcileWire(answer, agreement)
    let read = try decoder.decode(ReconcileWire.self, from: Data(try JSONText.text(wire).utf8))
    #expect(read == wire)
  }

  @Test func `every key is explained, and none that is not there`() throws {
    try DocumentedKeys(
      section: "reconcile",
      shapes: ["answer": "metric reading", "after": "metric reading"]
    ).check(try ReconcileSample.allCases.map { try text($0) })
    try DocumentedKeys(section: "reconcile_list").check([
      try ReconcileListJSON(SampleCompany.agreement).text()
    ])
  }

  @Test func `ids of a step are those of its records`() throws {
    let (answer, _) = try ReconcileSample.winRate.answer()
    let step = try answer.step("created_deals.3")
    #expect(step.recordIDs == ["D900"] && step.rule == .dealsWithoutLead)
  }
}
