public import PlumblineCore
import PlumblineYAML

/// Signs versions and registers keys: says what is to be written, and writes nothing.
public struct AgreementSigner: Sendable {
  private let folder: AgreementFolder
  private let contents: AgreementContents

  /// A signer of a folder's agreement.
  ///
  /// - Parameters:
  ///   - folder: The folder.
  ///   - contents: What lies in it.
  public init(_ folder: AgreementFolder, _ contents: AgreementContents) {
    self.folder = folder
    self.contents = contents
  }

  /// Signs a version for a team; the first signature freezes a copy of the file's exact bytes.
  ///
  /// - Parameters:
  ///   - version: The version's name; the present one when nil.
  ///   - team: For whom.
  ///   - signer: Who signs.
  ///   - time: When.
  ///   - key: The team's private key.
  /// - Returns: The files to write, and the version's name.
  /// - Throws: `InputError` with everything that stands in the way.
  public func sign(
    version: String? = nil,
    for team: Stage.Team,
    by signer: String,
    at time: Instant,
    with key: SigningKey
  ) throws(InputError) -> (writes: [FileWrite], version: String) {
    let versions = AgreementVersions(present: contents.present, frozen: contents.frozen)
    let errors = versions.diagnostics.filter { $0.severity == .error }
    guard errors.isEmpty else { throw InputError(errors) }
    let entry = try entry(version, in: versions)
    guard let agreement = entry.agreement else { throw InputError(errors) }
    var faults = faults(of: agreement, entry, signer)
    let keys = try TeamKeys(reading: contents.keys)
    faults += faultsOfKey(key, for: team, at: time, keys)
    guard faults.isEmpty else { throw InputError(faults) }
    var file = SignatureFile(
      version: agreement.version,
      hash: entry.file.hash,
      after: versions.preceding(entry)?.file.hash
    )
    if let known = try knownSignatures(on: agreement.version) { file = known }
    if let other = file.entries.first(where: { $0.team == team }) {
      throw InputError(
        code: "signature.already-signed",
        "\(team.rawValue) signed version \"\(agreement.version)\" on "
          + "\(LocalCalendar.utc.day(of: other.time)).",
        remedy: "One signature a team is enough; a changed agreement is a new version."
      )
    }
    var signature = SignatureFile.Entry(
      team: team,
      signer: signer,
      time: time,
      publicKey: key.publicKey,
      signature: []
    )
    signature.signature = try key.signature(
      of: signature.statement(
        version: agreement.version,
        after: file.preceding,
        file: entry.file.bytes
      )
    )
    var writes: [FileWrite] = []
    if entry.frozen == nil {
      writes.append(
        FileWrite(
          path: folder.frozenPath(of: agreement.version),
          bytes: entry.file.bytes,
          permissions: 0o444
        )
      )
    }
    writes.append(
      FileWrite(
        path: folder.signaturesPath(of: agreement.version),
        bytes: file.adding(signature).fileBytes,
        permissions: 0o644
      )
    )
    return (writes, agreement.version)
  }

  private func entry(
    _ version: String?,
    in versions: AgreementVersions
  ) throws(InputError) -> AgreementVersions.Entry {
    let found =
      version == nil
      ? versions.entries.last
      : versions.entries.last { $0.agreement?.version == version }
    if let found { return found }
    let known = versions.entries.compactMap { $0.agreement?.version.shownInMessage }
    throw InputError(
      code: "signature.unknown-version",
      "there is no version \"\((version ?? "").shownInMessage)\".",
      remedy: "There are: \(known.joined(separator: ", "))."
    )
  }

  private func faults(
    of agreement: Agreement,
    _ entry: AgreementVersions.Entry,
    _ signer: String
  ) -> [Diagnostic] {
    var faults: [Diagnostic] = []
    if agreement.effective == nil {
      faults.append(
        Diagnostic(
          .error,
          code: "signature.no-day",
          "the agreement does not say from which day on it holds.",
          at: Diagnostic.Location(file: entry.file.path),
          remedy: "Add its first day, such as \"effective: 2026-01-01\", before it is signed."
        )
      )
    }
    if !AgreementFolder.isFileName(agreement.version) {
      faults.append(
        Diagnostic(
          .error,
          code: "signature.version-name",
          "version \"\(agreement.version.shownInMessage)\" cannot be the name of a file.",
          at: entry.file.location(ofKey: "version"),
          remedy: "Use letters, digits, points, hyphens and underscores, such as 2026-Q1."
        )
      )
    }
    if !signer.isSignable {
      faults.append(
        Diagnostic(
          .error,
          code: "signature.signer",
          "--by must be a name on one line, of at most 200 characters and without blanks around it.",
          remedy: "Write the name of who signs, such as --by \"head of marketing\"."
        )
      )
    }
    return faults
  }

  private func faultsOfKey(
    _ key: SigningKey,
    for team: Stage.Team,
    at time: Instant,
    _ keys: TeamKeys
  ) -> [Diagnostic] {
    guard let current = keys.current(of: team) else {
      return [
        Diagnostic(
          .error,
          code: "signature.no-team-key",
          "\(team.rawValue) has no key yet.",
          remedy: "Make one: plumbline agreement key --team \(team.rawValue) --output FILE",
          onPage: "Make one on the page Agreement."
        )
      ]
    }
    if current.publicKey != key.publicKey {
      return [
        Diagnostic(
          .error,
          code: "signature.other-key",
          "the key is not that of \(team.rawValue), whose fingerprint is \(current.fingerprint).",
          remedy: "Sign with the team's own key, or give it a new one: plumbline agreement key "
            + "--team \(team.rawValue) --output FILE --replace",
          onPage: "Sign with the team's own key, or give it a new one on the page Agreement."
        )
      ]
    }
    guard current.holds(at: time) else {
      return [
        Diagnostic(
          .error,
          code: "signature.clock",
          "the key of \(team.rawValue) was made later than this machine's clock says it is now.",
          remedy: "Set the clock."
        )
      ]
    }
    return []
  }

