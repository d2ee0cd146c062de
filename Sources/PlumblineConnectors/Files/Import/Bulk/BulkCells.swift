/// Some rows of a block as cells: where the text of each used column is in the file.
///
/// Struct of arrays: `starts(slot)[row]` and `counts(slot)[row]`.
final class BulkCells {
  /// The most rows at a time.
  static let capacity = 1024

  /// How many rows there are.
  var rowCount = 0
  /// The offset in the file of each row's first byte.
  let rowStarts: UnsafeMutablePointer<Int>
  /// The number of the line on which each row begins, counted from 0 at the block's beginning.
  let lines: UnsafeMutablePointer<UInt32>
  /// Whether a row has to be read one by one.
  let isHard: UnsafeMutablePointer<Bool>

  private let slotCount: Int
  private let cellStarts: UnsafeMutablePointer<Int>
  private let cellCounts: UnsafeMutablePointer<Int32>

  init(slotCount: Int) {
    self.slotCount = slotCount
    rowStarts = .allocate(capacity: Self.capacity)
    lines = .allocate(capacity: Self.capacity)
    isHard = .allocate(capacity: Self.capacity)
    cellStarts = .allocate(capacity: Self.capacity * slotCount)
    cellCounts = .allocate(capacity: Self.capacity * slotCount)
    rowStarts.initialize(repeating: 0, count: Self.capacity)
    lines.initialize(repeating: 0, count: Self.capacity)
    isHard.initialize(repeating: false, count: Self.capacity)
    cellStarts.initialize(repeating: 0, count: Self.capacity * slotCount)
    cellCounts.initialize(repeating: 0, count: Self.capacity * slotCount)
  }

  deinit {
    rowStarts.deallocate()
    lines.deallocate()
    isHard.deallocate()
    cellStarts.deallocate()
    cellCounts.deallocate()
  }

  /// The offsets in the file of the cells of a slot.
  @inline(__always)
  func starts(_ slot: Int) -> UnsafeMutablePointer<Int> {
    precondition(slot >= 0 && slot < slotCount, "no such slot")
    return cellStarts + slot &* Self.capacity
  }

  /// The lengths of the cells of a slot, `~length` where quotes in the cell are still doubled.
  @inline(__always)
  func counts(_ slot: Int) -> UnsafeMutablePointer<Int32> {
    precondition(slot >= 0 && slot < slotCount, "no such slot")
    return cellCounts + slot &* Self.capacity
  }
}

/// A record that has to be read one by one.
struct BulkHardRow {
  /// The offset in the file of its first byte.
  var start: Int
  /// The number of its line, counted from 0 at the block's beginning.
  var line: Int
}

/// Pairs of a record of the mapping and a row of the cells at hand.
final class BulkPairs {
  private(set) var count = 0
  private let records: UnsafeMutablePointer<Int32>
  private let rows: UnsafeMutablePointer<Int32>
  private let capacity: Int

  /// Room for each row with each record.
  init(recordCount: Int) {
    capacity = BulkCells.capacity * recordCount
    records = .allocate(capacity: capacity)
    rows = .allocate(capacity: capacity)
  }

  deinit {
    records.deallocate()
    rows.deallocate()
  }

  func removeAll() { count = 0 }

  @inline(__always)
  func append(_ record: Int, _ row: Int) {
    precondition(count < capacity, "a pair for each row and record")
    (records + count).initialize(to: Int32(truncatingIfNeeded: record))
    (rows + count).initialize(to: Int32(truncatingIfNeeded: row))
    count &+= 1
  }

  @inline(__always)
  subscript(index: Int) -> (record: Int, row: Int) {
    precondition(index >= 0 && index < count, "no such pair")
    return (Int(records[index]), Int(rows[index]))
  }
}
