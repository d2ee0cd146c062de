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
  private var statusOfLead: [UInt32: Int] = [:]

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

  struct MergedTable: Sendable {
    var table: FactTable
    var imports: [UInt32] = []
    var rowOfKey: [FactKey: Int] = [:]
  }

  /// An empty ledger.
  public init() {}

  /// Everything a store holds, or what its imports up to one brought.
  ///
  /// - Parameters:
  ///   - store: The store.
  ///   - last: The newest import that counts; all when nil.
  /// - Throws: What the store throws.
  /// - Complexity: O(facts).
  public init(reading store: some FactStore, through last: Int? = nil) throws {
    try store.forEachBatch(after: 0) { record, batch in
      if last.map({ record.sequence <= $0 }) ?? true { add(batch, of: record) }
    }
  }

  /// The newest version of each object of a kind, or each event once.
  public subscript(kind: FactKind) -> FactTable { tables[kind]?.table ?? FactTable(kind) }

  /// For each row of `self[kind]`, the position in `imports` of the import it last came from.
  public func importPositions(of kind: FactKind) -> [UInt32] { tables[kind]?.imports ?? [] }

  /// Adds one import's facts on top of what is known.
  public mutating func add(_ batch: FactBatch, of record: ImportRecord) {
    imports.append(record)
    let codes = Recoding(from: batch.texts, into: &texts)
    for kind in FactKind.allCases where batch[kind].rowCount > 0 {
      _ = merge(codes.recode(batch[kind]), kind)
    }
  }

  /// Adds one import's facts and says which of them are news.
  ///
  /// A fact is news when its object is new, or when it says something that the newest version of
  /// the object does not; an event is news when it is not known.
  ///
  /// - Returns: The facts that are news, with this ledger's numbering, and what became of the rest.
  /// - Complexity: O(facts of the batch + texts).
  public mutating func addNews(
    of batch: FactBatch,
    _ record: ImportRecord
  ) -> (news: FactBatch, novelty: [FactKind: Novelty]) {
    imports.append(record)
    let codes = Recoding(from: batch.texts, into: &texts)
    var news = FactBatch()
    var novelty: [FactKind: Novelty] = [:]
    for kind in FactKind.allCases where batch[kind].rowCount > 0 {
      let table = codes.recode(batch[kind])
      let (rows, counts) = merge(table, kind)
      novelty[kind] = counts
      if !rows.isEmpty { news[kind] = table.selecting(rows) }
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

  /// The rows that were news, and the counts of all.
  private mutating func merge(_ table: FactTable, _ kind: FactKind) -> ([Int], Novelty) {
    let position = UInt32(imports.count - 1)
    var merged = tables[kind] ?? MergedTable(table: FactTable(kind))
    tables[kind] = nil
    let schema = kind.schema
    let width = schema.columns.count
    let source = kind.isNumberedBySource ? imports[Int(position)].source : ""
    let keys = FactKeyMaker(schema, source: source)
    var values = [Int64](repeating: 0, count: width)
    var news: [Int] = []
    var novelty = Novelty()
    for row in 0..<table.rowCount {
      for column in 0..<width { values[column] = table.columns[column][row] }
      if kind == .lead { noteStatus(values, position) }
      let key = keys.key(values)
      guard let known = merged.rowOfKey[key] else {
        merged.rowOfKey[key] = merged.table.rowCount
        merged.table.append(values, file: table.files[row], line: table.lines[row])
        merged.imports.append(position)
        novelty.new += 1
        news.append(row)
        continue
      }
      let isFromThisImport = merged.imports[known] == position
      if merged.table.overlay(values, onto: known, noting: &novelty) {
        merged.imports[known] = position
        novelty.changed += 1
        news.append(row)
      } else if isFromThisImport {
        novelty.repeated += 1
      } else {
        novelty.known += 1
      }
    }
    tables[kind] = merged
    return (news, novelty)
  }

  private mutating func noteStatus(_ values: [Int64], _ position: UInt32) {
    let schema = FactKind.lead.schema
    let lead = UInt32(values[schema["id"]])
    let stage = UInt32(values[schema["status"]])
    guard stage != TextDictionary.missing else { return }
    let record = imports[Int(position)]
    let seenAt = Instant(seconds: record.exportedAt ?? record.seenAt)
    let previous = statusOfLead[lead].map { statuses[$0] }
    if let previous, previous.stage == stage { return }
    statusOfLead[lead] = statuses.count
    statuses.append(
      StatusChange(
        lead: lead,
        stage: stage,
        seenAt: seenAt,
        previousSeenAt: previous?.seenAt
      )
    )
  }
}

/// What makes two facts the same: the key columns of an object, or all of an event, as a 128-bit
/// hash.
///
/// An object without a key (its id is missing) is itself: all its columns count. Among a billion
/// facts the chance that any two share a hash by accident is below 1e-20.
public struct FactKey: Hashable, Sendable {
  private let high: UInt64
  private let low: UInt64

  fileprivate init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Feeds half of the key, which is evenly spread already.
  public func hash(into hasher: inout Hasher) { hasher.combine(low) }
}

/// Makes the keys of one kind's facts.
struct FactKeyMaker {
  private let keyColumns: [Int]
  private let namingColumns: [Int]
  private let isTime: [Bool]
  private let isObject: Bool
  private let seed: UInt64

  /// - Parameters:
  ///   - schema: The kind's columns.
  ///   - source: The system whose ids these are, empty where ids are shared between systems.
  init(_ schema: FactSchema, source: String) {
    keyColumns = schema.columns.indices.filter { schema.columns[$0].isKey }
    namingColumns = keyColumns.filter {
      if case .text = schema.columns[$0].content { true } else { false }
    }
    isTime = schema.columns.map { $0.content == .time }
    isObject = schema.isObject
    var source = source
    seed = source.withUTF8 { TextDictionary.hash(UnsafeRawBufferPointer($0)) }
  }

  /// The key of one row of values in the schema's order.
  func key(_ values: [Int64]) -> FactKey {
    let isNamed = namingColumns.contains { values[$0] != Int64(TextDictionary.missing) }
    var high = seed ^ (isObject && !isNamed ? 0x5EED : 0)
    var low = ~high
    func mix(_ value: Int64) {
      let bits = UInt64(bitPattern: value)
      high = TextDictionary.mix(high &+ bits &* 0x9E37_79B9_7F4A_7C15)
      low = TextDictionary.mix((low ^ bits) &* 0xD6E8_FEB8_6659_FD93 &+ 1)
    }
    if isObject && !isNamed {
      for column in values.indices { mix(part(values, column)) }
    } else {
      for column in keyColumns { mix(part(values, column)) }
    }
    return FactKey(high: high, low: low)
  }

  /// What a column adds to the key: of a time known to the day only, the day.
  ///
  /// The instant of a day's beginning depends on the time zone of the mapping; the day does not,
  /// in zones less than twelve hours from Greenwich.
  private func part(_ values: [Int64], _ column: Int) -> Int64 {
    let value = values[column]
    guard isTime[column] else { return value }
    let time = TimePoint(rawValue: value)
    guard time.isDated, time.precision == .day else { return value }
    return Int64(time.sourceDay.dayNumber) * 4 + 1
  }
}

extension FactTable {
  /// Writes the values that are not missing over an existing row of an object.
  ///
  /// - Returns: Whether the row changed.
  mutating func overlay(
    _ values: [Int64],
    onto row: Int,
    noting novelty: inout Ledger.Novelty
  ) -> Bool {
    guard kind.schema.isObject else { return false }
    var hasChanged = false
    for (index, column) in kind.schema.columns.enumerated() where !column.isKey {
      let old = columns[index][row]
      guard values[index] != old else { continue }
      if column.isMissing(values[index]) {
        if column.content == .time { novelty.disappearedDates[column.name, default: 0] += 1 }
        continue
      }
      if column.content == .time, !column.isMissing(old) {
        novelty.movedDates[column.name, default: 0] += 1
      }
      set(values[index], column: index, row: row)
      hasChanged = true
    }
    return hasChanged
  }
}

extension FactColumn {
  /// The value of this column that says that there is none.
  public var missingValue: Int64 {
    switch content {
    case .text: Int64(TextDictionary.missing)
    case .time: TimePoint.missing.rawValue
    case .number: FactColumn.noNumber
    }
  }

  /// Whether a value of this column says that there is none.
  public func isMissing(_ value: Int64) -> Bool { value == missingValue }
}

/// Turns the codes of one set of dictionaries into those of another.
public struct Recoding: Sendable {
  private let newCodes: [[UInt32]]

  /// Interns every text of `source` into `target` and remembers the new codes.
  ///
  /// - Complexity: O(texts).
  public init(from source: TextDictionaries, into target: inout TextDictionaries) {
    var newCodes: [[UInt32]] = []
    for domain in TextDomain.allCases {
      let dictionary = source[domain]
      newCodes.append(
        (0..<UInt32(dictionary.count)).map { code in
          dictionary.withBytes(of: code) { target[domain].intern($0) }
        }
      )
    }
    self.newCodes = newCodes
  }

  /// The table with its text codes replaced.
  public func recode(_ table: FactTable) -> FactTable {
    var columns = table.columns
    for (index, column) in table.kind.schema.columns.enumerated() {
      guard case .text(let domain) = column.content else { continue }
      let codes = newCodes[domain.index]
      columns[index] = columns[index].map { Int64(codes[Int($0)]) }
    }
    return FactTable(table.kind, columns: columns, files: table.files, lines: table.lines)
  }
}

extension FactKind {
  /// Whether each source numbers these objects on its own.
  ///
  /// Equal ids of two systems are then two objects. Leads and owners are joined across systems by
  /// their ids.
  public var isNumberedBySource: Bool {
    switch self {
    case .activity, .deal, .meeting, .spend, .touch: true
    case .currencyRate, .lead, .merge, .owner, .quota, .stageEvent: false
    }
  }
}
