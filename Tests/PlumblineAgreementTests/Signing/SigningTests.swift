import Foundation
import PlumblineCore
import Testing

@testable import PlumblineAgreement

/// Signing, and what a signature withstands.
struct SigningTests {
  /// A folder in memory: what signing writes is put where a disk would have it.
  struct Desk {
    var contents: AgreementContents
    let folder = AgreementFolder(URL(fileURLWithPath: ".", isDirectory: true))
    let marketing = SigningKey()
    let sales = SigningKey()
    static let noon = Instant(seconds: 1_767_268_800)

    init(_ text: String = Desk.text("2026-Q1", "2026-01-01")) throws {
      contents = AgreementContents(
        present: AgreementFile(path: "agreement.yaml", bytes: Array(text.utf8)),
        frozen: [],
        signatures: [],
        keys: AgreementFile(path: "agreements/keys.json", bytes: [])
      )
      for (team, key) in [(Stage.Team.marketing, marketing), (.sales, sales)] {
        try register(key, team)
      }
    }

    static func text(_ version: String, _ effective: String) -> String {
      "agreement: 1\nversion: \(version)\neffective: \(effective)\nhand_off: sql # x\n"
    }

    mutating func register(
      _ key: SigningKey,
      _ team: Stage.Team,
      replaces: Bool = false,
      at time: Instant = Desk.noon
    ) throws {
      apply([
        try AgreementSigner(folder, contents)
          .register(key, for: team, at: time, replaces: replaces).write
      ])
    }

    mutating func sign(
      _ team: Stage.Team,
      by signer: String = "Jana Example",
      version: String? = nil,
      with key: SigningKey? = nil,
      at time: Instant = Desk.noon
    ) throws {
      let signing = try AgreementSigner(folder, contents).sign(
        version: version,
        for: team,
        by: signer,
        at: time,
        with: key ?? (team == .marketing ? marketing : sales)
      )
      apply(signing.writes)
    }

    mutating func apply(_ writes: [FileWrite]) {
      for write in writes {
        let file = AgreementFile(path: write.path, bytes: write.bytes)
        if write.path.hasSuffix(".yaml") {
          contents.frozen.append(file)
        } else if write.path == contents.keys.path {
          contents.keys = file
        } else {
          contents.signatures.removeAll { $0.path == write.path }
          contents.signatures.append(file)
        }
      }
    }

    var codes: [String] {
      SignatureAudit(contents).diagnostics.filter { $0.severity == .error }.map(\.code)
    }
  }

  private func codes(_ body: () throws -> Void) -> [String] {
    do {
      try body()
      return []
    } catch let error as InputError {
      return error.diagnostics.map(\.code)
    } catch {
      return ["\(error)"]
    }
  }

  // MARK: Signing

