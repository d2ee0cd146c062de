/// A mailbox: an address, and the name that is shown with it.
///
/// Only addresses that every mail server takes: ASCII, the local part without quotes (`dot-atom` of
/// RFC 5322, section 3.4.1), the lengths of RFC 5321, section 4.5.3.1.
public struct MailAddress: Hashable, Sendable {
  /// The name that is shown, or nil.
  public let name: String?
  /// The address, such as `ops@example.com`.
  public let address: String

  /// A mailbox.
  ///
  /// - Parameters:
  ///   - address: The address alone.
  ///   - name: The name that is shown; any text without line breaks and other control characters.
  /// - Throws: `InputError` with code `mail.address` or `mail.control-character`; the message does
  ///   not repeat the text.
  public init(_ address: String, name: String? = nil) throws(InputError) {
    guard Self.isValid(address) else {
      throw InputError(
        code: "mail.address",
        "a mail address is not of the form name@example.com.",
        remedy: "Write one address in plain letters, digits and signs, without blanks."
      )
    }
    if let name { try Self.requirePlain(name, "the name of a mailbox") }
    self.address = address
    self.name = name.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// A mailbox written as `ops@example.com` or `Plumbline <ops@example.com>`.
  ///
  /// - Parameter text: The mailbox.
  /// - Throws: `InputError` as the other initializer does.
  public init(parsing text: String) throws(InputError) {
    guard text.last == ">", let open = text.lastIndex(of: "<") else {
      try self.init(text)
      return
    }
    var name = text[..<open]
    while name.last == " " { name.removeLast() }
    if name.count >= 2, name.first == "\"", name.last == "\"" {
      name = name.dropFirst().dropLast()
    }
    try self.init(String(text[text.index(after: open)...].dropLast()), name: String(name))
  }

  /// Whether a text is an address that every server takes.
  public static func isValid(_ address: String) -> Bool {
    let parts = address.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    guard parts.count == 2, address.utf8.count <= 254, (1...64).contains(parts[0].count),
      !parts[1].isEmpty
    else { return false }
    let atoms = parts[0].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let labels = parts[1].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return atoms.allSatisfy { !$0.isEmpty && $0.allSatisfy(isAtomText) }
      && labels.allSatisfy { label in
        (1...63).contains(label.count) && label.first != UInt8(ascii: "-")
          && label.last != UInt8(ascii: "-")
          && label.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
      }
  }

  /// Refuses line breaks and other control characters, with which a text could add header fields.
  ///
  /// - Parameters:
  ///   - text: What is to stand in a header field.
  ///   - what: What it is, for the message.
  /// - Throws: `InputError` with code `mail.control-character`; the message does not repeat the text.
  public static func requirePlain(_ text: String, _ what: String) throws(InputError) {
    let isPlain = text.unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: false
      default: true
      }
    }
    guard isPlain else {
      throw InputError(
        code: "mail.control-character",
        "\(what) holds a line break or another control character.",
        remedy: "Write it on one line, without tabs."
      )
    }
  }

  /// Letters, digits and the signs that may stand in an atom: RFC 5322, section 3.2.3.
  public static func isAtomText(_ byte: UInt8) -> Bool {
    isLetterOrDigit(byte) || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}
