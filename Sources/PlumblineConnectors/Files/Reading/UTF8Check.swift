/// Strict UTF-8, and zero bytes.
enum UTF8Check {
  /// The offset of the first byte that cannot stand there in UTF-8, nil when all is well-formed.
  ///
  /// - Complexity: O(bytes); 32 bytes at a time over plain ASCII.
  /// - SeeAlso: The Unicode Standard, table 3-7 "Well-Formed UTF-8 Byte Sequences".
  static func firstIllFormed(_ bytes: UnsafeRawBufferPointer) -> Int? {
    guard let base = bytes.baseAddress else { return nil }
    let count = bytes.count
    var offset = 0
    while offset < count {
      while offset + 32 <= count {
        let first = base.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        let second = base.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self)
        let third = base.loadUnaligned(fromByteOffset: offset + 16, as: UInt64.self)
        let fourth = base.loadUnaligned(fromByteOffset: offset + 24, as: UInt64.self)
        if (first | second | third | fourth) & 0x8080_8080_8080_8080 != 0 { break }
        offset += 32
      }
      let limit = min(count, offset + 32)
      while offset < limit {
        if bytes[offset] < 0x80 {
          offset += 1
          continue
        }
        let length = sequenceLength(bytes, at: offset)
        if length == 0 { return offset }
        offset += length
      }
    }
    return nil
  }

  /// The length of the well-formed sequence of two to four bytes at an offset, 0 when there is none.
  private static func sequenceLength(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Int {
    let first = bytes[offset]
    let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    guard first >= 0xC2, first <= 0xF4, offset + length <= bytes.count else { return 0 }
    let lowest: UInt8 = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80
    let highest: UInt8 = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF
    guard bytes[offset + 1] >= lowest, bytes[offset + 1] <= highest else { return 0 }
    for index in 2..<max(2, length) where bytes[offset + index] & 0xC0 != 0x80 { return 0 }
    return length
  }
}
