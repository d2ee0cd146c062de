/// One version of the agreement as it lies in a workspace: when it holds, and who signed it.
public struct VersionRecord: Hashable, Sendable {
  /// The version's name.
  public var version: String
  /// The first day on which it holds; nil when the file does not say.
  public var effective: CivilDate?
  /// The first day of the next version; nil when there is none.
  public var until: CivilDate?
  /// The file that was looked at, as the user would write its path.
  public var file: String
  /// SHA-256 of that file's bytes, in hexadecimal.
  public var hash: String
  /// Whether the agreement in force now, or next, is this one: that of `agreement.yaml`.
  public var isPresent: Bool
  /// Whether a copy of it was frozen, which signing does.
  public var isFrozen: Bool
  /// The signatures on record, in the order of teams.
  public var signatures: [SignatureRecord]

  /// A version.
  public init(
    version: String,
    effective: CivilDate?,
    until: CivilDate? = nil,
    file: String,
    hash: String,
    isPresent: Bool,
    isFrozen: Bool,
    signatures: [SignatureRecord] = []
  ) {
    self.version = version
    self.effective = effective
    self.until = until
    self.file = file
    self.hash = hash
    self.isPresent = isPresent
    self.isFrozen = isFrozen
    self.signatures = signatures
  }

  /// The teams without a signature that holds.
  public var unsignedTeams: [Stage.Team] {
    Stage.Team.allCases.filter { team in
      !signatures.contains { $0.team == team && $0.isValid }
    }
  }

  /// Whether every team has signed, and every signature on record holds.
  public var isSigned: Bool { unsignedTeams.isEmpty && signatures.allSatisfy(\.isValid) }
}

/// A signature on a version of the agreement.
public struct SignatureRecord: Hashable, Sendable {
  /// The team for which it was signed.
  public var team: Stage.Team
  /// Who signed, as they gave their name.
  public var signer: String
  /// When, as the signer's machine had it.
  public var time: Instant
  /// The first sixteen hexadecimal digits of the SHA-256 of the public key.
  public var keyFingerprint: String
  /// Whether the signature holds for the file as it is now, by the team's key.
  public var isValid: Bool

  /// A signature.
  public init(
    team: Stage.Team,
    signer: String,
    time: Instant,
    keyFingerprint: String,
    isValid: Bool
  ) {
    self.team = team
    self.signer = signer
    self.time = time
    self.keyFingerprint = keyFingerprint
    self.isValid = isValid
  }
}
