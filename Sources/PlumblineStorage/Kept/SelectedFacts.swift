import PlumblineCore

/// The facts of some leads, held in memory: enough of a store to read their history from.
struct SelectedFacts: FactStore {
  private let records: [ImportRecord]
  private let dictionaries: TextDictionaries
  private var chunks: [FactChunk] = []

  /// No facts of a store with these imports and texts.
  init(of records: [ImportRecord], _ texts: TextDictionaries) {
    self.records = records
    dictionaries = texts
  }

  /// Adds the facts of a piece that are wanted; pieces come imports oldest first.
  mutating func add(_ chunk: FactChunk, selecting selection: FactSelection) {
    guard let rows = selection.rows(of: chunk.table) else {
      chunks.append(chunk)
      return
    }
    guard !rows.isEmpty else { return }
    chunks.append(FactChunk(sequence: chunk.sequence, table: chunk.table.selecting(rows)))
  }

  func imports() throws -> [ImportRecord] { records }

  func texts(_ domains: Set<TextDomain>, isIndexed: Bool) throws -> TextDictionaries {
    dictionaries
  }

  func forEachChunk(
    of kinds: Set<FactKind>,
    after sequence: Int,
    through last: Int?,
    selecting selection: FactSelection?,
    _ body: (FactChunk) throws -> Void
  ) throws {
    for chunk in chunks
    where kinds.contains(chunk.table.kind) && chunk.sequence > sequence
      && last.map({ chunk.sequence <= $0 }) ?? true
    {
      try body(chunk)
    }
  }

  func forEachBatch(after sequence: Int, _ body: (ImportRecord, FactBatch) throws -> Void) throws {
    for record in records where record.sequence > sequence {
      var batch = FactBatch()
      batch.texts = dictionaries
      for chunk in chunks where chunk.sequence == record.sequence {
        batch[chunk.table.kind].append(contentsOf: chunk.table)
      }
      try body(record, batch)
    }
  }

  func history(ofLead id: String) throws -> [(ImportRecord, FactBatch)] {
    throw Self.readOnly
  }

  func append(
    after newest: Int,
    _ body: (_ store: (FactTable) throws -> Void) throws -> (ImportRecord, TextDictionaries)
  ) throws -> ImportRecord {
    throw Self.readOnly
  }

  func append(
    _ batch: FactBatch,
    of record: ImportRecord,
    after newest: Int
  ) throws -> ImportRecord {
    throw Self.readOnly
  }

  private static var readOnly: InputError {
    InputError(code: "store.read-only", "a selection of facts can only be read.")
  }
}
