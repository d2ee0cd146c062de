import PlumblineTestSupport
import Testing

@testable import PlumblineCore
@testable import PlumblineReporting

struct DiffTests {
  @Test(arguments: DiffSample.allCases)
  func `whole text`(sample: DiffSample) throws {
    expectGolden(DiffText(try sample.diff()).text, suite: "DiffText", sample.rawValue)
  }

  @Test(arguments: DiffSample.allCases)
  func `whole JSON`(sample: DiffSample) throws {
    guard sample != .path, sample != .threshold else { return }
    expectGolden(try DiffJSON(sample.diff()).text(), suite: "DiffJSON", sample.rawValue)
  }

  @Test(arguments: DiffSample.allCases, [40, 80, 120])
  func `keeps to the width and to the words it may use`(sample: DiffSample, width: Int) throws {
    let text = DiffText(try sample.diff(), layout: TextLayout(width: width)).text
    for line in text.split(separator: "\n") {
      #expect(DisplayWidth.of(line) <= width, "\(line)")
    }
    #expect(!text.lowercased().contains("because"))
    #expect(!text.contains("nan") && !text.contains("inf "))
    #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
  }

  @Test(
    arguments: [
      (.empty, "There are no leads on record to measure the definitions on."),
      (.same, "No lead changes: 2025-Q1 and 2024-Q4 count all 1 alike."),
      (.threshold, "Under 2025-Q1 instead of 2024-Q4, "),
      (.path, " leads change class: "),
    ] as [(DiffSample, String)]
  )
  func `says the change in one sentence`(sample: DiffSample, words: String) throws {
    let headline = DiffWords(try sample.diff(), names: nil).headline
    #expect(headline.contains(words), "\(headline)")
    #expect(headline.hasSuffix("."))
  }

  @Test func `calls definitions of one version by the names of their files`() throws {
    var diff = try DiffSample.threshold.diff()
    diff.after.version = diff.before.version
    #expect(
      DiffWords(diff, names: ("a.yaml", "b.yaml")).headline.hasPrefix("Under b.yaml instead of a")
    )
    #expect(DiffWords(diff, names: nil).headline.hasPrefix("Under the second instead of"))
  }

  @Test func `says in one line who reaches the score without a hand-off`() throws {
    var diff = try DiffSample.threshold.diff()
    #expect(DiffWords(diff, names: nil).scoreWithoutHandOff == nil)
    diff.scoreWithoutHandOff = ScoreWithoutHandOff(before: 1200, after: 0)
    let line =
      "Reached the score for the hand-off, and nobody handed them over: 1,200 leads under 2024-Q4, "
      + "0 under 2025-Q1."
    #expect(DiffWords(diff, names: nil).scoreWithoutHandOff == line)
    #expect(DiffText(diff, layout: TextLayout(width: 200)).text.contains(line))
    diff.scoreWithoutHandOff = ScoreWithoutHandOff(before: 0, after: 1)
    #expect(DiffWords(diff, names: nil).scoreWithoutHandOff?.contains("0 leads under 2024") == true)
  }

  @Test func `explains every key, and none that is never written`() throws {
    try DocumentedKeys(
      section: "agreement_diff",
      shapes: [
        "agreement_before": "agreement", "agreement_after": "agreement",
        "gained_worth": "pass worth",
        "lost_worth": "pass worth", "gaps[]": "gap",
      ]
    ).check(try DiffSample.allCases.map { try DiffJSON($0.diff()).text() })
  }

  @Test func `CSV has a line for each stage that differs, harmless in a spreadsheet`() throws {
    let diff = try DiffSample.hostile.diff()
    let lines = DiffCSV(diff).text.split(separator: "\r\n")
    #expect(lines.count == 1 + Sample.hostileNames.count)
    #expect(lines.first?.hasPrefix("lead,attempt,class_before,exit_before,class_after,") == true)
    #expect(
      lines.contains { $0.hasPrefix("\"'=HYPERLINK(\"\"http://x\"\")\",1,mql,,lead,,mql,lost,") }
    )
    #expect(DiffCSV(try DiffSample.same.diff()).text.split(separator: "\r\n").count == 1)
    // A pass that only ends otherwise has one line without a stage.
    var other = diff
    other.passes = [
      PassDiff(
        id: "x",
        attempt: 2,
        before: DefinitionClass(stage: "mql"),
        after: DefinitionClass(stage: "mql", exit: "lost"),
        stages: []
      )
    ]
    #expect(DiffCSV(other).text.contains("\r\nx,2,mql,,mql,lost,,,,,"))
  }
}
