public import PlumblineCore
import PlumblineStorage

extension ReadingShelf {
  /// Who the people of sales are, as a store's facts write them.
  struct Owners: Sendable {
    var facts: FactsStamp?
    var ids: [String] = []
    /// What owners' own records call them, by their ids.
    var names: [String: String] = [:]

    /// Nobody, before the first import.
    init() {}

    /// The owners of a store.
    ///
    /// - Throws: What the store throws.
    init(_ store: SQLiteFactStore, at facts: FactsStamp?) throws {
      self.facts = facts
      let ledger = try Ledger(reading: store, kinds: [.owner])
      let owners = ledger.texts[.owner]
      ids = (1..<max(1, UInt32(owners.count))).map { owners[$0] }
      let records = ledger[.owner]
      for (id, name) in zip(records["id"], records["name"]) where id != 0 && name != 0 {
        names[owners[UInt32(id)]] = ledger.texts[.other][UInt32(name)]
      }
    }
  }

  /// What the present task calls the people of sales; nil where it may see their names.
  ///
  /// - Parameters:
  ///   - workspace: The workspace.
  ///   - agreements: Agreements that may name people who are not on record.
  /// - Returns: The pseudonyms.
  /// - Throws: What the store throws.
  func pseudonyms(
    of workspace: Workspace,
    naming agreements: [Agreement] = []
  ) throws -> OwnerPseudonyms? {
    guard let shown = Self.shownOwners else { return nil }
    let owners = try owners(of: workspace)
    let versions = agreements.flatMap { $0.earlier + [$0] }
    return OwnerPseudonyms(
      owners.ids,
      called: owners.names,
      others: versions.flatMap { $0.goals.compactMap(\.owner) },
      except: shown
    )
  }
}

extension Workspace {
  /// The facts as the present question may see them.
  ///
  /// - Throws: As `store` does.
  func facts() throws -> any FactStore {
    let store = try store()
    guard let pseudonyms = try ReadingShelf.current?.pseudonyms(of: self) else { return store }
    return PseudonymousFacts(store, pseudonyms)
  }

  /// An agreement as the present question may see it: without the names of those whose goals it
  /// sets.
  ///
  /// - Throws: What the store throws.
  public func shown(_ agreement: Agreement) throws -> Agreement {
    let shelf = ReadingShelf.current
    return try shelf?.pseudonyms(of: self, naming: [agreement])?.hiding(agreement) ?? agreement
  }
}
