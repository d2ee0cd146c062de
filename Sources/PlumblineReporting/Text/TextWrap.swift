/// Paragraphs broken into lines.
enum TextWrap {
  /// The lines of a paragraph, each of at most so many columns.
  ///
  /// A number stays with the sign or the currency that belongs to it. A word that is wider than a
  /// line is broken.
  static func lines(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in words(of: text).flatMap({ broken($0, width) }) {
      if line.isEmpty {
        line = word
      } else if DisplayWidth.of(line) + 1 + DisplayWidth.of(word) <= width {
        line += " " + word
      } else {
        lines.append(line)
        line = word
      }
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }

  /// The parts between which a line may break.
  static func words(of text: String) -> [String] {
    var words: [String] = []
    for piece in text.split(whereSeparator: \.isWhitespace) {
      if let last = words.last, belongs(piece, to: last) {
        words[words.count - 1] += " " + piece
      } else {
        words.append(String(piece))
      }
    }
    return words
  }

  private static func belongs(_ word: Substring, to before: String) -> Bool {
    if word.first == "%", before.last?.isNumber ?? false { return true }
    let code = before.drop { "(—–".contains($0) }
    return code.count == 3 && code.allSatisfy { $0.isASCII && $0.isUppercase }
      && (word.first.map { $0.isNumber || $0 == "-" } ?? false)
  }

  private static func broken(_ word: String, _ width: Int) -> [String] {
    guard DisplayWidth.of(word) > width else { return [word] }
    var parts: [String] = []
    var part = ""
    for character in word {
      if DisplayWidth.of(part) + DisplayWidth.of(character) > width {
        parts.append(part)
        part = ""
      }
      part.append(character)
    }
    return parts + [part]
  }
}
