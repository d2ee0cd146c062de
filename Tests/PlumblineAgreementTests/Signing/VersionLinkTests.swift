import Foundation
import PlumblineCore
import Testing

@testable import PlumblineAgreement

/// Each signed version names the one before it, so that none can vanish or come between unnoticed.
struct VersionLinkTests {
  private typealias Desk = SigningTests.Desk

  /// Three versions that both teams signed.
  private func threeVersions() throws -> Desk {
    var desk = try Desk()
    for (version, day) in [
      ("2026-Q1", "2026-01-01"), ("2026-Q2", "2026-04-01"), ("2026-Q3", "2026-07-01"),
    ] {
      desk.contents.present.bytes = Array(Desk.text(version, day).utf8)
      try desk.sign(.sales)
      try desk.sign(.marketing)
    }
    #expect(SignatureAudit(desk.contents).isSigned)
    return desk
  }

  /// Takes a version's frozen file and its signatures away.
  private func without(_ version: String, _ desk: Desk) -> Desk {
    var desk = desk
    desk.contents.frozen.removeAll { $0.path == "agreements/\(version).yaml" }
    desk.contents.signatures.removeAll { $0.path == "agreements/\(version).signatures.json" }
    return desk
  }

  @Test func `the statement names the file of the version before`() throws {
    let desk = try threeVersions()
    let hashes = desk.contents.frozen.map(\.hash)
    let files = try desk.contents.signatures.map { try SignatureFile(reading: $0) }
    #expect(files.map(\.preceding) == [nil, hashes[0], hashes[1]])
    let entry = try #require(files[1].entries.first)
    let statement = entry.statement(version: "2026-Q2", after: hashes[0], file: [])
    #expect(String(decoding: statement, as: UTF8.self).contains("\nafter: \(hashes[0])\nkey: "))
  }

  @Test(arguments: [("2026-Q1", "2026-Q2"), ("2026-Q2", "2026-Q3")])
  func `a version that vanished with its signatures is missed by the next`(
    gone: String,
    next: String
  ) throws {
    let desk = without(gone, try threeVersions())
    let audit = SignatureAudit(desk.contents)
    #expect(!audit.isSigned)
    #expect(audit.diagnostics.map(\.code) == ["signature.version-gone"])
    #expect(audit.diagnostics.map(\.location?.file) == ["agreements/\(next).signatures.json"])
  }

  @Test func `the newest can vanish, for nothing names it`() throws {
    var desk = without("2026-Q3", try threeVersions())
    desk.contents.present.bytes = Array(Desk.text("2026-Q2", "2026-04-01").utf8)
    #expect(SignatureAudit(desk.contents).isSigned)
  }

  @Test(arguments: ["2025-12-01", "2026-02-01"])
  func `a version that came between, or before the first, is noticed`(day: String) throws {
    var desk = try threeVersions()
    desk.contents.frozen.append(
      AgreementFile(path: "agreements/x.yaml", bytes: Array(Desk.text("x", day).utf8))
    )
    #expect(Set(desk.codes) == ["signature.missing", "signature.version-order"])
    // Signing it does not mend that.
    try desk.sign(.sales, version: "x")
    try desk.sign(.marketing, version: "x")
    #expect(desk.codes == ["signature.version-order"])
    #expect(!SignatureAudit(desk.contents).isSigned)
  }

  @Test func `the name of the version before cannot be changed either`() throws {
    let desk = try threeVersions()
    for (gone, index) in [("2026-Q1", 0), ("2026-Q2", 1)] {
      var desk = without(gone, desk)
      let hashes = ["null", "\"\(try threeVersions().contents.frozen[0].hash)\""]
      let text = String(decoding: desk.contents.signatures[index].bytes, as: UTF8.self)
      let line = try #require(text.split(separator: "\n").first { $0.contains("\"after\"") })
      desk.contents.signatures[index].bytes = Array(
        text.replacing(line, with: "  \"after\": \(hashes[index]),").utf8
      )
      #expect(desk.codes == ["signature.invalid", "signature.invalid"])
    }
  }

  @Test(arguments: ["\"none\"", "\"\"", "3", "\"\(String(repeating: "A", count: 64))\""])
  func `what is no hash is damage`(value: String) throws {
    var desk = try threeVersions()
    let text = String(decoding: desk.contents.signatures[0].bytes, as: UTF8.self)
    desk.contents.signatures[0].bytes = Array(
      text.replacing("\"after\": null", with: "\"after\": \(value)").utf8
    )
    #expect(desk.codes == ["signature.file-damaged"])
  }

  @Test func `nobody adds a signature after a version that is gone`() throws {
    var desk = try Desk()
    try desk.sign(.sales)
    try desk.sign(.marketing)
    desk.contents.present.bytes = Array(Desk.text("2026-Q2", "2026-04-01").utf8)
    try desk.sign(.sales)
    desk = without("2026-Q1", desk)
    #expect(throws: InputError.self) { try desk.sign(.marketing) }
    #expect(Set(desk.codes) == ["signature.missing", "signature.version-gone"])
  }
}
