import Foundation

/// Fields of a form or of an address, in their order; a name may occur again.
struct FormFields: Hashable, Sendable {
  /// Names and values.
  private(set) var fields: [Field] = []

  /// A name and its value.
  struct Field: Hashable, Sendable {
    var name: String
    var value: String
  }

  /// Fields that are at hand.
  init(_ fields: [Field]) { self.fields = fields }

  /// Fields as `application/x-www-form-urlencoded` writes them; what is no text is left out.
  init(encoded: String) {
    for pair in encoded.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = parts.first.flatMap({ Self.decoded($0) }), !name.isEmpty,
        let value = parts.count == 2 ? Self.decoded(parts[1]) : ""
      else { continue }
      fields.append(Field(name: name, value: value))
    }
  }

  /// The first value of a name.
  subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

  /// All values of a name.
  func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

  private static func decoded(_ text: Substring) -> String? {
    String(text.map { $0 == "+" ? " " : $0 }).removingPercentEncoding
  }
}
