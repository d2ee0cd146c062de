import Foundation
import Testing

/// `gap` and `watch` on the example company: nothing changed in it, so nothing is called out.
@Suite(.serialized)
struct GapWatchTests {
  private func json(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func `the demo's gap adds up, and against the best channel the planted leak shows`() throws
  {
    try CommandRunner.withFolder { folder in
      _ = try CommandRunner.run(["demo", "demo"], in: folder)
      func gap(_ arguments: [String]) throws -> [String: Any] {
        let result = try CommandRunner.run(
          ["gap", "--workspace", "demo", "--format", "json"] + arguments,
          in: folder
        )
        #expect(result.status == 0, "\(result.errors)")
        return try json(result.output)
      }
      let previous = try gap([])
      let factors = try #require(previous["factors"] as? [[String: Any]])
      let cents = factors.compactMap { ($0["part"] as? [String: Any])?["amount"] as? Double }
        .reduce(0) { $0 + Int(($1 * 100).rounded()) }
      let whole = (previous["gap"] as? [String: Any])?["amount"] as? Double
      #expect(cents == whole.map { Int(($0 * 100).rounded()) })
      let best = try gap(["--against", "best"])
      #expect((best["headline"] as? String)?.contains("Meta, opportunity → won") == true)

      let text = try CommandRunner.run(["gap", "--workspace", "demo"], in: folder)
      #expect(text.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
      for (arguments, code) in [
        (["--from", "2026-01-01"], "option.half-a-period"),
        (["--against", "plan"], "gap.no-plan"),
        (["--as-of", "2025-07-10"], "gap.no-period"),
        (["--from", "2026-04-01", "--to", "2026-07-31"], "option.period-not-over"),
      ] {
        let refused = try CommandRunner.run(["gap", "-w", "demo"] + arguments, in: folder)
        #expect(refused.status == 2)
        #expect(refused.errors.contains(code), "\(refused.errors)")
      }
    }
  }

  @Test(
    arguments: [
      (["--from", "2026-01-01"], "it needs both --from and --to, or neither."),
      (["--to", "2026-03-31"], "it needs both --from and --to, or neither."),
      (["--from", "2026-04-01", "--to", "2026-07-31"], "the data go until 2026-06-30."),
      (["--from", "2026-01-01", "--to", "2026-03-31"], nil), ([], nil),
    ] as [([String], String?)]
  )
  func `a report has a bridge of the days asked for, or says that it has none`(
    days: [String],
    complaint: String?
  ) throws {
    try CommandRunner.withFolder { folder in
      _ = try CommandRunner.run(["demo", "demo"], in: folder)
      let report = try CommandRunner.run(["report", "-w", "demo"] + days, in: folder)
      #expect(report.status == 0, "\(report.errors)")
      #expect(report.errors.contains("The report has no bridge: ") == (complaint != nil))
      if let complaint { #expect(report.errors.contains(complaint), "\(report.errors)") }
      let html = try String(contentsOf: folder.appending(path: "report.html"), encoding: .utf8)
      #expect(html.contains("id=\"bridge-factors") == (complaint == nil))
    }
  }

  @Test func `the watch takes only weeks that are wholly inside the days asked for`() throws {
    try CommandRunner.withFolder { folder in
      _ = try CommandRunner.run(["demo", "demo"], in: folder)
      func weeks(_ arguments: [String]) throws -> [String] {
        let rows = try CommandRunner.run(
          ["watch", "-w", "demo", "--format", "csv"] + arguments,
          in: folder
        )
        #expect(rows.status == 0, "\(rows.errors)")
        return rows.output.split(whereSeparator: \.isNewline).map(String.init)
      }
      // From a Tuesday to a Saturday are the same weeks as from the Monday after to the Sunday before.
      let ragged = try weeks(["--from", "2025-10-07", "--to", "2026-05-16"])
      #expect(ragged.count > 1)
      #expect(try weeks(["--from", "2025-10-13", "--to", "2026-05-10"]) == ragged)
      #expect(try weeks(["--from", "2025-10-07", "--to", "2026-05-17"]) != ragged)
    }
  }

  @Test func `the demo gives no false alarm, and options out of range are refused at once`() throws
  {
    try CommandRunner.withFolder { folder in
      _ = try CommandRunner.run(["demo", "demo"], in: folder)
      let watched = try CommandRunner.run(
        ["watch", "-w", "demo", "--fail-on", "alarm"],
        in: folder
      )
      #expect(watched.status == 0, "\(watched.output)")
      #expect(watched.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
      let rows = try CommandRunner.run(["watch", "-w", "demo", "--format", "csv"], in: folder)
      #expect(rows.output.hasPrefix("series,kind,dimension,unit,"))
      let refused = try CommandRunner.run(
        ["watch", "-w", "demo", "--weeks", "0", "--false-alarms-per-year", "0"],
        in: folder
      )
      #expect(refused.status == 2)
      #expect(refused.errors.components(separatedBy: "option.out-of-range").count == 3)
    }
  }
}
