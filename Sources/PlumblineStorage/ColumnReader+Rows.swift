/// Reading some values of a column without unpacking the others, or all without holding them.
extension ColumnReader {
  /// Calls `body` with the codes of a column, some at a time.
  ///
  /// - Parameters:
  ///   - count: How many codes the column has.
  ///   - body: Gets the row of the first of some codes, a multiple of 64, and the codes.
  /// - Throws: `Malformed` when the bytes are no such column.
  mutating func forEachBlock(
    _ count: Int,
    _ body: (_ first: Int, _ codes: UnsafeBufferPointer<UInt32>) -> Void
  ) throws(Malformed) {
    var ahead = self
    guard try ahead.byte() == PackedColumns.Tag.blocks.rawValue else {
      let codes = try numbers(count, as: UInt32.self)
      codes.withUnsafeBufferPointer { body(0, $0) }
      return
    }
    guard (1...PackedColumns.mostValues).contains(count) else { throw Malformed() }
    self = ahead
    var room = [UInt32](repeating: 0, count: PackedColumns.valuesPerBlock)
    var anchor: Int64 = 0
    for start in stride(from: 0, to: count, by: PackedColumns.valuesPerBlock) {
      let length = min(PackedColumns.valuesPerBlock, count - start)
      let head = try blockHead(length, &anchor)
      try block(head, into: &room)
      room.withUnsafeBufferPointer { body(start, UnsafeBufferPointer(rebasing: $0[..<length])) }
    }
  }

  /// The values of a column in some rows.
  ///
  /// - Parameters:
  ///   - count: How many values the column has.
  ///   - rows: Which are wanted, ascending, each within the column.
  ///   - type: The type of the values.
  /// - Returns: Their values.
  /// - Throws: `Malformed` when the bytes are no such column.
  /// - Complexity: O(rows + blocks), of sparse columns O(rows + count / 64).
  mutating func numbers<Value: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ count: Int,
    at rows: [Int],
    as type: Value.Type = Value.self
  ) throws(Malformed) -> [Value] {
    guard (1...PackedColumns.mostValues).contains(count) else { throw Malformed() }
    return try column(count, at: rows, depth: 0)
  }

  private mutating func column<Value: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ count: Int,
    at rows: [Int],
    depth: Int
  ) throws(Malformed) -> [Value] {
    let tag = PackedColumns.Tag(rawValue: try byte())
    guard let tag, depth < Self.deepest || tag == .constant || tag == .blocks else {
      throw Malformed()
    }
    switch tag {
    case .constant:
      let value = Value(truncatingIfNeeded: Int64(bitPattern: try word()))
      return Array(repeating: value, count: rows.count)
    case .blocks: return try blocks(count, at: rows)
    case .sparse: return try sparse(count, at: rows, depth: depth)
    case .dictionary: return try dictionary(count, at: rows, depth: depth)
    }
  }

  /// One value that is picked out costs about as much as so many that are unpacked.
  private static var fewest: Int { 8 }

  private mutating func blocks<Value: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ count: Int,
    at rows: [Int]
  ) throws(Malformed) -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(rows.count)
    var room = [Value](repeating: 0, count: PackedColumns.valuesPerBlock)
    var anchor: Int64 = 0
    for start in stride(from: 0, to: count, by: PackedColumns.valuesPerBlock) {
      let length = min(PackedColumns.valuesPerBlock, count - start)
      let head = try blockHead(length, &anchor)
      let first = values.count
      var next = first
      while next < rows.count, rows[next] < start + length { next += 1 }
      if next == first {
        try skip(head)
      } else if head.isDirect, (next - first) * Self.fewest <= length {
        let packed = try bytes(PackedColumns.byteCount(head.codeCount, width: head.width))
        for row in rows[first..<next] { values.append(head.value(row - start, packed)) }
      } else {
        try block(head, into: &room)
        for row in rows[first..<next] { values.append(room[row - start]) }
      }
    }
    return values
  }

  private mutating func sparse<Value: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ count: Int,
    at rows: [Int],
    depth: Int
  ) throws(Malformed) -> [Value] {
    let missing = Value(truncatingIfNeeded: Int64(bitPattern: try word()))
    let bitmap = try bytes((count + 7) / 8)
    let presentCount = Int(truncatingIfNeeded: try word())
    guard let present = Self.present(bitmap, count, at: rows), present.count == presentCount else {
      throw Malformed()
    }
    var values = [Value](repeating: missing, count: rows.count)
    guard presentCount > 0 else { return values }
    let found: [Value] = try column(presentCount, at: present.places, depth: depth + 1)
    for (index, value) in zip(present.indices, found) { values[index] = value }
    return values
  }

  /// Which of some rows have their bit set, and how many bits are set before each; nil for bits
  /// behind the last row.
  private static func present(
    _ bitmap: UnsafeRawBufferPointer,
    _ count: Int,
    at rows: [Int]
  ) -> (indices: [Int], places: [Int], count: Int)? {
    if count % 8 > 0, let last = bitmap.last, last >> UInt8(count % 8) != 0 { return nil }
    var (indices, places): ([Int], [Int]) = ([], [])
    var (before, next, start) = (0, 0, 0)
    while start < bitmap.count {
      var word: UInt64 = 0
      if start + 8 <= bitmap.count {
        word = bitmap.loadUnaligned(fromByteOffset: start, as: UInt64.self).littleEndian
      } else {
        for (index, byte) in bitmap[start...].enumerated() { word |= UInt64(byte) << (8 * index) }
      }
      while next < rows.count, rows[next] < start * 8 + 64 {
        let bit = UInt64(rows[next] - start * 8)
        if word & 1 << bit != 0 {
          indices.append(next)
          places.append(before + (word & (1 << bit - 1)).nonzeroBitCount)
        }
        next += 1
      }
      before += word.nonzeroBitCount
      start += 8
    }
    return (indices, places, before)
  }

  private mutating func dictionary<Value: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ count: Int,
    at rows: [Int],
    depth: Int
  ) throws(Malformed) -> [Value] {
    let distinctCount = Int(truncatingIfNeeded: try word())
    guard (1...256).contains(distinctCount) else { throw Malformed() }
    let all = Array(0..<distinctCount)
    let distinct: [Value] = try column(distinctCount, at: all, depth: depth + 1)
    let places: [UInt8] = try column(count, at: rows, depth: depth + 1)
    guard places.allSatisfy({ $0 < distinctCount }) else { throw Malformed() }
    return places.map { distinct[Int($0)] }
  }
}

