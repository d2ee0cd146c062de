public import PlumblineCore

/// The versions of an agreement as JSON; every key is documented in `Documentation/json.md`.
public struct VersionsJSON: Sendable {
  private let wire: VersionsWire

  /// Versions to be written.
  ///
  /// - Parameters:
  ///   - records: The versions, oldest first.
  ///   - agreementHash: The hash that numbers carry; nil when the agreement has faults.
  ///   - faults: How many faults were found in the files.
  ///   - calendar: The clock on which times are written.
  public init(
    _ records: [VersionRecord],
    agreementHash: String?,
    faults: Int,
    calendar: LocalCalendar
  ) {
    wire = VersionsWire(records, agreementHash, faults, calendar)
  }

  /// The JSON, ending in a line break.
  ///
  /// - Throws: `EncodingError`; texts and whole numbers give no cause for it.
  public func text() throws -> String { try JSONText.text(wire) }
}

private struct VersionsWire: Codable, Hashable, Sendable {
  struct Signature: Codable, Hashable, Sendable {
    let team: String
    let signer: String
    let time: String
    let keyFingerprint: String
    let isValid: Bool
  }

  struct Version: Codable, Hashable, Sendable {
    let version: String
    @OrNull var effective: String?
    @OrNull var until: String?
    let file: String
    let hash: String
    let isPresent: Bool
    let isFrozen: Bool
    let isSigned: Bool
    let unsignedTeams: [String]
    let signatures: [Signature]
  }

  var format = JSONText.format
  var kind = "agreement_versions"
  @OrNull var agreementHash: String?
  let isSigned: Bool
  let faults: Int
  let versions: [Version]

  init(
    _ records: [VersionRecord],
    _ agreementHash: String?,
    _ faults: Int,
    _ calendar: LocalCalendar
  ) {
    _agreementHash = OrNull(wrappedValue: agreementHash)
    isSigned = faults == 0 && !records.isEmpty && records.allSatisfy(\.isSigned)
    self.faults = faults
    versions = records.map { record in
      Version(
        version: record.version,
        effective: record.effective?.description,
        until: record.until?.description,
        file: record.file,
        hash: record.hash,
        isPresent: record.isPresent,
        isFrozen: record.isFrozen,
        isSigned: record.isSigned,
        unsignedTeams: record.unsignedTeams.map(\.rawValue),
        signatures: record.signatures.map { signature in
          Signature(
            team: signature.team.rawValue,
            signer: signature.signer,
            time: Format.iso8601(signature.time, calendar),
            keyFingerprint: signature.keyFingerprint,
            isValid: signature.isValid
          )
        }
      )
    }
  }
}
