public import PlumblineCore
import Synchronization

/// A store in memory with the promises of a real one, for tests: only news, one numbering of texts.
public final class MemoryFactStore: FactStore {
  private struct Content: Sendable {
    var texts = TextDictionaries()
    var imports: [ImportRecord] = []
    var chunks: [FactChunk] = []
  }

  private let content = Mutex(Content())
  /// The most rows of a piece.
  private let pieceSize: Int

  /// An empty store.
  ///
  /// - Parameter pieceSize: The most rows of a piece; small ones find faults at edges.
  public init(pieceSize: Int = 65_536) { self.pieceSize = pieceSize }

  /// All imports so far, oldest first.
  public func imports() -> [ImportRecord] { content.withLock { $0.imports } }

  /// The numbering of texts.
  public func texts(_ domains: Set<TextDomain>, isIndexed: Bool) -> TextDictionaries {
    content.withLock { content in
      var texts = TextDictionaries()
      for domain in domains {
        let own = content.texts[domain]
        texts[domain] =
          isIndexed ? own : TextDictionary(bytes: own.bytes, ends: own.ends)
      }
      return texts
    }
  }

  /// Stores an import piece by piece.
  public func append(
    after newest: Int,
    _ body: (_ store: (FactTable) throws -> Void) throws -> (ImportRecord, TextDictionaries)
  ) throws -> ImportRecord {
    var tables: [FactTable] = []
    var (record, texts) = try body { table in
      for start in stride(from: 0, to: table.rowCount, by: pieceSize) {
        tables.append(table.slice(start..<min(table.rowCount, start + pieceSize)))
      }
    }
    return try content.withLock { content in
      guard content.imports.count == newest, texts.continues(content.texts) else {
        throw InputError(code: "store.changed", "another import has come", remedy: "Try again.")
      }
      record.sequence = newest + 1
      content.texts = texts
      content.imports.append(record)
      content.chunks += tables.map { FactChunk(sequence: record.sequence, table: $0) }
      return record
    }
  }

  /// Calls `body` with each piece of the facts of some kinds.
  public func forEachChunk(
    of kinds: Set<FactKind>,
    after sequence: Int,
    through last: Int?,
    selecting selection: FactSelection?,
    _ body: (FactChunk) throws -> Void
  ) throws {
    for chunk in content.withLock({ $0.chunks })
    where kinds.contains(chunk.table.kind) && chunk.sequence > sequence
      && chunk.sequence <= last ?? .max
    {
      guard let selection, let rows = selection.rows(of: chunk.table) else {
        try body(chunk)
        continue
      }
      guard !rows.isEmpty else { continue }
      try body(FactChunk(sequence: chunk.sequence, table: chunk.table.selecting(rows)))
    }
  }

  /// Stores an import and its facts.
  public func append(
    _ batch: FactBatch,
    of record: ImportRecord,
    after newest: Int
  ) throws -> ImportRecord {
    var texts = texts(Set(TextDomain.allCases), isIndexed: true)
    let recoding = Recoding(from: batch.texts, into: &texts)
    return try append(after: newest) { store in
      for kind in FactKind.allCases where batch[kind].rowCount > 0 {
        try store(recoding.recode(batch[kind]))
      }
      return (record, texts)
    }
  }

  /// Calls `body` with each import after a sequence.
  public func forEachBatch(
    after sequence: Int,
    _ body: (ImportRecord, FactBatch) throws -> Void
  ) throws {
    for record in imports() where record.sequence > sequence {
      try body(record, try batch(of: record, nil))
    }
  }

  /// The facts that name a lead by its id.
  public func history(ofLead id: String) throws -> [(ImportRecord, FactBatch)] {
    let code = content.withLock { $0.texts[.lead].code(of: id) }
    guard let code else { return [] }
    var selection = FactSelection()
    selection.leads.insert(Int64(code))
    return try imports().map { ($0, try batch(of: $0, selection)) }.filter { $0.1.rowCount > 0 }
  }

  private func batch(
    of record: ImportRecord,
    _ selection: FactSelection?
  ) throws -> FactBatch {
    var batch = FactBatch()
    batch.texts = content.withLock { $0.texts }
    try forEachChunk(
      of: Set(FactKind.allCases),
      after: record.sequence - 1,
      through: record.sequence,
      selecting: selection
    ) { batch[$0.table.kind].append(contentsOf: $0.table) }
    return batch
  }
}
