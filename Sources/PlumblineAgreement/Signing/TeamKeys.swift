import Foundation
public import PlumblineCore

/// The public keys by which the teams sign, one for each team at a time.
///
/// A key that was replaced stays on record, so that what it signed before still holds.
public struct TeamKeys: Hashable, Sendable {
  /// A team's public key.
  public struct Key: Hashable, Sendable {
    /// Whose it is.
    public var team: Stage.Team
    /// The 32 bytes.
    public var publicKey: [UInt8]
    /// Since when it signs for the team.
    public var from: Instant
    /// When it was replaced; nil while it is the team's key.
    public var until: Instant?

    /// The first sixteen hexadecimal digits of the SHA-256 of the public key.
    public var fingerprint: String { TeamKeys.fingerprint(of: publicKey) }

    /// Whether it was the team's key at an instant, as far as the signer's clock says.
    func holds(at instant: Instant) -> Bool {
      from <= instant && (until.map { instant <= $0 } ?? true)
    }
  }

  /// All keys, in the order of teams and of time.
  public private(set) var keys: [Key] = []

  /// No keys.
  public init() {}

  /// The keys among the files of an agreement.
  ///
  /// - Parameter contents: The files.
  /// - Returns: The keys; none where there is no such file.
  /// - Throws: `InputError` when the file is damaged.
  public static func read(_ contents: AgreementContents) throws(InputError) -> TeamKeys {
    try TeamKeys(reading: contents.keys)
  }

  /// The keys of a file; none where it has no bytes.
  ///
  /// - Throws: `InputError` when the file is damaged.
  init(reading file: AgreementFile) throws(InputError) {
    guard !file.bytes.isEmpty else { return }
    self = try CanonicalJSON.read(file, parse: { (wire: Wire) in TeamKeys(wire) }) { $0.spelled }
  }

  /// The first digits of a public key's SHA-256.
  static func fingerprint(of publicKey: [UInt8]) -> String {
    String(AgreementReader.hash(of: publicKey).prefix(16))
  }

  /// The key by which a team signs now; nil while it has none.
  public func current(of team: Stage.Team) -> Key? {
    keys.last { $0.team == team && $0.until == nil }
  }

  /// A team's key, present or replaced, with given bytes.
  func key(of team: Stage.Team, _ publicKey: [UInt8]) -> Key? {
    keys.first { $0.team == team && $0.publicKey == publicKey }
  }

  /// The keys with a new one for a team, in the place of the one it has.
  func adding(_ publicKey: [UInt8], for team: Stage.Team, at instant: Instant) -> TeamKeys {
    var result = self
    for index in keys.indices where keys[index].team == team && keys[index].until == nil {
      result.keys[index].until = instant
    }
    result.keys.append(Key(team: team, publicKey: publicKey, from: instant))
    result.keys = Stage.Team.allCases.flatMap { team in result.keys.filter { $0.team == team } }
    return result
  }

  /// What the file of keys holds.
  var fileBytes: [UInt8] { spelled.fileBytes }

  private struct Wire: Decodable {
    struct Key: Decodable {
      let team: String
      let publicKey: String
      let from: String
      let until: String?
    }
    let format: Int
    let keys: [Key]
  }

  private init?(_ wire: Wire) {
    guard wire.format == 1 else { return nil }
    for entry in wire.keys {
      guard let team = Stage.Team(rawValue: entry.team),
        let publicKey = Data(base64Encoded: entry.publicKey), publicKey.count == 32,
        let from = SignedTime.instant(entry.from)
      else { return nil }
      var key = Key(team: team, publicKey: Array(publicKey), from: from)
      if let text = entry.until {
        guard let until = SignedTime.instant(text) else { return nil }
        key.until = until
      }
      keys.append(key)
    }
    // One key for each team at a time, and no key for two teams.
    guard Set(keys.map(\.publicKey)).count == keys.count else { return nil }
    for team in Stage.Team.allCases {
      guard keys.count(where: { $0.team == team && $0.until == nil }) <= 1 else { return nil }
    }
  }

  private var spelled: CanonicalJSON {
    .object([
      ("format", .number(1)),
      (
        "keys",
        .list(
          keys.map { key in
            .object([
              ("team", .text(key.team.rawValue)),
              ("public_key", .text(Data(key.publicKey).base64EncodedString())),
              ("from", .text(SignedTime.text(key.from))),
              ("until", key.until.map { .text(SignedTime.text($0)) } ?? .null),
            ])
          }
        )
      ),
    ])
  }
}
