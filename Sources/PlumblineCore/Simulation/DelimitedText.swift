/// Rows of fields as a program exports them: quoted where needed, in one of three encodings.
struct DelimitedText {
  /// How the text becomes bytes.
  enum Encoding {
    case utf8, utf8WithMark, utf16LittleEndianWithMark
  }

  private let separator: String
  private let lineEnd: String
  private let encoding: Encoding
  private var text = ""

  init(separator: String = ",", lineEnd: String = "\n", encoding: Encoding = .utf8) {
    self.separator = separator
    self.lineEnd = lineEnd
    self.encoding = encoding
  }

  /// Adds a row; a field with a separator, quote or line break in it is quoted (RFC 4180).
  mutating func row(_ fields: [String]) {
    for (position, field) in fields.enumerated() {
      if position > 0 { text += separator }
      text += needsQuotes(field) ? "\"\(field.replacing("\"", with: "\"\""))\"" : field
    }
    text += lineEnd
  }

  /// Adds a line as it stands.
  mutating func line(_ line: String) { text += line + lineEnd }

  private func needsQuotes(_ field: String) -> Bool {
    field.utf8.contains { byte in
      byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
        || separator.utf8.contains(byte)
    }
  }

  /// The bytes, a byte-order mark first where the encoding has one.
  var bytes: [UInt8] {
    switch encoding {
    case .utf8: Array(text.utf8)
    case .utf8WithMark: [0xEF, 0xBB, 0xBF] + Array(text.utf8)
    case .utf16LittleEndianWithMark:
      [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    }
  }
}
