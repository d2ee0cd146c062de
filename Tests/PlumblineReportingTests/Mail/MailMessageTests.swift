import Foundation
import PlumblineCore
import Testing

@testable import PlumblineReporting

struct MailMessageTests {
  private func message(
    subject: String = "Plain",
    from: MailAddress? = nil,
    to: [MailAddress]? = nil,
    text: String = "Hello",
    html: String? = nil,
    messageID: String = "1@example.com"
  ) throws -> String {
    let mail = try MailMessage(
      from: from ?? MailAddress("a@example.com"),
      to: to ?? [MailAddress("b@example.com")],
      subject: subject,
      date: Instant(seconds: 1_769_846_700),
      messageID: messageID,
      text: text,
      html: html,
      calendar: LocalCalendar(zoneName: "Europe/Berlin") ?? .utc
    )
    return String(decoding: mail.bytes, as: UTF8.self)
  }

  @Test func `a whole mail of plain text`() throws {
    #expect(
      try message()
        == [
          "From: a@example.com", "To: b@example.com", "Subject: Plain",
          "Date: Sat, 31 Jan 2026 09:05:00 +0100", "Message-ID: <1@example.com>",
          "Auto-Submitted: auto-generated", "MIME-Version: 1.0",
          "Content-Type: text/plain; charset=utf-8",
          "Content-Transfer-Encoding: quoted-printable", "", "Hello", "",
        ].joined(separator: "\r\n")
    )
  }

  @Test func `text and HTML are two parts that nothing in them can end`() throws {
    let boundary = "--=_plumbline_parts"
    let mail = try message(text: "a\n\(boundary)--\nb", html: "<p>\(boundary)</p>")
    #expect(mail.components(separatedBy: "\r\n\(boundary)\r\n").count == 3)
    #expect(mail.components(separatedBy: "\(boundary)--").count == 2)
    #expect(mail.hasSuffix("\r\n\(boundary)--\r\n"))
  }

  @Test(
    arguments: [
      "", " ", "a  b", "Grüße", "=?utf-8?q?x?=", String(repeating: "w", count: 200),
      String(repeating: "ä", count: 100), String(repeating: "some words ", count: 30),
      "👩‍👩‍👧‍👦 " + String(repeating: "👍🏽", count: 30), "tail ",
    ]
  )
  func `any subject keeps to ASCII and to short lines`(subject: String) throws {
    let mail = try message(subject: subject)
    let head = mail.components(separatedBy: "\r\n\r\n").first ?? ""
    for line in head.components(separatedBy: "\r\n") {
      #expect(line.utf8.count <= 78)
      #expect(line.utf8.allSatisfy { (0x20...0x7E).contains($0) })
      #expect(line.contains { $0 != " " })
    }
  }

  @Test(arguments: ["a\nBcc: x@example.com", "a\r\nBcc: x@example.com", "a\rb", "a\u{0}b", "a\tb"])
  func `a line break adds no field`(text: String) {
    #expect(throws: InputError.self) { _ = try message(subject: text) }
    #expect(throws: InputError.self) { _ = try MailAddress("a@example.com", name: text) }
    #expect(throws: InputError.self) { _ = try MailAddress(text + "@example.com") }
    #expect(throws: InputError.self) { _ = try message(messageID: text + "@example.com") }
  }

  @Test(
    arguments: [
      ("a@example.com", true), ("a.b+c@example.com", true), ("a@localhost", true),
      (String(repeating: "a", count: 64) + "@example.com", true), ("", false), ("@", false),
      ("a@", false), ("@example.com", false), ("a@b@c", false), ("a b@example.com", false),
      (".a@example.com", false), ("a..b@example.com", false), ("a@-x.com", false),
      ("a@x..com", false), ("ä@example.com", false), ("a@exämple.com", false),
      ("<a@example.com>", false), ("a@example.com,b@example.com", false),
      (String(repeating: "a", count: 65) + "@example.com", false),
    ]
  )
  func `addresses that every server takes`(address: String, isValid: Bool) {
    #expect(MailAddress.isValid(address) == isValid)
  }

  @Test func `mailboxes are read with and without a name`() throws {
    let plain = try MailAddress(parsing: "a@example.com")
    #expect(plain.name == nil && plain.address == "a@example.com")
    let named = try MailAddress(parsing: "\"Lee, Ann\" <a@example.com>")
    #expect(named.name == "Lee, Ann" && named.address == "a@example.com")
    #expect(try MailAddress(parsing: "<a@example.com>").name == nil)
    #expect(throws: InputError.self) { _ = try MailAddress(parsing: "Ann <a@example.com") }
  }

  @Test func `nobody to go to`() {
    #expect(throws: InputError.self) { _ = try message(to: []) }
  }

  @Test(
    arguments: [
      ("", ""), ("a", "a\r\n"), ("a\n", "a\r\n"), ("a\rb\r\nc", "a\r\nb\r\nc\r\n"),
      ("\n\n", "\r\n\r\n"), ("a ", "a=20\r\n"), ("a\t\nb", "a=09\r\nb\r\n"), ("=", "=3D\r\n"),
      ("ä", "=C3=A4\r\n"), (".", ".\r\n"),
      (String(repeating: "x", count: 76), String(repeating: "x", count: 76) + "\r\n"),
      (String(repeating: "x", count: 77), String(repeating: "x", count: 75) + "=\r\nxx\r\n"),
      (
        String(repeating: "x", count: 74) + "ä",
        String(repeating: "x", count: 74) + "=\r\n=C3=A4\r\n"
      ),
    ]
  )
  func `quoted-printable`(text: String, encoded: String) {
    #expect(String(decoding: QuotedPrintable.encoded(text), as: UTF8.self) == encoded)
  }
}
