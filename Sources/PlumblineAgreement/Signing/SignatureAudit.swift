public import PlumblineCore
import PlumblineYAML

/// Who signed which version, and whether that still holds.
public struct SignatureAudit: Sendable {
  /// The versions, oldest first and the present one last.
  public private(set) var records: [VersionRecord] = []
  /// The agreement with all its versions; nil when one of them has a fault.
  public let agreement: Agreement?
  /// Everything to say about the files, those of the versions first.
  public private(set) var diagnostics: [Diagnostic]

  private let contents: AgreementContents
  private var keys = TeamKeys()
  private var hasKeys = true

  /// Looks at all versions.
  public init(_ contents: AgreementContents) {
    self.contents = contents
    let versions = AgreementVersions(present: contents.present, frozen: contents.frozen)
    agreement = versions.agreement
    diagnostics = versions.diagnostics.filter { $0.severity != .note }
    do throws(InputError) {
      keys = try TeamKeys(reading: contents.keys)
    } catch {
      diagnostics += error.diagnostics
      hasKeys = false
    }
    for entry in versions.entries { add(entry, after: versions.preceding(entry), versions.entries) }
    for index in records.indices.dropLast() {
      guard let day = records[index].effective, let next = records[index + 1].effective, next > day
      else { continue }
      records[index].until = next
    }
    checkOrphans()
  }

  /// Whether every version is signed by every team, every signed file is as it was, and none of
  /// those signed before another is missing.
  public var isSigned: Bool {
    records.allSatisfy(\.isSigned) && !diagnostics.contains { $0.severity == .error }
  }

  private mutating func report(
    _ code: String,
    _ message: String,
    in file: String,
    _ remedy: String,
    onPage remedyOnPage: String? = nil
  ) {
    diagnostics.append(
      Diagnostic(
        .error,
        code: "signature.\(code)",
        message,
        at: Diagnostic.Location(file: file),
        remedy: remedy,
        onPage: remedyOnPage
      )
    )
  }

  private mutating func add(
    _ entry: AgreementVersions.Entry,
    after preceding: AgreementVersions.Entry?,
    _ entries: [AgreementVersions.Entry]
  ) {
    let name = entry.frozen?.name(without: AgreementFolder.frozenSuffix)
    // A file with faults is known by its name; the newest has none of its own.
    let version = entry.agreement?.version ?? name ?? "?"
    var record = VersionRecord(
      version: version,
      effective: entry.agreement?.effective,
      file: entry.file.path,
      hash: entry.file.hash,
      isPresent: entry.isPresent,
      isFrozen: entry.frozen != nil
    )
    defer { records.append(record) }
    guard let frozen = entry.frozen, let name,
      let file = contents.signatures.first(where: { $0.name(without: Self.suffix) == name })
    else {
      reportMissing(record)
      return
    }
    guard hasKeys else { return }
    do throws(InputError) {
      let signatures = try SignatureFile(reading: file)
      record.signatures = check(signatures, file, frozen, name)
      if record.signatures.contains(where: \.isValid) {
        checkLink(signatures, file, preceding, entries)
      }
      reportMissing(record)
    } catch {
      diagnostics += error.diagnostics
    }
  }

  private static let suffix = AgreementFolder.signaturesSuffix

  /// The teams of which there is no signature at all; one that does not hold is told by itself.
  private mutating func reportMissing(_ record: VersionRecord) {
    let teams = Stage.Team.allCases.filter { team in
      !record.signatures.contains { $0.team == team }
    }
    guard !teams.isEmpty else { return }
    let option = record.isPresent ? "" : " --version \(record.version.shownInMessage)"
    report(
      "missing",
      "version \"\(record.version.shownInMessage)\" has not been signed by "
        + "\(teams.map(\.rawValue).joined(separator: " and by ")).",
      in: record.file,
      "Have it signed: plumbline agreement sign --team \(teams[0].rawValue) --by NAME --key FILE"
        + option,
      onPage: record.isPresent
        ? "The head of \(teams[0].rawValue) signs it here, or whoever keeps the team's key."
        : "Have it signed by whoever keeps the key of \(teams[0].rawValue)."
    )
  }

