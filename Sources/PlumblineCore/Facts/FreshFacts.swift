/// Finds the news among the facts of a first import while they stream by: what a ledger without
/// facts would find, without holding the facts.
///
/// Stage events, and objects without an id, whose times never fall (or never rise) can only repeat
/// among rows of the same time, and nothing is held of them but the newest time's rows; of others a
/// key of 128 bits, of objects with an id 64 bits.
public struct FreshFacts: Sendable {
  /// Says that the facts must be read again into a ledger, which holds them all.
  public struct NeedsLedger: Error, Hashable {
    /// Why.
    public enum Reason: Error, Hashable {
      /// An object comes again with other values, or with fewer.
      case changedObject
      /// Rows that were in order of time for long no longer are; without trust in the order, or
      /// with a ledger, they can be read.
      case order
    }

    /// The kind of fact concerned.
    public var kind: FactKind
    /// Why.
    public var reason: Reason

    package init(kind: FactKind, reason: Reason) {
      self.kind = kind
      self.reason = reason
    }
  }

  /// What became of the facts so far, by kind.
  public private(set) var novelty: [FactKind: Ledger.Novelty] = [:]
  private var filters: [FactKind: FreshFilter] = [:]
  private let trustsOrder: Bool

  /// A filter that has seen nothing.
  ///
  /// All facts come from one system.
  ///
  /// - Parameter trustsOrder: Whether rows that begin in order of time are taken to go on so;
  ///   otherwise a key is held of each, and `NeedsLedger.Reason.order` is never thrown.
  public init(trustsOrder: Bool = true) {
    self.trustsOrder = trustsOrder
  }

  /// The facts of one more piece that are news.
  ///
  /// - Parameter table: The piece; all pieces share one numbering of texts.
  /// - Returns: The piece without rows that repeat others of the import.
  /// - Throws: `NeedsLedger`; nothing can be added after that.
  /// - Complexity: O(rows).
  public mutating func news(of table: FactTable) throws(NeedsLedger) -> FactTable {
    let kind = table.kind
    var filter = filters.removeValue(forKey: kind) ?? FreshFilter(kind, trustsOrder: trustsOrder)
    let repeated: [Int]
    do {
      repeated = try filter.repeatedRows(of: table)
    } catch {
      throw NeedsLedger(kind: kind, reason: error)
    }
    filters[kind] = filter
    guard table.rowCount > 0 else { return table }
    novelty[kind, default: Ledger.Novelty()].new += table.rowCount - repeated.count
    novelty[kind, default: Ledger.Novelty()].repeated += repeated.count
    return table.removing(repeated)
  }
}

/// Finds rows of one kind that repeat earlier ones.
struct FreshFilter: Sendable {
  typealias Reason = FreshFacts.NeedsLedger.Reason

  private let kind: FactKind
  private let identity: FactIdentity
  /// Facts with a name of several parts, of which there are few.
  private var merged: MergedTable?
  /// What is said of each object with an id, by its code.
  private var fingerprints = FingerprintMap()
  private var unnamed: FreshRows
  private var days = DayStarts()

  init(_ kind: FactKind, trustsOrder: Bool) {
    self.kind = kind
    identity = FactIdentity(kind)
    merged = kind == .stageEvent || identity.soleNameColumn != nil ? nil : MergedTable(kind)
    unnamed = FreshRows(
      identity.isObject ? Array(identity.columns.indices) : identity.keyColumns,
      identity.columns,
      trustsOrder: trustsOrder
    )
  }

  /// The rows that repeat earlier ones, ascending.
  mutating func repeatedRows(of table: FactTable) throws(Reason) -> [Int] {
    if merged != nil { return try repeatedInLedger(table) }
    guard let column = identity.soleNameColumn else {
      try days.check(table, unnamed.timeColumns)
      return try unnamed.repeatedRows(of: table, nil)
    }
    let names = table.columns[column]
    let missing = Int64(TextDictionary.missing)
    if names.allSatisfy({ $0 == missing }) {
      try days.check(table, unnamed.timeColumns)
      return try unnamed.repeatedRows(of: table, nil)
    }
    var repeated = try repeatedObjects(table, names)
    let others = names.indices.filter { names[$0] == missing }
    if !others.isEmpty {
      try days.check(table, unnamed.timeColumns)
      repeated += try unnamed.repeatedRows(of: table, others)
      repeated.sort()
    }
    return repeated
  }

