import PlumblineCore

/// Looks whether the rows of a table of spend can be told apart.
///
/// What two rows of the same account, channel, campaign and days cost is read as one amount said
/// twice, so a table by ad or region needs the ad or region too.
struct SpendKeys {
  private let table: TableEvidence

  init(_ table: TableEvidence) { self.table = table }

  /// Adds the column that tells rows apart as the account, or says how many are alike.
  func review(_ record: inout RecordDraft) {
    guard record.kind == .spend, table.rowCount > 0 else { return }
    let keys = ["account", "channel", "campaign", "from", "to"].compactMap { column in
      record.source(column).flatMap(table.position(of:))
    }
    let used = Set(record.usedColumns)
    let candidates = table.columns.enumerated().filter { _, column in
      column.isNameable && !used.contains(column.name) && !column.isBlank && !column.isDate
        && (!column.isNumber || FieldNames.key.rank(column.words) != nil)
    }.map(\.offset)
    let repeats = repeats(keys, with: [nil] + candidates.prefix(20).map { $0 })
    guard let plain = repeats.first, plain > 0 else { return }
    let best = zip(candidates, repeats.dropFirst()).min { $0.1 < $1.1 }
    let warning =
      "unsure: rows with the same channel, campaign and days as another (\(plain)) count once"
    if record["account"] == nil, let (position, count) = best, count * 2 < plain {
      let name = table.columns[position].name
      let rest = count > 0 ? "; with it, \(count) still do" : ""
      record.set(
        "account",
        from: name,
        notes: [warning + "; \(name) is added to tell them apart" + rest]
      )
    } else {
      record.notes.append(warning + "; add a column that tells them apart as account")
    }
  }

  /// How many rows repeat the keys of another, for each further column.
  private func repeats(_ keys: [Int], with further: [Int?]) -> [Int] {
    var seen: [Set<Int>] = further.map { _ in [] }
    var counts = further.map { _ in 0 }
    table.forEachRow { row in
      var base = Hasher()
      for key in keys {
        base.combine(bytes: row.bytes(key))
        base.combine(0 as UInt8)
      }
      for (index, column) in further.enumerated() {
        var hasher = base
        if let column { hasher.combine(bytes: row.bytes(column)) }
        if !seen[index].insert(hasher.finalize()).inserted { counts[index] += 1 }
      }
    }
    return counts
  }
}
