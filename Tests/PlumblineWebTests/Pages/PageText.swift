import Foundation

/// What tests look for in a page.
struct PageText {
  let text: String

  /// The words between the marks of an element's first occurrence, without elements inside.
  func first(_ element: String) -> String? {
    guard let start = text.range(of: "<\(element)"),
      let open = text.range(of: ">", range: start.upperBound..<text.endIndex),
      let end = text.range(of: "</\(element)>", range: open.upperBound..<text.endIndex)
    else { return nil }
    return Self.plain(String(text[open.upperBound..<end.lowerBound]))
  }

  /// How often something stands in the page.
  func count(_ part: String) -> Int { text.components(separatedBy: part).count - 1 }

  /// Addresses and words of the links whose address begins so, in their order.
  func links(_ beginning: String) -> [(address: String, words: String)] {
    text.components(separatedBy: "href=\"").dropFirst().compactMap { part in
      guard let end = part.firstIndex(of: "\""),
        let open = part.firstIndex(of: ">"), let close = part.range(of: "</a>")
      else { return nil }
      let address = Self.plain(String(part[..<end]))
      guard address.hasPrefix(beginning), open < close.lowerBound else { return nil }
      return (address, Self.plain(String(part[part.index(after: open)..<close.lowerBound])))
    }
  }

  /// The first number of a text, its thousands put together.
  static func number(_ text: String) -> Int? {
    let digits = text.drop { !$0.isNumber }.prefix { $0.isNumber || $0 == "," }
    return Int(digits.filter(\.isNumber))
  }

  /// The number that a link's list has to hold: the base of a share, else the only number of its
  /// words.
  static func base(_ words: String) -> Int? {
    number(words.split(separator: " of ").last.map { String($0) } ?? words)
  }

  private static func plain(_ markup: String) -> String {
    markup.replacing("&amp;", with: "&").replacing("&quot;", with: "\"")
      .replacing("&#39;", with: "'").replacing("&lt;", with: "<").replacing("&gt;", with: ">")
  }
}
