import Foundation
import PlumblineCore

/// Where leads are found: here, and in the CRM.
enum LeadAddress {
  /// A part of an address in which nothing has a meaning of its own.
  private static let plain = CharacterSet.alphanumerics.intersection(
    CharacterSet(charactersIn: Unicode.Scalar(0)..<Unicode.Scalar(128))
  ).union(CharacterSet(charactersIn: "-._~"))

  /// A text as one part of an address.
  static func part(_ text: String) -> String {
    let encoded = text.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
    // A part of dots alone would be taken for a folder.
    return encoded.allSatisfy { $0 == "." }
      ? String(repeating: "%2E", count: encoded.count) : encoded
  }

  /// The page of a lead.
  static func page(of lead: String) -> String { "/leads/\(part(lead))" }

  /// The lead's page in the CRM; nil where nobody said how these addresses are made.
  ///
  /// - Parameters:
  ///   - lead: The lead's id.
  ///   - pattern: The address with `{id}` in the id's place.
  /// - Returns: The address.
  static func crm(of lead: String, _ pattern: String?) -> String? {
    guard let pattern, pattern.hasPrefix("https://") || pattern.hasPrefix("http://"),
      pattern.contains("{id}")
    else { return nil }
    return pattern.replacing("{id}", with: part(lead))
  }

  /// What no address has (RFC 3986, appendix A).
  private static let foreign = Set("\"<>\\^`{|}".utf8)

  /// Whether a text is an address of leads' pages: `{id}` once, in the path or after it.
  static func isPattern(_ text: String) -> Bool {
    let parts = text.split(separator: "{id}", omittingEmptySubsequences: false)
    guard parts.count == 2,
      parts.joined().utf8.allSatisfy({ (0x21...0x7E).contains($0) && !foreign.contains($0) }),
      let address = URLComponents(string: parts.joined(separator: "1")),
      ["https", "http"].contains(address.scheme), let host = address.host, !host.isEmpty,
      address.user == nil, address.password == nil,
      // The name of the machine ends before the id.
      let before = URLComponents(string: String(parts[0])), before.host == host,
      !before.path.isEmpty || before.query != nil || before.fragment != nil
    else { return false }
    return true
  }

  /// What may be a lead's id in what somebody typed: the text itself, or the parts of the address of
  /// a page of the CRM, the last first.
  static func candidates(_ typed: String) -> [String] {
    let text = typed.trimmingCharacters(in: .whitespacesAndNewlines)
    guard text.hasPrefix("https://") || text.hasPrefix("http://") else {
      return text.isEmpty ? [] : [text]
    }
    guard let address = URLComponents(string: text) else { return [] }
    let values = address.queryItems?.compactMap(\.value) ?? []
    let parts = address.percentEncodedPath.split(separator: "/").compactMap {
      String($0).removingPercentEncoding
    }
    return (parts.reversed() + values).prefix(16).filter { MarkRun.isShort(in: $0) }
  }
}
