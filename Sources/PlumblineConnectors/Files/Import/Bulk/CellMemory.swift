/// Remembers what the cells of one column became, for columns that hold few different texts.
///
/// A cell of up to 16 bytes is recognised by its length and two words, which hold all of it; a
/// longer one is compared. A cell that was forgotten is simply worked out again.
struct CellMemory: ~Copyable {
  /// What a cell became.
  struct Meaning {
    var value: Int64
    /// How many decimals the currency has that the cell names.
    var decimals = 0
  }

  private struct Entry {
    var first: UInt64 = 0
    var last: UInt64 = 0
    /// `~count` where quotes are doubled; the least number where nothing is remembered.
    var count = Int.min
    var start: UnsafeRawPointer?
    var meaning = Meaning(value: 0)
  }

  private let entries: UnsafeMutablePointer<Entry>
  /// Two entries stand in one set; whichever was used longer ago makes room.
  private static let bits = 11

  init() {
    entries = .allocate(capacity: 1 << Self.bits)
    entries.initialize(repeating: Entry(), count: 1 << Self.bits)
  }

  deinit { entries.deallocate() }

  /// Forgets everything.
  func forget() { entries.update(repeating: Entry(), count: 1 << Self.bits) }

  /// What a cell became, worked out by `make` when it is not remembered; nil is not remembered.
  ///
  /// - Parameters:
  ///   - start: The cell's bytes, behind which at least eight more can be read.
  ///   - count: How many bytes the cell has.
  ///   - isEscaped: Whether quotes in it are still doubled.
  ///   - make: Works out what the cell becomes.
  /// - Returns: What the cell became, nil when `make` says so.
  @inline(__always)
  func meaning(
    _ start: UnsafeRawPointer,
    _ count: Int,
    isEscaped: Bool = false,
    _ make: (UnsafeRawBufferPointer) -> Meaning?
  ) -> Meaning? {
    var first: UInt64 = 0
    var last: UInt64 = 0
    if count >= 8 {
      first = start.loadUnaligned(as: UInt64.self)
      last = start.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
    } else if count > 0 {
      let word = start.loadUnaligned(as: UInt64.self).littleEndian
      first = word & ~(~0 &<< UInt64(8 &* count))
    }
    let mixed = (first &+ last &* 0xC2B2_AE3D_27D4_EB4F &+ UInt64(count)) &* 0x9E37_79B9_7F4A_7C15
    let pair = entries + Int(truncatingIfNeeded: mixed &>> UInt64(64 - Self.bits)) & ~1
    let key = isEscaped ? ~count : count
    func holds(_ entry: UnsafeMutablePointer<Entry>) -> Bool {
      entry.pointee.first == first && entry.pointee.last == last && entry.pointee.count == key
        && (count <= 16 || isSame(entry.pointee.start, start, count))
    }
    if holds(pair) { return pair.pointee.meaning }
    let other = pair + 1
    if holds(other) {
      swap(&pair.pointee, &other.pointee)
      return pair.pointee.meaning
    }
    guard let meaning = make(UnsafeRawBufferPointer(start: start, count: count)) else { return nil }
    other.pointee = pair.pointee
    pair.pointee = Entry(first: first, last: last, count: key, start: start, meaning: meaning)
    return meaning
  }

  /// Whether the bytes of two cells of more than 16 are the same, of which the first and the last
  /// eight are.
  private func isSame(_ left: UnsafeRawPointer?, _ right: UnsafeRawPointer, _ count: Int) -> Bool {
    guard let left else { return false }
    var offset = 8
    while offset &+ 8 < count {
      let word = right.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      if left.loadUnaligned(fromByteOffset: offset, as: UInt64.self) != word { return false }
      offset &+= 8
    }
    return true
  }
}
