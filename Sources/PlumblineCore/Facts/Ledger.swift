/// All facts of a store with one numbering of texts, the newest version of each object on top.
///
/// The facts themselves are never changed; a ledger is what they say when read in order. Where a
/// newer export leaves a cell blank that an older one filled, the older value stays.
public struct Ledger: Sendable {
  /// One numbering for every table below.
  public private(set) var texts = TextDictionaries()
  /// The imports read so far, oldest first.
  public private(set) var imports: [ImportRecord] = []
  /// Newest version of each object, or each event once, by kind.
  private var tables: [FactKind: MergedTable] = [:]
  /// What each lead's status column said in each import that changed it, oldest first.
  public private(set) var statuses: [StatusChange] = []
  /// The position in `statuses` of each lead's newest status.
  private var statusOfLead = CodeMap()
  /// For each import, the number of its source.
  private var sources: [UInt32] = []
  private var numberOfSource: [String: UInt32] = [:]

  /// A status seen in an export.
  public struct StatusChange: Sendable {
    /// The lead's code.
    public var lead: UInt32
    /// The status's code in the stage domain.
    public var stage: UInt32
    /// The export that first showed it.
    public var seenAt: Instant
    /// The export that first showed the status before, nil when the lead was new.
    ///
    /// Later exports that showed it again brought no news and are not on record.
    public var previousSeenAt: Instant?
  }

  /// An empty ledger.
  public init() {}

  /// What a store holds, with the store's numbering of texts.
  ///
  /// A store holds only news: each event once, and of an object more than one version only where
  /// an import's `changedKinds` says so.
  ///
  /// - Parameters:
  ///   - store: The store.
  ///   - last: The newest import that counts; all when nil.
  ///   - kinds: The kinds wanted; tables of others stay empty.
  ///   - selection: The facts wanted; all when nil. What is said of a lead is whole only where the
  ///     selection is closed, see `FactSelection.closed(in:through:)`.
  ///   - known: The store's numbering of texts, where the caller holds it already.
  ///   - isIndexed: Whether texts will be looked up, and not only shown; for those given it does not
  ///     matter.
  /// - Throws: What the store throws.
  /// - Complexity: O(facts).
  public init(
    reading store: some FactStore,
    through last: Int? = nil,
    kinds: Set<FactKind> = Set(FactKind.allCases),
    selecting selection: FactSelection? = nil,
    texts known: TextDictionaries? = nil,
    isIndexed: Bool = true
  ) throws {
    let records = try store.imports().filter { record in
      last.map { record.sequence <= $0 } ?? true
    }
    texts = try known ?? store.texts(Set(TextDomain.allCases), isIndexed: isIndexed)
    for record in records { begin(record) }
    guard let newest = records.last else { return }
    let changed = Self.changedKinds(of: records)
    let positions = Dictionary(
      records.enumerated().map { ($1.sequence, UInt32($0)) },
      uniquingKeysWith: { _, last in last }
    )
    try store.forEachChunk(
      of: kinds,
      after: 0,
      through: newest.sequence,
      selecting: selection
    ) { chunk in
      guard let position = positions[chunk.sequence] else { return }
      let table = selection.map(chunk.table.selecting) ?? chunk.table
      if changed.contains(table.kind) {
        var novelty = Novelty()
        _ = merge(table, at: position, noting: &novelty)
      } else {
        if table.kind == .lead { noteStatuses(table, at: position) }
        tables[table.kind, default: MergedTable(table.kind)].append(news: table, at: position)
      }
    }
  }

  /// The kinds of object of which a store with these imports may hold more than one version.
  static func changedKinds(of records: [ImportRecord]) -> Set<FactKind> {
    let objects = FactKind.allCases.filter(\.schema.isObject)
    return records.reduce(into: []) { $0.formUnion($1.changedKinds ?? objects) }
  }

  /// The newest version of each object of a kind, or each event once.
  public subscript(kind: FactKind) -> FactTable { tables[kind]?.table ?? FactTable(kind) }

  /// The same ledger with the facts of one kind only.
  func keeping(_ kind: FactKind) -> Ledger {
    var ledger = self
    ledger.tables = tables.filter { $0.key == kind }
    ledger.statuses = []
    ledger.statusOfLead = CodeMap()
    return ledger
  }

  /// For each row of `self[kind]`, the position in `imports` of the import it last came from.
  public func importPositions(of kind: FactKind) -> [UInt32] { tables[kind]?.imports ?? [] }

