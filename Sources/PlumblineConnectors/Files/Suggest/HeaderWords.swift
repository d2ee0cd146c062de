/// A column's name, or a value, taken apart for comparing with known names.
struct HeaderWords: Hashable, Sendable {
  /// The words in lower case, split at blanks, signs and humps: `CloseDate` is `close`, `date`.
  let words: [String]
  /// The spellings under which the name is known, the longest first: all letters and digits; those
  /// outside brackets; those before ` - `, as in `Record ID - Contact`.
  let keys: [String]

  init(_ name: String) {
    words = HeaderWords.split(name)
    let suffix = name.firstRange(of: " - ").map { String(name[..<$0.lowerBound]) } ?? name
    var keys: [String] = []
    for spelling in [name, HeaderWords.withoutBrackets(name), suffix] {
      let key = HeaderWords.compact(spelling)
      if !key.isEmpty, !keys.contains(key) { keys.append(key) }
    }
    self.keys = keys
  }

  /// The words with single blanks between them.
  var phrase: String { words.joined(separator: " ") }

  /// Whether the name is one of those known, whatever its case, blanks, signs and brackets.
  func isNamed(_ name: String) -> Bool { keys.contains(HeaderWords.compact(name)) }

  /// The letters and digits in lower case.
  static func compact(_ name: String) -> String {
    String(name.lowercased().filter { $0.isLetter || $0.isNumber })
  }

  private static func split(_ name: String) -> [String] {
    var words: [String] = []
    var word = ""
    var previous: Character?
    for character in name {
      if character.isLetter || character.isNumber {
        if let previous, previous.isLowercase, character.isUppercase { close() }
        word.append(character)
      } else {
        close()
      }
      previous = character
    }
    close()
    func close() {
      if !word.isEmpty { words.append(word.lowercased()) }
      word = ""
    }
    return words
  }

  private static func withoutBrackets(_ name: String) -> String {
    var depth = 0
    return String(
      name.filter { character in
        if "([".contains(character) { depth += 1 }
        defer { if ")]".contains(character) { depth = max(0, depth - 1) } }
        return depth == 0
      }
    )
  }
}
