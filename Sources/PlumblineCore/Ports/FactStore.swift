/// A file that an import read.
public struct ImportedFile: Hashable, Sendable, Codable {
  /// The file's name without its folder.
  public var name: String
  /// SHA-256 of its bytes, in hexadecimal.
  public var contentHash: String
  /// Its size in bytes.
  public var byteCount: Int

  /// A file with its fingerprint.
  public init(name: String, contentHash: String, byteCount: Int) {
    self.name = name
    self.contentHash = contentHash
    self.byteCount = byteCount
  }
}

/// What one import was, apart from its facts.
public struct ImportRecord: Hashable, Sendable, Codable {
  /// Position in the store's history, counted from 1; 0 before it is stored.
  public var sequence: Int
  /// The system the files came from, as the mapping names it.
  public var source: String
  /// When the import was made, seconds since 1970.
  public var seenAt: Int64
  /// When the files were exported, seconds since 1970, if the user said so.
  public var exportedAt: Int64?
  /// SHA-256 of the mapping and of the options that change its meaning.
  public var mappingHash: String
  /// The time zone in which the mapping reads times without an offset; nil in older records.
  public var zoneName: String?
  /// The files, in the order in which rows refer to them.
  public var files: [ImportedFile]

  /// A record of an import.
  public init(
    sequence: Int = 0,
    source: String,
    seenAt: Int64,
    exportedAt: Int64? = nil,
    mappingHash: String,
    zoneName: String? = nil,
    files: [ImportedFile]
  ) {
    self.sequence = sequence
    self.source = source
    self.seenAt = seenAt
    self.exportedAt = exportedAt
    self.mappingHash = mappingHash
    self.zoneName = zoneName
    self.files = files
  }
}

/// Where facts are kept: appended whole, never changed.
public protocol FactStore: Sendable {
  /// All imports so far, oldest first.
  func imports() throws -> [ImportRecord]

  /// Stores an import and its facts, all of it or nothing, and gives the record its sequence.
  ///
  /// - Parameters:
  ///   - batch: The facts.
  ///   - record: What the import was.
  ///   - newest: The newest import that the facts were compared with, 0 for none; when another has
  ///     come since, nothing is stored.
  /// - Returns: The record with its sequence.
  /// - Throws: `InputError` with code `store.changed` when another import has come since, or what
  ///   the store throws.
  @discardableResult
  func append(
    _ batch: FactBatch,
    of record: ImportRecord,
    after newest: Int
  ) throws
    -> ImportRecord

  /// Calls `body` with each import after a sequence, oldest first, with its facts.
  func forEachBatch(
    after sequence: Int,
    _ body: (ImportRecord, FactBatch) throws -> Void
  ) throws

  /// The facts that name a lead by its id, with the import each came from, oldest first.
  func history(ofLead id: String) throws -> [(ImportRecord, FactBatch)]
}
