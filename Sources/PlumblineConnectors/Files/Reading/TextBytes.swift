/// A cell's text as UTF-8 bytes: trimming, comparing and turning into a `String` without surprise.
public enum TextBytes {
  /// The text without blanks at either end.
  ///
  /// Blanks are the ASCII ones and Unicode's white space (no-break, thin, narrow no-break,
  /// ideographic and so on), the zero-width space and the byte-order mark.
  ///
  /// - Complexity: O(blanks trimmed).
  @inline(__always)
  public static func trimmed(_ text: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    guard let first = text.first, let last = text.last else { return text }
    // Most cells begin and end with a plain character, and then there is nothing to do.
    if isPlain(first), isPlain(last) { return text }
    return trimmedSlowly(text)
  }

  /// Whether nothing is left after trimming.
  @inline(__always)
  public static func isBlank(_ text: UnsafeRawBufferPointer) -> Bool { trimmed(text).isEmpty }

  /// The text as a `String`; ill-formed bytes become U+FFFD.
  public static func string(_ text: UnsafeRawBufferPointer) -> String {
    String(decoding: text, as: UTF8.self)
  }

  /// The text as a `String` for a message: one line, cut after 40 characters.
  static func excerpt(_ text: UnsafeRawBufferPointer) -> String {
    let head = string(UnsafeRawBufferPointer(rebasing: text.prefix(200)))
    let flat = String(head.map { $0.isNewline || $0 == "\t" ? " " : $0 })
    return flat.count > 40 || text.count > 200 ? flat.prefix(39) + "…" : flat
  }

  @inline(__always)
  private static func isPlain(_ byte: UInt8) -> Bool { byte > Ascii.space && byte < 0x80 }

  private static func trimmedSlowly(_ text: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    var start = 0
    var end = text.count
    while start < end {
      let width = blankWidth(text, at: start, before: end)
      if width == 0 { break }
      start += width
    }
    while end > start {
      let width = blankWidth(text, endingAt: end, notBefore: start)
      if width == 0 { break }
      end -= width
    }
    return UnsafeRawBufferPointer(rebasing: text[start..<end])
  }

  /// How many bytes the blank at an offset takes, 0 when there is none.
  static func blankWidth(_ text: UnsafeRawBufferPointer, at start: Int, before end: Int) -> Int {
    guard start < end else { return 0 }
    let first = text[start]
    if first < 0x80 { return isAsciiBlank(first) ? 1 : 0 }
    if start + 1 < end, isTwoByteBlank(first, text[start + 1]) { return 2 }
    if start + 2 < end, isThreeByteBlank(first, text[start + 1], text[start + 2]) { return 3 }
    return 0
  }

  /// How many bytes the blank that ends before an offset takes, 0 when there is none.
  static func blankWidth(
    _ text: UnsafeRawBufferPointer,
    endingAt end: Int,
    notBefore start: Int
  ) -> Int {
    guard end > start else { return 0 }
    let last = text[end - 1]
    if last < 0x80 { return isAsciiBlank(last) ? 1 : 0 }
    if end - 2 >= start, isTwoByteBlank(text[end - 2], last) { return 2 }
    if end - 3 >= start, isThreeByteBlank(text[end - 3], text[end - 2], last) { return 3 }
    return 0
  }

  private static func isAsciiBlank(_ byte: UInt8) -> Bool {
    byte == Ascii.space || (byte >= 0x09 && byte <= 0x0D)
  }

  /// U+0085 and U+00A0.
  private static func isTwoByteBlank(_ first: UInt8, _ second: UInt8) -> Bool {
    first == 0xC2 && (second == 0xA0 || second == 0x85)
  }

  /// U+1680, U+2000 to U+200B, U+2028, U+2029, U+202F, U+205F, U+3000 and U+FEFF.
  private static func isThreeByteBlank(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
    switch (first, second) {
    case (0xE2, 0x80):
      (third >= 0x80 && third <= 0x8B) || third == 0xA8 || third == 0xA9 || third == 0xAF
    case (0xE1, 0x9A), (0xE3, 0x80): third == 0x80
    case (0xE2, 0x81): third == 0x9F
    case (0xEF, 0xBB): third == 0xBF
    default: false
    }
  }
}

/// Says in words that a cell is empty on purpose.
public enum MissingMark {
  /// Whether a number's or date's cell says that there is no value: nothing, dashes, `n/a`, `null`,
  /// `nan`, `none`, `#n/a`, or the all-zero date of MySQL.
  ///
  /// Not for text columns, where such a word can be a value.
  ///
  /// - Parameter cell: The cell, already trimmed.
  /// - Returns: Whether the cell holds no value.
  public static func matches(_ cell: UnsafeRawBufferPointer) -> Bool {
    guard let first = cell.first else { return true }
    switch first {
    case Ascii.minus: return cell.allSatisfy { $0 == Ascii.minus }
    case Ascii.zero: return isZeroDate(cell)
    case 0xE2:
      // En and em dash.
      return cell.count == 3 && cell[1] == 0x80 && (cell[2] == 0x93 || cell[2] == 0x94)
    case 0x23, 0x28, 0x4E, 0x6E:
      return cell.count <= 6 && words.contains { equals(cell, $0) }
    default: return false
    }
  }

  private static let words: [StaticString] = [
    "#n/a", "(none)", "n/a", "na", "nan", "nil", "none", "null",
  ]

  private static func equals(_ cell: UnsafeRawBufferPointer, _ word: StaticString) -> Bool {
    guard cell.count == word.utf8CodeUnitCount else { return false }
    return word.withUTF8Buffer { letters in
      zip(cell, letters).allSatisfy { (Ascii.isLetter($0) ? $0 | 0x20 : $0) == $1 }
    }
  }

  private static func isZeroDate(_ cell: UnsafeRawBufferPointer) -> Bool {
    guard cell.count == 10 || cell.count == 19, cell[4] == Ascii.minus, cell[7] == Ascii.minus
    else { return false }
    return cell.allSatisfy { byte in
      byte == Ascii.zero || byte == Ascii.minus || byte == Ascii.colon || byte == Ascii.space
    }
  }
}