  private mutating func repeatedInLedger(_ table: FactTable) throws(Reason) -> [Int] {
    var novelty = Ledger.Novelty()
    let news = merged?.merge(table, at: 0, sources: [0], noting: &novelty) ?? []
    guard novelty.changed == 0, novelty.disappearedDates.isEmpty else { throw .changedObject }
    var repeated: [Int] = []
    var next = 0
    for row in 0..<table.rowCount {
      if next < news.count, news[next] == row { next += 1 } else { repeated.append(row) }
    }
    return repeated
  }

  private mutating func repeatedObjects(
    _ table: FactTable,
    _ names: [Int64]
  ) throws(Reason) -> [Int] {
    var hashes = [UInt64](repeating: 1, count: table.rowCount)
    for column in identity.otherColumns { WideHash.fold(&hashes, table.columns[column]) }
    var repeated: [Int] = []
    for row in names.indices where names[row] != Int64(TextDictionary.missing) {
      let hash = TextDictionary.mix(hashes[row]) | 1
      let known = fingerprints[names[row]]
      if known == 0 {
        fingerprints[names[row]] = hash
      } else if known == hash {
        repeated.append(row)
      } else {
        throw .changedObject
      }
    }
    return repeated
  }
}

/// Finds rows that repeat earlier ones in every column that counts.
struct FreshRows: Sendable {
  typealias Reason = FreshFacts.NeedsLedger.Reason

  /// The columns that count.
  private let columns: [Int]
  /// Those of them that are times.
  let timeColumns: [Int]
  private var mode: Mode

  private enum Mode: Sendable {
    case undecided(trustsOrder: Bool)
    case ordered(OrderedRows)
    case keyed(KeySet)
  }

  init(_ columns: [Int], _ content: [FactColumn], trustsOrder: Bool) {
    self.columns = columns
    timeColumns = columns.filter { content[$0].content == .time }
    mode = .undecided(trustsOrder: trustsOrder)
  }

  /// The rows among some of a table (all when nil) that repeat earlier ones, ascending.
  mutating func repeatedRows(of table: FactTable, _ rows: [Int]?) throws(Reason) -> [Int] {
    if case .undecided(let trustsOrder) = mode {
      let ordered = trustsOrder && rows == nil ? orderedRows(table) : nil
      mode = ordered.map(Mode.ordered) ?? .keyed(KeySet())
    }
    if case .ordered(var ordered) = mode {
      mode = .undecided(trustsOrder: false)
      if rows == nil, let repeated = ordered.repeatedRows(of: table) {
        mode = .ordered(ordered)
        return repeated
      }
      guard let retained = ordered.retained else { throw .order }
      var keys = KeySet()
      for piece in retained { _ = keys.repeatedRows(of: piece, columns, nil) }
      mode = .keyed(keys)
    }
    guard case .keyed(var keys) = mode else { return [] }
    mode = .undecided(trustsOrder: false)
    defer { mode = .keyed(keys) }
    return keys.repeatedRows(of: table, columns, rows)
  }

  /// The way of rows in order of time, if the first piece is long enough to show one.
  private func orderedRows(_ table: FactTable) -> OrderedRows? {
    guard table.rowCount >= 1024 else { return nil }
    for column in timeColumns {
      let times = table.columns[column]
      guard times[0] != times[times.count - 1] else { continue }
      let rises = times[0] < times[times.count - 1]
      if zip(times, times.dropFirst()).allSatisfy({ rises ? $0 <= $1 : $0 >= $1 }) {
        return OrderedRows(columns, by: column, rises: rises)
      }
    }
    return nil
  }
}

extension FactTable {
  /// The table without some rows, given in ascending order.
  func removing(_ rows: [Int]) -> FactTable {
    if rows.isEmpty { return self }
    var next = 0
    return selecting(
      (0..<rowCount).filter { row in
        guard next < rows.count, rows[next] == row else { return true }
        next += 1
        return false
      }
    )
  }
}
