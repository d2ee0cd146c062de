import PlumblineCore

/// Chooses columns for fields: those that a known export names, otherwise by name and values.
struct FieldPicker {
  /// What the cells of a column must be.
  enum Need {
    case category, date, label, number
  }

  let table: TableEvidence
  let profile: ExportProfile?
  /// Columns that a field has already.
  private(set) var taken: Set<String> = []

  init(_ table: TableEvidence, _ profile: ExportProfile?) {
    self.table = table
    self.profile = profile
  }

  /// Keeps a column from being chosen again.
  mutating func take(_ name: String) { taken.insert(name) }

  /// Fills a field of a record from the column that fits best, if there is one.
  ///
  /// - Parameters:
  ///   - column: The field, a column of the kind's schema.
  ///   - record: The record to fill.
  ///   - names: The names under which files carry it.
  ///   - need: What the cells must be.
  ///   - isShared: Whether the column may serve another field too.
  mutating func fill(
    _ column: String,
    of record: inout RecordDraft,
    _ names: FieldNames,
    _ need: Need,
    isShared: Bool = false
  ) {
    if let constant = profile?.constants[column] {
      record.set(column, constant: constant)
      return
    }
    if let known = knownColumn(for: column, need) {
      record.set(column, from: known.name, notes: typeNotes(known, need))
      addFallbacks(column, of: &record)
      if !isShared { taken.insert(known.name) }
      return
    }
    let candidates = candidates(names, need, sharing: isShared)
    guard let best = candidates.first else { return }
    let limit = [FieldNames.fallbackRank, FieldNames.wordsRank].first { best.rank < $0 } ?? .max
    let others = candidates.dropFirst().filter { $0.rank < limit && !Self.isKey($0, of: best) }
    record.set(
      column,
      from: best.column.name,
      notes: others.isEmpty ? [] : [Self.alternatives(others.map(\.column.name))]
    )
    if !isShared { taken.insert(best.column.name) }
  }

  /// The first of a known export's columns for a field that is there and not blank.
  private func knownColumn(for column: String, _ need: Need) -> ColumnEvidence? {
    for name in profile?.fields[column] ?? [] {
      if let known = table.column(named: [name]), !known.isBlank,
        need != .category || known.values != nil || known.rowCount == 0
      {
        return known
      }
    }
    return nil
  }

  /// What to say of a known column whose cells are not what they should be.
  private func typeNotes(_ column: ColumnEvidence, _ need: Need) -> [String] {
    switch need {
    case .date where column.rowCount > 0 && !column.isDate:
      ["unsure: most cells of \(column.name) are no dates"]
    case .number where column.rowCount > 0 && !column.isNumber:
      ["unsure: most cells of \(column.name) are no numbers"]
    default: []
    }
  }

  /// Adds the columns that stand in for an empty cell.
  private func addFallbacks(_ column: String, of record: inout RecordDraft) {
    let others = (profile?.fallbacks[column] ?? []).compactMap { table.column(named: [$0])?.name }
    guard let first = record.source(column), !others.isEmpty else { return }
    record[column]?.mapping.source = .columns(([first] + others).map { ColumnReference($0) })
  }

  private typealias Candidate = (column: ColumnEvidence, rank: Int)

  /// The columns that fit a field, the best first.
  private func candidates(
    _ names: FieldNames,
    _ need: Need,
    sharing: Bool
  ) -> [Candidate] {
    var found: [Candidate] = []
    for column in table.columns where column.isNameable && meets(column, need) {
      guard sharing || !taken.contains(column.name), let rank = names.rank(column.words)
      else { continue }
      found.append((column, rank))
    }
    // Sorting keeps the order of the file among equals.
    return found.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
      .map(\.element)
  }

  /// Whether a column's cells are what a field needs; the columns of an empty table always are.
  private func meets(_ column: ColumnEvidence, _ need: Need) -> Bool {
    if column.rowCount == 0 { return true }
    guard !column.isBlank else { return false }
    return switch need {
    case .category: column.isCategory && !column.isDate
    case .date: column.isDate
    case .label: !column.isDate && (!column.isNumber || column.isCategory || column.isComplete)
    case .number: column.isNumber
    }
  }

  /// Whether a column holds the key of what another names: `Owner ID` beside `Owner`.
  private static func isKey(_ other: Candidate, of best: Candidate) -> Bool {
    func endsInID(_ column: ColumnEvidence) -> Bool {
      column.words.keys.first?.hasSuffix("id") == true
    }
    return endsInID(other.column) && !endsInID(best.column)
  }

  /// A note that names the other columns that would fit.
  static func alternatives(_ names: [String]) -> String {
    "unsure: \(list(names)) would fit too"
  }

  /// Names in quotes, at most eight of them.
  static func list(_ names: [String]) -> String {
    let shown = names.prefix(8).map { "\"\($0)\"" }.joined(separator: ", ")
    return names.count > 8 ? "\(shown) and \(names.count - 8) more" : shown
  }

  // MARK: Keys

  /// Fills the id of a record from a column whose values differ in every row.
  mutating func fillID(of record: inout RecordDraft, _ names: FieldNames) {
    let columns = table.columns.filter { $0.isNameable && !$0.isBlank }
    let known = (profile?.fields["id"] ?? []).compactMap { table.column(named: [$0]) }
    if let column = known.first(where: { $0.isUnique || $0.rowCount == 0 }) {
      record.set("id", from: column.name)
      taken.insert(column.name)
      return
    }
    let named = columns.filter { names.rank($0.words) != nil && !$0.isMail }
      .sorted { names.rank($0.words) ?? 0 < names.rank($1.words) ?? 0 }
    let unique = named.filter { $0.isUnique || $0.rowCount == 0 }
    if let column = unique.first {
      let others = unique.dropFirst().map(\.name)
      record.set(
        "id",
        from: column.name,
        notes: others.isEmpty ? [] : [Self.alternatives(others)]
      )
      taken.insert(column.name)
      return
    }
    fillDoubtfulID(of: &record, known + named, columns)
  }

  /// The id where no column of a fitting name differs in every row.
  private mutating func fillDoubtfulID(
    of record: inout RecordDraft,
    _ named: [ColumnEvidence],
    _ columns: [ColumnEvidence]
  ) {
    let unique = columns.filter { $0.isUnique && !$0.isDate && !taken.contains($0.name) }
    let keys = unique.filter { FieldNames.key.rank($0.words) != nil }
    if let column = keys.first ?? unique.first(where: \.isMail) {
      let why =
        "unsure: no column is named like an id of its own; every row of \(column.name) differs"
      record.set("id", from: column.name, notes: [why])
      if record.kind != .deal { taken.insert(column.name) }
    } else if let column = named.first(where: { $0.filledCount > 0 }) {
      var why = "unsure: no column differs in every row"
      if column.duplicateCount > 0 {
        why +=
          "; rows that repeat a value of \(column.name) (\(column.duplicateCount)) count as one"
      }
      if column.missingCount > 0 {
        why +=
          "; rows without \(column.name) (\(column.missingCount)) "
          + (record.kind == .lead ? "will be refused" : "cannot be told apart")
      }
      record.set("id", from: column.name, notes: [why])
      taken.insert(column.name)
    }
  }
}
