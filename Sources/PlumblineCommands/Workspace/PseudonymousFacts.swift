import PlumblineCore

/// A store as those read it who may not see the names of sales: the same facts of people who are
/// called otherwise.
struct PseudonymousFacts: FactStore {
  private let store: any FactStore
  private let pseudonyms: OwnerPseudonyms

  init(_ store: some FactStore, _ pseudonyms: OwnerPseudonyms) {
    self.store = store
    self.pseudonyms = pseudonyms
  }

  func imports() throws -> [ImportRecord] { try store.imports() }

  func texts(_ domains: Set<TextDomain>, isIndexed: Bool) throws -> TextDictionaries {
    hiding(try store.texts(domains, isIndexed: isIndexed))
  }

  func forEachChunk(
    of kinds: Set<FactKind>,
    after sequence: Int,
    through last: Int?,
    selecting selection: FactSelection?,
    _ body: (FactChunk) throws -> Void
  ) throws {
    try store.forEachChunk(of: kinds, after: sequence, through: last, selecting: selection) {
      try body(FactChunk(sequence: $0.sequence, table: hiding($0.table)))
    }
  }

  func forEachBatch(
    after sequence: Int,
    _ body: (ImportRecord, FactBatch) throws -> Void
  ) throws {
    try store.forEachBatch(after: sequence) { try body($0, hiding($1)) }
  }

  func history(ofLead id: String) throws -> [(ImportRecord, FactBatch)] {
    try store.history(ofLead: id).map { ($0, hiding($1)) }
  }

  private func hiding(_ texts: TextDictionaries) -> TextDictionaries {
    var texts = texts
    texts[.owner] = pseudonyms.hiding(texts[.owner])
    return texts
  }

  /// Owners' own records without what they are called.
  private func hiding(_ table: FactTable) -> FactTable {
    guard table.kind == .owner else { return table }
    var columns = table.columns
    columns[table.kind.schema["name"]] = Array(
      repeating: Int64(TextDictionary.missing),
      count: table.rowCount
    )
    return FactTable(.owner, columns: columns, files: table.files, lines: table.lines)
  }

  private func hiding(_ batch: FactBatch) -> FactBatch {
    var batch = batch
    batch.texts = hiding(batch.texts)
    batch[.owner] = hiding(batch[.owner])
    return batch
  }

  // MARK: Questions only read

  private static let readOnly = InputError(
    code: "store.read-only",
    "facts cannot be stored by somebody who may not see all of them.",
    remedy: "Import them as somebody who may."
  )

  func append(
    after newest: Int,
    _ body: (_ store: (FactTable) throws -> Void) throws -> (ImportRecord, TextDictionaries)
  ) throws -> ImportRecord { throw Self.readOnly }

  func append(
    _ batch: FactBatch,
    of record: ImportRecord,
    after newest: Int
  ) throws -> ImportRecord { throw Self.readOnly }
}
