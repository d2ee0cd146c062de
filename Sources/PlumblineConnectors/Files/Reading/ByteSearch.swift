/// Looks for bytes in eight bytes at a time.
///
/// A match is the highest bit of its byte in the answer, so the number of trailing zero bits
/// divided by eight is the position of the first match in a little-endian word.
///
/// - SeeAlso: H. S. Warren, *Hacker's Delight*, 2nd edition, section 6-1 ("find first 0-byte"), in
///   the form without false matches.
enum ByteSearch {
  /// A word with the same byte eight times.
  @inline(__always)
  static func repeated(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

  /// The highest bit of each byte set where that byte of `word` is not zero; other bits are noise.
  @inline(__always)
  static func nonzeroBytes(_ word: UInt64) -> UInt64 {
    ((word & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7F7F_7F7F_7F7F_7F7F) | word
  }

  /// The eight bytes from an offset on, zeros where the text has ended.
  @inline(__always)
  static func word(_ base: UnsafeRawPointer, at offset: Int, count: Int) -> UInt64 {
    if offset &+ 8 <= count {
      return base.loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian
    }
    var word: UInt64 = 0
    var position = offset
    while position < count {
      let byte = base.load(fromByteOffset: position, as: UInt8.self)
      word |= UInt64(byte) << UInt64(8 * (position - offset))
      position += 1
    }
    return word
  }

  /// The offset of the first such byte at or after `start`, or `count` when there is none.
  ///
  /// - Complexity: O(`count - start`).
  static func first(
    _ byte: UInt8,
    in base: UnsafeRawPointer,
    from start: Int,
    count: Int
  ) -> Int {
    let pattern = repeated(byte)
    var offset = start
    while offset < count {
      let word = word(base, at: offset, count: count)
      let matches = ~nonzeroBytes(word ^ pattern) & 0x8080_8080_8080_8080
      if matches != 0 { return min(count, offset + matches.trailingZeroBitCount / 8) }
      offset += 8
    }
    return count
  }

  /// How often a byte other than zero occurs in a range.
  ///
  /// - Complexity: O(range).
  static func occurrences(of byte: UInt8, in base: UnsafeRawPointer, _ range: Range<Int>) -> Int {
    let pattern = repeated(byte)
    var found = 0
    var offset = range.lowerBound
    while offset < range.upperBound {
      let word = word(base, at: offset, count: range.upperBound)
      found += (~nonzeroBytes(word ^ pattern) & 0x8080_8080_8080_8080).nonzeroBitCount
      offset += 8
    }
    return found
  }
}

/// The bytes that this reader gives a meaning.
enum Ascii {
  static let tab: UInt8 = 0x09
  static let lineFeed: UInt8 = 0x0A
  static let carriageReturn: UInt8 = 0x0D
  static let space: UInt8 = 0x20
  static let quote: UInt8 = 0x22
  static let percent: UInt8 = 0x25
  static let apostrophe: UInt8 = 0x27
  static let openParenthesis: UInt8 = 0x28
  static let closeParenthesis: UInt8 = 0x29
  static let plus: UInt8 = 0x2B
  static let comma: UInt8 = 0x2C
  static let minus: UInt8 = 0x2D
  static let point: UInt8 = 0x2E
  static let slash: UInt8 = 0x2F
  static let zero: UInt8 = 0x30
  static let colon: UInt8 = 0x3A
  static let semicolon: UInt8 = 0x3B
  static let underscore: UInt8 = 0x5F
  static let bar: UInt8 = 0x7C

  /// Whether a byte is one of `0` to `9`.
  @inline(__always)
  static func isDigit(_ byte: UInt8) -> Bool { byte &- zero < 10 }

  /// Whether a byte is an unaccented letter.
  @inline(__always)
  static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
}
