import PlumblineCore

/// The leads whose history may differ since an import, and all facts that it hangs on.
struct TouchedLeads {
  /// The codes of their ids; under merged and other ids, too.
  private(set) var codes = CodeSet()
  /// The facts: of every object that was ever theirs, all versions.
  private(set) var facts: SelectedFacts

  /// Why nothing short of reading all facts will do.
  enum Refusal: Error {
    /// Leads were merged: their numbers may change.
    case merges
    /// A new exchange rate concerns anybody's deals.
    case rates
    /// So many leads are touched that reading all is cheaper.
    case tooMany
  }

  /// Finds the touched leads of a store.
  ///
  /// - Parameters:
  ///   - store: The store.
  ///   - sequence: The import after which facts are new.
  ///   - waiting: The codes of leads that are touched without a new fact.
  ///   - leads: The codes of all leads known until then.
  ///   - mostLeads: From how many leads on to refuse.
  ///   - records: The store's imports.
  ///   - texts: The store's texts.
  /// - Throws: `Refusal`, or what the store throws.
  init(
    _ store: some FactStore,
    after sequence: Int,
    waiting: some Sequence<UInt32>,
    among leads: [UInt32],
    mostLeads: Int,
    _ records: [ImportRecord],
    _ texts: TextDictionaries
  ) throws {
    facts = SelectedFacts(of: records, texts)
    // Another import may come meanwhile: it is none of ours.
    let last = records.last?.sequence ?? 0
    for code in waiting { codes.insert(Int64(code)) }
    let newRecords = records.filter { $0.sequence > sequence }
    let newKinds = Self.changedKinds(newRecords)
    var ids = FactSelection()
    var newLeads: [Int64] = []
    if !newRecords.isEmpty {
      try store.forEachChunk(
        of: Self.all,
        after: sequence,
        through: last,
        selecting: nil
      ) { chunk in
        switch chunk.table.kind {
        case .merge: throw Refusal.merges
        case .currencyRate: throw Refusal.rates
        default: break
        }
        note(chunk.table)
        if chunk.table.kind == .lead { newLeads += chunk.table["id"] }
        if newKinds.contains(chunk.table.kind) { ids.add(chunk.table) }
        if codes.count > mostLeads { throw Refusal.tooMany }
      }
    }
    // An object that changed hands is news for the lead that had it before.
    ids.leads = CodeSet()
    if !newKinds.isEmpty {
      try store.forEachChunk(of: newKinds, after: 0, through: sequence, selecting: ids) { chunk in
        note(ids.rows(of: chunk.table).map(chunk.table.selecting) ?? chunk.table)
      }
    }
    var selection = FactSelection()
    selection.leads = codes
    selection.ids = ids.ids
    selection = try selection.closed(in: store, through: last)
    codes = selection.leads
    if codes.count > mostLeads { throw Refusal.tooMany }
    var known = selection
    // Facts of before that name no lead stay what they were: none of them changed, and none is a
    // lead's without an id.
    let missing = Int64(TextDictionary.missing)
    if newKinds.isEmpty, !leads.contains(TextDictionary.missing), !newLeads.contains(missing) {
      known.leads.remove(missing)
    }
    try store.forEachChunk(of: Self.all, after: 0, through: sequence, selecting: known) { chunk in
      facts.add(chunk, selecting: known)
    }
    try store.forEachChunk(
      of: Self.all,
      after: sequence,
      through: last,
      selecting: selection
    ) { chunk in
      facts.add(chunk, selecting: selection)
    }
  }

  private static let all = Set(FactKind.allCases)

  /// The kinds of object with an id and a lead of which some imports changed known ones.
  private static func changedKinds(_ records: [ImportRecord]) -> Set<FactKind> {
    let kinds: Set<FactKind> = [.activity, .deal, .meeting, .touch]
    let changed = records.reduce(into: Set<FactKind>()) { changed, record in
      changed.formUnion(record.changedKinds ?? Array(kinds))
    }
    return changed.intersection(kinds)
  }

  /// Notes the leads that facts name; those that name none belong to nobody together.
  private mutating func note(_ table: FactTable) {
    for (index, column) in table.kind.schema.columns.enumerated()
    where column.content == .text(.lead) {
      for code in table.columns[index] { codes.insert(code) }
    }
  }
}