  /// The signatures on record, every one of which must hold: none is added to what was changed.
  private func knownSignatures(on version: String) throws(InputError) -> SignatureFile? {
    let file = contents.signatures.first {
      $0.name(without: AgreementFolder.signaturesSuffix) == version
    }
    guard let file else { return nil }
    let audit = SignatureAudit(contents)
    let faults = audit.diagnostics.filter {
      $0.severity == .error && $0.code != "signature.missing"
        && [file.path, folder.frozenPath(of: version)].contains($0.location?.file)
    }
    guard faults.isEmpty else { throw InputError(faults) }
    return try SignatureFile(reading: file)
  }

  /// Registers a key for a team.
  ///
  /// - Parameters:
  ///   - key: The new key.
  ///   - team: Whose it is.
  ///   - time: When.
  ///   - replaces: Whether it may take the place of the team's present key, which is kept on record.
  /// - Returns: The file to write, and the key as registered.
  /// - Throws: `InputError` when the team has a key, or the file of keys is damaged.
  public func register(
    _ key: SigningKey,
    for team: Stage.Team,
    at time: Instant,
    replaces: Bool
  ) throws(InputError) -> (write: FileWrite, key: TeamKeys.Key) {
    let keys = try TeamKeys(reading: contents.keys)
    if let current = keys.current(of: team), !replaces {
      throw InputError(
        code: "signature.has-key",
        "\(team.rawValue) has a key, made on \(LocalCalendar.utc.day(of: current.from)), with the "
          + "fingerprint \(current.fingerprint).",
        remedy: "Sign with that key; if it is lost or known to others, put another in its place "
          + "with --replace. What it signed still holds.",
        onPage: "Sign with that key; if it is lost or known to others, put another in its place. "
          + "What it signed still holds."
      )
    }
    let changed = keys.adding(key.publicKey, for: team, at: time)
    return (
      FileWrite(path: folder.keysPath, bytes: changed.fileBytes, permissions: 0o644),
      TeamKeys.Key(team: team, publicKey: key.publicKey, from: time)
    )
  }
}

extension AgreementFolder {
  /// Signs a version for a team and writes the signature.
  ///
  /// - Parameters:
  ///   - version: The version's name; the present one when nil.
  ///   - team: For whom.
  ///   - signer: Who signs.
  ///   - time: When.
  ///   - key: The team's private key.
  ///   - note: Called with the version's name once nothing stands in the way any more, before
  ///     anything is written; nothing is when it throws.
  /// - Returns: The version's name, the files that were written, and the teams that have yet to sign.
  /// - Throws: `InputError` with everything that stands in the way, or when a file cannot be written;
  ///   or what `note` throws.
  public func sign(
    version: String? = nil,
    for team: Stage.Team,
    by signer: String,
    at time: Instant,
    with key: SigningKey,
    noting note: (String) throws -> Void = { _ in }
  ) throws -> (version: String, paths: [String], missing: [Stage.Team]) {
    let signing = try AgreementSigner(self, try contents())
      .sign(version: version, for: team, by: signer, at: time, with: key)
    try note(signing.version)
    try apply(signing.writes)
    let audit = SignatureAudit(try contents())
    let record = audit.records.last { $0.version == signing.version }
    return (signing.version, signing.writes.map(\.path), record?.unsignedTeams ?? [])
  }

  /// Makes a key for a team of which only the public half is written; the private half is for whoever
  /// asked for it, and is kept nowhere.
  ///
  /// - Parameters:
  ///   - team: Whose it is.
  ///   - time: When.
  ///   - replaces: Whether it may take the place of the team's present key.
  ///   - note: Called once nothing stands in the way any more, before anything is written; nothing
  ///     is when it throws.
  /// - Returns: The key as registered, and its private half as files hold it.
  /// - Throws: `InputError` when the team has a key, or a file cannot be written; or what `note`
  ///   throws.
  public func makeKey(
    for team: Stage.Team,
    at time: Instant,
    replaces: Bool,
    noting note: () throws -> Void
  ) throws -> (key: TeamKeys.Key, secret: String) {
    let key = SigningKey()
    let registration = try AgreementSigner(self, try contents())
      .register(key, for: team, at: time, replaces: replaces)
    try note()
    try apply([registration.write])
    return (registration.key, key.secret)
  }

  /// Makes a key for a team: its private half in a file that its owner alone may read, its public
  /// half among the folder's keys.
  ///
  /// - Parameters:
  ///   - team: Whose it is.
  ///   - output: The path of the file, which must not be there yet.
  ///   - time: When.
  ///   - replaces: Whether it may take the place of the team's present key.
  /// - Returns: The key as registered.
  /// - Throws: `InputError` when the team has a key, or a file cannot be written.
  public func makeKey(
    for team: Stage.Team,
    output: String,
    at time: Instant,
    replaces: Bool
  ) throws -> TeamKeys.Key {
    let key = SigningKey()
    let registration = try AgreementSigner(self, try contents())
      .register(key, for: team, at: time, replaces: replaces)
    try SecureFile.create(FileWrite(path: output, bytes: key.fileBytes, permissions: 0o600))
    do {
      try apply([registration.write])
    } catch {
      // A private key whose public half nobody knows signs nothing.
      SecureFile.remove(output)
      throw error
    }
    return registration.key
  }
}
