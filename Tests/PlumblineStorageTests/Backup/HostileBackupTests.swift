import Crypto
import Foundation
import GRDB
import PlumblineCore
@testable import PlumblineStorage
import Testing

/// Backups that somebody made by hand: right in form, wrong in what they want.
struct HostileBackupTests {
  /// An archive of one file whose checksums are all right.
  private func archive(
    of name: String,
    permissions: Int = 0o644,
    changing change: (String) -> String = { $0 }
  ) throws -> Data {
    let bytes = Data("x".utf8)
    let file = BackupManifest.File(
      name: name,
      size: bytes.count,
      sha256: SHA256.hash(data: bytes).hexadecimal,
      permissions: permissions
    )
    let manifest = BackupManifest(program: "1", madeAt: Instant(seconds: 5), files: [file])
    let list = Data(change(String(decoding: try manifest.encoded(), as: UTF8.self)).utf8)
    let sums = manifest.checksums(manifest: SHA256.hash(data: list).hexadecimal)
    return BackupArchive.member(BackupArchive.manifestName, list, 5)
      + BackupArchive.header(file, 5) + bytes
      + Data(count: TarHeader.padding(after: bytes.count))
      + BackupArchive.member(BackupArchive.checksumsName, sums, 5) + BackupArchive.end
  }

  private func code(
    of bytes: Data,
    accepting isAccepted: (String) -> Bool = BackupArchiveTests.everything
  ) throws -> String? {
    var code: String?
    try BackupArchiveTests.inFolder { folder in
      let file = folder.appendingPathComponent("backup")
      try bytes.write(to: file)
      let target = folder.appendingPathComponent("inner/new")
      try FileManager.default.createDirectory(
        at: target.deletingLastPathComponent(),
        withIntermediateDirectories: false
      )
      code = BackupArchiveTests.code {
        _ = try BackupArchive(path: file.path).restore(to: target.path, accepting: isAccepted)
      }
      let found = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
      #expect(code == nil || found == ["backup", "inner"], "\(found)")
    }
    return code
  }

  @Test func `the archive made here is right where nothing is wrong with it`() throws {
    #expect(try code(of: archive(of: "good.yaml")) == nil)
  }

  @Test(arguments: [
    "", ".", "..", "/etc/cron.d/x", "../x", "a/../../x", "a//x", "a/", "./x", "a\\..\\x", "C:x",
    "a\u{0}b", "a\nb", "\u{1B}[2Jx", "\u{7F}", String(repeating: "n", count: 91),
  ])
  func `a name that leads elsewhere is refused`(name: String) throws {
    #expect(try code(of: archive(of: name)) == "backup.foreign-file")
  }

  @Test func `a file that no workspace has is refused`() throws {
    let code = try code(of: archive(of: "authorized_keys")) { $0.hasSuffix(".yaml") }
    #expect(code == "backup.foreign-file")
  }

  @Test func `a name of the greatest length is taken`() throws {
    #expect(try code(of: archive(of: String(repeating: "n", count: 90))) == nil)
  }

  @Test func `a link, a folder or a device in a file's place is refused`() throws {
    let whole = try archive(of: "good.yaml")
    let start = try #require(whole.range(of: Data("workspace/good.yaml".utf8), in: 512..<4096))
    // The manifest names no such path, so the first is the header's.
    for type in ["1", "2", "3", "5", "6", "L", "x", "g", "\u{0}"] {
      var bytes = whole
      let header = start.lowerBound..<start.lowerBound + 512
      var block = Array(bytes[header])
      block[156] = Array(type.utf8)[0]
      block.replaceSubrange(148..<156, with: Array("        ".utf8))
      let sum = block.reduce(0) { $0 + Int($1) }
      let digits = String(sum, radix: 8)
      let field = String(repeating: "0", count: 6 - digits.count) + digits + "\0 "
      block.replaceSubrange(148..<156, with: Array(field.utf8))
      bytes.replaceSubrange(header, with: block)
      #expect(try code(of: bytes) == "backup.damaged", "type \(type)")
    }
  }

  @Test func `a newer format is refused before anything else is believed`() throws {
    let bytes = try archive(of: "../x") {
      $0.replacingOccurrences(of: "\"format\" : 1", with: "\"format\" : 2")
    }
    #expect(try code(of: bytes) == "backup.newer")
  }

  @Test(arguments: [
    ("\"size\" : 1", "\"size\" : -1"), ("\"size\" : 1", "\"size\" : 9223372036854775807"),
    ("\"size\" : 1", "\"size\" : 2"), ("\"permissions\" : 420", "\"permissions\" : 2541"),
    ("\"permissions\" : 420", "\"permissions\" : -1"), ("\"format\" : 1", "\"format\" : 0"),
    ("1970-01-01", "1969-01-01"), ("1970-01-01", "9999-01-01"),
    ("\"kind\" : \"plumbline-backup\"", "\"kind\" : \"tarball\""),
    ("\"sha256\" : \"", "\"sha256\" : \"0"),
  ])
  func `a list that contradicts itself is refused`(what: String, instead: String) throws {
    let bytes = try archive(of: "good.yaml") {
      let changed = $0.replacingOccurrences(of: what, with: instead)
      #expect(changed != $0)
      return changed
    }
    #expect(try code(of: bytes) == "backup.damaged")
  }

  @Test func `the same name twice is refused`() throws {
    let bytes = try archive(of: "good.yaml") { text in
      guard
        let start = text.range(of: "{", range: text.index(after: text.startIndex)..<text.endIndex),
        let end = text.range(of: "}")
      else { return text }
      let file = text[start.lowerBound..<end.upperBound]
      return text.replacingOccurrences(of: file, with: "\(file), \(file)")
    }
    #expect(try code(of: bytes) == "backup.damaged")
  }

  @Test(arguments: [0o777, 0o666, 0o000])
  func `nobody else may write what is restored, and its owner may`(permissions: Int) throws {
    try BackupArchiveTests.inFolder { folder in
      let file = folder.appendingPathComponent("backup")
      try archive(of: "good.yaml", permissions: permissions).write(to: file)
      let target = folder.appendingPathComponent("new")
      _ = try BackupArchive(path: file.path)
        .restore(to: target.path, accepting: BackupArchiveTests.everything)
      let found = try FileManager.default.attributesOfItem(
        atPath: target.appendingPathComponent("good.yaml").path
      )
      let bits = try #require(found[.posixPermissions] as? Int)
      #expect(bits & 0o022 == 0 && bits & 0o600 == 0o600)
    }
  }

  @Test func `a size beyond eight gigabytes is written as tar programs read it`() {
    let header = TarHeader(name: "n", size: 1 << 33, permissions: 0, time: 0).encoded
    #expect(Array(header[124..<136]) == [0x80, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0])
    #expect(TarHeader.size(in: header) == nil)
    let below = TarHeader(name: "n", size: 1 << 33 - 1, permissions: 0, time: 0).encoded
    #expect(TarHeader.size(in: below) == 1 << 33 - 1)
  }
}
