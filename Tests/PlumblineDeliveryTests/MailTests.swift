import Foundation
import PlumblineCore
import PlumblineReporting
import Testing

@testable import PlumblineDelivery

@Suite(.enabled(if: Python.withMail != nil, Python.mailAbsence))
struct MailTests {
  private func settings(
    _ port: Int,
    _ protection: MailSettings.Protection = .none,
    signsIn: Bool = false,
    caFile: String? = nil
  ) throws -> MailSettings {
    MailSettings(
      host: "127.0.0.1",
      port: port,
      protection: protection,
      account: signsIn
        ? MailSettings.Account(user: "plumbline", password: .environment("PASSWORD")) : nil,
      from: try MailAddress("plumbline@example.com", name: "Plumbline"),
      to: [try MailAddress("first@example.com"), try MailAddress("second@example.com")],
      caFile: caFile,
      timeoutInSeconds: 2
    )
  }

  private func message(_ settings: MailSettings) throws -> [UInt8] {
    try MailMessage(
      from: settings.from,
      to: settings.to,
      subject: "Zwölf Leads",
      date: Instant(seconds: 1_783_000_000),
      messageID: "1.a@example.com",
      text: ".\n..\nfertig: ä\n.",
      html: "<p>.</p>\n."
    ).bytes
  }

  private func send(_ settings: MailSettings, password: String = "right") throws -> CarryResult {
    try MailCarrier(settings, environment: ["PASSWORD": password], folder: "/")
      .carry(message(settings), to: settings.to)
  }

  @Test func `a mail arrives byte for byte, dots and all`() throws {
    let server = try TestServer(.mail, ["well", "none"])
    let settings = try settings(server.port)
    #expect(try send(settings) == .taken)
    let received = try server.received()
    #expect(received.count == 1)
    #expect(received.first?["from"] as? String == "plumbline@example.com")
    #expect(received.first?["to"] as? [String] == ["first@example.com", "second@example.com"])
    let data = try #require(Data(base64Encoded: received.first?["data"] as? String ?? ""))
    #expect(Array(data) == (try message(settings)))
  }

  @Test(
    arguments: [
      (
        "refuse-recipient",
        CarryResult.refused(reason: "the mail server answered 550", retryAfter: nil)
      ),
      ("refuse-mail", .refused(reason: "the mail server answered 554", retryAfter: nil)),
      ("later", .refused(reason: "the mail server answered 451", retryAfter: nil)),
      ("close-before-data", .refused(reason: "the connection broke off", retryAfter: nil)),
      ("close-after-data", .uncertain(reason: "the connection broke off")),
      ("slow", .uncertain(reason: "no answer within 2 s")),
      ("slow-quit", .taken),
    ] as [(String, CarryResult)]
  )
  func `tells taken, refused and unknown apart`(mode: String, result: CarryResult) throws {
    let server = try TestServer(.mail, [mode, "none"])
    let start = Date()
    #expect(try send(settings(server.port)) == result)
    #expect(Date().timeIntervalSince(start) < 15)
    let wasTaken = ["close-after-data", "slow", "slow-quit"].contains(mode)
    #expect(try server.received().count == (wasTaken ? 1 : 0))
  }

  @Test func `nobody at the address`() throws {
    let port = try TestServer(.mail, ["well", "none"]).port
    #expect(
      try send(settings(port))
        == .refused(reason: "nobody answers at its address", retryAfter: nil)
    )
  }

  @Test(
    .enabled(if: TestCertificate.files != nil, TestCertificate.absence),
    arguments: [MailSettings.Protection.starttls, .tls]
  )
  func `signs in over TLS, and says nothing to a server it does not trust`(
    protection: MailSettings.Protection
  ) throws {
    let files = try #require(TestCertificate.files)
    let server = try TestServer(
      .mail,
      ["well", protection.rawValue, files.certificate, files.key]
    )
    let trusting = try settings(
      server.port,
      protection,
      signsIn: true,
      caFile: files.certificate
    )
    #expect(try send(trusting) == .taken)
    #expect(try server.received().first?["user"] as? String == "plumbline")
    #expect(
      try send(trusting, password: "wrong")
        == .refused(reason: "the server refused the user or password", retryAfter: nil)
    )
    #expect(
      try send(settings(server.port, protection, signsIn: true))
        == .refused(reason: "its certificate is not to be trusted", retryAfter: nil)
    )
    #expect(try server.received().count == 1)
  }

  @Test func `a server without STARTTLS gets no mail when it is asked for`() throws {
    let server = try TestServer(.mail, ["well", "none"])
    #expect(
      try send(settings(server.port, .starttls))
        == .refused(reason: "the server offers no protected connection", retryAfter: nil)
    )
    #expect(try server.received().isEmpty)
  }
}
