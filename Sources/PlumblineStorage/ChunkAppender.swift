import GRDB
import PlumblineCore
import PlumblineStatistics

/// Stores an import's facts piece by piece as chunks.
///
/// A piece of at least a quarter of a chunk becomes a chunk as it is; smaller ones wait until there
/// are enough of their kind.
struct ChunkAppender {
  /// From how many facts on a piece is a chunk of its own.
  static let fewestRows = ChunkCoding.mostRows / 4

  private let database: Database
  private let sequence: Int
  private var tails: [FactKind: FactTable] = [:]
  private var full: [FactTable] = []
  /// How many facts were given, by kind.
  private(set) var counts: [FactKind: Int] = [:]
  /// The greatest code used of each domain.
  private(set) var greatestCodes: [TextDomain: Int64] = [:]

  /// An appender within a transaction.
  init(_ database: Database, sequence: Int) {
    self.database = database
    self.sequence = sequence
  }

  /// Takes facts of one kind.
  mutating func add(_ table: FactTable) throws {
    guard table.rowCount > 0 else { return }
    counts[table.kind, default: 0] += table.rowCount
    noteCodes(of: table)
    var start = 0
    while start < table.rowCount {
      var tail = tails.removeValue(forKey: table.kind) ?? FactTable(table.kind)
      let length = min(table.rowCount - start, ChunkCoding.mostRows - tail.rowCount)
      if tail.rowCount == 0, length == table.rowCount {
        tail = table
      } else {
        tail.append(contentsOf: table.slice(start..<(start + length)))
      }
      start += length
      if tail.rowCount >= Self.fewestRows {
        full.append(tail)
        if full.count == Self.chunksAtOnce { try storeFull() }
      } else {
        tails[table.kind] = tail
      }
    }
  }

  /// Stores what is left.
  mutating func finish() throws {
    for kind in FactKind.allCases {
      if let tail = tails.removeValue(forKey: kind) { full.append(tail) }
    }
    try storeFull()
  }

  /// Both cores have something to do, and few pieces are held.
  private static let chunksAtOnce = 2

  private mutating func storeFull() throws {
    let (tables, sequence) = (full, sequence)
    full = []
    for row in ConcurrentMap.map(count: tables.count, { ChunkRow(tables[$0], in: sequence) }) {
      try row.insert(database)
    }
  }

  private mutating func noteCodes(of table: FactTable) {
    for (index, column) in table.kind.schema.columns.enumerated() {
      guard case .text(let domain) = column.content else { continue }
      // As unsigned numbers, so that a negative code is too great as well.
      var greatest = UInt64(bitPattern: greatestCodes[domain] ?? 0)
      table.columns[index].withUnsafeBufferPointer { codes in
        for code in codes { greatest = max(greatest, UInt64(bitPattern: code)) }
      }
      greatestCodes[domain] = Int64(bitPattern: greatest)
    }
  }
}
