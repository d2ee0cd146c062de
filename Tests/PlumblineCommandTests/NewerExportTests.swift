import Foundation
import Testing

/// A newer export of the same objects adds what changed and loses nothing.
struct NewerExportTests {
  private let mapping = """
    mapping: 1
    source: crm
    files:
      - file: leads.csv
        records:
          - {kind: lead, id: id, created: created, channel: channel, status: status}
          - {kind: stage_event, lead: id, stage: {constant: sql}, at: became sql}

    """

  private func workspace(in folder: URL) throws {
    _ = try CommandRunner.run(["init", "."], in: folder)
    try mapping.write(
      to: folder.appendingPathComponent("mapping.yaml"),
      atomically: true,
      encoding: .utf8
    )
  }

  private func importLeads(
    _ rows: [String],
    exported: String,
    in folder: URL
  ) throws -> [String: Any] {
    try (["id,created,channel,status,became sql"] + rows).joined(separator: "\n").write(
      to: folder.appendingPathComponent("leads.csv"),
      atomically: true,
      encoding: .utf8
    )
    let result = try CommandRunner.run(
      ["import", "--exported", exported, "--format", "json", "leads.csv"],
      in: folder
    )
    #expect(result.status == 0, "\(result.errors)")
    return try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    )
  }

  private func kind(_ name: String, _ report: [String: Any]) -> [String: Int] {
    let kinds = report["kinds"] as? [[String: Any]] ?? []
    let found = kinds.first { $0["kind"] as? String == name } ?? [:]
    return found.compactMapValues { $0 as? Int }
  }

  @Test func `what changed is added, what is known stays known, what vanished is reported`() throws
  {
    try CommandRunner.withFolder { folder in
      try workspace(in: folder)
      _ = try importLeads(
        [
          "1,2026-01-01,Meta,mql,2026-01-05", "2,2026-01-02,Meta,sql,2026-01-06",
          "3,2026-01-03,Meta,lead,",
        ],
        exported: "2026-01-10",
        in: folder
      )
      let first = try CommandRunner.run(["funnel", "--by", "channel"], in: folder)
      // Lead 1 is as it was; lead 2 moved back and lost its date; lead 3 moved on; lead 4 is new.
      let report = try importLeads(
        [
          "1,2026-01-01,Meta,mql,2026-01-05", "2,2026-01-02,Meta,mql,",
          "3,2026-01-03,Meta,mql,", "4,2026-01-12,Google,lead,",
        ],
        exported: "2026-01-16",
        in: folder
      )
      #expect(kind("lead", report)["new"] == 1)
      #expect(kind("lead", report)["changed"] == 2)
      #expect(kind("lead", report)["known"] == 1)
      #expect(kind("stage_event", report)["known"] == 1)
      let disappeared = try #require(report["stage_dates_disappeared"] as? [[String: Any]])
      #expect(disappeared.map { $0["name"] as? String } == ["became sql"])
      #expect(disappeared.map { $0["count"] as? Int } == [1])

      // What was answered before can be answered again, byte for byte.
      let again = try CommandRunner.run(
        ["funnel", "--by", "channel", "--known-by", "1"],
        in: folder
      )
      #expect(again.status == 0 && again.output == first.output)
      let unknown = try CommandRunner.run(["funnel", "--known-by", "9"], in: folder)
      #expect(unknown.status == 2)
      #expect(unknown.errors.contains("option.unknown-import"))

      let shown = try CommandRunner.run(["show", "lead", "2"], in: folder)
      #expect(shown.status == 0, "\(shown.errors)")
      // Both dates and both statuses are still on record, each with its file and line.
      #expect(shown.output.contains("2026-01-06"))
      #expect(shown.output.contains("leads.csv"))
      let counts = try CommandRunner.run(["funnel", "--format", "csv"], in: folder)
      #expect(counts.output.contains("4,4,4,3,2,"), "\(counts.output)")
    }
  }
}
