import Foundation
import GRDB
import PlumblineCore
@testable import PlumblineStorage
import Testing

/// A backup is restored byte for byte or not at all.
struct BackupArchiveTests {
  static func inFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  static func code(_ body: () throws -> Void) -> String? {
    do {
      try body()
      return nil
    } catch let error as InputError {
      return error.diagnostics.first?.code
    } catch {
      return "an error without a code: \(error)"
    }
  }

  /// A backup with an empty file, one that fills its blocks, one in a folder and a SQLite file.
  static func sample(in folder: URL, rows: Int = 3) throws -> BackupArchive {
    let source = folder.appendingPathComponent("source.sqlite").path
    if !FileManager.default.fileExists(atPath: source) {
      let queue = try DatabaseQueue(path: source)
      try queue.write { database in
        try database.execute(sql: "CREATE TABLE session (id); CREATE TABLE kept (id)")
        for row in 0..<rows {
          try database.execute(sql: "INSERT INTO session VALUES ('secret \(row)')")
          try database.execute(sql: "INSERT INTO kept VALUES (\(row))")
        }
      }
      try queue.close()
    }
    let path = folder.appendingPathComponent("sample.plumbline-backup").path
    try BackupDraft.write(to: path, program: "1.2.3", at: Instant(seconds: 1_700_000_000)) {
      try $0.add([], as: "empty.yaml", permissions: 0o644)
      try $0.add([UInt8](repeating: 7, count: 512), as: "agreements/block.yaml", permissions: 0o600)
      try $0.add(Array("é: 1\n".utf8), as: "Vertrag é.yaml", permissions: 0o777)
      try $0.add(databaseAt: source, as: "accounts", clearing: ["session", "absent"])
    }
    return BackupArchive(path: path)
  }

  static let everything: @Sendable (String) -> Bool = { _ in true }

