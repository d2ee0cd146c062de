/// A piece of HTML or SVG in which everything that came from outside is escaped.
public struct Markup: Sendable {
  /// The markup as text.
  public let source: String

  private init(source: String) { self.source = source }

  /// Nothing.
  public static let none = Markup(source: "")

  /// Words, whatever they contain.
  public static func text(_ text: String) -> Markup { Markup(source: escaped(text)) }

  /// Words whose line breaks count, as in `pre` and `textarea`.
  public static func multiline(_ text: String) -> Markup {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return Markup(source: lines.map { escaped(String($0)) }.joined(separator: "\n"))
  }

  /// An element around other pieces.
  public static func element(
    _ name: String,
    _ attributes: KeyValuePairs<String, String> = [:],
    _ content: [Markup] = []
  ) -> Markup {
    Markup(
      source: opening(name, attributes) + content.map(\.source).joined() + "</\(name)>"
    )
  }

  /// An element around words.
  public static func element(
    _ name: String,
    _ attributes: KeyValuePairs<String, String> = [:],
    _ text: String
  ) -> Markup {
    element(name, attributes, [.text(text)])
  }

  /// An element that has no content and no end, such as `meta`.
  public static func void(_ name: String, _ attributes: KeyValuePairs<String, String>) -> Markup {
    Markup(source: opening(name, attributes))
  }

  /// A style sheet of our own; never text from outside.
  public static func style(_ css: String) -> Markup {
    Markup(source: "<style>\n\(css)</style>")
  }

  /// Pieces one after another, each on a line of its own.
  public static func lines(_ pieces: [Markup]) -> Markup {
    Markup(source: pieces.filter { !$0.source.isEmpty }.map { $0.source + "\n" }.joined())
  }

  private static func opening(
    _ name: String,
    _ attributes: KeyValuePairs<String, String>
  ) -> String {
    "<\(name)" + attributes.map { " \($0)=\"\(escaped($1))\"" }.joined() + ">"
  }

  /// Words with nothing changed but the signs that mean something in markup.
  static func escapedExactly(_ text: String) -> Markup { Markup(source: signsEscaped(text)) }

  private static func escaped(_ text: String) -> String { signsEscaped(text.printable) }

  private static func signsEscaped(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 < 0x40 && isSign($0) }) else { return text }
    var result = ""
    for character in text.unicodeScalars {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(character)
      }
    }
    return result
  }

  private static func isSign(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
      UInt8(ascii: "'"):
      true
    default: false
    }
  }
}