  /// Adds one import's facts on top of what is known.
  public mutating func add(_ batch: FactBatch, of record: ImportRecord) {
    _ = addNews(of: batch, record)
  }

  /// Adds one import's facts and says which of them are news.
  ///
  /// A fact is news when its object is new, or when it says something that the newest version of
  /// the object does not; an event is news when it is not known.
  ///
  /// - Parameters:
  ///   - batch: The facts. Where their numbering of texts continues this ledger's, it becomes the
  ///     ledger's; any other is turned into it.
  ///   - record: What the import was.
  /// - Returns: The facts that are news, with this ledger's numbering, and what became of the rest;
  ///   `novelty.changedKinds` is what a record of the import should say.
  /// - Complexity: O(facts of the batch + texts).
  public mutating func addNews(
    of batch: FactBatch,
    _ record: ImportRecord
  ) -> (news: FactBatch, novelty: [FactKind: Novelty]) {
    begin(record)
    var recoding: Recoding?
    if batch.texts.continues(texts) {
      texts = batch.texts
    } else {
      recoding = Recoding(from: batch.texts, into: &texts)
    }
    var news = FactBatch()
    var novelty: [FactKind: Novelty] = [:]
    for kind in FactKind.allCases where batch[kind].rowCount > 0 {
      let table = recoding?.recode(batch[kind]) ?? batch[kind]
      var counts = Novelty()
      let rows = merge(table, at: UInt32(imports.count - 1), noting: &counts)
      novelty[kind] = counts
      if !rows.isEmpty {
        news[kind] = rows.count == table.rowCount ? table : table.selecting(rows)
      }
    }
    news.texts = texts
    return (news, novelty)
  }

  /// What became of the facts of one kind in an import.
  public struct Novelty: Hashable, Sendable {
    /// Facts about objects, and events, that were not known.
    public var new = 0
    /// Facts that change a known object.
    public var changed = 0
    /// Facts that an earlier import brought.
    public var known = 0
    /// Facts that stand more than once in this import.
    public var repeated = 0
    /// Dates that an earlier export had and this one leaves blank, by column.
    public var disappearedDates: [String: Int] = [:]
    /// Dates that an earlier export gave differently, by column.
    public var movedDates: [String: Int] = [:]

    /// A count of nothing.
    public init() {}
  }

  private mutating func begin(_ record: ImportRecord) {
    let next = UInt32(numberOfSource.count)
    let source = numberOfSource[record.source] ?? next
    numberOfSource[record.source] = source
    imports.append(record)
    sources.append(source)
  }

  /// The rows that were news.
  private mutating func merge(
    _ table: FactTable,
    at position: UInt32,
    noting novelty: inout Novelty
  ) -> [Int] {
    if table.kind == .lead { noteStatuses(table, at: position) }
    let kind = table.kind
    var merged = tables.removeValue(forKey: kind) ?? MergedTable(kind)
    let rows = merged.merge(table, at: position, sources: sources, noting: &novelty)
    tables[kind] = merged
    return rows
  }

  private mutating func noteStatuses(_ table: FactTable, at position: UInt32) {
    let (leads, stages) = (table["id"], table["status"])
    let record = imports[Int(position)]
    let seenAt = Instant(seconds: record.exportedAt ?? record.seenAt)
    for row in 0..<table.rowCount where stages[row] != Int64(TextDictionary.missing) {
      let previous = statusOfLead[leads[row]].map { statuses[Int($0)] }
      if let previous, Int64(previous.stage) == stages[row] { continue }
      statusOfLead[leads[row]] = Int32(statuses.count)
      statuses.append(
        StatusChange(
          lead: UInt32(leads[row]),
          stage: UInt32(stages[row]),
          seenAt: seenAt,
          previousSeenAt: previous?.seenAt
        )
      )
    }
  }
}

extension [FactKind: Ledger.Novelty] {
  /// The kinds of object of which an import changed known ones, for `ImportRecord.changedKinds`.
  public var changedKinds: [FactKind] {
    FactKind.allCases.filter { (self[$0]?.changed ?? 0) > 0 }
  }
}

extension FactTable {
  /// The rows that a selection wants.
  func selecting(_ selection: FactSelection) -> FactTable {
    guard let rows = selection.rows(of: self), rows.count < rowCount else { return self }
    return selecting(rows)
  }
}