  static func names(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  @Test func `restores what was put in, and ends sessions on the way in and out`() throws {
    try Self.inFolder { folder in
      let archive = try Self.sample(in: folder)
      #expect(try Self.names(in: folder) == ["sample.plumbline-backup", "source.sqlite"])
      #expect(
        try FileManager.default.attributesOfItem(atPath: archive.path)[.posixPermissions] as? Int
          == 0o600
      )
      let bytes = try Data(contentsOf: URL(fileURLWithPath: archive.path))
      #expect(bytes.range(of: Data("secret".utf8)) == nil)
      let target = folder.appendingPathComponent("new")
      let manifest = try archive.restore(
        to: target.path,
        accepting: Self.everything,
        clearing: ["accounts": ["kept"]]
      )
      #expect(manifest.program == "1.2.3")
      #expect(manifest.madeAt == Date(timeIntervalSince1970: 1_700_000_000))
      #expect(
        manifest.files.map(\.name) == [
          "empty.yaml", "agreements/block.yaml", "Vertrag é.yaml", "accounts",
        ]
      )
      #expect(try Data(contentsOf: target.appendingPathComponent("empty.yaml")).isEmpty)
      #expect(
        try Data(contentsOf: target.appendingPathComponent("agreements/block.yaml"))
          == Data(repeating: 7, count: 512)
      )
      #expect(
        try String(contentsOf: target.appendingPathComponent("Vertrag é.yaml"), encoding: .utf8)
          == "é: 1\n"
      )
      let attributes = try FileManager.default.attributesOfItem(
        atPath: target.appendingPathComponent("Vertrag é.yaml").path
      )
      #expect((attributes[.posixPermissions] as? Int ?? 0o777) & 0o022 == 0)
      let queue = try DatabaseQueue(path: target.appendingPathComponent("accounts").path)
      for table in ["session", "kept"] {
        let rows = try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") }
        #expect(rows == 0)
      }
      try queue.close()
    }
  }

  @Test func `an empty backup is one too`() throws {
    try Self.inFolder { folder in
      let path = folder.appendingPathComponent("none").path
      try BackupDraft.write(to: path, program: "1", at: Instant(seconds: 0)) { _ in }
      #expect(try BackupArchive(path: path).verify(accepting: Self.everything).files.isEmpty)
    }
  }

  @Test func `tar and sha256sum read it`() throws {
    try Self.inFolder { folder in
      let archive = try Self.sample(in: folder)
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.currentDirectoryURL = folder
      process.arguments = [
        "-c", "mkdir opened && tar -xf \"$0\" -C opened && cd opened && sha256sum -c SHA256SUMS",
        archive.path,
      ]
      process.standardOutput = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      let opened = folder.appendingPathComponent("opened/workspace")
      #expect(
        try Self.names(in: opened) == ["Vertrag é.yaml", "accounts", "agreements", "empty.yaml"]
      )
    }
  }

  @Test func `no byte can be changed and none be missing or too many`() throws {
    try Self.inFolder { folder in
      let archive = try Self.sample(in: folder)
      let whole = try Data(contentsOf: URL(fileURLWithPath: archive.path))
      let other = folder.appendingPathComponent("other")
      let damage: Set = [
        "backup.damaged", "backup.foreign-file", "backup.newer", "backup.not-a-backup",
      ]
      func look(_ bytes: Data, _ what: String) throws {
        try bytes.write(to: other)
        let code = Self.code {
          _ = try BackupArchive(path: other.path).verify(accepting: Self.everything)
        }
        #expect(code.map(damage.contains) == true, "\(what): \(code ?? "accepted")")
      }
      for (index, step) in stride(from: 0, to: whole.count, by: 97).enumerated() {
        var bytes = whole
        bytes[step] ^= UInt8(1 << (index % 8))
        try look(bytes, "flipped \(step)")
      }
      // What is not a file's own: the beginning and the end.
      for index in Array(stride(from: 0, to: 2048, by: 3))
        + Array(stride(from: whole.count - 3072, to: whole.count, by: 5))
      {
        var bytes = whole
        bytes[index] ^= UInt8(1 << (index % 8))
        try look(bytes, "flipped \(index)")
      }
      for count in [0, 1, 511, 512, 513, 1024, whole.count / 2, whole.count - 512, whole.count - 1]
      {
        try look(whole.prefix(count), "cut to \(count)")
      }
      try look(whole + [0], "one byte more")
      let target = folder.appendingPathComponent("new")
      let code = Self.code {
        _ = try BackupArchive(path: other.path)
          .restore(to: target.path, accepting: Self.everything)
      }
      #expect(code == "backup.damaged")
      #expect(try Self.names(in: folder) == ["other", "sample.plumbline-backup", "source.sqlite"])
    }
  }

  @Test(arguments: ["a file", "a full folder", "a link"])
  func `what is there already is left alone`(what: String) throws {
    try Self.inFolder { folder in
      let archive = try Self.sample(in: folder)
      let target = folder.appendingPathComponent("new")
      switch what {
      case "a file": try Data("mine".utf8).write(to: target)
      case "a link":
        try FileManager.default.createSymbolicLink(
          atPath: target.path,
          withDestinationPath: folder.appendingPathComponent("nowhere").path
        )
      default:
        try FileManager.default.createDirectory(at: target, withIntermediateDirectories: false)
        try Data("mine".utf8).write(to: target.appendingPathComponent("mine"))
      }
      let before = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
      let code = Self.code {
        _ = try archive.restore(to: target.path, accepting: Self.everything)
      }
      #expect(code == "restore.folder-exists")
      #expect(try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted() == before)
    }
  }

  @Test func `an empty folder may be restored to, and a backup is never overwritten`() throws {
    try Self.inFolder { folder in
      let archive = try Self.sample(in: folder)
      let target = folder.appendingPathComponent("new")
      try FileManager.default.createDirectory(at: target, withIntermediateDirectories: false)
      _ = try archive.restore(to: target.path + "/", accepting: Self.everything)
      #expect(try Self.names(in: target).contains("accounts"))
      let before = try Data(contentsOf: URL(fileURLWithPath: archive.path))
      let over = Self.code { _ = try Self.sample(in: folder) }
      #expect(over == "backup.exists")
      #expect(try Data(contentsOf: URL(fileURLWithPath: archive.path)) == before)
      let absent = folder.appendingPathComponent("none/there").path
      let restoring = Self.code {
        _ = try archive.restore(to: absent, accepting: Self.everything)
      }
      #expect(restoring == "restore.not-written")
      let writing = Self.code {
        try BackupDraft.write(to: absent, program: "1", at: Instant(seconds: 0)) { _ in }
      }
      #expect(writing == "backup.not-written")
    }
  }

  @Test func `a file that is being made when the name is taken does not win`() throws {
    try Self.inFolder { folder in
      let path = folder.appendingPathComponent("one").path
      let code = Self.code {
        try BackupDraft.write(to: path, program: "1", at: Instant(seconds: 0)) { _ in
          try Data("mine".utf8).write(to: URL(fileURLWithPath: path))
        }
      }
      #expect(code == "backup.exists")
      let (text, names) = (
        try String(contentsOfFile: path, encoding: .utf8), try Self.names(in: folder)
      )
      #expect(text == "mine")
      #expect(names == ["one"])
    }
  }
}
