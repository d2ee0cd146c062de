import Foundation
import PlumblineCore

/// The signatures on one version, as they lie beside its frozen copy.
struct SignatureFile: Hashable, Sendable {
  /// One team's signature.
  struct Entry: Hashable, Sendable {
    var team: Stage.Team
    var signer: String
    var time: Instant
    /// The public key by which it was made: 32 bytes.
    var publicKey: [UInt8]
    /// 64 bytes.
    var signature: [UInt8]

    /// What was signed.
    ///
    /// Seven lines, each ending in a line feed: the word `plumbline-agreement-signature-v1`, then
    /// `team: `, `by: `, `at: `, `version: `, `after: ` and `key: ` (Base64), each with its value;
    /// an empty line; the exact bytes of the agreement's file. No value can hold a line feed, so no
    /// two statements are spelled alike.
    ///
    /// - Parameters:
    ///   - version: The version's name.
    ///   - preceding: SHA-256 of the file of the version before it; nil, spelled `none`, where there
    ///     is none.
    ///   - file: The bytes of the version's own file.
    /// - Returns: The bytes.
    func statement(version: String, after preceding: String?, file: [UInt8]) -> [UInt8] {
      let header = """
        plumbline-agreement-signature-v1
        team: \(team.rawValue)
        by: \(signer)
        at: \(SignedTime.text(time))
        version: \(version)
        after: \(preceding ?? "none")
        key: \(Data(publicKey).base64EncodedString())


        """
      return Array(header.utf8) + file
    }

    /// Whether the signature holds for a version's bytes, whoever the key belongs to.
    func isValid(version: String, after preceding: String?, file: [UInt8]) -> Bool {
      SigningKey.isValid(
        signature,
        of: statement(version: version, after: preceding, file: file),
        by: publicKey
      )
    }
  }

  var version: String
  /// SHA-256 of the frozen copy's bytes, in hexadecimal.
  var hash: String
  /// SHA-256 of the file of the version before it, in hexadecimal; nil when there was none.
  var preceding: String?
  /// At most one a team, in the order of teams.
  var entries: [Entry]

  init(version: String, hash: String, after preceding: String?, entries: [Entry] = []) {
    self.version = version
    self.hash = hash
    self.preceding = preceding
    self.entries = entries
  }

  /// The signatures in a file.
  ///
  /// - Throws: `InputError` when the file is damaged.
  init(reading file: AgreementFile) throws(InputError) {
    self = try CanonicalJSON.read(file, parse: { (wire: Wire) in SignatureFile(wire) }) {
      $0.spelled
    }
  }

  /// The signatures with another one.
  func adding(_ entry: Entry) -> SignatureFile {
    let all = entries + [entry]
    return SignatureFile(
      version: version,
      hash: hash,
      after: preceding,
      entries: Stage.Team.allCases.flatMap { team in all.filter { $0.team == team } }
    )
  }

  /// What the file holds.
  var fileBytes: [UInt8] { spelled.fileBytes }

  private struct Wire: Decodable {
    struct Entry: Decodable {
      let team: String
      let by: String
      let at: String
      let key: String
      let signature: String
    }
    let format: Int
    let version: String
    let sha256: String
    let after: String?
    let signatures: [Entry]
  }

  private init?(_ wire: Wire) {
    guard wire.format == 1, AgreementFolder.isFileName(wire.version),
      wire.after.map(Self.isHash) ?? true
    else { return nil }
    var entries: [Entry] = []
    for entry in wire.signatures {
      guard let team = Stage.Team(rawValue: entry.team), entry.by.isSignable,
        let time = SignedTime.instant(entry.at),
        let key = Data(base64Encoded: entry.key), key.count == 32,
        let signature = Data(base64Encoded: entry.signature), signature.count == 64
      else { return nil }
      entries.append(
        Entry(
          team: team,
          signer: entry.by,
          time: time,
          publicKey: Array(key),
          signature: Array(signature)
        )
      )
    }
    let teams = entries.map(\.team)
    guard teams == Stage.Team.allCases.filter(teams.contains) else { return nil }
    self.init(version: wire.version, hash: wire.sha256, after: wire.after, entries: entries)
  }

  /// Whether a text is a SHA-256 as we write it: 64 lower-case hexadecimal digits.
  private static func isHash(_ text: String) -> Bool {
    text.utf8.count == 64 && text.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
  }

  private var spelled: CanonicalJSON {
    .object([
      ("format", .number(1)),
      ("version", .text(version)),
      ("sha256", .text(hash)),
      ("after", preceding.map { .text($0) } ?? .null),
      (
        "signatures",
        .list(
          entries.map { entry in
            .object([
              ("team", .text(entry.team.rawValue)),
              ("by", .text(entry.signer)),
              ("at", .text(SignedTime.text(entry.time))),
              ("key", .text(Data(entry.publicKey).base64EncodedString())),
              ("signature", .text(Data(entry.signature).base64EncodedString())),
            ])
          }
        )
      ),
    ])
  }
}
