import Foundation

/// An address of one of our pages, whatever its fields hold.
enum Address {
  /// What may stand in a part of an address as it is.
  private static let plain = CharacterSet(
    charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
  )

  /// A path with fields.
  ///
  /// - Parameters:
  ///   - path: The path, of our own words.
  ///   - fields: Names and values; those without a value are left out.
  /// - Returns: The address.
  static func of(_ path: String, _ fields: [FormFields.Field]) -> String {
    let pairs = fields.filter { !$0.value.isEmpty }.map {
      "\(encoded($0.name))=\(encoded($0.value))"
    }
    return pairs.isEmpty ? path : path + "?" + pairs.joined(separator: "&")
  }

  /// The page of a lead.
  static func lead(_ id: String) -> String { "/leads/\(encoded(id))" }

  /// A text as a part of an address.
  static func encoded(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
  }
}
