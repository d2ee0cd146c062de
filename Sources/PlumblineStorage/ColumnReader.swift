/// Reads what `ColumnWriter` wrote; throws instead of trusting.
///
/// Never reads outside the bytes it was given, whatever they say.
struct ColumnReader {
  private let bytes: UnsafeRawBufferPointer
  private var position = 0

  /// How deep columns stand in columns at most: both extremes left out, then a dictionary, whose
  /// places may leave out one.
  static let deepest = 4

  /// A reader of bytes that outlive it.
  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// How many bytes are left.
  var remaining: Int { bytes.count - position }

  /// The next byte.
  mutating func byte() throws(Malformed) -> UInt8 {
    guard position < bytes.count else { throw Malformed() }
    position += 1
    return bytes[position - 1]
  }

  /// The next eight bytes.
  mutating func word() throws(Malformed) -> UInt64 {
    guard remaining >= 8 else { throw Malformed() }
    position += 8
    return UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position - 8, as: UInt64.self))
  }

  /// The next bytes as they are.
  mutating func bytes(_ count: Int) throws(Malformed) -> UnsafeRawBufferPointer {
    guard count >= 0, count <= remaining else { throw Malformed() }
    position += count
    return UnsafeRawBufferPointer(rebasing: bytes[(position - count)..<position])
  }

  /// The next column, which has a known count of values.
  mutating func numbers<Value: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ count: Int,
    as type: Value.Type = Value.self
  ) throws(Malformed) -> [Value] {
    guard (0...PackedColumns.mostValues).contains(count) else { throw Malformed() }
    if count == 0 { return [] }
    var isWhole = true
    let values = [Value](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      guard let start = buffer.baseAddress else { return }
      do throws(Malformed) {
        try column(count, into: start, depth: 0)
        initializedCount = count
      } catch {
        isWhole = false
      }
    }
    guard isWhole else { throw Malformed() }
    return values
  }

  /// The next column into memory that has room for it.
  ///
  /// - Parameters:
  ///   - count: How many values the column has, at least one.
  ///   - target: Room for as many.
  /// - Throws: `Malformed` when the bytes are no such column.
  mutating func numbers<Value: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ count: Int,
    into target: UnsafeMutablePointer<Value>
  ) throws(Malformed) {
    guard (1...PackedColumns.mostValues).contains(count) else { throw Malformed() }
    try column(count, into: target, depth: 0)
  }

  mutating func column<Value: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ count: Int,
    into target: UnsafeMutablePointer<Value>,
    depth: Int
  ) throws(Malformed) {
    switch PackedColumns.Tag(rawValue: try byte()) {
    case .constant:
      let value = Value(truncatingIfNeeded: Int64(bitPattern: try word()))
      target.initialize(repeating: value, count: count)
    case .blocks: try blocks(count, into: target)
    case .sparse:
      guard depth < Self.deepest else { throw Malformed() }
      try sparse(count, into: target, depth: depth)
    case .dictionary:
      guard depth < Self.deepest else { throw Malformed() }
      try dictionary(count, into: target, depth: depth)
    case nil: throw Malformed()
    }
  }

  private mutating func sparse<Value: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ count: Int,
    into target: UnsafeMutablePointer<Value>,
    depth: Int
  ) throws(Malformed) {
    let missing = Value(truncatingIfNeeded: Int64(bitPattern: try word()))
    let bitmap = try bytes((count + 7) / 8)
    let presentCount = Int(truncatingIfNeeded: try word())
    var found = bitmap.reduce(0) { $0 &+ $1.nonzeroBitCount }
    if count % 8 > 0, let last = bitmap.last, last >> UInt8(count % 8) != 0 { found = -1 }
    guard found == presentCount else { throw Malformed() }
    // The present values are unpacked at the end and then spread from the front: a value's place
    // is never behind the one it comes from.
    let tail = target + (count - presentCount)
    if presentCount > 0 { try column(presentCount, into: tail, depth: depth + 1) }
    // Without a branch for each bit, which nobody could foresee.
    var (index, next) = (0, 0)
    while next < presentCount {
      let bit = (bitmap[index &>> 3] &>> UInt8(truncatingIfNeeded: index & 7)) & 1
      let mask = 0 &- Value(truncatingIfNeeded: bit)
      target[index] = (tail[next] & mask) | (missing & ~mask)
      next &+= Int(bit)
      index &+= 1
    }
    for place in index..<count { target[place] = missing }
  }

  private mutating func dictionary<Value: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ count: Int,
    into target: UnsafeMutablePointer<Value>,
    depth: Int
  ) throws(Malformed) {
    let distinctCount = Int(truncatingIfNeeded: try word())
    guard (1...256).contains(distinctCount) else { throw Malformed() }
    var distinct = [Value](repeating: 0, count: 256)
    var places = [UInt8](repeating: 0, count: count)
    var greatest: UInt8 = 0
    let isWhole = distinct.withUnsafeMutableBufferPointer { distinct in
      places.withUnsafeMutableBufferPointer { places in
        guard let values = distinct.baseAddress, let codes = places.baseAddress else {
          return false
        }
        do throws(Malformed) {
          try column(distinctCount, into: values, depth: depth + 1)
          try column(count, into: codes, depth: depth + 1)
        } catch {
          return false
        }
        for index in 0..<count {
          target[index] = values[Int(codes[index])]
          greatest = max(greatest, codes[index])
        }
        return true
      }
    }
    guard isWhole, Int(greatest) < distinctCount else { throw Malformed() }
  }

  private mutating func blocks<Value: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ count: Int,
    into target: UnsafeMutablePointer<Value>
  ) throws(Malformed) {
    var anchor: Int64 = 0
    var start = 0
    while start < count {
      let length = min(PackedColumns.valuesPerBlock, count - start)
      try block(length, into: target + start, &anchor)
      start += length
    }
  }

  /// What stands before the codes of a block.
  struct BlockHead {
    /// How many bits a code takes.
    var width: Int
    /// How many low bits all values share.
    var shift: UInt64
    /// Which extremes of the type stand as the lowest codes.
    var extremes: UInt8
    /// The least value; with differences the first.
    var base: Int64
    /// The least difference between neighbours; nil where codes are of the values themselves.
    var step: Int64?
    /// How many codes follow: with differences one fewer than there are values.
    var codeCount: Int
  }

  /// The head of the next block.
  ///
  /// - Parameters:
  ///   - count: How many values the block has.
  ///   - anchor: The least value of the block before; then that of this one.
  /// - Returns: The head.
  /// - Throws: `Malformed` when the bytes are no head.
  @inline(__always)
  mutating func blockHead(_ count: Int, _ anchor: inout Int64) throws(Malformed) -> BlockHead {
    let (head, flags) = (try byte(), try byte())
    let isDelta = head & PackedColumns.deltaFlag != 0
    let width = Int(head & ~PackedColumns.deltaFlag)
    guard width <= PackedColumns.widestWindow || width == UInt64.bitWidth else {
      throw Malformed()
    }
    let extremes = flags & (PackedColumns.lowFlag | PackedColumns.highFlag)
    anchor = anchor &+ (try variable())
    if isDelta, extremes != 0 { throw Malformed() }
    return BlockHead(
      width: width,
      shift: UInt64(flags & 63),
      extremes: extremes,
      base: anchor,
      step: isDelta ? try variable() : nil,
      codeCount: isDelta ? count - 1 : count
    )
  }

  @inline(__always)
  mutating func block<Value: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ count: Int,
    into target: UnsafeMutablePointer<Value>,
    _ anchor: inout Int64
  ) throws(Malformed) {
    let head = try blockHead(count, &anchor)
    try block(head, into: target)
  }

  /// The values of a block whose head was read.
  @inline(__always)
  mutating func block<Value: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ head: BlockHead,
    into target: UnsafeMutablePointer<Value>
  ) throws(Malformed) {
    let (base, shift) = (head.base, head.shift)
    if let step = head.step {
      var value = base
      target.initialize(to: Value(truncatingIfNeeded: value))
      let rest = target + 1
      try codes(head.codeCount, width: head.width) { index, code in
        value = value &+ step &+ Int64(bitPattern: code &<< shift)
        (rest + index).initialize(to: Value(truncatingIfNeeded: value))
      }
    } else if head.extremes == 0 {
      try codes(head.codeCount, width: head.width) { index, code in
        let value = base &+ Int64(bitPattern: code &<< shift)
        (target + index).initialize(to: Value(truncatingIfNeeded: value))
      }
    } else {
      let hasLow = head.extremes & PackedColumns.lowFlag != 0
      let taken: UInt64 = (hasLow ? 1 : 0) &+ (head.extremes & PackedColumns.highFlag != 0 ? 1 : 0)
      let first = hasLow ? Value.min : Value.max
      try codes(head.codeCount, width: head.width) { index, code in
        let value = Value(
          truncatingIfNeeded: base &+ Int64(bitPattern: (code &- taken) &<< shift)
        )
        let extreme = code == 0 ? first : Value.max
        (target + index).initialize(to: code < taken ? extreme : value)
      }
    }
  }

  /// Goes past the codes of a block whose head was read.
  mutating func skip(_ head: BlockHead) throws(Malformed) {
    _ = try bytes(PackedColumns.byteCount(head.codeCount, width: head.width))
  }

  /// Calls `body` with the next packed codes.
  @inline(__always)
  private mutating func codes(
    _ count: Int,
    width: Int,
    _ body: (Int, UInt64) -> Void
  ) throws(Malformed) {
    let length = PackedColumns.byteCount(count, width: width)
    let packed = try bytes(length)
    guard let start = packed.baseAddress else {
      for index in 0..<count { body(index, 0) }
      return
    }
    if width == UInt64.bitWidth || remaining >= 8 {
      PackedColumns.forEachCode(start, count, width: width, body)
      return
    }
    // A window at the end would reach beyond the bytes: read a copy with room behind it.
    var copy = [UInt8](packed)
    copy.append(contentsOf: repeatElement(0, count: 8))
    copy.withUnsafeBytes {
      guard let start = $0.baseAddress else { return }
      PackedColumns.forEachCode(start, count, width: width, body)
    }
  }

  @inline(__always)
  private mutating func variable() throws(Malformed) -> Int64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let next = try byte()
      value |= UInt64(next & 0x7F) << shift
      if next < 0x80 { break }
      shift += 7
      guard shift < 64 else { throw Malformed() }
    }
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }
}
