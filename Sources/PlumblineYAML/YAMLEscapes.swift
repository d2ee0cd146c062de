/// The scalars of a YAML text as a reader may come to see them: `\u0301` as what it stands for, and
/// lines that a backslash joins without the break between them.
///
/// Outside double quotes an escape is a text like any other; whoever only looks for what may be
/// there need not tell them apart.
struct YAMLEscapes: Sequence, IteratorProtocol {
  private let scalars: [Unicode.Scalar]
  private var place = 0

  init(_ scalars: [Unicode.Scalar]) { self.scalars = scalars }

  mutating func next() -> Unicode.Scalar? {
    while place < scalars.count {
      let scalar = scalars[place]
      place += 1
      guard scalar == "\\", place < scalars.count else { return scalar }
      switch scalars[place] {
      case "x": return escape(digits: 2) ?? scalar
      case "u": return escape(digits: 4) ?? scalar
      case "U": return escape(digits: 8) ?? scalar
      case "\n", "\r":
        while place < scalars.count, "\r\n\t ".unicodeScalars.contains(scalars[place]) {
          place += 1
        }
      default: return scalar
      }
    }
    return nil
  }

  /// The scalar of the escape whose letter is here; nil when it is none.
  private mutating func escape(digits count: Int) -> Unicode.Scalar? {
    let digits = scalars.dropFirst(place + 1).prefix(count)
    guard digits.count == count else { return nil }
    var value: UInt32 = 0
    for digit in digits {
      guard digit.properties.isASCIIHexDigit, let number = Character(digit).hexDigitValue else {
        return nil
      }
      value = value << 4 | UInt32(number)
    }
    guard let scalar = Unicode.Scalar(value) else { return nil }
    place += 1 + count
    return scalar
  }
}
