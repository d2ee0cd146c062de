/// Lines of comma-separated values as RFC 4180 writes them, harmless in a spreadsheet.
enum DelimitedRow {
  /// One line with its line break.
  static func line(_ cells: [String]) -> String {
    cells.map(cell).joined(separator: ",") + "\r\n"
  }

  /// A cell, quoted where it must be.
  ///
  /// A cell that a spreadsheet would run as a formula gets a leading apostrophe, unless it is a
  /// plain number.
  ///
  /// - SeeAlso: OWASP, "CSV Injection".
  static func cell(_ text: String) -> String {
    var text = text
    if let first = text.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first),
      !isPlainNumber(text)
    {
      text = "'" + text
    }
    guard text.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else {
      return text
    }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  private static func isPlainNumber(_ text: String) -> Bool {
    text.utf8.allSatisfy { (48...57).contains($0) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains($0) }
      && Double(text)?.isFinite ?? false
  }
}
