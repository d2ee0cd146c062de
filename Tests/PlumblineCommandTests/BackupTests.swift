import Foundation
import PlumblineStatistics
import Testing

/// A workspace that is in use is backed up and restored, by the commands that a user types.
@Suite(.serialized)
struct BackupTests {
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

  private func workspace(in folder: URL, leads: Int = 200) throws -> URL {
    let workspace = folder.appendingPathComponent("base")
    #expect(try CommandRunner.run(["init", workspace.path]).status == 0)
    try mapping.write(
      to: workspace.appendingPathComponent("mapping.yaml"),
      atomically: true,
      encoding: .utf8
    )
    let file = folder.appendingPathComponent("leads1.csv")
    try writeLeads(leads, from: 0, to: file)
    #expect(try CommandRunner.run(["import", "-w", workspace.path, file.path]).status == 0)
    return workspace
  }

  private func funnel(_ workspace: URL) throws -> String {
    try CommandRunner.run(["funnel", "-w", workspace.path, "--by", "channel", "--format", "json"])
      .output
  }

  private func leads(_ workspace: URL) throws -> Int {
    let answer = try #require(
      try JSONSerialization.jsonObject(with: Data(try funnel(workspace).utf8)) as? [String: Any]
    )
    let rules = try #require(answer["skip_rules"] as? [[String: Any]])
    let reached = try #require(rules.first?["reached"] as? [[String: Any]])
    return try #require(reached.first?["count"] as? Int)
  }

  /// What lies in a folder that is named like this program's own work, finished or not.
  private func traces(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasPrefix(".plumbline") }
  }

  private func start(_ arguments: [String]) throws -> Process {
    let process = Process()
    process.executableURL = CommandRunner.binary
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  @Test(
    arguments: [
      (0, nil), (1, "1 upload that waits for its import"),
      (2, "2 uploads that wait for their import"),
    ] as [(Int, String?)]
  )
  func `uploads that wait are told as what they are`(count: Int, words: String?) throws {
    try CommandRunner.withFolder { folder in
      let base = try workspace(in: folder)
      let uploads = base.appendingPathComponent("uploads")
      let names = (0..<count).map { String(repeating: "a\($0)", count: 16) } + ["part-0"]
      for name in names {
        try FileManager.default.createDirectory(
          at: uploads.appendingPathComponent(name),
          withIntermediateDirectories: true
        )
      }
      let file = folder.appendingPathComponent("one.plumbline-backup")
      let made = try CommandRunner.run(["backup", "-w", base.path, file.path])
      #expect(made.status == 0)
      #expect(!made.output.contains("uploads,") && !made.output.contains("not plumbline's"))
      if let words {
        #expect(made.output.contains("\nNot in it: \(words); keep"))
      } else {
        #expect(!made.output.contains("Not in it"))
      }
      try Data().write(to: uploads.appendingPathComponent("mine.csv"))
      try FileManager.default.removeItem(at: file)
      let other = try CommandRunner.run(["backup", "-w", base.path, file.path])
      #expect(other.output.contains("not plumbline's: uploads."))
    }
  }

  @Test func `a restored workspace is whole and gives the same bytes`() throws {
    try CommandRunner.withFolder { folder in
      let base = try workspace(in: folder)
      for (name, text) in [
        ("plumbline.rebound", "rebound"), ("pulse/w1.csv", "a,b\n"), ("agreements/keys.json", "[]"),
        ("private.key", "secret"), ("plumbline.rebound.lock", ""), ("serve.yaml", "port: 1\n"),
      ] {
        let file = base.appendingPathComponent(name)
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(),
          withIntermediateDirectories: true
        )
        try Data(text.utf8).write(to: file)
      }
      try FileManager.default.removeItem(at: base.appendingPathComponent("agreements/keys.json"))
      let file = folder.appendingPathComponent("one.plumbline-backup")
      let made = try CommandRunner.run(["backup", "-w", base.path, file.path])
      #expect(made.status == 0 && made.errors.isEmpty)
      #expect(made.output.hasPrefix("Wrote \(file.path): 7 files, "))
      #expect(made.output.contains("private.key") && !made.output.contains(".lock"))
      let checked = try CommandRunner.run(["restore", file.path, "--check"])
      #expect(checked.status == 0 && checked.output.contains("  pulse/w1.csv\n"))
      let copy = folder.appendingPathComponent("copy")
      let restored = try CommandRunner.run(["restore", file.path, "-w", copy.path])
      #expect(restored.status == 0 && restored.output.contains("plumbline doctor --workspace"))
      let paths = try FileManager.default.subpathsOfDirectory(atPath: copy.path).sorted()
      #expect(paths.count { $0.hasPrefix("imports/") && $0.hasSuffix("-1.json") } == 1)
      #expect(
        paths.filter { !$0.hasPrefix("imports/") } == [
          "agreement.yaml", "imports", "mapping.yaml", "plumbline.rebound", "plumbline.sqlite",
          "pulse",
          "pulse/w1.csv", "serve.yaml",
        ]
      )
      #expect(try funnel(copy) == funnel(base))
      let doctor = try CommandRunner.run(["doctor", "-w", copy.path])
      #expect(doctor.status == 0 && doctor.output.components(separatedBy: "fine").count == 4)
      let again = try CommandRunner.run(["restore", file.path, "-w", copy.path])
      #expect(again.status == 2 && again.errors.contains("[restore.folder-exists]"))
      let over = try CommandRunner.run(["backup", "-w", base.path, file.path])
      #expect(over.status == 2 && over.errors.contains("[backup.exists]"))
      // The restored workspace takes imports, and then goes its own way.
      let more = folder.appendingPathComponent("leads2.csv")
      try writeLeads(50, from: 5000, to: more)
      #expect(try CommandRunner.run(["import", "-w", copy.path, more.path]).status == 0)
      #expect(try leads(copy) == 250)
      #expect(try leads(base) == 200)
      #expect(try traces(in: folder).isEmpty)
    }
  }

  @Test func `what cannot be done is said with how to mend it`() throws {
    try CommandRunner.withFolder { folder in
      func codes(_ arguments: [String]) throws -> String {
        let result = try CommandRunner.run(arguments, in: folder)
        #expect(result.status == 2 && result.output.isEmpty)
        return result.errors
      }
      #expect(try codes(["backup", "x"]).contains("[backup.nothing]"))
      #expect(try codes(["backup", "-w", "none", "x"]).contains("[backup.nothing]"))
      #expect(try codes(["restore", "x", "-w", "y"]).contains("[backup.unreadable]"))
      #expect(try codes(["restore", ".", "-w", "y"]).contains("[backup.unreadable]"))
      #expect(try codes(["restore", "x"]).contains("[restore.no-folder]"))
      #expect(try codes(["restore", "x", "-w", "."]).contains("[restore.present-folder]"))
      #expect(try codes(["restore", "x", "--check", "-w", "y"]).contains("[restore.check-only]"))
      try Data("id,name\n1,2\n".utf8).write(to: folder.appendingPathComponent("leads.csv"))
      #expect(try codes(["restore", "leads.csv", "--check"]).contains("[backup.not-a-backup]"))
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["leads.csv"]
      )
    }
  }

  @Test func `a store that is damaged is not backed up`() throws {
    try CommandRunner.withFolder { folder in
      let base = try workspace(in: folder, leads: 3000)
      let store = base.appendingPathComponent("plumbline.sqlite")
      var bytes = try Data(contentsOf: store)
      for page in stride(from: 16_384, to: bytes.count, by: 16_384) {
        for offset in 0..<64 where page + offset < bytes.count { bytes[page + offset] = 0xA5 }
      }
      try bytes.write(to: store)
      let result = try CommandRunner.run(
        ["backup", "-w", base.path, folder.appendingPathComponent("x").path]
      )
      #expect(result.status == 2 && result.errors.contains("[backup.source-damaged]"))
      #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("x").path))
    }
  }

  /// Each import is of one size, so a part of one would show in the count.
  @Test func `backups that are taken while imports run hold whole imports`() throws {
    try CommandRunner.withFolder { folder in
      let base = try workspace(in: folder)
      let files = try (0..<12).map { part in
        let file = folder.appendingPathComponent("leads9\(part).csv")
        try writeLeads(1000, from: 10_000 + part * 1000, to: file)
        return file.path
      }
      let script = files.map {
        "'\(CommandRunner.binary.path)' import -w '\(base.path)' '\($0)'"
      }.joined(separator: " && ")
      let importing = Process()
      importing.executableURL = URL(fileURLWithPath: "/bin/sh")
      importing.arguments = ["-c", script]
      importing.standardOutput = FileHandle.nullDevice
      importing.standardError = FileHandle.nullDevice
      try importing.run()
      var counts: [Int] = []
      for round in 0..<20 {
        let file = folder.appendingPathComponent("\(round).plumbline-backup").path
        let made = try CommandRunner.run(["backup", "-w", base.path, file])
        #expect(made.status == 0, "\(made.errors)")
        let copy = folder.appendingPathComponent("copy \(round)")
        #expect(try CommandRunner.run(["restore", file, "-w", copy.path]).status == 0)
        let doctor = try CommandRunner.run(["doctor", "-w", copy.path])
        #expect(doctor.status == 0, "\(doctor.output)")
        counts.append(try leads(copy))
      }
      importing.waitUntilExit()
      #expect(importing.terminationStatus == 0)
      #expect(counts.allSatisfy { ($0 - 200) % 1000 == 0 }, "\(counts)")
      #expect(counts == counts.sorted())
      #expect(Set(counts).count > 2, "no backup was taken between two imports: \(counts)")
      #expect(try leads(base) == 12_200)
    }
  }

  @Test(arguments: ["backup", "restore"])
  func `a kill leaves nothing under the final name or all of it`(command: String) throws {
    try CommandRunner.withFolder { folder in
      let base = try workspace(in: folder, leads: 20_000)
      let whole = folder.appendingPathComponent("whole").path
      let begin = Date()
      #expect(try CommandRunner.run(["backup", "-w", base.path, whole]).status == 0)
      let duration = Date().timeIntervalSince(begin)
      var random = SeededGenerator(seed: 7)
      var isAbsent = 0
      let place = folder.appendingPathComponent("place")
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: false)
      for attempt in 0..<25 {
        let target = place.appendingPathComponent("target \(attempt)")
        let process = try start(
          command == "backup"
            ? ["backup", "-w", base.path, target.path] : ["restore", whole, "-w", target.path]
        )
        Thread.sleep(forTimeInterval: duration * random.uniform() * 1.2)
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        guard FileManager.default.fileExists(atPath: target.path) else {
          isAbsent += 1
          continue
        }
        let look =
          command == "backup"
          ? ["restore", target.path, "--check"] : ["doctor", "-w", target.path]
        #expect(try CommandRunner.run(look).status == 0, "attempt \(attempt)")
      }
      #expect(isAbsent > 0, "no kill came in time to interrupt anything")
      #expect(try CommandRunner.run(["doctor", "-w", base.path]).status == 0)
      // The next run clears away what the killed ones left.
      let last = place.appendingPathComponent("last").path
      let arguments = command == "backup" ? ["backup", "-w", base.path] : ["restore", whole, "-w"]
      #expect(try CommandRunner.run(arguments + [last]).status == 0)
      #expect(try traces(in: place).isEmpty)
    }
  }

  /// A limit on the size of files stands for a disk without room.
  @Test(arguments: [0, 16, 100, 150])
  func `without room nothing is left`(kilobytes: Int) throws {
    try CommandRunner.withFolder { folder in
      let base = try workspace(in: folder, leads: 20_000)
      let whole = folder.appendingPathComponent("whole").path
      #expect(try CommandRunner.run(["backup", "-w", base.path, whole]).status == 0)
      let size = try #require(
        try FileManager.default.attributesOfItem(atPath: whole)[.size] as? Int
      )
      try #require(size > kilobytes * 1024 + 1024)
      for (arguments, code) in [
        (["backup", "-w", base.path, "\(folder.path)/new"], "[backup.not-written]"),
        (["restore", whole, "-w", "\(folder.path)/new"], "[restore.not-written]"),
      ] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments =
          ["-c", "trap '' XFSZ; ulimit -f \(kilobytes); exec \"$0\" \"$@\" 2>&1 | cat"]
          + [CommandRunner.binary.path] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let said = String(
          decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(),
          as: UTF8.self
        )
        process.waitUntilExit()
        #expect(said.contains(code), "\(said)")
        #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/new"))
        #expect(try traces(in: folder).isEmpty)
      }
      #expect(try CommandRunner.run(["doctor", "-w", base.path]).status == 0)
    }
  }
}
