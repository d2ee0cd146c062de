import Foundation
import PlumblineAgreement
import PlumblineCore
import Testing

/// A new text in the place of `agreement.yaml`.
struct AgreementSaverTests {
  private static func text(_ version: String, _ effective: String?, more: String = "") -> String {
    """
    agreement: 1
    version: "\(version)"
    \(effective.map { "effective: \($0)" } ?? "# no day")
    currency: EUR
    \(more)
    """
  }

  private static let present = text("2026", "2026-01-01")

  /// A folder with an agreement, taken away afterwards.
  private func withFolder(
    _ text: String = present,
    frozen: [String: String] = [:],
    _ body: (AgreementFolder) throws -> Void
  ) throws {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("saver-\(UUID().uuidString)", isDirectory: true)
    defer { try? FileManager.default.removeItem(at: url) }
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url.appendingPathComponent("agreement.yaml"))
    if !frozen.isEmpty {
      let folder = url.appendingPathComponent("agreements", isDirectory: true)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for (name, text) in frozen {
        try Data(text.utf8).write(to: folder.appendingPathComponent("\(name).yaml"))
      }
    }
    try body(AgreementFolder(url))
  }

  private func hash(_ text: String) -> String { AgreementReader.hash(of: Array(text.utf8)) }

  private func codes(_ body: () throws -> Void) throws -> Set<String> {
    do {
      try body()
      return []
    } catch let error as InputError {
      return Set(error.diagnostics.map(\.code))
    }
  }

  @Test func `a new version freezes the present one, byte for byte`() throws {
    let new = Self.text("2027", "2027-01-01", more: "stages: {skips: any}")
    try withFolder { folder in
      let draft = try folder.save(Array(new.utf8), madeFrom: hash(Self.present))
      #expect(draft.frozen == "2026")
      let contents = try folder.contents()
      #expect(contents.present.bytes == Array(new.utf8))
      #expect(contents.frozen.map(\.bytes) == [Array(Self.present.utf8)])
      let audit = SignatureAudit(contents)
      #expect(audit.records.map(\.version) == ["2026", "2027"])
      #expect(audit.agreement?.hash == draft.agreement?.hash)
    }
  }

  @Test func `a version that nobody froze may be changed under its own name`() throws {
    let new = Self.text("2026", "2026-01-01", more: "stages: {skips: any}")
    try withFolder { folder in
      let draft = try folder.save(Array(new.utf8), madeFrom: hash(Self.present))
      #expect(draft.frozen == nil)
      let frozen = try folder.contents().frozen
      #expect(frozen.isEmpty)
      #expect(!FileManager.default.fileExists(atPath: folder.url.path + "/agreements"))
    }
  }

  @Test func `a frozen version keeps its text`() throws {
    let new = Self.text("2026", "2026-01-01", more: "stages: {skips: any}")
    try withFolder(frozen: ["2026": Self.present]) { folder in
      let refused = try codes { _ = try folder.save(Array(new.utf8), madeFrom: hash(Self.present)) }
      #expect(refused == ["agreement.version-changed"])
      let bytes = try folder.contents().present.bytes
      #expect(bytes == Array(Self.present.utf8))
    }
  }

  @Test func `a text that was changed meanwhile is not written over`() throws {
    let new = Self.text("2027", "2027-01-01")
    try withFolder { folder in
      let refused = try codes {
        _ = try folder.save(Array(new.utf8), madeFrom: hash("another text"))
      }
      #expect(refused == ["agreement.stale-draft"])
      let bytes = try folder.contents().present.bytes
      #expect(bytes == Array(Self.present.utf8))
    }
  }

  @Test func `the same text is no change`() throws {
    try withFolder { folder in
      let refused = try codes {
        _ = try folder.save(Array(Self.present.utf8), madeFrom: hash(Self.present))
      }
      #expect(refused == ["agreement.unchanged"])
    }
  }

  @Test(arguments: [
    "", "version: 2027", text("2027", nil), text("2027", "2025-01-01"),
    text("2027", "2027-01-01", more: "stages: {skips: sometimes}"),
  ])
  func `a text with faults changes nothing`(_ new: String) throws {
    try withFolder { folder in
      let refused = try codes { _ = try folder.save(Array(new.utf8), madeFrom: hash(Self.present)) }
      #expect(!refused.isEmpty)
      let contents = try folder.contents()
      #expect(contents.present.bytes == Array(Self.present.utf8))
      #expect(contents.frozen.isEmpty)
    }
  }

  @Test func `a version whose name cannot be that of a file is not lost`() throws {
    let old = Self.text("first / second", "2026-01-01")
    try withFolder(old) { folder in
      let new = Self.text("2027", "2027-01-01")
      let refused = try codes { _ = try folder.save(Array(new.utf8), madeFrom: hash(old)) }
      #expect(refused == ["agreement.unfreezable"])
    }
  }

  @Test func `a present text that differs from its frozen copy is not lost`() throws {
    let other = Self.text("2026", "2026-01-01", more: "stages: {skips: any}")
    try withFolder(frozen: ["2026": other]) { folder in
      let new = Self.text("2027", "2027-01-01")
      let refused = try codes { _ = try folder.save(Array(new.utf8), madeFrom: hash(Self.present)) }
      #expect(refused.contains("agreement.version-changed"))
      let bytes = try folder.contents().present.bytes
      #expect(bytes == Array(Self.present.utf8))
    }
  }

  @Test func `nothing is written that was not noted`() throws {
    struct Refusal: Error {}
    let new = Self.text("2027", "2027-01-01")
    try withFolder { folder in
      #expect(throws: Refusal.self) {
        try folder.save(Array(new.utf8), madeFrom: hash(Self.present)) { _ in throw Refusal() }
      }
      let bytes = try folder.contents().present.bytes
      #expect(bytes == Array(Self.present.utf8))
    }
  }

  @Test func `who may read the file stays as it was`() throws {
    let new = Self.text("2027", "2027-01-01")
    try withFolder { folder in
      let path = folder.presentPath
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
      _ = try folder.save(Array(new.utf8), madeFrom: hash(Self.present))
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
      #expect((mode as? NSNumber)?.intValue == 0o600)
    }
  }
}