  @Test func `what nobody signed says so, for both teams`() throws {
    let desk = try Desk()
    let audit = SignatureAudit(desk.contents)
    #expect(!audit.isSigned)
    #expect(audit.records.map(\.unsignedTeams) == [[.marketing, .sales]])
    #expect(
      audit.diagnostics.map(\.message)
        == ["version \"2026-Q1\" has not been signed by marketing and by sales."]
    )
  }

  @Test func `the first signature freezes the exact bytes, the second only signs`() throws {
    var desk = try Desk()
    try desk.sign(.sales, by: "Sam Müller")
    #expect(desk.contents.frozen.map(\.path) == ["agreements/2026-Q1.yaml"])
    #expect(desk.contents.frozen.map(\.bytes) == [desk.contents.present.bytes])
    #expect(desk.codes == ["signature.missing"])
    try desk.sign(.marketing, at: Desk.noon.advanced(bySeconds: 3_661))
    #expect(desk.contents.frozen.count == 1 && desk.contents.signatures.count == 1)
    let audit = SignatureAudit(desk.contents)
    #expect(audit.isSigned && audit.diagnostics.isEmpty)
    let record = try #require(audit.records.first)
    #expect(record.isPresent && record.isFrozen && record.isSigned)
    #expect(record.signatures.map(\.team) == [.marketing, .sales])
    #expect(record.signatures.map(\.signer) == ["Jana Example", "Sam Müller"])
    #expect(record.signatures.map(\.time.seconds) == [1_767_272_461, 1_767_268_800])
    #expect(record.signatures.allSatisfy { $0.keyFingerprint.count == 16 })
  }

  @Test func `the statement is spelled as documented`() throws {
    var desk = try Desk()
    try desk.sign(.marketing)
    let file = try SignatureFile(reading: desk.contents.signatures[0])
    let entry = try #require(file.entries.first)
    let text = String(
      decoding: entry.statement(version: "2026-Q1", after: nil, file: Array("x\n".utf8)),
      as: UTF8.self
    )
    #expect(
      text == """
        plumbline-agreement-signature-v1
        team: marketing
        by: Jana Example
        at: 2026-01-01T12:00:00Z
        version: 2026-Q1
        after: none
        key: \(Data(desk.marketing.publicKey).base64EncodedString())

        x

        """
    )
  }

  @Test func `a team signs a version once`() throws {
    var desk = try Desk()
    try desk.sign(.sales)
    #expect(codes { try desk.sign(.sales) } == ["signature.already-signed"])
  }

  @Test func `only a team's own key signs for it`() throws {
    var desk = try Desk()
    #expect(codes { try desk.sign(.sales, with: desk.marketing) } == ["signature.other-key"])
    #expect(codes { try desk.sign(.sales, with: SigningKey()) } == ["signature.other-key"])
    desk.contents.keys.bytes = []
    #expect(codes { try desk.sign(.sales) } == ["signature.no-team-key"])
    #expect(desk.contents.frozen.isEmpty)
  }

  @Test(arguments: [
    "", " ", " Jana", "Jana ", "Jana\nteam: sales", "Jana\u{2028}x", "a\u{202E}b", "\u{7}",
    String(repeating: "x", count: 201),
  ])
  func `a signer's name stands on one line`(name: String) throws {
    var desk = try Desk()
    #expect(codes { try desk.sign(.sales, by: name) } == ["signature.signer"])
  }

  @Test(arguments: [
    "J", "Jana \"JJ\" O'Neil \\", "Жанна", "👩‍💼 Jana", String(repeating: "x", count: 200),
  ])
  func `any other name signs`(name: String) throws {
    var desk = try Desk()
    try desk.sign(.sales, by: name)
    #expect(SignatureAudit(desk.contents).records[0].signatures.map(\.signer) == [name])
    #expect(desk.codes == ["signature.missing"])
  }

  @Test func `an agreement without a day or with a name for no file cannot be signed`() throws {
    var desk = try Desk("agreement: 1\nversion: \"2026/Q1\"\n")
    #expect(
      codes { try desk.sign(.sales) } == ["signature.no-day", "signature.version-name"]
    )
    desk = try Desk("agreement: 1\nversio: 3\n")
    #expect(codes { try desk.sign(.sales) } == ["agreement.unknown-key"])
  }

  @Test func `an earlier version can be signed later`() throws {
    var desk = try Desk()
    try desk.sign(.sales)
    desk.contents.present.bytes = Array(Desk.text("2026-Q2", "2026-04-01").utf8)
    try desk.sign(.sales)
    try desk.sign(.marketing)
    #expect(desk.codes == ["signature.missing"])
    #expect(
      codes { try desk.sign(.marketing, version: "2026-Q3") } == ["signature.unknown-version"]
    )
    try desk.sign(.marketing, version: "2026-Q1")
    let audit = SignatureAudit(desk.contents)
    #expect(audit.isSigned)
    #expect(audit.records.map(\.version) == ["2026-Q1", "2026-Q2"])
    #expect(audit.records.map(\.until) == [CivilDate("2026-04-01"), nil])
    #expect(audit.records.map(\.isPresent) == [false, true])
  }

  @Test func `nobody adds a signature to what was changed`() throws {
    var desk = try Desk()
    try desk.sign(.sales)
    desk.contents.signatures[0].bytes[150] ^= 1
    #expect(codes { try desk.sign(.marketing) }.first?.hasPrefix("signature.") == true)
  }

  // MARK: Keys

  @Test func `a team has one key, and another only when somebody insists`() throws {
    var desk = try Desk()
    #expect(codes { try desk.register(SigningKey(), .sales) } == ["signature.has-key"])
    try desk.sign(.sales)
    let later = Desk.noon.advanced(bySeconds: 100)
    let new = SigningKey()
    try desk.register(new, .sales, replaces: true, at: later)
    let keys = try TeamKeys(reading: desk.contents.keys)
    #expect(keys.keys.map(\.team) == [.marketing, .sales, .sales])
    #expect(keys.keys.map(\.until) == [nil, later, nil])
    #expect(keys.current(of: .sales)?.publicKey == new.publicKey)
    // What the old key signed still holds, but it signs no more.
    #expect(desk.codes == ["signature.missing"])
    desk.contents.present.bytes = Array(Desk.text("2026-Q2", "2026-04-01").utf8)
    #expect(codes { try desk.sign(.sales, at: later) } == ["signature.other-key"])
    try desk.sign(.sales, with: new, at: later)
  }

  @Test func `a replaced key signs nothing afterwards, and a new one nothing before`() throws {
    var desk = try Desk()
    let later = Desk.noon.advanced(bySeconds: 100)
    let old = desk.contents.keys
    try desk.register(SigningKey(), .sales, replaces: true, at: later)
    let new = desk.contents.keys
    desk.contents.keys = old
    try desk.sign(.sales, at: later.advanced(bySeconds: 1))
    #expect(desk.codes == ["signature.missing"])
    desk.contents.keys = new
    #expect(desk.codes == ["signature.key-not-in-force", "signature.missing"])
    #expect(
      codes { try desk.sign(.marketing, at: Desk.noon.advanced(bySeconds: -1)) }
        == ["signature.clock"]
    )
  }

  @Test func `a key of nobody holds for nothing`() throws {
    var desk = try Desk()
    try desk.sign(.sales)
    try desk.sign(.marketing)
    let other = try Desk()
    desk.contents.keys = other.contents.keys
    #expect(desk.codes == ["signature.unknown-key", "signature.unknown-key"])
    desk.contents.keys.bytes = []
    #expect(desk.codes == ["signature.unknown-key", "signature.unknown-key"])
  }

  // MARK: Every byte

  private func signedDesk() throws -> Desk {
    var desk = try Desk()
    try desk.sign(.sales, by: "Sam \"S\" Müller")
    try desk.sign(.marketing)
    #expect(SignatureAudit(desk.contents).isSigned)
    return desk
  }

  @Test(arguments: [UInt8(1), 0x20, 0x80])
  func `any byte of the frozen file that is changed is noticed`(bits: UInt8) throws {
    let desk = try signedDesk()
    for index in desk.contents.frozen[0].bytes.indices {
      var changed = desk
      changed.contents.frozen[0].bytes[index] ^= bits
      #expect(!SignatureAudit(changed.contents).isSigned && !changed.codes.isEmpty, "\(index)")
      // Neither is it when the newest is changed in the same way.
      changed.contents.present.bytes = changed.contents.frozen[0].bytes
      #expect(!SignatureAudit(changed.contents).isSigned && !changed.codes.isEmpty, "\(index)")
    }
  }

  @Test(arguments: [UInt8(1), 0x20, 0x80])
  func `any byte of the signatures that is changed is noticed`(bits: UInt8) throws {
    let desk = try signedDesk()
    for index in desk.contents.signatures[0].bytes.indices {
      var changed = desk
      changed.contents.signatures[0].bytes[index] ^= bits
      let audit = SignatureAudit(changed.contents)
      #expect(!audit.isSigned, "\(index)")
      #expect(audit.diagnostics.contains { $0.code.hasPrefix("signature.") }, "\(index)")
    }
  }

  @Test func `any byte of a public key that is changed is noticed`() throws {
    let desk = try signedDesk()
    let text = String(decoding: desk.contents.keys.bytes, as: UTF8.self)
    for key in [desk.marketing, desk.sales] {
      let word = Data(key.publicKey).base64EncodedString()
      let range = try #require(text.range(of: word))
      let start = text.utf8.distance(from: text.startIndex, to: range.lowerBound)
      for index in start..<start + word.utf8.count {
        var changed = desk
        changed.contents.keys.bytes[index] ^= 1
        #expect(!SignatureAudit(changed.contents).isSigned, "\(index)")
      }
    }
  }

  @Test(arguments: ["", "{}", "null", "[]", "\u{FEFF}{}", "{\"format\": 1}"])
  func `files that say nothing are damaged`(text: String) throws {
    var desk = try signedDesk()
    desk.contents.signatures[0].bytes = Array(text.utf8)
    #expect(desk.codes == ["signature.file-damaged"])
    desk = try signedDesk()
    if text.isEmpty { return }
    desk.contents.keys.bytes = Array(text.utf8)
    #expect(desk.codes == ["signature.file-damaged"])
  }

  @Test func `the same content spelled otherwise is damaged, with the line`() throws {
    var desk = try signedDesk()
    let text = String(decoding: desk.contents.signatures[0].bytes, as: UTF8.self)
    for (from, to, line) in [
      ("\"format\": 1", "\"format\":1", 2), ("Müller", "M\\u00fcller", 16), ("}\n", "}", 23),
      ("Müller", "Mu\u{308}ller", 0),
    ] {
      desk.contents.signatures[0].bytes =
        line == 23 ? Array(text.utf8.dropLast()) : Array(text.replacing(from, with: to).utf8)
      let finding = try #require(
        SignatureAudit(desk.contents).diagnostics.first { $0.severity == .error }
      )
      if line == 0 {
        #expect(finding.code == "signature.invalid")
      } else {
        #expect(finding.code == "signature.file-damaged")
        #expect(finding.location?.line == line)
      }
    }
  }

  @Test func `signatures move to no other version and no other team`() throws {
    var desk = try signedDesk()
    let first = desk.contents.signatures[0]
    desk.contents.present.bytes = Array(Desk.text("2026-Q2", "2026-04-01").utf8)
    try desk.sign(.sales)
    try desk.sign(.marketing)
    #expect(SignatureAudit(desk.contents).isSigned)
    desk.contents.signatures[1].bytes = first.bytes
    #expect(Set(desk.codes) == ["signature.file-changed", "signature.other-version"])
    desk = try signedDesk()
    let swapped = String(decoding: first.bytes, as: UTF8.self)
      .replacing("\"marketing\"", with: "\"@\"").replacing("\"sales\"", with: "\"marketing\"")
      .replacing("\"@\"", with: "\"sales\"")
    desk.contents.signatures[0].bytes = Array(swapped.utf8)
    #expect(desk.codes == ["signature.file-damaged"])
  }

  @Test func `signatures without their version, or a version without its signatures`() throws {
    var desk = try signedDesk()
    let whole = desk
    desk.contents.frozen = []
    #expect(desk.codes == ["signature.missing", "signature.no-version"])
    desk = whole
    desk.contents.signatures = []
    #expect(desk.codes == ["signature.missing"])
    desk = whole
    desk.contents.present.bytes += Array("# one more word\n".utf8)
    #expect(desk.codes == ["agreement.version-changed", "signature.missing"])
  }
}
