import Foundation
import Testing

@testable import PlumblineDelivery

@Suite(.enabled(if: Python.any != nil, Python.absence))
struct WebhookTests {
  private func carrier(_ url: String, caFile: String? = nil) throws -> WebhookCarrier {
    try WebhookCarrier(
      WebhookSettings(url: .environment("HOOK"), caFile: caFile, timeoutInSeconds: 2),
      environment: ["HOOK": url],
      folder: "/"
    )
  }

  @Test(
    arguments: [
      ("200", CarryResult.taken),
      ("204", .taken),
      ("404", .refused(reason: "the server answered 404", retryAfter: nil)),
      ("500", .refused(reason: "the server answered 500", retryAfter: nil)),
      ("503", .refused(reason: "the server answered 503", retryAfter: nil)),
      ("504", .uncertain(reason: "the server answered 504")),
      ("wait", .refused(reason: "the server answered 429", retryAfter: 4000)),
      (
        "redirect",
        .refused(
          reason: "the server answered 302: it sends elsewhere, which is not followed",
          retryAfter: nil
        )
      ),
      ("slow", .uncertain(reason: "no answer within 2 s")),
      ("close-after-reading", .uncertain(reason: "the connection broke off")),
      ("garbage", .uncertain(reason: "its address cannot be used")),
      ("close-in-answer", .taken),
      ("endless", .taken),
    ] as [(String, CarryResult)]
  )
  func `tells taken, refused and unknown apart`(mode: String, result: CarryResult) throws {
    let server = try TestServer(.webhook, [mode])
    let carrier = try carrier("http://127.0.0.1:\(server.port)/services/T0/B0")
    #expect(carrier.carry(Array(#"{"text":"ä"}"#.utf8), to: []) == result)
    let received = try server.received()
    #expect(received.map { $0["body"] as? String } == [#"{"text":"ä"}"#])
    #expect(received.first?["path"] as? String == "/services/T0/B0")
    #expect(received.first?["type"] as? String == "application/json; charset=utf-8")
  }

  @Test func `a body too large for the connection's buffers was not taken when it closes`() throws {
    let server = try TestServer(.webhook, ["close-before-reading"])
    let carrier = try carrier("http://127.0.0.1:\(server.port)/")
    let result = carrier.carry(Array(repeating: 0x20, count: 40_000_000), to: [])
    #expect(result == .refused(reason: "the connection broke off", retryAfter: nil))
  }

  @Test func `nobody at the address`() throws {
    let port = try TestServer(.webhook, ["200"]).port
    let result = try carrier("http://127.0.0.1:\(port)/").carry([0x7B], to: [])
    #expect(result == .refused(reason: "nobody answers at its address", retryAfter: nil))
  }

  @Test func `an unknown name`() throws {
    let result = try carrier("https://hooks.invalid/").carry([0x7B], to: [])
    #expect(result == .refused(reason: "its name is not known on this network", retryAfter: nil))
  }

  @Test(.enabled(if: TestCertificate.files != nil, TestCertificate.absence))
  func `a certificate is trusted when its file is named, and else not`() throws {
    let files = try #require(TestCertificate.files)
    let server = try TestServer(.webhook, ["200", files.certificate, files.key])
    let url = "https://127.0.0.1:\(server.port)/"
    #expect(try carrier(url, caFile: files.certificate).carry([0x7B], to: []) == .taken)
    #expect(
      try carrier(url).carry([0x7B], to: [])
        == .refused(reason: "its certificate is not to be trusted", retryAfter: nil)
    )
    #expect(
      try carrier(url, caFile: "/nowhere.pem").carry([0x7B], to: [])
        == .refused(reason: "the file of certificates cannot be read", retryAfter: nil)
    )
    #expect(try server.received().count == 1)
  }

  @Test(.enabled(if: TestCertificate.files != nil, TestCertificate.absence))
  func `a protected connection that closes in the middle is a refusal`() throws {
    let files = try #require(TestCertificate.files)
    let server = try TestServer(
      .webhook,
      ["close-before-reading", files.certificate, files.key]
    )
    let carrier = try carrier("https://127.0.0.1:\(server.port)/", caFile: files.certificate)
    let result = carrier.carry(Array(repeating: 0x20, count: 40_000_000), to: [])
    #expect(result == .refused(reason: "the connection broke off", retryAfter: nil))
  }

  @Test(.enabled(if: TestCertificate.files != nil, TestCertificate.absence))
  func `a server that speaks no TLS is not spoken to`() throws {
    let server = try TestServer(.webhook, ["200"])
    let result = try carrier("https://127.0.0.1:\(server.port)/").carry([0x7B], to: [])
    #expect(result == .refused(reason: "no protected connection could be made", retryAfter: nil))
    #expect(try server.received().isEmpty)
  }
}
