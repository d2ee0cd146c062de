/// Packs one block of a column after another; see `PackedColumns` for the layout.
struct BlockPacker {
  /// The values that stand as the lowest codes instead of widening the block.
  private let low: Int64?
  private let high: Int64?
  private var values: [Int64]
  private var codes: [UInt64]
  private var packed: [UInt64]
  private var count = 0
  /// The least value of the block before, from which the next one's is told.
  private var anchor: Int64 = 0

  init(capacity: Int, low: Int64?, high: Int64?) {
    self.low = low
    self.high = high
    values = Array(repeating: 0, count: capacity)
    codes = Array(repeating: 0, count: capacity)
    packed = Array(repeating: 0, count: capacity)
  }

  /// Takes the values of a block.
  ///
  /// - Precondition: There are at most as many as the packer was made for, and at least one.
  @inline(__always)
  mutating func load<Value: FixedWidthInteger>(_ block: UnsafeBufferPointer<Value>) {
    precondition(block.count <= values.count && !block.isEmpty)
    count = block.count
    values.withUnsafeMutableBufferPointer { values in
      for index in 0..<block.count { values[index] = Int64(truncatingIfNeeded: block[index]) }
    }
  }

  /// What a block's values have in common.
  private struct Survey {
    var least: Int64
    var greatest: Int64
    /// Of the differences between neighbours.
    var leastStep: Int64
    var greatestStep: Int64
    /// Bits in which any value differs from the first.
    var variation: UInt64

    var shift: Int { variation == 0 ? 0 : variation.trailingZeroBitCount }
    var span: UInt64 { UInt64(bitPattern: greatest &- least) }
    var stepSpan: UInt64 { UInt64(bitPattern: greatestStep &- leastStep) }
  }

  private func survey() -> Survey {
    values.withUnsafeBufferPointer { values in
      let first = values[0]
      var (least, greatest, variation) = (first, first, UInt64(0))
      var previous = first
      let step = count > 1 ? values[1] &- first : 0
      var (leastStep, greatestStep) = (step, step)
      for index in 1..<max(1, count) {
        let value = values[index]
        least = min(least, value)
        greatest = max(greatest, value)
        variation |= UInt64(bitPattern: value ^ first)
        let step = value &- previous
        leastStep = min(leastStep, step)
        greatestStep = max(greatestStep, step)
        previous = value
      }
      return Survey(
        least: least,
        greatest: greatest,
        leastStep: leastStep,
        greatestStep: greatestStep,
        variation: variation
      )
    }
  }

  /// Packs the values that were loaded.
  mutating func pack(into bytes: inout [UInt8]) {
    let survey = survey()
    if survey.least == low || survey.greatest == high {
      packWithExtremes(into: &bytes)
      return
    }
    let shift = survey.shift
    let width = PackedColumns.width(of: survey.span >> UInt64(shift))
    let stepWidth = PackedColumns.width(of: survey.stepSpan >> UInt64(shift))
    if stepWidth < width {
      let first = values[0]
      bytes.append(UInt8(stepWidth) | PackedColumns.deltaFlag)
      bytes.append(UInt8(shift))
      Self.putVariable(first &- anchor, into: &bytes)
      Self.putVariable(survey.leastStep, into: &bytes)
      anchor = first
      let count = count
      values.withUnsafeBufferPointer { values in
        codes.withUnsafeMutableBufferPointer { codes in
          for index in 1..<max(1, count) {
            let step = values[index] &- values[index &- 1]
            codes[index &- 1] = UInt64(bitPattern: step &- survey.leastStep) &>> UInt64(shift)
          }
        }
      }
      putCodes(count - 1, width: stepWidth, into: &bytes)
    } else {
      bytes.append(UInt8(width))
      bytes.append(UInt8(shift))
      Self.putVariable(survey.least &- anchor, into: &bytes)
      anchor = survey.least
      let count = count
      values.withUnsafeBufferPointer { values in
        codes.withUnsafeMutableBufferPointer { codes in
          for index in 0..<count {
            codes[index] = UInt64(bitPattern: values[index] &- survey.least) &>> UInt64(shift)
          }
        }
      }
      putCodes(count, width: width, into: &bytes)
    }
  }

  /// Packs values among which are extremes: those get the lowest codes.
  private mutating func packWithExtremes(into bytes: inout [UInt8]) {
    let block = values.prefix(count)
    let hasLow = low.map { block.contains($0) } ?? false
    let hasHigh = high.map { block.contains($0) } ?? false
    let present = block.filter { $0 != low && $0 != high }
    let least = present.min() ?? anchor
    let greatest = present.max() ?? anchor
    let variation = present.reduce(UInt64(0)) { $0 | UInt64(bitPattern: $1 &- least) }
    let shift = variation == 0 ? 0 : variation.trailingZeroBitCount
    let taken: UInt64 = (hasLow ? 1 : 0) + (hasHigh ? 1 : 0)
    let span = UInt64(bitPattern: greatest &- least) >> UInt64(shift)
    let width = PackedColumns.width(of: present.isEmpty ? taken - 1 : span + taken)
    bytes.append(UInt8(width))
    let flags = (hasLow ? PackedColumns.lowFlag : 0) | (hasHigh ? PackedColumns.highFlag : 0)
    bytes.append(UInt8(shift) | flags)
    Self.putVariable(least &- anchor, into: &bytes)
    anchor = least
    for index in 0..<count {
      let value = values[index]
      if value == low {
        codes[index] = 0
      } else if value == high {
        codes[index] = hasLow ? 1 : 0
      } else {
        codes[index] = UInt64(bitPattern: value &- least) >> UInt64(shift) &+ taken
      }
    }
    putCodes(count, width: width, into: &bytes)
  }

  private mutating func putCodes(_ count: Int, width: Int, into bytes: inout [UInt8]) {
    guard width > 0, count > 0 else { return }
    codes.withUnsafeBufferPointer { codes in
      packed.withUnsafeMutableBufferPointer { packed in
        guard let source = codes.baseAddress, let target = packed.baseAddress else { return }
        PackedColumns.pack(source, count, width: width, into: target)
      }
    }
    let length = PackedColumns.byteCount(count, width: width)
    packed.withUnsafeBytes {
      bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: $0[0..<length]))
    }
  }

  /// Appends a number in seven bits a byte, small magnitudes of both signs first.
  private static func putVariable(_ value: Int64, into bytes: inout [UInt8]) {
    var rest = UInt64(bitPattern: (value << 1) ^ (value >> 63))
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
