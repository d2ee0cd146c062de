/// Texts as they are written into YAML.
public enum YAMLText {
  /// A text as one YAML word: bare when that is safe everywhere, otherwise in double quotes.
  ///
  /// Reading it back with `YAMLReader` gives the same text, but for byte-order marks at its
  /// beginning, which are dropped. Texts that other YAML readers take for
  /// numbers, dates or truth values are quoted too.
  public static func scalar(_ text: String) -> String {
    isSafeBare(text) ? text : quoted(text)
  }

  /// A text in double quotes, with escapes for whatever is not a plain printable character.
  public static func quoted(_ text: String) -> String {
    var written = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": written += "\\\""
      case "\\": written += "\\\\"
      case "\n": written += "\\n"
      case "\t": written += "\\t"
      case "\r": written += "\\r"
      default:
        switch scalar.value {
        case 0x20...0x7E, 0xA1...0x167F, 0x3001...0xD7FF: written.unicodeScalars.append(scalar)
        case 0...0xFF: written += "\\x" + hexadecimal(scalar.value, digits: 2)
        case 0x100...0xFFFF: written += "\\u" + hexadecimal(scalar.value, digits: 4)
        default: written += "\\U" + hexadecimal(scalar.value, digits: 8)
        }
      }
    }
    return written + "\""
  }

  /// A key with its value as lines that begin in a column.
  ///
  /// - Parameters:
  ///   - key: The key, any text.
  ///   - value: What follows the colon, already written as YAML; may be empty.
  ///   - indent: How many blanks stand before the key.
  /// - Returns: One line, or two for a key too long to stand on the line of its value.
  public static func entry(_ key: String, _ value: String, indent: Int) -> String {
    let blanks = String(repeating: " ", count: indent)
    let written = scalar(key)
    let rest = value.isEmpty ? "" : " " + value
    // A key on the line of its value may be at most 1024 characters long (YAML 1.1, section 9.3.1).
    guard written.unicodeScalars.count > 1000 else { return "\(blanks)\(written):\(rest)" }
    return "\(blanks)? \(written)\n\(blanks):\(rest)"
  }

  /// A text as comment lines, each beginning with `# `; nothing of it can become content.
  public static func comment(_ text: String, indent: Int) -> [String] {
    text.split(omittingEmptySubsequences: false) { $0.isNewline }.map { line in
      let visible = line.unicodeScalars.filter {
        $0 == "\t" || (0x20...0x7E).contains($0.value) || (0xA1...0xD7FF).contains($0.value)
      }
      let shown = String(String.UnicodeScalarView(visible))
      return String(repeating: " ", count: indent) + (shown.isEmpty ? "#" : "# " + shown)
    }
  }

  private static func isSafeBare(_ text: String) -> Bool {
    let words = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]
    guard let first = text.utf8.first, isLetter(first), text.utf8.last != UInt8(ascii: " "),
      !words.contains(text.lowercased())
    else { return false }
    return text.utf8.allSatisfy { byte in
      isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || " _-./".utf8.contains(byte)
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func hexadecimal(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
