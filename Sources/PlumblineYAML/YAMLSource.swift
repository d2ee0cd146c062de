import PlumblineCore

/// A file's text as Unicode scalars, with the places of its lines.
struct YAMLSource {
  /// The text without a byte-order mark.
  let scalars: [Unicode.Scalar]
  /// For each line, the index in `scalars` where it begins.
  private let lineStarts: [Int]

  /// The text of a file's bytes, or nil with a finding when they are not text that YAML allows.
  init?(_ bytes: some Collection<UInt8>, findings: YAMLFindings) {
    guard bytes.count <= YAMLReader.maximumBytes else {
      findings.report(
        code: "yaml.too-large",
        "the file has \(bytes.count) bytes; at most "
          + "\(YAMLReader.maximumBytes) are read.",
        at: nil,
        remedy: "Check that this is the right file."
      )
      return nil
    }
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var scalars: [Unicode.Scalar] = []
    scalars.reserveCapacity(bytes.count)
    var isValid = true
    reading: while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar): scalars.append(scalar)
      case .emptyInput: break reading
      case .error:
        isValid = false
        break reading
      }
    }
    if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
    self.scalars = scalars
    lineStarts = Self.lineStarts(in: scalars)
    guard isValid else {
      let looksWide =
        bytes.prefix(2).elementsEqual([0xFF, 0xFE])
        || bytes.prefix(2).elementsEqual([0xFE, 0xFF])
      findings.report(
        code: "yaml.not-utf-8",
        looksWide ? "the file is UTF-16, not UTF-8." : "the file is not UTF-8 from here on.",
        at: position(of: scalars.count),
        remedy: "Save the file as UTF-8."
      )
      return nil
    }
    if let index = scalars.firstIndex(where: { !Self.isAllowed($0) }) {
      findings.report(
        code: "yaml.forbidden-character",
        "the character U+\(Self.hexadecimal(scalars[index].value)) is not allowed here.",
        at: position(of: index),
        remedy: "Remove it; inside double quotes it may be written as an escape."
      )
      return nil
    }
    guard MarkRun.isShort(in: YAMLEscapes(scalars)) else {
      findings.report(
        code: "yaml.marks",
        "more than \(MarkRun.longest) marks stand upon one letter.",
        at: nil,
        remedy: "Write it with fewer."
      )
      return nil
    }
  }

  /// The place of an index.
  ///
  /// - Complexity: O(log lines).
  func position(of index: Int) -> YAMLPosition {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= index { low = middle } else { high = middle }
    }
    return YAMLPosition(line: low + 1, column: index - lineStarts[low] + 1)
  }

  /// The index of a place, or nil when the text has no such place.
  func index(of position: YAMLPosition) -> Int? {
    guard position.line >= 1, position.line <= lineStarts.count, position.column >= 1
    else { return nil }
    let index = lineStarts[position.line - 1] + position.column - 1
    return index < scalars.count ? index : nil
  }

  /// Characters of a YAML stream: YAML 1.1, section 5.1, `c-printable`.
  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xD7FF, 0xE000...0xFFFD,
      0x10000...0x10FFFF:
      true
    default: false
    }
  }

  /// Lines end as YAML 1.1 says, which also counts U+0085, U+2028 and U+2029.
  private static func lineStarts(in scalars: [Unicode.Scalar]) -> [Int] {
    var starts = [0]
    for (index, scalar) in scalars.enumerated() {
      switch scalar {
      case "\n", "\u{85}", "\u{2028}", "\u{2029}": starts.append(index + 1)
      case "\r":
        if index + 1 == scalars.count || scalars[index + 1] != "\n" { starts.append(index + 1) }
      default: break
      }
    }
    return starts
  }

  private static func hexadecimal(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
