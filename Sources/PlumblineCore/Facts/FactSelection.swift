/// A set of codes of one text domain, a bit a code.
public struct CodeSet: Sendable {
  private var words: [UInt64]

  /// An empty set.
  public init() { words = [] }

  /// Whether a code is in the set.
  @inline(__always)
  public func contains(_ code: Int64) -> Bool {
    let word = Int(truncatingIfNeeded: code >> 6)
    guard code >= 0, word < words.count else { return false }
    return words[word] & 1 << UInt64(code & 63) != 0
  }

  /// Whether nothing is in the set.
  public var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  /// How many codes are in the set.
  public var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// Marks where the codes of a column are in the set.
  ///
  /// - Parameters:
  ///   - codes: Some of the column.
  ///   - first: The row of the first of them, a multiple of 64.
  ///   - marks: A bit for each row of the column; set where the code is in the set, else left as it
  ///     is.
  public func mark(_ codes: UnsafeBufferPointer<UInt32>, from first: Int, in marks: inout [UInt64])
  {
    precondition(first & 63 == 0 && first + codes.count <= marks.count << 6)
    words.withUnsafeBufferPointer { words in
      for start in stride(from: 0, to: codes.count, by: 64) {
        var bits: UInt64 = 0
        for index in start..<min(start + 64, codes.count) {
          let code = Int(codes[index])
          let word = code &>> 6 < words.count ? words[code &>> 6] : 0
          bits |= (word &>> UInt64(code & 63) & 1) &<< UInt64(index & 63)
        }
        marks[(first + start) >> 6] |= bits
      }
    }
  }

  /// Takes a code out of the set.
  public mutating func remove(_ code: Int64) {
    guard contains(code) else { return }
    words[Int(code >> 6)] &= ~(1 << UInt64(code & 63))
  }

  /// The codes, ascending.
  ///
  /// - Complexity: O(greatest code / 64 + codes).
  public var sorted: [Int64] {
    var sorted: [Int64] = []
    for (index, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        sorted.append(Int64(index << 6 | rest.trailingZeroBitCount))
        rest &= rest &- 1
      }
    }
    return sorted
  }

  /// Puts a code into the set.
  ///
  /// - Precondition: The code is not negative.
  public mutating func insert(_ code: Int64) {
    precondition(code >= 0)
    let word = Int(code >> 6)
    if word >= words.count {
      words += Array(repeating: 0, count: max(word + 1, words.count * 2) - words.count)
    }
    words[word] |= 1 << UInt64(code & 63)
  }

  /// Puts the codes of another set into this one.
  public mutating func formUnion(_ other: CodeSet) {
    if words.count < other.words.count {
      words += Array(repeating: 0, count: other.words.count - words.count)
    }
    for index in other.words.indices { words[index] |= other.words[index] }
  }
}

/// Which facts are wanted: those that name one of some leads, or the same object as another fact.
///
/// Facts of kinds that name no lead (spend, owners, quotas, currency rates) are all wanted: there
/// are few of them.
public struct FactSelection: Sendable {
  /// Codes of leads: a fact that names one in any column is wanted.
  public var leads = CodeSet()
  /// Codes of ids of objects, in the domain `other`: a fact whose key column `id` holds one is
  /// wanted, whatever lead it names.
  public var ids = CodeSet()

  /// A selection of no lead.
  public init() {}

  /// Adds the leads and the objects that facts are about.
  ///
  /// A fact that names neither selects all that name no lead: its like is among them.
  public mutating func add(_ table: FactTable) {
    addNameless(table)
    for (index, column) in table.kind.schema.columns.enumerated() {
      switch column.content {
      case .text(.lead):
        for code in table.columns[index] where code != 0 { leads.insert(code) }
      case .text(.other) where column.isKey && column.name == "id":
        for code in table.columns[index] where code != 0 { ids.insert(code) }
      default: break
      }
    }
  }

  /// The column with the objects' own ids, of kinds that have one.
  public static func idColumn(of kind: FactKind) -> Int? {
    kind.schema.columns.firstIndex {
      $0.content == .text(.other) && $0.isKey && $0.name == "id"
    }
  }

  /// The rows of a table that are wanted, ascending; nil for all of them.
  public func rows(of table: FactTable) -> [Int]? {
    let columns = table.kind.schema.columns
    let leadColumns = columns.indices.filter { columns[$0].content == .text(.lead) }
    guard !leadColumns.isEmpty else { return nil }
    let idColumn = Self.idColumn(of: table.kind)
    return (0..<table.rowCount).filter { row in
      leadColumns.contains { leads.contains(table.columns[$0][row]) }
        || idColumn.map { ids.contains(table.columns[$0][row]) } == true
    }
  }
}

extension FactSelection {
  private mutating func addNameless(_ table: FactTable) {
    let columns = table.kind.schema.columns
    let naming = columns.indices.filter {
      columns[$0].content == .text(.lead) || columns[$0].isKey && columns[$0].name == "id"
    }
    guard naming.contains(where: { columns[$0].content == .text(.lead) }) else { return }
    let missing = Int64(TextDictionary.missing)
    let isNameless = (0..<table.rowCount).contains { row in
      naming.allSatisfy { table.columns[$0][row] == missing }
    }
    if isNameless { leads.insert(missing) }
  }

  /// The selection with all ids that merges join to the leads in it, other ids included.
  ///
  /// - Parameter merges: All facts of the kind `merge`.
  /// - Returns: The larger selection.
  /// - Complexity: O(merges).
  public func closed(over merges: FactTable) -> FactSelection {
    var joined: [Int64: [Int64]] = [:]
    for (from, into) in zip(merges["from"], merges["into"]) {
      joined[from, default: []].append(into)
      joined[into, default: []].append(from)
    }
    var closed = self
    var rest = joined.keys.filter(leads.contains)
    while let code = rest.popLast() {
      for other in joined[code] ?? [] where !closed.leads.contains(other) {
        closed.leads.insert(other)
        rest.append(other)
      }
    }
    return closed
  }

  /// The selection that says all there is to say of its leads: with all ids that merges join to
  /// them, and with the objects that some fact says are theirs and another may say are not.
  ///
  /// - Parameters:
  ///   - store: The store.
  ///   - last: The newest import that counts; all when nil.
  /// - Returns: The larger selection.
  /// - Throws: What the store throws.
  /// - Complexity: O(merges + facts of the leads).
  public func closed(in store: some FactStore, through last: Int? = nil) throws -> FactSelection {
    let records = try store.imports().filter { record in
      last.map { record.sequence <= $0 } ?? true
    }
    guard let newest = records.last?.sequence else { return self }
    var merges = FactTable(.merge)
    try store.forEachChunk(of: [.merge], after: 0, through: newest, selecting: nil) {
      merges.append(contentsOf: $0.table)
    }
    var closed = closed(over: merges)
    let movable: Set<FactKind> = [.activity, .deal, .meeting, .touch]
    let changed = Ledger.changedKinds(of: records).intersection(movable)
    guard !changed.isEmpty else { return closed }
    let wanted = closed
    try store.forEachChunk(of: changed, after: 0, through: newest, selecting: wanted) { chunk in
      for code in chunk.table.selecting(wanted)["id"] where code != 0 { closed.ids.insert(code) }
    }
    return closed
  }
}
