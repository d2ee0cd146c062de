import Foundation
import PlumblineCore
import Testing

@testable import PlumblineReporting

struct AlertMessagesTests {
  private static let now = Instant(seconds: 1_782_900_000)
  private let messages = AlertMessages(
    under: Agreement(company: "Acme", version: "3", hash: "0123456789abcdef")
  )

  private func step(
    _ lead: String,
    _ step: SLAStep.Step = .breached,
    owner: String = "Ann Lee",
    promise: SLAStep.Promise = .firstTouch,
    stage: String? = nil
  ) -> SLAStep {
    SLAStep(
      lead: lead,
      owner: owner,
      promise: promise,
      step: step,
      due: Self.now.advanced(bySeconds: -3600),
      stage: stage
    )
  }

  private func digest(_ steps: [SLAStep]) -> AlertDigest {
    AlertDigest(destination: "chat", steps: steps, asOf: Self.now)
  }

  private func chat(_ steps: [SLAStep]) throws -> (text: String, body: String, foot: String) {
    let data = Data(try messages.webhookBody(digest(steps)).utf8)
    let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let blocks = try #require(json["blocks"] as? [[String: Any]])
    let section = try #require(blocks.first?["text"] as? [String: Any])
    let context = try #require(blocks.last?["elements"] as? [[String: Any]])
    return (
      try #require(json["text"] as? String), try #require(section["text"] as? String),
      try #require(context.first?["text"] as? String)
    )
  }

  @Test func `the gravest comes first, and all are counted`() {
    let text = messages.text(
      digest([
        step("3", .dueSoon), step("2"), step("1", .escalated, owner: ""),
        step("4", promise: .stale, stage: "sql"),
      ])
    )
    #expect(text.hasPrefix("Promises to leads: 1 escalated, 2 missed, 1 due soon.\n"))
    let rows = text.split(separator: "\n").dropFirst(2).prefix(4)
    #expect(rows.first?.contains("escalated") == true && rows.first?.contains("nobody") == true)
    #expect(rows.last?.contains("due soon") == true)
    #expect(text.contains("stale in SQL"))
    #expect(text.contains("Agreement 3 (0123456789ab), as of 2026-07-01 10:00"))
  }

  @Test func `a chat message keeps to its size and counts what it leaves out`() throws {
    let few = try chat((0..<15).map { step("\($0)") })
    #expect(few.body.split(separator: "\n").count == 16)
    #expect(!few.foot.contains("more"))
    let name = String(repeating: "n", count: 5000)
    let many = try chat((0..<2000).map { step("\($0)", owner: name) })
    #expect(many.text == "Promises to leads: 2,000 missed")
    #expect(many.body.unicodeScalars.count <= 3000)
    #expect(many.foot.contains("1,985 more"))
  }

  @Test func `a message says what follows it`() throws {
    let digest = AlertDigest(
      destination: "chat",
      steps: [step("1")],
      asOf: Self.now,
      following: 20
    )
    #expect(
      try messages.webhookBody(digest).contains("And 20 more, the less grave ones, which follow")
    )
    #expect(messages.text(digest).contains("And 20 more, the less grave ones, which follow"))
  }

  @Test(arguments: ["<!channel>", "<https://example.com|click>", "a & b", "*b* _i_ ~s~ `c`"])
  func `names cannot call a channel, link or mark up`(name: String) throws {
    let body = try chat([step("1", owner: name)]).body
    #expect(!body.contains(name))
    #expect(!body.contains("<"))
  }

  @Test func `a line of JSON for each step`() throws {
    let lines = try messages.jsonLines(digest([step("1"), step("2\n", owner: "")]))
      .split(separator: "\n")
    #expect(lines.count == 2)
    for line in lines {
      let json = try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      )
      #expect(json["due"] as? String == "2026-07-01T09:00:00+00:00")
      #expect(json["agreement_hash"] as? String == "0123456789abcdef")
      #expect(json["stage"] is NSNull)
    }
  }

  @Test func `a mail escapes what it shows and lists at most fifty`() throws {
    let mail = try messages.mail(
      digest((10..<61).map { step("<b>\($0)") }),
      from: MailAddress("a@example.com"),
      to: [MailAddress("b@example.com")],
      messageID: "1@example.com"
    )
    let text = String(decoding: mail, as: UTF8.self)
      .replacing("=\r\n", with: "")
    #expect(text.contains("Subject: Acme leads: 51 missed"))
    #expect(text.contains("&lt;b&gt;59"))
    #expect(!text.contains("&lt;b&gt;60"))
    #expect(text.components(separatedBy: "And 1 more").count == 3)
    #expect(!text.contains("<b>10</td>"))
  }
}
