import PlumblineCore

/// Header fields of a mail: folded, in ASCII, and never more than one field from one text.
///
/// - SeeAlso: RFC 5322, sections 2.1.1 and 2.2.3 (line length, folding); RFC 2047 (words that are
///   not ASCII).
enum MailHeader {
  /// The longest line without its line break that is written.
  static let lineLength = 78

  /// A field of words, folded between them.
  ///
  /// - Parameters:
  ///   - name: The field's name.
  ///   - words: The words; each stands whole on a line, with a blank before it.
  /// - Returns: The field with its line break at the end.
  static func field(_ name: String, words: [String]) -> String {
    var text = name + ":"
    var length = text.utf8.count
    for word in words {
      if length + 1 + word.utf8.count > lineLength, length > 0, text.utf8.last != 0x0A {
        text += "\r\n"
        length = 0
      }
      text += " " + word
      length += 1 + word.utf8.count
    }
    return text + "\r\n"
  }

  /// The words of a text that has no structure, such as a subject.
  static func unstructured(_ text: String) -> [String] {
    let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    let isPlain = words.allSatisfy { word in
      // An ASCII word that looks encoded would be decoded by the reader.
      !word.isEmpty && word.utf8.count <= 60 && !word.hasPrefix("=?")
        && word.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }
    return text.isEmpty ? [] : isPlain ? words : encodedWords(text)
  }

  /// The words of a mailbox; a comma follows when another mailbox does.
  static func mailbox(_ mailbox: MailAddress, isLast: Bool) -> [String] {
    let end = isLast ? "" : ","
    guard let name = mailbox.name else { return [mailbox.address + end] }
    let words = name.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    let isASCII = name.utf8.allSatisfy { (0x20...0x7E).contains($0) }
    let shown: [String]
    if words.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(MailAddress.isAtomText) }),
      words.allSatisfy({ $0.utf8.count <= 60 && !$0.hasPrefix("=?") })
    {
      shown = words
    } else if isASCII, name.utf8.count <= 60, !name.contains("=?") {
      let escaped = name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      shown = ["\"\(escaped)\""]
    } else {
      shown = encodedWords(name)
    }
    return shown + ["<\(mailbox.address)>\(end)"]
  }

  /// A text as encoded words of at most 75 characters, none of which cuts a character.
  ///
  /// The blanks between two encoded words are dropped by the reader: RFC 2047, section 6.2.
  private static func encodedWords(_ text: String) -> [String] {
    let (start, end) = ("=?utf-8?q?", "?=")
    var words: [String] = []
    var word = ""
    for scalar in text.unicodeScalars {
      let piece = encoded(scalar)
      // The first word shares its line with the field's name; 60 leaves room for ours.
      if start.count + word.utf8.count + piece.utf8.count + end.count > (words.isEmpty ? 60 : 75) {
        words.append(start + word + end)
        word = ""
      }
      word += piece
    }
    return words + [start + word + end]
  }

  /// A character in the Q encoding, by the strict rule that also holds in names: RFC 2047,
  /// section 5 (3).
  private static func encoded(_ scalar: Unicode.Scalar) -> String {
    if scalar == " " { return "_" }
    let isLetter = scalar.isASCII && scalar.properties.isAlphabetic
    if isLetter || "0123456789!*+-/".unicodeScalars.contains(scalar) { return String(scalar) }
    return String(scalar).utf8.map(hexadecimal).joined()
  }

  /// A byte as `=` and two capital hexadecimal digits.
  static func hexadecimal(_ byte: UInt8) -> String {
    "=" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
  }
}
