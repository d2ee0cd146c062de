import Foundation

/// JSON as every answer writes it: keys in snake_case and sorted, nothing left out.
enum JSONText {
  /// The number of the format; it changes when a key changes its meaning or goes away.
  static let format = 1

  /// The JSON of a value, ending in a line break.
  ///
  /// - Throws: `EncodingError` for a number that is not finite.
  static func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
  }
}

/// A value that is written as null where there is none, so that every key is always there.
@propertyWrapper
struct OrNull<Value: Codable & Hashable & Sendable>: Codable, Hashable, Sendable {
  var wrappedValue: Value?

  init(wrappedValue: Value?) { self.wrappedValue = wrappedValue }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    wrappedValue = container.decodeNil() ? nil : try container.decode(Value.self)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let wrappedValue { try container.encode(wrappedValue) } else { try container.encodeNil() }
  }
}
