/// How a file's bytes stand for characters.
public enum TextEncoding: String, Sendable, Hashable, Codable, CaseIterable {
  /// UTF-8, with or without a byte-order mark.
  case utf8 = "UTF-8"
  /// UTF-16, low byte first.
  case utf16LittleEndian = "UTF-16LE"
  /// UTF-16, high byte first.
  case utf16BigEndian = "UTF-16BE"
  /// The Western European code page of Windows, which holds ISO 8859-1's printable characters.
  case windows1252 = "Windows-1252"
}

/// What the bytes say about their encoding.
struct EncodingFinding: Equatable {
  var encoding: TextEncoding
  /// How many bytes of a byte-order mark stand before the text.
  var markLength: Int
  /// The offset of the first byte that is not UTF-8, when that decided.
  var firstForeignByte: Int?

  /// Byte-order mark first, then zero bytes that betray UTF-16, then strict UTF-8, else
  /// Windows-1252, in which every byte is a character.
  ///
  /// - Complexity: O(bytes).
  init(_ bytes: UnsafeRawBufferPointer) {
    if let marked = EncodingFinding(markedIn: bytes) {
      self = marked
    } else if let wide = EncodingFinding.wideWithoutMark(bytes) {
      self.init(encoding: wide, markLength: 0, firstForeignByte: nil)
    } else if let foreign = UTF8Check.firstIllFormed(bytes) {
      self.init(encoding: .windows1252, markLength: 0, firstForeignByte: foreign)
    } else {
      self.init(encoding: .utf8, markLength: 0, firstForeignByte: nil)
    }
  }

  init(encoding: TextEncoding, markLength: Int, firstForeignByte: Int?) {
    self.encoding = encoding
    self.markLength = markLength
    self.firstForeignByte = firstForeignByte
  }

  /// The encoding a byte-order mark names, nil when the bytes begin with none.
  init?(markedIn bytes: UnsafeRawBufferPointer) {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      self.init(encoding: .utf8, markLength: 3, firstForeignByte: nil)
    } else if bytes.starts(with: [0xFF, 0xFE]) {
      self.init(encoding: .utf16LittleEndian, markLength: 2, firstForeignByte: nil)
    } else if bytes.starts(with: [0xFE, 0xFF]) {
      self.init(encoding: .utf16BigEndian, markLength: 2, firstForeignByte: nil)
    } else {
      return nil
    }
  }

  /// The kind of UTF-16 that bytes without a mark seem to be, nil when they seem to be another.
  ///
  /// In the first 4,096 bytes at least 1 in 32 is zero, and all zeros are on the same side of their
  /// pairs. Separators, digits and line ends suffice for that, even where the words are Cyrillic
  /// or Chinese.
  private static func wideWithoutMark(_ bytes: UnsafeRawBufferPointer) -> TextEncoding? {
    guard bytes.count >= 4, bytes.count % 2 == 0 else { return nil }
    let sample = min(bytes.count, 4096)
    var even = 0
    var odd = 0
    for offset in 0..<sample where bytes[offset] == 0 {
      if offset % 2 == 0 { even += 1 } else { odd += 1 }
    }
    guard even == 0 || odd == 0, even + odd >= 2, (even + odd) * 32 >= sample else { return nil }
    return odd > 0 ? .utf16LittleEndian : .utf16BigEndian
  }
}

/// Text of other encodings as UTF-8.
enum Transcoder {
  /// UTF-16 as UTF-8; an unpaired surrogate or an odd last byte becomes U+FFFD and is counted.
  ///
  /// - Complexity: O(bytes).
  static func utf8(
    fromUTF16 bytes: UnsafeRawBufferPointer,
    bigEndian: Bool
  ) -> (text: [UInt8], damaged: Int) {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count / 2 + bytes.count / 16)
    var damaged = 0
    var offset = 0
    func unit(_ offset: Int) -> UInt32 {
      let low = UInt32(bytes[bigEndian ? offset + 1 : offset])
      let high = UInt32(bytes[bigEndian ? offset : offset + 1])
      return high << 8 | low
    }
    while offset + 1 < bytes.count {
      let first = unit(offset)
      offset += 2
      if first < 0x80 {
        text.append(UInt8(truncatingIfNeeded: first))
        continue
      }
      var scalar = first
      if first >= 0xD800 && first < 0xDC00, offset + 1 < bytes.count {
        let second = unit(offset)
        if second >= 0xDC00 && second < 0xE000 {
          scalar = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
          offset += 2
        }
      }
      if scalar >= 0xD800 && scalar < 0xE000 {
        damaged += 1
        scalar = 0xFFFD
      }
      append(scalar, to: &text)
    }
    if offset < bytes.count {
      damaged += 1
      append(0xFFFD, to: &text)
    }
    return (text, damaged)
  }

  /// Windows-1252 as UTF-8; its five unused bytes become the control characters of the same number.
  ///
  /// - Complexity: O(bytes).
  /// - SeeAlso: WHATWG Encoding Standard, index windows-1252.
  static func utf8(fromWindows1252 bytes: UnsafeRawBufferPointer) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + bytes.count / 8)
    for byte in bytes {
      switch byte {
      case 0..<0x80: text.append(byte)
      case 0x80..<0xA0: append(windows1252Block[Int(byte - 0x80)], to: &text)
      default: append(UInt32(byte), to: &text)
      }
    }
    return text
  }

  /// UTF-8 with every ill-formed byte replaced by U+FFFD, as `String` does it.
  static func repaired(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    Array(String(decoding: bytes, as: UTF8.self).utf8)
  }

  /// Appends a Unicode scalar value.
  private static func append(_ scalar: UInt32, to text: inout [UInt8]) {
    if scalar < 0x80 {
      text.append(UInt8(truncatingIfNeeded: scalar))
    } else if scalar < 0x800 {
      text.append(UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6))
      text.append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
    } else if scalar < 0x10000 {
      text.append(UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12))
      text.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F))
      text.append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
    } else {
      text.append(UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18))
      text.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 12 & 0x3F))
      text.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F))
      text.append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
    }
  }

  private static let windows1252Block: [UInt32] = [
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
    0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
  ]
}
