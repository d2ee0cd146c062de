import Foundation
public import PlumblineCore
import PlumblineYAML

/// Puts a new text in the place of `agreement.yaml`: says what is to be written, and writes nothing.
///
/// A new version takes the place of the present one only once that is frozen, so that numbers of
/// the past stay under the words that held then. A draft under the present version's own name
/// changes that version, which only one that nobody froze allows.
public struct AgreementSaver: Sendable {
  /// What saving a text would do.
  public struct Draft: Sendable {
    /// The agreement with its earlier versions; nil exactly when there is an error.
    public let agreement: Agreement?
    /// What the text says by itself, without other versions; nil where it cannot be read.
    public let alone: Agreement?
    /// Everything to say about it.
    public let diagnostics: [Diagnostic]
    /// The version that saving freezes first; nil where none has to be.
    public let frozen: String?
    /// Whether it is the present text, byte for byte.
    public let isUnchanged: Bool
    /// What is to be written, one file after the other; nothing where there is an error.
    let writes: [FileWrite]
  }

  private let folder: AgreementFolder
  private let contents: AgreementContents

  /// What saves into a folder.
  ///
  /// - Parameters:
  ///   - folder: The folder.
  ///   - contents: What lies in it.
  public init(_ folder: AgreementFolder, _ contents: AgreementContents) {
    self.folder = folder
    self.contents = contents
  }

  /// What saving a text would do.
  ///
  /// - Parameter bytes: The text.
  /// - Returns: The agreement that it is, and what stands in the way.
  public func draft(_ bytes: [UInt8]) -> Draft {
    let present = contents.present
    let alone = AgreementReader.read(bytes, file: present.path).agreement
    let old = AgreementReader.read(present.bytes, file: present.path).agreement
    var frozen = contents.frozen
    var freezing: AgreementFile?
    var findings: [Diagnostic] = []
    let isKept = frozen.contains { $0.bytes == present.bytes }
    if let alone, let old, alone.version != old.version, !isKept {
      let path = folder.frozenPath(of: old.version)
      if let fault = unfreezable(old.version, path) {
        findings.append(fault)
      } else {
        let file = AgreementFile(path: path, bytes: present.bytes)
        freezing = file
        frozen = (frozen + [file]).sorted { $0.path < $1.path }
      }
    }
    let versions = AgreementVersions(
      present: AgreementFile(path: present.path, bytes: bytes),
      frozen: frozen
    )
    findings += versions.diagnostics
    let isFine = !findings.contains { $0.severity == .error }
    let isUnchanged = bytes == present.bytes
    var writes: [FileWrite] = []
    if isFine, !isUnchanged {
      // First the copy, then the new text: after a fall between the two nothing has changed.
      if let freezing {
        writes.append(
          FileWrite(path: freezing.path, bytes: freezing.bytes, permissions: 0o444)
        )
      }
      writes.append(FileWrite(path: present.path, bytes: bytes, permissions: 0o644))
    }
    return Draft(
      agreement: isFine ? versions.agreement : nil,
      alone: alone,
      diagnostics: findings,
      frozen: isFine && freezing != nil ? old?.version : nil,
      isUnchanged: isUnchanged,
      writes: writes
    )
  }

  /// Why the present version cannot be frozen; nil when it can.
  private func unfreezable(_ version: String, _ path: String) -> Diagnostic? {
    let name = version.shownInMessage
    if !AgreementFolder.isFileName(version) {
      return Diagnostic(
        .error,
        code: "agreement.unfreezable",
        "version \"\(name)\" cannot be kept: its name cannot be that of a file.",
        at: contents.present.location(ofKey: "version"),
        remedy: "First give the present version a name of letters, digits, points, hyphens and "
          + "underscores."
      )
    }
    guard contents.frozen.contains(where: { $0.path == path }) else { return nil }
    return Diagnostic(
      .error,
      code: "agreement.version-changed",
      "version \"\(name)\" was changed after it was frozen in \(path), and would be lost.",
      at: contents.present.location(ofKey: "version"),
      remedy: "First give the present text a \"version\" of its own, or put the frozen text back."
    )
  }

  /// What is to be written so that a text takes the place of the one from which it was made.
  ///
  /// - Parameters:
  ///   - bytes: The text.
  ///   - hash: The SHA-256 of the text from which it was made, in hexadecimal.
  /// - Returns: What saving does.
  /// - Throws: `InputError` with code `agreement.stale-draft` when another text lies there by now,
  ///   `agreement.unchanged` when it is the same, or with every fault of the text.
  public func save(_ bytes: [UInt8], madeFrom hash: String) throws(InputError) -> Draft {
    guard contents.present.hash == hash else {
      throw InputError(
        code: "agreement.stale-draft",
        "somebody saved another text of the agreement since this one was begun.",
        at: Diagnostic.Location(file: contents.present.path),
        remedy: "Compare the two, put what is missing into yours, and save again."
      )
    }
    let draft = draft(bytes)
    guard !draft.isUnchanged else {
      throw InputError(
        code: "agreement.unchanged",
        "the text is that of the present agreement.",
        remedy: "Change it first."
      )
    }
    guard draft.agreement != nil else { throw InputError(draft.diagnostics) }
    return draft
  }
}

extension AgreementFolder {
  /// Puts a text in the place of `agreement.yaml`, whole or not at all.
  ///
  /// - Parameters:
  ///   - bytes: The text.
  ///   - hash: The SHA-256 of the text from which it was made, in hexadecimal.
  ///   - note: Called with the version's name once nothing stands in the way any more, before
  ///     anything is written; nothing is when it throws.
  /// - Returns: The agreement as saved, and the version that was frozen for it.
  /// - Throws: What `AgreementSaver.save` and `note` throw, or `InputError` when a file cannot be
  ///   written.
  public func save(
    _ bytes: [UInt8],
    madeFrom hash: String,
    noting note: (String) throws -> Void = { _ in }
  ) throws -> AgreementSaver.Draft {
    let draft = try AgreementSaver(self, try contents()).save(bytes, madeFrom: hash)
    try note(draft.alone?.version ?? "")
    let attributes = try? FileManager.default.attributesOfItem(atPath: presentPath)
    let permissions = (attributes?[.posixPermissions] as? NSNumber)?.intValue
    try apply(
      draft.writes.map { write in
        var write = write
        // Who may read the agreement is not for us to change.
        if write.path == presentPath, let permissions { write.permissions = permissions }
        return write
      }
    )
    return draft
  }
}
