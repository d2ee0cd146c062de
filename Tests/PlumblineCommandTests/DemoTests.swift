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
      try Self.expectNumbersOpen(in: folder)
    }
  }

  /// What `--ids` prints of each command: ids, or lines with their heads.
  private static func expectNumbersOpen(in folder: URL) throws {
    func lines(_ arguments: [String]) throws -> [String] {
      let found = try CommandRunner.run(arguments + ["--workspace", "demo"], in: folder)
      #expect(found.status == 0, "\(arguments): \(found.errors)")
      return found.output.components(separatedBy: .newlines).filter { !$0.isEmpty }
    }
    for arguments in [
      ["funnel", "--ids", "deals"], ["economics", "--ids", "deals"],
      ["plan", "budget", "--ids", "deals"], ["plan", "quota", "--ids", "wins"],
      ["simulate", "--ids", "deal"],
    ] {
      let deals = try lines(arguments)
      // 442 deals were won, two of nobody's leads.
      #expect(deals.count == 441 && deals[0].hasPrefix("lead_id,number,"), "\(arguments)")
    }
    for arguments in [
      ["funnel", "--ids", "spend", "--where", "channel=Meta"],
      ["economics", "--ids", "spend", "--where", "channel=meta"],
    ] {
      let spend = try lines(arguments)
      let exported = try String(
        contentsOf: folder.appendingPathComponent("demo/exports/meta_ads.csv"),
        encoding: .utf8
      )
      // As many as the export has rows, each with the line that it stands on.
      #expect(
        spend.count == exported.components(separatedBy: .newlines).filter { !$0.isEmpty }.count
      )
      #expect(spend[0].hasPrefix("first_day,") && spend[1].contains(",meta_ads.csv,"))
    }
    let meetings = try lines(["funnel", "--ids", "meetings"])
    #expect(meetings.count > 100 && meetings[0].contains(",outcome,"))
    #expect(meetings.dropFirst().allSatisfy { $0.contains(",held,") || $0.contains(",no_show,") })
    let worked = try lines(["simulate", "--ids", "close_rate"])
    #expect(worked.count > 100 && worked.allSatisfy { !$0.contains(",") })
    for (arguments, hint) in [
      (["funnel", "--ids", "spend", "--where", "segment=Small"], "economics.unknown-spend"),
      (["plan", "budget", "--ids", "spend:google ads"], "Did you mean spend:Google Ads?"),
      (["simulate", "--ids", "gross_margin"], "Measured from records are"),
    ] {
      let refused = try CommandRunner.run(arguments + ["--workspace", "demo"], in: folder)
      #expect(refused.status == 2 && refused.output.isEmpty)
      #expect(refused.errors.contains(hint), "\(refused.errors)")
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
