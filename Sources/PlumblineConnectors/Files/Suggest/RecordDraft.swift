import PlumblineCore

/// A field of a proposed record with what is to be said about it.
struct FieldDraft: Sendable {
  var mapping: FieldMapping
  var notes: [String] = []
}

/// A proposed record.
struct RecordDraft: Sendable {
  var kind: FactKind
  var conditions: [Condition] = []
  var conditionNotes: [String] = []
  var fields: [FieldDraft] = []
  var aliases: [FieldMapping] = []
  var aliasNotes: [String] = []
  var notes: [String] = []

  /// The draft of a field by its column in the kind's schema.
  subscript(column: String) -> FieldDraft? {
    get { fields.first { $0.mapping.column == column } }
    set {
      let index = fields.firstIndex { $0.mapping.column == column }
      switch (index, newValue) {
      case (let index?, let value?): fields[index] = value
      case (let index?, nil): fields.remove(at: index)
      case (nil, let value?): fields.append(value)
      case (nil, nil): break
      }
    }
  }

  /// The first column that a field reads.
  func source(_ column: String) -> String? { self[column]?.mapping.columns.first?.name }

  /// Fills a field from a column of the file.
  mutating func set(_ column: String, from name: String, notes: [String] = []) {
    self[column] = FieldDraft(
      mapping: FieldMapping(column, from: .columns([ColumnReference(name)])),
      notes: notes
    )
  }

  /// Fills a field with the same value for every row.
  mutating func set(_ column: String, constant: String, notes: [String] = []) {
    self[column] = FieldDraft(
      mapping: FieldMapping(column, from: .constant(constant)),
      notes: notes
    )
  }

  /// The columns of the file that the record reads.
  var usedColumns: [String] {
    (fields.map(\.mapping) + aliases).flatMap { $0.columns.map(\.name) }
      + conditions.map(\.column.name)
  }

  /// The record, its fields in the order of the kind's schema.
  var mapping: RecordMapping {
    let order = kind.schema.columns.map(\.name)
    return RecordMapping(
      kind: kind,
      conditions: conditions,
      fields: fields.map(\.mapping).sorted {
        (order.firstIndex(of: $0.column) ?? 0) < (order.firstIndex(of: $1.column) ?? 0)
      },
      alsoKnownAs: aliases
    )
  }

  /// Whether the record has what its kind cannot do without.
  ///
  /// A deal needs its id here, though a mapping may do without: where the deal changes, the next
  /// export would else make another of it.
  var isComplete: Bool {
    if kind == .deal, self["id"] == nil { return false }
    return MappingKeys.required(kind).allSatisfy { group in group.contains { self[$0] != nil } }
  }
}

/// What is proposed for a table.
struct TableDraft: Sendable {
  let table: TableEvidence
  /// What the table was taken for, in words: `HubSpot contacts`, or `deals`.
  var title: String
  /// The name of the system, for a known export.
  var source: String?
  var records: [RecordDraft] = []
  var notes: [String] = []

  /// The columns that no record reads.
  var unusedColumns: [String] {
    let used = Set(records.flatMap(\.usedColumns))
    return table.columns.map(\.name).filter { !used.contains($0) }
  }

  /// The first record of a kind.
  func first(_ kind: FactKind) -> RecordDraft? { records.first { $0.kind == kind } }
}
