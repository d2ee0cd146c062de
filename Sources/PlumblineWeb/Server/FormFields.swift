import PlumblineCore

/// Fields of a form or of an address, in their order; a name may occur again.
///
/// They are read by bytes, never by characters: whoever sends them need not have signed in, and what
/// they cost must not hang on what Unicode makes of them.
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
  ///
  /// - Complexity: O(bytes).
  init(encoded: String) { self.init(encoded: encoded.utf8) }

  /// Fields as `application/x-www-form-urlencoded` writes them; what is no text is left out.
  ///
  /// - Complexity: O(bytes).
  init(encoded: some Sequence<UInt8>) {
    for pair in Array(encoded).split(separator: UInt8(ascii: "&")) {
      let parts = pair.split(
        separator: UInt8(ascii: "="),
        maxSplits: 1,
        omittingEmptySubsequences: false
      )
      guard let name = parts.first.flatMap({ Self.decoded($0) }), !name.isEmpty,
        let value = parts.count == 2 ? Self.decoded(parts[1]) : ""
      else { continue }
      fields.append(Field(name: name, value: value))
    }
  }

  /// The first value of a name.
  subscript(name: String) -> String? { fields.first { Self.areSame($0.name, name) }?.value }

  /// All values of a name.
  func all(_ name: String) -> [String] {
    fields.filter { Self.areSame($0.name, name) }.map(\.value)
  }

  /// Whether every name and value can be worked on in a time that grows with its length alone.
  var areBearable: Bool {
    fields.allSatisfy { MarkRun.isShort(in: $0.name) && MarkRun.isShort(in: $0.value) }
  }

  private static func areSame(_ left: String, _ right: String) -> Bool {
    left.utf8.elementsEqual(right.utf8)
  }

  /// The text behind `+` and `%41`; nil when an escape is none or it is no UTF-8.
  private static func decoded(_ bytes: ArraySlice<UInt8>) -> String? {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var rest = bytes.makeIterator()
    while let byte = rest.next() {
      switch byte {
      case UInt8(ascii: "+"): text.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        guard let high = rest.next().flatMap(digit), let low = rest.next().flatMap(digit) else {
          return nil
        }
        text.append(high << 4 | low)
      default: text.append(byte)
      }
    }
    return String(validating: text, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