  private mutating func check(
    _ signatures: SignatureFile,
    _ file: AgreementFile,
    _ frozen: AgreementFile,
    _ name: String
  ) -> [SignatureRecord] {
    var isWhole = true
    if signatures.version != name {
      report(
        "other-version",
        "the signatures are on version \"\(signatures.version)\".",
        in: file.path,
        "Name the file after that version, as its frozen copy is."
      )
      isWhole = false
    }
    if signatures.hash != frozen.hash {
      report(
        "file-changed",
        "the file was changed after it was signed: its SHA-256 is \(frozen.hash.prefix(12))…, "
          + "that of the signed file \(String(signatures.hash.prefix(12)).shownInMessage)….",
        in: frozen.path,
        "Put back the file that was signed; a changed agreement is a new version."
      )
      isWhole = false
    }
    return signatures.entries.map { entry in
      let isValid =
        isWhole && checkKey(entry, file)
        && checkSignature(entry, file, frozen, name, after: signatures.preceding)
      return SignatureRecord(
        team: entry.team,
        signer: entry.signer,
        time: entry.time,
        keyFingerprint: TeamKeys.fingerprint(of: entry.publicKey),
        isValid: isValid
      )
    }
  }

  private mutating func checkKey(_ entry: SignatureFile.Entry, _ file: AgreementFile) -> Bool {
    let team = entry.team.rawValue
    guard let key = keys.key(of: entry.team, entry.publicKey) else {
      report(
        "unknown-key",
        "the signature for \(team) was made by a key that is not the team's.",
        in: file.path,
        "Have \(team) sign with the key in \(contents.keys.path), or put back that file."
      )
      return false
    }
    guard key.holds(at: entry.time) else {
      report(
        "key-not-in-force",
        "the signature for \(team) is of a time at which its key was not the team's.",
        in: file.path,
        "Have \(team) sign with its present key."
      )
      return false
    }
    return true
  }

  private mutating func checkSignature(
    _ entry: SignatureFile.Entry,
    _ file: AgreementFile,
    _ frozen: AgreementFile,
    _ name: String,
    after: String?
  ) -> Bool {
    if entry.isValid(version: name, after: after, file: frozen.bytes) { return true }
    report(
      "invalid",
      "the signature for \(entry.team.rawValue) does not hold: the file, the team, the name, the "
        + "time or the signature was changed.",
      in: file.path,
      "Put back the file as it was signed, or have \(entry.team.rawValue) sign a new version."
    )
    return false
  }

  /// Whether the version before is the one before which this was signed: none vanished, none came
  /// between.
  private mutating func checkLink(
    _ signatures: SignatureFile,
    _ file: AgreementFile,
    _ preceding: AgreementVersions.Entry?,
    _ entries: [AgreementVersions.Entry]
  ) {
    guard signatures.preceding != preceding?.file.hash else { return }
    let version = signatures.version.shownInMessage
    if let hash = signatures.preceding, !entries.contains(where: { $0.file.hash == hash }) {
      report(
        "version-gone",
        "version \"\(version)\" was signed as the one after a version that is not there: no file "
          + "has the SHA-256 \(hash.prefix(12))….",
        in: file.path,
        "Put back the frozen file that has it, from version control or a backup."
      )
    } else {
      let found = (preceding?.agreement?.version).map { "\"\($0.shownInMessage)\"" } ?? "no version"
      let signed =
        entries.first { $0.file.hash == signatures.preceding }
        .map { "\"\($0.agreement?.version.shownInMessage ?? $0.file.path)\"" } ?? "no version"
      report(
        "version-order",
        "version \"\(version)\" was signed as the one after \(signed), but \(found) is before it.",
        in: file.path,
        "Take away the file that was added between, or remove the signatures on \"\(version)\" and "
          + "have both teams sign it again."
      )
    }
  }

  private mutating func checkOrphans() {
    let names = Set(contents.frozen.map { $0.name(without: AgreementFolder.frozenSuffix) })
    for file in contents.signatures where !names.contains(file.name(without: Self.suffix)) {
      report(
        "no-version",
        "there are signatures, but not the version that was signed.",
        in: file.path,
        "Put back the frozen copy beside it."
      )
    }
  }
}
