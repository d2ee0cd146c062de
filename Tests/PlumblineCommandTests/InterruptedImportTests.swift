import Foundation
import PlumblineStatistics
import Testing

/// A kill at any instant of an import leaves the store as before or as after.
@Suite(.serialized)
struct InterruptedImportTests {
  private let mapping = """
    mapping: 1
    source: crm
    files:
      - file: leads*.csv
        records:
          - {kind: lead, id: id, created: created, channel: channel}
          - {kind: stage_event, lead: id, stage: {constant: mql}, at: mql}

    """

  private func writeLeads(_ count: Int, from first: Int, to file: URL) throws {
    var text = "id,created,channel,mql\n"
    for index in first..<first + count {
      text += "\(index),2026-01-\(10 + index % 20) 08:00:00,Channel \(index % 7),2026-03-01\n"
    }
    try text.write(to: file, atomically: true, encoding: .utf8)
  }

  private func counts(_ folder: URL) throws -> String {
    let result = try CommandRunner.run(
      ["funnel", "-w", folder.path, "--by", "channel", "--format", "csv"])
    return "\(result.status) \(result.output)"
  }

  @Test func `fifty kills leave the store whole`() throws {
    try CommandRunner.withFolder { folder in
      let base = folder.appendingPathComponent("base")
      #expect(try CommandRunner.run(["init", base.path]).status == 0)
      try mapping.write(
        to: base.appendingPathComponent("mapping.yaml"),
        atomically: true,
        encoding: .utf8
      )
      let (first, second) = (
        folder.appendingPathComponent("leads1.csv"), folder.appendingPathComponent("leads2.csv")
      )
      try writeLeads(200, from: 0, to: first)
      try writeLeads(2500, from: 200, to: second)
      #expect(try CommandRunner.run(["import", "-w", base.path, first.path]).status == 0)
      let before = try counts(base)

      let whole = folder.appendingPathComponent("whole")
      try FileManager.default.copyItem(at: base, to: whole)
      let start = Date()
      #expect(try CommandRunner.run(["import", "-w", whole.path, second.path]).status == 0)
      let duration = Date().timeIntervalSince(start)
      let after = try counts(whole)
      #expect(before.hasPrefix("0 ") && after.hasPrefix("0 ") && before != after)

      var random = SeededGenerator(seed: 50)
      var leftAsBefore = 0
      for attempt in 0..<50 {
        let copy = folder.appendingPathComponent("copy-\(attempt)")
        try FileManager.default.copyItem(at: base, to: copy)
        defer { try? FileManager.default.removeItem(at: copy) }
        let process = Process()
        process.executableURL = CommandRunner.binary
        process.arguments = ["import", "-w", copy.path, second.path]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        Thread.sleep(forTimeInterval: duration * random.uniform() * 1.1)
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        let found = try counts(copy)
        #expect(found == before || found == after, "attempt \(attempt)")
        if found == before { leftAsBefore += 1 }
        // Whatever was left, running the import again gives the whole.
        if attempt % 10 == 0 {
          #expect(try CommandRunner.run(["import", "-w", copy.path, second.path]).status == 0)
          #expect(try counts(copy) == after)
        }
      }
      #expect(leftAsBefore > 0, "no kill came in time to interrupt anything")
    }
  }
}
