import Foundation
import Testing

/// What is told of promises to leads, by how far facts go.
@Suite struct `Alerts of a run` {
  private func steps(at now: String, in folder: URL) throws -> Int {
    let told = try CommandRunner.run(
      ["alerts", "run", "--workspace", "demo", "--dry-run", "--now", now],
      in: folder
    )
    #expect(told.status == 0, "\(told.errors)")
    return try #require(Int(told.output.prefix { $0 != " " }))
  }

  @Test func `nothing is told that fell due on a day after facts end`() throws {
    try CommandRunner.withFolder { folder in
      let made = try CommandRunner.run(["demo", "demo"], in: folder)
      #expect(made.status == 0, "\(made.errors)")
      try "alerts: 1\ndestinations:\n  screen: {kind: terminal}\n".write(
        to: folder.appendingPathComponent("demo/alerts.yaml"),
        atomically: true,
        encoding: .utf8
      )
      // The facts of the example company end on this day, on which they are as new as they can be.
      let last = try steps(at: "2026-06-30T23:59", in: folder)
      #expect(last > 0)
      for later in ["2026-07-10T12:00", "2027-06-30T12:00"] {
        #expect(try steps(at: later, in: folder) <= last, "\(later)")
      }
    }
  }
}
