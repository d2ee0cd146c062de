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
  /// The kinds of object of which this import changed known ones; nil in older records, where
  /// nobody wrote it down.
  ///
  /// Facts of any other kind need no merging: each is an object, or an event, of its own.
  public var changedKinds: [FactKind]?

  /// A record of an import.
  public init(
    sequence: Int = 0,
    source: String,
    seenAt: Int64,
    exportedAt: Int64? = nil,
    mappingHash: String,
    zoneName: String? = nil,
    files: [ImportedFile],
    changedKinds: [FactKind]? = nil
  ) {
    self.sequence = sequence
    self.source = source
    self.seenAt = seenAt
    self.exportedAt = exportedAt
    self.mappingHash = mappingHash
    self.zoneName = zoneName
    self.files = files
    self.changedKinds = changedKinds
  }
}

/// Some facts of one kind from one import, as a store holds them.
public struct FactChunk: Sendable {
  /// The import that brought them.
  public var sequence: Int
  /// The facts; codes are those of the store's numbering of texts.
  public var table: FactTable

  /// A chunk.
  public init(sequence: Int, table: FactTable) {
    self.sequence = sequence
    self.table = table
  }
}

/// Where facts are kept: appended whole, never changed.
public protocol FactStore: Sendable {
  /// All imports so far, oldest first.
  func imports() throws -> [ImportRecord]

  /// The store's numbering of texts: one for all imports, which only ever grows.
  ///
  /// - Parameters:
  ///   - domains: The domains wanted; dictionaries of others are empty.
  ///   - isIndexed: Whether texts will be looked up, and not only shown.
  /// - Returns: The dictionaries.
  /// - Throws: What the store throws.
  func texts(_ domains: Set<TextDomain>, isIndexed: Bool) throws -> TextDictionaries

  /// Stores an import piece by piece, all of it or nothing, and gives the record its sequence.
  ///
  /// - Parameters:
  ///   - newest: The newest import that the facts were compared with, 0 for none; when another has
  ///     come since, nothing is stored.
  ///   - body: Gives pieces of at most any size to the function it is called with, in the store's
  ///     numbering of texts or in one that continues it; returns that numbering and what the import
  ///     was.
  /// - Returns: The record with its sequence.
  /// - Throws: `InputError` with code `store.changed` when another import has come since, or what
  ///   the store or `body` throws.
  @discardableResult
  func append(
    after newest: Int,
    _ body: (_ store: (FactTable) throws -> Void) throws -> (ImportRecord, TextDictionaries)
  ) throws -> ImportRecord

  /// Calls `body` with each piece of the facts of some kinds, imports oldest first.
  ///
  /// - Parameters:
  ///   - kinds: The kinds wanted.
  ///   - sequence: The import after which to begin; 0 for all.
  ///   - last: The newest import that counts; all when nil.
  ///   - selection: Which facts are wanted; all when nil. Pieces without any are left out.
  ///   - body: What to do with a piece.
  /// - Throws: What the store or `body` throws.
  func forEachChunk(
    of kinds: Set<FactKind>,
    after sequence: Int,
    through last: Int?,
    selecting selection: FactSelection?,
    _ body: (FactChunk) throws -> Void
  ) throws

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
