import Foundation
import PlumblineStatistics
import Testing

/// A kill at any instant of an import, of a compaction or of bringing the journeys up to date
/// leaves the facts as before or as after, and the answers right.
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
      ["funnel", "-w", folder.path, "--by", "channel", "--format", "csv"]
    )
    return "\(result.status) \(result.output)"
  }

  private func workspace(_ name: String, in folder: URL) throws -> URL {
    let workspace = folder.appendingPathComponent(name)
    #expect(try CommandRunner.run(["init", workspace.path]).status == 0)
    try mapping.write(
      to: workspace.appendingPathComponent("mapping.yaml"),
      atomically: true,
      encoding: .utf8
    )
    return workspace
  }

  /// Kills a command at random instants in copies of a workspace, and looks at what is left.
  private func kill(
    _ times: Int,
    _ base: URL,
    seed: UInt64,
    _ arguments: (String) -> [String],
    _ look: (Int, URL) throws -> Void
  ) throws {
    let whole = base.deletingLastPathComponent().appendingPathComponent("whole")
    try FileManager.default.copyItem(at: base, to: whole)
    defer { try? FileManager.default.removeItem(at: whole) }
    let start = Date()
    #expect(try CommandRunner.run(arguments(whole.path)).status == 0)
    let duration = Date().timeIntervalSince(start)
    var random = SeededGenerator(seed: seed)
    for attempt in 0..<times {
      let copy = base.deletingLastPathComponent().appendingPathComponent("copy-\(attempt)")
      try FileManager.default.copyItem(at: base, to: copy)
      defer { try? FileManager.default.removeItem(at: copy) }
      let process = Process()
      process.executableURL = CommandRunner.binary
      process.arguments = arguments(copy.path)
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      Thread.sleep(forTimeInterval: duration * random.uniform() * 1.1)
      Foundation.kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      try look(attempt, copy)
    }
  }

  @Test func `kills of a first import leave nothing or all of it`() throws {
    try CommandRunner.withFolder { folder in
      let base = try workspace("base", in: folder)
      let leads = folder.appendingPathComponent("leads1.csv")
      try writeLeads(2500, from: 0, to: leads)
      let whole = try workspace("sound", in: folder)
      #expect(try CommandRunner.run(["import", "-w", whole.path, leads.path]).status == 0)
      let after = try counts(whole)
      #expect(after.hasPrefix("0 "))
      var leftEmpty = 0
      try kill(60, base, seed: 60, { ["import", "-w", $0, leads.path] }) { attempt, copy in
        let found = try counts(copy)
        #expect(found == after || found == "2 ", "attempt \(attempt): \(found.prefix(80))")
        if found == "2 " { leftEmpty += 1 }
        // Whatever was left, running the import again gives the whole.
        if attempt % 10 == 0 {
          #expect(try CommandRunner.run(["import", "-w", copy.path, leads.path]).status == 0)
          #expect(try counts(copy) == after)
        }
      }
      #expect(leftEmpty > 0, "no kill came in time to interrupt anything")
    }
  }

  @Test func `kills of a second import leave the store as before or as after`() throws {
    try CommandRunner.withFolder { folder in
      let base = try workspace("base", in: folder)
      let (first, second) = (
        folder.appendingPathComponent("leads1.csv"), folder.appendingPathComponent("leads2.csv")
      )
      try writeLeads(200, from: 0, to: first)
      try writeLeads(2500, from: 200, to: second)
      #expect(try CommandRunner.run(["import", "-w", base.path, first.path]).status == 0)
      let before = try counts(base)
      let sound = folder.appendingPathComponent("sound")
      try FileManager.default.copyItem(at: base, to: sound)
      #expect(try CommandRunner.run(["import", "-w", sound.path, second.path]).status == 0)
      let after = try counts(sound)
      #expect(before.hasPrefix("0 ") && after.hasPrefix("0 ") && before != after)
      var leftAsBefore = 0
      try kill(60, base, seed: 50, { ["import", "-w", $0, second.path] }) { attempt, copy in
        let found = try counts(copy)
        #expect(found == before || found == after, "attempt \(attempt)")
        if found == before { leftAsBefore += 1 }
        if attempt % 10 == 0 {
          #expect(try CommandRunner.run(["import", "-w", copy.path, second.path]).status == 0)
          #expect(try counts(copy) == after)
        }
      }
      #expect(leftAsBefore > 0, "no kill came in time to interrupt anything")
    }
  }

  /// A restored store takes another course: what was kept of the former one must not be believed.
  @Test func `a store that was restored is not answered from what was kept before`() throws {
    try CommandRunner.withFolder { folder in
      let base = try workspace("base", in: folder)
      for (part, count) in [(1, 100), (2, 50), (3, 70)] {
        try writeLeads(
          count,
          from: part * 1000,
          to: folder.appendingPathComponent("leads\(part).csv")
        )
      }
      func run(_ part: Int) throws {
        let file = folder.appendingPathComponent("leads\(part).csv").path
        #expect(try CommandRunner.run(["import", "-w", base.path, file]).status == 0)
      }
      let store = base.appendingPathComponent("plumbline.sqlite")
      try run(1)
      let backup = try Data(contentsOf: store)
      try run(2)
      _ = try counts(base)
      for end in ["-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: store.path + end)
      }
      try backup.write(to: store)
      try run(3)
      let found = try counts(base)
      try FileManager.default.removeItem(at: base.appendingPathComponent("plumbline.journeys"))
      let fromFacts = try counts(base)
      #expect(found == fromFacts)
      #expect(found.contains("170"))
    }
  }

  /// Many small imports, whose pieces are put together while it is killed; the kept journeys are
  /// taken away, so that both are made anew.
  @Test func `kills of a compaction and of making journeys leave every answer right`() throws {
    try CommandRunner.withFolder { folder in
      let base = try workspace("base", in: folder)
      for part in 0..<12 {
        let leads = folder.appendingPathComponent("leads\(part).csv")
        try writeLeads(150, from: part * 150, to: leads)
        #expect(try CommandRunner.run(["import", "-w", base.path, leads.path]).status == 0)
      }
      let before = try counts(base)
      try kill(40, base, seed: 40, { ["doctor", "--compact", "-w", $0] }) { attempt, copy in
        let found = try counts(copy)
        #expect(found == before, "attempt \(attempt)")
        guard attempt % 10 == 0 else { return }
        let doctor = try CommandRunner.run(["doctor", "-w", copy.path])
        #expect(doctor.status == 0)
      }
      try FileManager.default.removeItem(at: base.appendingPathComponent("plumbline.journeys"))
      try kill(40, base, seed: 41, { ["funnel", "-w", $0] }) { attempt, copy in
        let found = try counts(copy)
        #expect(found == before, "attempt \(attempt)")
        guard attempt % 10 == 0 else { return }
        let doctor = try CommandRunner.run(["doctor", "-w", copy.path])
        #expect(doctor.status == 0)
      }
    }
  }
}
