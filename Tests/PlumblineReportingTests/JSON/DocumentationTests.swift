import Foundation
import PlumblineOracle
import PlumblineReporting
import PlumblineTestSupport
import Testing

@testable import PlumblineCore

struct DocumentationTests {
  /// The keys that a section of `Documentation/json.md` explains, and no others.
  private func documented(_ section: String) throws -> Set<String> {
    let file = Repository.root.appending(path: "Documentation/json.md")
    let text = try String(contentsOf: file, encoding: .utf8)
    let start = try #require(text.firstRange(of: "## `\(section)`\n"))
    let rest = text[start.upperBound...]
    let end = rest.firstRange(of: "\n## ")?.lowerBound ?? rest.endIndex
    return Set(rest[..<end].matches(of: /\| `([a-z0-9_.\[\]]+)` \|/).map { String($0.1) })
  }

  /// The paths of all keys, `rows[].money.spend`, shared shapes by their own name.
  private func keys(_ tree: JSONTree, at path: String, into found: inout Set<String>) {
    switch tree {
    case .object(let members):
      for (name, value) in members {
        let key = path.isEmpty ? name : "\(path).\(name)"
        found.insert(key)
        keys(value, at: key, into: &found)
      }
    case .list(let values):
      for value in values { keys(value, at: "\(path)[]", into: &found) }
    default: break
    }
  }

  /// The last steps of paths whose shape is explained once, under its own heading.
  private static let shapes: [String: String] = [
    "agreement": "agreement", "question": "question", "horizons[]": "horizon", "gaps[]": "gap",
    "rate": "rate", "first_to_last": "rate", "close": "rate", "rows[]": "funnel row",
    "total": "funnel row", "channels[]": "funnel row", "comparisons[]": "comparison",
    "shown_at[]": "comparison", "evidence": "leak evidence", "evidence[]": "leak evidence",
    "unit": "leak unit", "named[]": "leak unit", "horizon": "horizon",
  ]

  private func check(_ text: String, section: String) throws {
    var found: Set<String> = []
    keys(try JSONDecoder().decode(JSONTree.self, from: Data(text.utf8)), at: "", into: &found)
    var wanted: [String: Set<String>] = [section: []]
    for key in found {
      let (shape, rest) = owner(of: key, section)
      wanted[shape, default: []].insert(rest)
    }
    for (shape, keys) in wanted {
      let missing = keys.subtracting(try documented(shape)).sorted()
      #expect(missing.isEmpty, "Documentation/json.md, \(shape): \(missing)")
    }
  }

  /// The innermost shape that a key belongs to, and the key's path inside it.
  private func owner(of key: String, _ section: String) -> (String, String) {
    let steps = key.split(separator: ".").map(String.init)
    for index in steps.indices.dropLast().reversed() {
      guard let shape = Self.shapes[steps[index]] else { continue }
      return (shape, steps[(index + 1)...].joined(separator: "."))
    }
    return (section, key)
  }

  @Test(arguments: Sample.allCases)
  func `explains every key of a funnel and of a diagnosis`(sample: Sample) throws {
    let answers = try sample.answers
    try check(
      FunnelJSON(answers.byChannel, under: answers.agreement, gaps: answers.gaps).text(),
      section: "funnel"
    )
    try check(
      DiagnosisJSON(answers.diagnosis, under: answers.agreement).text(),
      section: "diagnosis"
    )
  }

  @Test func `explains every key of an import`() throws {
    try check(ImportReportJSON(ImportReportTests.full).text(), section: "import")
  }

  @Test func `explains every key of a lead and of errors`() throws {
    try check(
      LeadTimelineJSON(LeadTimelineTests.known, under: SampleCompany.agreement).text(),
      section: "lead"
    )
    try check(
      ErrorJSON([Diagnostic(.error, code: "a.b", "x", remedy: "y")]).text(),
      section: "errors"
    )
  }

  @Test func `explains no key that is never written`() throws {
    var written: [String: Set<String>] = [:]
    func note(_ text: String, _ section: String) throws {
      var found: Set<String> = []
      keys(try JSONDecoder().decode(JSONTree.self, from: Data(text.utf8)), at: "", into: &found)
      for key in found {
        let (shape, rest) = owner(of: key, section)
        written[shape, default: []].insert(rest)
      }
    }
    for sample in Sample.allCases {
      let answers = try sample.answers
      var funnel = answers.byChannel
      funnel.question.filters = [DimensionFilter(.channel, values: ["x"])]
      funnel.question.rule.confirmations = [Confirmation(stage: 1, by: 2, withinDays: 30)]
      var agreement = answers.agreement
      agreement.ask(days: 1, forStep: "lead-mql")
      try note(
        FunnelJSON(funnel, under: agreement, gaps: answers.gaps).text(),
        "funnel"
      )
      var diagnosis = answers.diagnosis
      let drift = StepDrift(fromStage: 1, withinDays: 14, firstAlike: "2024-06", pValue: 0.001)
      diagnosis.drifts = [drift]
      diagnosis.bulkExitDays = [
        BulkExitDay(day: CivilDate(dayNumber: 19_900), exits: 50, quarterExits: 90)
      ]
      try note(DiagnosisJSON(diagnosis, under: answers.agreement).text(), "diagnosis")
    }
    try note(
      LeadTimelineJSON(LeadTimelineTests.known, under: SampleCompany.agreement).text(),
      "lead"
    )
    try note(ErrorJSON([Diagnostic(.error, code: "a.b", "x")]).text(), "errors")
    try note(ImportReportJSON(ImportReportTests.full).text(), "import")
    for (shape, keys) in written {
      let stale = try documented(shape).subtracting(keys).sorted()
      #expect(stale.isEmpty, "Documentation/json.md, \(shape): \(stale)")
    }
  }
}
