import Foundation
import Testing

/// One lead's record from the command line.
struct ShowLeadTests {
  private static let files = [
    "agreement.yaml": """
    agreement: 1
    stages: {path: [lead, {id: mql, gate: {score: 50}}, sql, won]}
    hand_off: sql

    """,
    "mapping.yaml": """
    mapping: 1
    source: crm
    time_zone: UTC
    files:
      - file: leads.csv
        records:
          - {kind: lead, id: id, created: created, score_at_hand_off: score}
          - {kind: stage_event, lead: id, stage: {constant: mql}, at: mql}

    """,
    "leads.csv": """
    id,created,score,mql
    low,2026-01-01T00:00:00Z,49,2026-01-02T00:00:00Z
    high,2026-01-01T00:00:00Z,50,2026-01-02T00:00:00Z

    """,
  ]

  private func stages(of lead: String, in folder: URL) throws -> [String] {
    let shown = try CommandRunner.run(["show", "lead", lead, "--format", "json"], in: folder)
    #expect(shown.status == 0, "\(shown.errors)")
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(shown.output.utf8)) as? [String: Any]
    )
    let episodes = try #require(json["episodes"] as? [[String: Any]])
    return episodes.flatMap { $0["reached"] as? [[String: Any]] ?? [] }
      .compactMap { $0["stage"] as? String }
  }

  @Test func `shows the stages that gates let count, as the funnel counts them`() throws {
    try CommandRunner.withFolder { folder in
      for (name, text) in Self.files {
        try Data(text.utf8).write(to: folder.appendingPathComponent(name))
      }
      let imported = try CommandRunner.run(["import", "leads.csv"], in: folder)
      #expect(imported.status == 0, "\(imported.errors)")
      #expect(try stages(of: "low", in: folder) == ["lead"])
      #expect(try stages(of: "high", in: folder) == ["lead", "mql"])
      let funnel = try CommandRunner.run(["funnel", "--ids", "reached:mql"], in: folder)
      #expect(funnel.output == "high\n", "\(funnel.errors)")
    }
  }
}
