import Foundation
import Testing

/// The example company from its exports to the verdict: the planted leak and nothing else.
@Suite(.serialized)
struct DemoTests {
  @Test func `the demo finds the planted leak, prices it, and blames no rep`() throws {
    try CommandRunner.withFolder { folder in
      let made = try CommandRunner.run(["demo", "demo"], in: folder)
      #expect(made.status == 0, "\(made.errors)")
      #expect(!made.output.contains("refused"))
      let answer = try CommandRunner.run(
        ["diagnose", "--workspace", "demo", "--format", "json"],
        in: folder
      )
      #expect(answer.status == 0)
      let json = try #require(
        try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: Any]
      )
      let leaks = try #require(json["leaks"] as? [[String: Any]])
      #expect(leaks.compactMap { $0["id"] as? String } == ["channel/Meta/direct"])
      #expect(leaks.allSatisfy { $0["party"] as? String == "marketing" })
      for leak in leaks {
        let recoverable = try #require(leak["recoverable"] as? [String: Any])
        #expect((recoverable["revenue"] as? Double ?? 0) > 300_000)
        let places = leak["shown_at"] as? [[String: Any]] ?? []
        #expect(
          places.compactMap { $0["from"] as? String } == ["meeting_booked", "opportunity"]
        )
      }
      let parties = json["parties"] as? [[String: Any]] ?? []
      #expect(parties.compactMap { $0["answer"] as? String } == ["yes", "no", "no"])
      let watched = try CommandRunner.run(
        ["diagnose", "--workspace", "demo", "--fail-on", "leak"],
        in: folder
      )
      #expect(watched.status == 1)
      #expect(watched.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
      try Self.expectCostsAddUp(in: folder)
    }
  }

  /// Every won deal stands in one line of the cash view, as `deals.csv` has them: two have no lead.
  private static func expectCostsAddUp(in folder: URL) throws {
    let cash = try CommandRunner.run(
      ["economics", "--cash", "--workspace", "demo", "--format", "json"],
      in: folder
    )
    #expect(cash.status == 0, "\(cash.errors)")
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(cash.output.utf8)) as? [String: Any]
    )
    let alone = try #require(json["deals_without_lead"] as? [String: Any])
    #expect(alone["ids"] as? [String] == ["900089", "900527"])
    func wins(_ row: Any?) -> Int? {
      ((row as? [String: Any])?["wins"] as? [String: Any])?["counted"] as? Int
    }
    let rows = try #require(json["rows"] as? [Any])
    #expect(rows.compactMap(wins).reduce(0, +) == 442)
    #expect(wins(json["total"]) == 442)
  }

  @Test func `importing the exports again stores nothing and says so`() throws {
    try CommandRunner.withFolder { folder in
      _ = try CommandRunner.run(["demo", "demo"], in: folder)
      let again = try CommandRunner.run(
        ["import", "-w", "demo", "--exported", "2026-06-30T18:30", "demo/exports"],
        in: folder
      )
      #expect(again.status == 0, "\(again.errors)")
      #expect(again.output.contains("nothing was stored"))
      let renamed = folder.appendingPathComponent("demo/mapping.yaml")
      let text = try String(contentsOf: renamed, encoding: .utf8)
      try (text + "\n# another file, the same meaning\n").write(
        to: renamed,
        atomically: true,
        encoding: .utf8
      )
      let known = try CommandRunner.run(
        ["import", "-w", "demo", "--exported", "2026-06-30T18:30", "demo/exports"],
        in: folder
      )
      #expect(known.output.contains("known already"))
      #expect(known.output.hasPrefix("Nothing new"))
    }
  }

  @Test func `a demo in place of a file says that it cannot be written`() throws {
    try CommandRunner.withFolder { folder in
      try "mine".write(
        to: folder.appendingPathComponent("demo"),
        atomically: true,
        encoding: .utf8
      )
      let result = try CommandRunner.run(["demo", "demo"], in: folder)
      #expect(result.status == 2)
      #expect(result.errors.contains("demo.not-writable"))
    }
  }

  @Test func `a demo refuses a folder that is not one`() throws {
    try CommandRunner.withFolder { folder in
      try "mine".write(
        to: folder.appendingPathComponent("notes.txt"),
        atomically: true,
        encoding: .utf8
      )
      let result = try CommandRunner.run(["demo", "."], in: folder)
      #expect(result.status == 2)
      #expect(result.errors.contains("demo.folder-in-use"))
    }
  }
}
