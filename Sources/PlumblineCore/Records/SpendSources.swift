/// Where each amount spent of a history was read.
public struct SpendSources: Sendable {
  /// Where an amount was read, and what stood there.
  public struct Source: Hashable, Sendable {
    /// The file that last said so, without its folder.
    public let file: String
    /// The line on which its row begins, from 1 on.
    public let line: Int
    /// The amount as it was recorded, minor units of its own currency.
    public let amount: Int64
    /// That currency; the agreement's where nobody said.
    public let currency: String
  }

  /// One for each amount of the history, in its order.
  let sources: [Source]

  /// The sources of a history's spend.
  ///
  /// - Parameters:
  ///   - store: The store that the history was read from.
  ///   - history: The history.
  ///   - last: The newest import that counts; all when nil.
  /// - Throws: What the store throws.
  /// - Complexity: O(rows of spend).
  public init(
    reading store: some FactStore,
    for history: CompanyHistory,
    through last: Int? = nil
  ) throws {
    let ledger = try Ledger(
      reading: store,
      through: last,
      kinds: [.currencyRate, .merge, .spend]
    )
    self.init(ledger, for: history)
  }

  /// The same from a ledger that holds all spend and all exchange rates.
  public init(_ ledger: Ledger, for history: CompanyHistory) {
    let agreement = history.agreement
    var reader = HistoryReader(HistoryFacts(ledger), agreement, history.asOf)
    let table = ledger[.spend]
    let (amounts, currencies) = (table["amount"], table["currency"])
    let imports = ledger.importPositions(of: .spend)
    let rows = reader.countedSpend()
    // Another import may have come since the history was read: then nobody says which is which.
    let isSame =
      rows.count == history.spend.count
      && zip(rows, history.spend).allSatisfy { row, spend in
        row.amount == spend.amount && row.days == spend.firstDay...spend.lastDay
      }
    guard isSame else {
      sources = []
      return
    }
    sources = rows.map { spend in
      let files = ledger.imports[Int(imports[spend.row])].files
      let file = Int(table.files[spend.row])
      let currency = ledger.texts[.currency][UInt32(currencies[spend.row])]
      return Source(
        file: files.indices.contains(file) ? files[file].name : "",
        line: Int(table.lines[spend.row]),
        amount: amounts[spend.row],
        currency: currency.isEmpty ? agreement.currency : currency
      )
    }
  }
}

extension NumberRecords {
  /// The same records; of amounts spent with where they were read.
  ///
  /// - Parameter sources: Reads where the amounts of the history were read; asked only for spend.
  /// - Returns: The records.
  /// - Throws: What reading throws.
  public func sourced(_ sources: () throws -> SpendSources) rethrows -> NumberRecords {
    guard case .spend(let parts) = self else { return self }
    let sources = try sources().sources
    return .spend(
      parts.map { part in
        var part = part
        part.source = sources.indices.contains(part.position) ? sources[part.position] : nil
        return part
      }
    )
  }
}
