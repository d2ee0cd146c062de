/// How text is laid out: how wide, and whether a terminal shows it.
public struct TextLayout: Hashable, Sendable {
  /// The most columns a line may take.
  public var width: Int
  /// Whether the output is a terminal, which can show bold and colour.
  public var isTerminal: Bool

  /// A layout.
  ///
  /// - Parameters:
  ///   - width: The most columns a line may take; fewer than 40 are taken as 40.
  ///   - isTerminal: Whether the output is a terminal.
  public init(width: Int = 80, isTerminal: Bool = false) {
    self.width = max(40, width)
    self.isTerminal = isTerminal
  }
}

/// How a piece of text stands out on a terminal; in plain text it does not.
enum Ink: String {
  case plain = ""
  case strong = "1"
  case faint = "2"
  case bad = "31"
  case good = "32"

  func applied(to text: String, _ layout: TextLayout) -> String {
    layout.isTerminal && self != .plain && !text.isEmpty
      ? "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" : text
  }
}
