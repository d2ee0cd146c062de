/// Makes damaged versions of texts, the same ones for the same seed, to try a reader with.
public struct TextMutator: Sendable {
  private var state: UInt64
  private let words: [[UInt8]]

  /// Punctuation and snippets that mean something in YAML.
  private static let yamlWords = [
    "\n", "\t", " ", "  ", ": ", ":", "- ", "? ", "[", "]", "{", "}", ",", "#", "&a ", "*a", "!t ",
    "!!int ", "|\n", ">\n", "'", "\"", "%", "@", "`", "---\n", "...\n", "<<: ", "~", "null", "\\x",
    "\u{FEFF}", "\u{85}", "\u{2028}", "\r\n", "\r", "0", "-1", "1e999", "9223372036854775808",
    "2026-02-30", "é", "👩‍👩‍👧", "\u{0}",
  ]

  /// A mutator.
  ///
  /// - Parameters:
  ///   - seed: The same seed gives the same damage.
  ///   - words: Words of the format, which damage may insert.
  public init(seed: UInt64, words: [String]) {
    state = seed
    // The last two are U+FDD0 and U+FDD1, which the reader uses itself as stand-ins.
    self.words =
      (Self.yamlWords + words).map { Array($0.utf8) }
      + [[0xEF, 0xB7, 0x90], [0xEF, 0xB7, 0x91]]
  }

  /// The bytes with one to eight random changes.
  public mutating func mutate(_ original: [UInt8]) -> [UInt8] {
    var bytes = original
    for _ in 0...below(8) { change(&bytes) }
    return bytes
  }

  /// A number from 0 up to and without a bound.
  ///
  /// - Precondition: The bound is above 0.
  public mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  private mutating func change(_ bytes: inout [UInt8]) {
    let start = below(bytes.count + 1)
    let end = min(bytes.count, start + below(12))
    switch below(9) {
    case 0: bytes.removeSubrange(start..<end)
    case 1: bytes.insert(UInt8(truncatingIfNeeded: next()), at: start)
    case 2, 3: bytes.insert(contentsOf: words[below(words.count)], at: start)
    case 4: bytes.replaceSubrange(start..<end, with: words[below(words.count)])
    case 5:
      if start < bytes.count { bytes[start] ^= 1 << UInt8(below(8)) }
    case 6: bytes.insert(contentsOf: bytes[start..<end], at: below(bytes.count + 1))
    case 7:
      let count = below(200)
      let word = words[below(words.count)]
      bytes.insert(contentsOf: repeatElement(word, count: count).joined(), at: start)
    default: moveLine(&bytes)
    }
  }

  private mutating func moveLine(_ bytes: inout [UInt8]) {
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let line = lines[below(lines.count)]
    lines.insert(line, at: below(lines.count + 1))
    bytes = Array(lines.joined(separator: [UInt8(ascii: "\n")]))
  }

  /// SplitMix64: Steele, Lea & Flood (2014), doi:10.1145/2660193.2660195.
  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
