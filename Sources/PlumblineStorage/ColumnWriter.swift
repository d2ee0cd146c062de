/// Writes columns of numbers in the encoding that measuring shows to be the smallest.
///
/// The layout is that of `PackedColumns`.
struct ColumnWriter {
  /// What was written so far.
  private(set) var bytes: [UInt8] = []

  init() {}

  /// Appends one byte.
  mutating func put(_ byte: UInt8) { bytes.append(byte) }

  /// Appends eight bytes.
  mutating func put(_ word: UInt64) {
    withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// Appends bytes as they are, without their count.
  mutating func putBytes(_ other: [UInt8]) { bytes.append(contentsOf: other) }

  /// Appends a column; how many values it has is for the caller to remember.
  mutating func putNumbers<Value: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: [Value]
  ) {
    values.withUnsafeBufferPointer { putColumn($0) }
  }

  /// Appends a part of a column; how many values it has is for the caller to remember.
  mutating func putNumbers<Value: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: ArraySlice<Value>
  ) {
    values.withUnsafeBufferPointer { putColumn($0) }
  }

  private mutating func putColumn<Value: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: UnsafeBufferPointer<Value>
  ) {
    guard let first = values.first else { return }
    if Self.isConstant(values) {
      put(PackedColumns.Tag.constant.rawValue)
      put(UInt64(bitPattern: Int64(truncatingIfNeeded: first)))
      return
    }
    let start = bytes.count
    put(PackedColumns.Tag.blocks.rawValue)
    putBlocks(values)
    let blocksLength = bytes.count - start
    if let missing = Self.missingValue(in: values) {
      var other = ColumnWriter()
      other.putSparse(values, without: missing)
      // A bitmap takes time to follow: it must save something.
      if other.bytes.count < blocksLength - blocksLength / 32 { replace(from: start, by: other) }
    } else if blocksLength > values.count + values.count / 4 {
      if let other = Self.dictionary(values), other.bytes.count < blocksLength {
        replace(from: start, by: other)
      }
    }
  }

  private mutating func replace(from start: Int, by other: ColumnWriter) {
    bytes.removeLast(bytes.count - start)
    bytes.append(contentsOf: other.bytes)
  }

  private static func isConstant<Value: FixedWidthInteger>(
    _ values: UnsafeBufferPointer<Value>
  ) -> Bool {
    let first = values[0]
    var start = 0
    while start < values.count {
      let end = min(start + 256, values.count)
      var difference: Value = 0
      for index in start..<end { difference |= values[index] ^ first }
      if difference != 0 { return false }
      start = end
    }
    return true
  }

  /// The extreme of the type that says "missing" more often, if one stands there at all.
  private static func missingValue<Value: FixedWidthInteger>(
    in values: UnsafeBufferPointer<Value>
  ) -> Value? {
    guard let (low, high) = extremes(Value.self) else { return nil }
    var lowCount = 0
    var highCount = 0
    for value in values {
      if value == high { highCount &+= 1 }
      if let low, value == low { lowCount &+= 1 }
    }
    if lowCount + highCount == 0 { return nil }
    return lowCount > highCount ? low : high
  }

  /// The values that say "missing"; the least of an unsigned type is a plain number.
  private static func extremes<Value: FixedWidthInteger>(
    _ type: Value.Type
  ) -> (low: Value?, high: Value)? {
    if Value.isSigned { return (Value.min, Value.max) }
    return Value.bitWidth < 64 ? (nil, Value.max) : nil
  }

  private mutating func putSparse<Value: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: UnsafeBufferPointer<Value>,
    without missing: Value
  ) {
    put(PackedColumns.Tag.sparse.rawValue)
    put(UInt64(bitPattern: Int64(truncatingIfNeeded: missing)))
    var present: [Value] = []
    var start = 0
    while start < values.count {
      var bits: UInt8 = 0
      for index in start..<min(start + 8, values.count) where values[index] != missing {
        bits |= 1 << UInt8(index - start)
        present.append(values[index])
      }
      put(bits)
      start += 8
    }
    put(UInt64(present.count))
    putNumbers(present)
  }

  /// The column as places in a list of few distinct values; nil when there are more than 256, or
  /// more than a quarter of all values.
  private static func dictionary<Value: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: UnsafeBufferPointer<Value>
  ) -> ColumnWriter? {
    var distinct: [Value] = []
    var places: [UInt8] = []
    // Open addressing: a place above 0 in `distinct`, counted from 1.
    var slots = [UInt16](repeating: 0, count: 1024)
    places.reserveCapacity(values.count)
    for value in values {
      let bits = UInt64(truncatingIfNeeded: value)
      var slot = Int(truncatingIfNeeded: (bits &* 0x9E37_79B9_7F4A_7C15) &>> 54)
      while slots[slot] != 0, distinct[Int(slots[slot]) - 1] != value { slot = (slot + 1) & 1023 }
      if slots[slot] == 0 {
        if distinct.count == min(256, values.count / 4) { return nil }
        distinct.append(value)
        slots[slot] = UInt16(distinct.count)
      }
      places.append(UInt8(slots[slot] - 1))
    }
    var writer = ColumnWriter()
    writer.put(PackedColumns.Tag.dictionary.rawValue)
    writer.put(UInt64(distinct.count))
    writer.putNumbers(distinct)
    writer.putNumbers(places)
    return writer
  }

  private mutating func putBlocks<Value: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: UnsafeBufferPointer<Value>
  ) {
    let extremes = Self.extremes(Value.self)
    let low = extremes?.low.map { Int64(truncatingIfNeeded: $0) }
    let high = (extremes?.high).map { Int64(truncatingIfNeeded: $0) }
    let capacity = min(values.count, PackedColumns.valuesPerBlock)
    var packer = BlockPacker(capacity: capacity, low: low, high: high)
    var start = 0
    while start < values.count {
      let end = min(start + PackedColumns.valuesPerBlock, values.count)
      packer.load(UnsafeBufferPointer(rebasing: values[start..<end]))
      packer.pack(into: &bytes)
      start = end
    }
  }
}
