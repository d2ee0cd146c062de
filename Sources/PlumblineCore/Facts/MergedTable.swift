/// The newest version of each object of one kind, or each event once, found by what makes two
/// facts the same.
struct MergedTable: Sendable {
  private(set) var table: FactTable
  /// For each row, the import it last came from.
  private(set) var imports: [UInt32] = []
  private let identity: FactIdentity
  /// Where rows are found; made when first needed, for facts read from a store are unique.
  private var index: Index?

  /// Rows by their identity.
  private struct Index {
    /// For each source, the rows of objects known by one text, by its code.
    var byCode: [CodeMap] = []
    /// Rows of all other facts: their hash's upper half above the row plus one; 0 for none.
    var slots: [UInt64] = Array(repeating: 0, count: 64)
    var slotCount = 0
  }

  /// No facts of a kind.
  init(_ kind: FactKind) {
    table = FactTable(kind)
    identity = FactIdentity(kind)
  }

  /// Appends facts that are known to be news.
  mutating func append(news: FactTable, at position: UInt32) {
    table.append(contentsOf: news)
    imports.append(contentsOf: repeatElement(position, count: news.rowCount))
    index = nil
  }

  /// Adds facts of one import on top.
  ///
  /// - Returns: The rows of `facts` that were news.
  mutating func merge(
    _ facts: FactTable,
    at position: UInt32,
    sources: [UInt32],
    noting novelty: inout Ledger.Novelty
  ) -> [Int] {
    var index = self.index.take() ?? makeIndex(sources)
    let source = identity.isNumberedBySource ? Int(sources[Int(position)]) : 0
    var news: [Int] = []
    // The first news that are not in the table yet: they are appended many at a time.
    var waiting = 0
    for row in 0..<facts.rowCount {
      let found = findOrClaim(facts, row, news[waiting...], source, sources, &index)
      guard let known = found else {
        novelty.new += 1
        news.append(row)
        continue
      }
      if known >= table.rowCount { append(facts, news, from: &waiting, at: position) }
      let isFromThisImport = imports[known] == position
      if overlay(facts, row, onto: known, noting: &novelty) {
        append(facts, news, from: &waiting, at: position)
        imports[known] = position
        novelty.changed += 1
        news.append(row)
        waiting = news.count
      } else if isFromThisImport {
        novelty.repeated += 1
      } else {
        novelty.known += 1
      }
    }
    append(facts, news, from: &waiting, at: position)
    self.index = index
    return news
  }

  /// Appends the news that are not in the table yet.
  private mutating func append(
    _ facts: FactTable,
    _ news: [Int],
    from waiting: inout Int,
    at position: UInt32
  ) {
    table.append(contentsOf: facts, rows: news[waiting...])
    imports.append(contentsOf: repeatElement(position, count: news.count - waiting))
    waiting = news.count
  }

  /// The row of the same object or event; where there is none, the next row becomes it.
  ///
  /// `waiting` are the rows of `facts` that are about to follow those in the table.
  private func findOrClaim(
    _ facts: FactTable,
    _ row: Int,
    _ waiting: ArraySlice<Int>,
    _ source: Int,
    _ sources: [UInt32],
    _ index: inout Index
  ) -> Int? {
    let next = table.rowCount + waiting.count
    if let column = identity.soleNameColumn {
      let code = facts.columns[column][row]
      if code != Int64(TextDictionary.missing) {
        while index.byCode.count <= source { index.byCode.append(CodeMap()) }
        if let known = index.byCode[source][code] { return Int(known) }
        index.byCode[source][code] = Int32(next)
        return nil
      }
    }
    if (index.slotCount + 1) * 3 > index.slots.count * 2 { Self.grow(&index) }
    let hash = identity.hash(facts.columns, row, source: source)
    let mask = index.slots.count - 1
    var slot = Self.home(hash, index.slots.count)
    while index.slots[slot] != 0 {
      let tagged = index.slots[slot]
      if (tagged ^ hash) & Self.tagMask == 0 {
        let candidate = Int(tagged & ~Self.tagMask) - 1
        if candidate >= table.rowCount {
          let other = waiting[waiting.startIndex + candidate - table.rowCount]
          if identity.areSame(facts.columns, row, facts.columns, other) { return candidate }
        } else {
          let owner = identity.isNumberedBySource ? Int(sources[Int(imports[candidate])]) : 0
          if owner == source, identity.areSame(facts.columns, row, table.columns, candidate) {
            return candidate
          }
        }
      }
      slot = (slot + 1) & mask
    }
    index.slots[slot] = hash & Self.tagMask | UInt64(next + 1)
    index.slotCount += 1
    return nil
  }

  /// The index of the rows at hand, all of them unlike each other.
  private func makeIndex(_ sources: [UInt32]) -> Index {
    var index = Index()
    for row in 0..<table.rowCount {
      let source = identity.isNumberedBySource ? Int(sources[Int(imports[row])]) : 0
      if let column = identity.soleNameColumn {
        let code = table.columns[column][row]
        if code != Int64(TextDictionary.missing) {
          while index.byCode.count <= source { index.byCode.append(CodeMap()) }
          index.byCode[source][code] = Int32(row)
          continue
        }
      }
      if (index.slotCount + 1) * 3 > index.slots.count * 2 { Self.grow(&index) }
      let hash = identity.hash(table.columns, row, source: source)
      Self.place(hash & Self.tagMask | UInt64(row + 1), in: &index.slots)
      index.slotCount += 1
    }
    return index
  }

  /// Writes the values that are not missing over an existing row of an object.
  ///
  /// - Returns: Whether the row changed.
  private mutating func overlay(
    _ facts: FactTable,
    _ row: Int,
    onto known: Int,
    noting novelty: inout Ledger.Novelty
  ) -> Bool {
    guard identity.isObject else { return false }
    var hasChanged = false
    for index in identity.otherColumns {
      let (old, new) = (table.columns[index][known], facts.columns[index][row])
      guard new != old else { continue }
      let column = identity.columns[index]
      if column.isMissing(new) {
        if column.content == .time { novelty.disappearedDates[column.name, default: 0] += 1 }
        continue
      }
      if column.content == .time, !column.isMissing(old) {
        novelty.movedDates[column.name, default: 0] += 1
      }
      table.set(new, column: index, row: known)
      hasChanged = true
    }
    return hasChanged
  }

  private static let tagMask: UInt64 = 0xFFFF_FFFF_0000_0000

  /// Where a search begins: upper bits, so that growing needs no fact.
  private static func home(_ tagged: UInt64, _ capacity: Int) -> Int {
    Int(truncatingIfNeeded: tagged >> UInt64(64 - capacity.trailingZeroBitCount))
  }

  private static func place(_ tagged: UInt64, in slots: inout [UInt64]) {
    let mask = slots.count - 1
    var slot = home(tagged, slots.count)
    while slots[slot] != 0 { slot = (slot + 1) & mask }
    slots[slot] = tagged
  }

  private static func grow(_ index: inout Index) {
    var slots = [UInt64](repeating: 0, count: index.slots.count * 2)
    for tagged in index.slots where tagged != 0 { place(tagged, in: &slots) }
    index.slots = slots
  }
}
