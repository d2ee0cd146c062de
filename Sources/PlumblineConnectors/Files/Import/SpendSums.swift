import PlumblineCore

/// Adds up the rows of spend that say the same: a report split further than by campaign and day
/// (by ad set, device or region) has several rows for one day of a campaign.
///
/// What one of the rows does not say of money is not known of their sum either: a blank is not 0.
/// Counts that are blank add nothing.
///
/// Only rows of one file are added. A later file with the same day replaces it, as a newer export
/// of the same report does.
struct SpendSums {
  private struct Key: Hashable { var account, channel, campaign, from, to: Int64 }

  /// The table with the rows of one file added up.
  let table: FactTable
  /// How many rows were added to an earlier one.
  let addedCount: Int
  /// The line of the first such row.
  let firstLine: Int?
  /// How many sums are not known, because one of their rows leaves money blank and others do not.
  let unknownCount: Int

  /// Adds up.
  ///
  /// - Parameters:
  ///   - table: Spend; rows of other files are left as they are.
  ///   - file: The file whose rows are added up.
  ///   - path: Where the file is, for messages.
  ///   - currencies: The names of currencies.
  /// - Throws: `InputError` when a sum would add two currencies, or is too large to hold.
  /// - Complexity: O(rows).
  init(_ table: FactTable, file: UInt32, path: String, currencies: TextDictionary) throws {
    let (account, channel, campaign) = (table["account"], table["channel"], table["campaign"])
    let (from, to, currency) = (table["from"], table["to"], table["currency"])
    let money = ["amount", "revenue"].map { table.kind.schema[$0] }
    let counts = ["impressions", "clicks", "leads", "orders"].map { table.kind.schema[$0] }
    var sums = table
    var unknown: Set<Int> = []
    var kept: [Int] = []
    var rowOfKey: [Key: Int] = [:]
    var firstLine: Int?
    for row in 0..<table.rowCount {
      let key = Key(
        account: account[row],
        channel: channel[row],
        campaign: campaign[row],
        from: from[row],
        to: to[row]
      )
      guard table.files[row] == file, let first = rowOfKey[key] else {
        if table.files[row] == file { rowOfKey[key] = row }
        kept.append(row)
        continue
      }
      let location = Diagnostic.Location(file: path, line: Int(table.lines[row]))
      guard currency[row] == currency[first] else {
        throw InputError(
          code: "import.spend-in-two-currencies",
          "the same campaign and day stand in \(currencies[UInt32(currency[row])]) here and in "
            + "\(currencies[UInt32(currency[first])]) on line \(table.lines[first]).",
          at: location,
          remedy: "Map the column that tells the two apart to the field account."
        )
      }
      firstLine = firstLine ?? Int(table.lines[row])
      for column in money + counts {
        let (old, new) = (sums.columns[column][first], table.columns[column][row])
        if money.contains(column), (old == FactColumn.noNumber) != (new == FactColumn.noNumber) {
          sums.set(FactColumn.noNumber, column: column, row: first)
          unknown.insert(first)
          continue
        }
        guard new != FactColumn.noNumber else { continue }
        let (sum, overflow) = (old == FactColumn.noNumber ? 0 : old).addingReportingOverflow(new)
        guard !overflow else {
          throw InputError(
            code: "import.spend-too-large",
            "the rows of this campaign and day add up to more than can be held.",
            at: location
          )
        }
        sums.set(sum, column: column, row: first)
      }
    }
    addedCount = table.rowCount - kept.count
    unknownCount = unknown.count
    self.firstLine = firstLine
    self.table = addedCount == 0 ? table : sums.selecting(kept)
  }

  /// A note that rows were added up, nil when none were.
  func finding(path: String) -> Diagnostic? {
    guard addedCount > 0 else { return nil }
    return Diagnostic(
      .note,
      code: "import.spend-added-up",
      "\(addedCount) rows of spend name the same account, channel, campaign and days as another "
        + "row, the first on this line; their amounts were added up."
        + (unknownCount == 0
          ? ""
          : " \(unknownCount) of the sums are not known: one of the rows leaves its amount blank."),
      at: Diagnostic.Location(file: path, line: firstLine),
      remedy: "If the export holds rows twice, export it again; the mapping's field account can "
        + "tell rows apart."
    )
  }
}
