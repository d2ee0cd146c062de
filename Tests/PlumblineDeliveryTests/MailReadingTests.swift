import Foundation
import PlumblineCore
import PlumblineReporting
import PlumblineTestSupport
import Testing

/// Mails read by somebody else's mail parser: Python's `email` package.
@Suite(.enabled(if: Python.any != nil, Python.absence))
struct MailReadingTests {
  private func read(_ mail: MailMessage) throws -> [String: Any] {
    let folder = try TestServer.newFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let (input, output) = (folder.appending(path: "in"), folder.appending(path: "out"))
    try Data(mail.bytes).write(to: input)
    try Data().write(to: output)
    let process = Process()
    let python: URL = try #require(Python.any)
    process.executableURL = python
    process.arguments = [
      Repository.root.appending(path: "Tests/PlumblineDeliveryTests/Servers/read_mail.py").path
    ]
    process.standardInput = try FileHandle(forReadingFrom: input)
    process.standardOutput = try FileHandle(forWritingTo: output)
    try process.run()
    process.waitUntilExit()
    return try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: output)) as? [String: Any]
    )
  }

  @Test(
    arguments: [
      "", "Plain", "a  b", "Grüße aus Köln", "=?utf-8?q?not_encoded?=",
      String(repeating: "ä", count: 200), String(repeating: "many words ", count: 20) + "end",
      "👩‍👩‍👧‍👦👍🏽", "\"quoted\" \\ (comment), <x>",
    ]
  )
  func `another program reads what was written`(words: String) throws {
    let text = "First \(words)\n.\n\n  indented, tail \nFrom here =3D\t\n\(words)\nend"
    let found = try read(
      MailMessage(
        from: MailAddress("a@example.com", name: words),
        to: [MailAddress("b@example.com"), MailAddress("c@example.com", name: words)],
        subject: words,
        date: Instant(seconds: 1_769_846_700),
        messageID: "1@example.com",
        text: text,
        html: "<p>\(words)</p>",
        calendar: LocalCalendar(zoneName: "Asia/Kolkata") ?? .utc
      )
    )
    #expect(found["subject"] as? String == words)
    #expect(found["from"] as? [[String]] == [[words, "a@example.com"]])
    #expect(found["to"] as? [[String]] == [["", "b@example.com"], [words, "c@example.com"]])
    #expect(found["plain"] as? String == text + "\n")
    #expect(found["html"] as? String == "<p>\(words)</p>\n")
    #expect(found["date"] as? String == "2026-01-31T13:35:00+05:30")
    #expect(found["defects"] as? [String] == [])
    #expect(
      found["fields"] as? [String] == [
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version",
        "Content-Type",
      ]
    )
  }
}
