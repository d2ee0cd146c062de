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
      ] {
        let refused = try CommandRunner.run(["gap", "-w", "demo"] + arguments, in: folder)
        #expect(refused.status == 2)
        #expect(refused.errors.contains(code), "\(refused.errors)")
      }
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
