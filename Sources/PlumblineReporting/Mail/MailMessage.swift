public import PlumblineCore

/// A mail as its bytes: plain text, and the same as HTML for those who want it.
///
/// The same arguments give the same bytes. What comes from outside can neither add a header field
/// nor another part: control characters are refused in fields, and everything in a part is encoded
/// so that the boundary between parts cannot occur in it.
///
/// - SeeAlso: RFC 5322 (the format), RFC 2045 and 2046 (parts), RFC 2047 (words in fields), RFC 3834
///   (automatic mail).
public struct MailMessage: Hashable, Sendable {
  /// Who sends it; also where the server sends what cannot be delivered.
  public let from: MailAddress
  /// Who gets it.
  public let to: [MailAddress]
  /// What stands in the list of mails.
  public let subject: String
  /// The whole mail with CR LF at the end of each line, the form in which a server takes it.
  public let bytes: [UInt8]

  /// A boundary that quoted-printable text cannot hold, as it never has `_` after `=`.
  private static let boundary = "=_plumbline_parts"

  /// A mail.
  ///
  /// - Parameters:
  ///   - from: Who sends it.
  ///   - to: Who gets it; everybody in it sees the others.
  ///   - subject: What stands in the list of mails, one line.
  ///   - date: When it was made.
  ///   - messageID: A name that no other mail has, such as `d2a8.20260131@example.com`, without the
  ///     angle brackets; the same for a mail that is sent again.
  ///   - text: The plain text.
  ///   - html: The same as a whole HTML document, or nil for a mail of plain text.
  ///   - calendar: The zone on whose clock the date is written.
  /// - Throws: `InputError` with code `mail.no-recipient`, `mail.control-character` or
  ///   `mail.message-id`.
  public init(
    from: MailAddress,
    to: [MailAddress],
    subject: String,
    date: Instant,
    messageID: String,
    text: String,
    html: String? = nil,
    calendar: LocalCalendar = .utc
  ) throws(InputError) {
    guard !to.isEmpty else {
      throw InputError(code: "mail.no-recipient", "a mail has nobody to go to.")
    }
    try MailAddress.requirePlain(subject, "the subject of a mail")
    guard Self.isMessageID(messageID) else {
      throw InputError(
        code: "mail.message-id",
        "a mail's id is not of the form left@right in plain letters, digits and signs."
      )
    }
    (self.from, self.to, self.subject) = (from, to, subject)
    let recipients = to.enumerated().flatMap { index, mailbox in
      MailHeader.mailbox(mailbox, isLast: index + 1 == to.count)
    }
    var head = MailHeader.field("From", words: MailHeader.mailbox(from, isLast: true))
    head += MailHeader.field("To", words: recipients)
    head += MailHeader.field("Subject", words: MailHeader.unstructured(subject))
    head += MailHeader.field("Date", words: [MailDate.text(date, calendar)])
    head += MailHeader.field("Message-ID", words: ["<\(messageID)>"])
    head += MailHeader.field("Auto-Submitted", words: ["auto-generated"])
    head += MailHeader.field("MIME-Version", words: ["1.0"])
    guard let html else {
      bytes = Array(head.utf8) + Self.part("plain", text)
      return
    }
    head += MailHeader.field(
      "Content-Type",
      words: ["multipart/alternative;", "boundary=\"\(Self.boundary)\""]
    )
    // The last part is the one a reader prefers: RFC 2046, section 5.1.4.
    bytes =
      Array("\(head)\r\n--\(Self.boundary)\r\n".utf8) + Self.part("plain", text)
      + Array("\r\n--\(Self.boundary)\r\n".utf8) + Self.part("html", html)
      + Array("\r\n--\(Self.boundary)--\r\n".utf8)
  }

  /// The fields of a part of text, an empty line, and the text.
  private static func part(_ subtype: String, _ text: String) -> [UInt8] {
    let fields =
      MailHeader.field("Content-Type", words: ["text/\(subtype);", "charset=utf-8"])
      + MailHeader.field("Content-Transfer-Encoding", words: ["quoted-printable"])
    return Array("\(fields)\r\n".utf8) + QuotedPrintable.encoded(text)
  }

  /// Whether a text is a `msg-id` of RFC 5322, section 3.6.4, without its brackets.
  private static func isMessageID(_ text: String) -> Bool {
    let sides = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    return sides.count == 2 && text.utf8.count <= 200
      && sides.allSatisfy { side in
        side.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
          .allSatisfy { !$0.isEmpty && $0.allSatisfy(MailAddress.isAtomText) }
      }
  }
}
