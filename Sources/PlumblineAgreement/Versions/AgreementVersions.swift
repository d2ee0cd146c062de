public import PlumblineCore

/// All versions of an agreement, read together.
///
/// `agreement.yaml` is the newest. A frozen file that equals it byte for byte is the same version,
/// any other an earlier one.
public struct AgreementVersions: Sendable {
  /// One version.
  public struct Entry: Sendable {
    /// Where it was read; the present version's is `agreement.yaml`.
    public var file: AgreementFile
    /// What it says, without other versions; nil when the file has faults.
    public var agreement: Agreement?
    /// Whether it is the present one.
    public var isPresent: Bool
    /// Its frozen copy; nil when there is none.
    public var frozen: AgreementFile?
  }

  /// The present version with the earlier ones in it; nil exactly when there is an error.
  ///
  /// Where there are earlier ones, its hash is `combinedHash(_:)` of all.
  public let agreement: Agreement?
  /// Everything to say about the files, all files together.
  public let diagnostics: [Diagnostic]
  /// The versions, oldest first and the present one last.
  public let entries: [Entry]

  /// Reads the versions.
  ///
  /// - Parameters:
  ///   - present: `agreement.yaml`.
  ///   - frozen: The files of the folder of frozen versions.
  public init(present: AgreementFile, frozen: [AgreementFile]) {
    let own = AgreementReader.read(present.bytes, file: present.path)
    var findings = own.diagnostics
    let copy = frozen.first { $0.bytes == present.bytes }
    var earlier: [Entry] = []
    for file in frozen where file.bytes != present.bytes {
      let reading = AgreementReader.read(file.bytes, file: file.path)
      // What was frozen is not rewritten: only what stands in the way is worth saying.
      findings += reading.diagnostics.filter { $0.severity == .error }
      earlier.append(
        Entry(file: file, agreement: reading.agreement, isPresent: false, frozen: file)
      )
    }
    earlier.sort { Self.comesBefore($0, $1) }
    entries =
      earlier + [Entry(file: present, agreement: own.agreement, isPresent: true, frozen: copy)]
    findings += VersionChecks(entries: entries, frozen: frozen).findings
    diagnostics = findings
    guard var agreement = own.agreement, !findings.contains(where: { $0.severity == .error })
    else {
      self.agreement = nil
      return
    }
    agreement.earlier = earlier.compactMap(\.agreement)
    if !agreement.earlier.isEmpty {
      agreement.hash = Self.combinedHash(entries.map(\.file.hash))
    }
    self.agreement = agreement
  }

  /// The version before another; nil for the oldest.
  func preceding(_ entry: Entry) -> Entry? {
    let index = entries.firstIndex { $0.file == entry.file } ?? 0
    return index > 0 ? entries[index - 1] : nil
  }

  private static func comesBefore(_ left: Entry, _ right: Entry) -> Bool {
    switch (left.agreement?.effective, right.agreement?.effective) {
    case (let left?, let right?) where left != right: left < right
    case (nil, .some): true
    case (.some, nil): false
    default: left.file.path < right.file.path
    }
  }

  /// One hash for several versions: SHA-256 over the versions' hashes, each as 64 lower-case
  /// hexadecimal digits followed by a line feed, oldest first and the present one last.
  public static func combinedHash(_ hashes: [String]) -> String {
    AgreementReader.hash(of: Array(hashes.map { $0 + "\n" }.joined().utf8))
  }
}
