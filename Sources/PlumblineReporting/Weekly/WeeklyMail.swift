public import PlumblineCore

/// The page for both teams as a mail: plain text, and the same as HTML.
public struct WeeklyMail: Sendable {
  /// The columns of the plain text: what a mail program shows without breaking lines.
  static let width = 72

  private let answer: WeeklyAnswer
  private let agreement: Agreement
  private let generatedBy: String

  /// A mail to be made.
  ///
  /// - Parameters:
  ///   - answer: The page.
  ///   - agreement: The agreement under which it was made.
  ///   - generatedBy: What made the mail, such as a program and its version.
  public init(_ answer: WeeklyAnswer, under agreement: Agreement, generatedBy: String) {
    self.answer = answer
    self.agreement = agreement
    self.generatedBy = generatedBy
  }

  /// What stands in the list of mails.
  public var subject: String { WeeklyWords(answer, agreement).title }

  /// The mail, the same bytes for the same page, sender and receivers.
  ///
  /// It is dated at the instant up to which its facts count, and its id is made of what it says, so
  /// that a mail that is sent again is known as the same.
  ///
  /// - Parameters:
  ///   - from: Who sends it.
  ///   - to: Who gets it.
  /// - Returns: The mail.
  /// - Throws: `InputError` when nobody gets it.
  public func message(from: MailAddress, to: [MailAddress]) throws(InputError) -> MailMessage {
    let text = WeeklyText(answer, under: agreement, layout: TextLayout(width: Self.width)).text
    return try MailMessage(
      from: from,
      to: to,
      subject: subject,
      date: answer.asOf,
      messageID: "weekly.\(answer.period).\(Self.fingerprint(text))@plumbline.invalid",
      text: text,
      html: WeeklyHTML(answer, under: agreement, generatedBy: generatedBy).text,
      calendar: agreement.calendar
    )
  }

  /// Sixteen hexadecimal digits that differ for different texts but by a rare chance.
  ///
  /// - SeeAlso: Fowler, Noll & Vo, FNV-1a with 64 bits (draft-eastlake-fnv).
  static func fingerprint(_ text: String) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