extension ColumnReader.BlockHead {
  /// Whether a value can be told without those before it.
  fileprivate var isDirect: Bool { step == nil || width == 0 }

  /// A value of the block.
  ///
  /// - Parameters:
  ///   - index: Which of them.
  ///   - packed: The block's codes.
  /// - Returns: The value.
  /// - Precondition: The block is direct, and the value is one of its own.
  fileprivate func value<Value: FixedWidthInteger>(
    _ index: Int,
    _ packed: UnsafeRawBufferPointer
  ) -> Value {
    if let step {
      return Value(truncatingIfNeeded: base &+ step &* Int64(index))
    }
    let code = code(index, packed)
    if extremes == 0 {
      return Value(truncatingIfNeeded: base &+ Int64(bitPattern: code &<< shift))
    }
    let hasLow = extremes & PackedColumns.lowFlag != 0
    let taken: UInt64 = (hasLow ? 1 : 0) + (extremes & PackedColumns.highFlag != 0 ? 1 : 0)
    if code < taken { return code == 0 && hasLow ? .min : .max }
    return Value(truncatingIfNeeded: base &+ Int64(bitPattern: (code &- taken) &<< shift))
  }

  private func code(_ index: Int, _ packed: UnsafeRawBufferPointer) -> UInt64 {
    if width == 0 { return 0 }
    let (byte, bit) = ((index * width) >> 3, UInt64((index * width) & 7))
    var window: UInt64 = 0
    if byte + 8 <= packed.count {
      window = packed.loadUnaligned(fromByteOffset: byte, as: UInt64.self).littleEndian
    } else {
      for (place, value) in packed[byte...].enumerated() { window |= UInt64(value) << (8 * place) }
    }
    return width == UInt64.bitWidth ? window : window >> bit & (1 << UInt64(width) - 1)
  }
}
