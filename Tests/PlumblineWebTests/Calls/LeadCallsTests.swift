import ArgumentParser
import Foundation
import HTTPTypes
import HummingbirdTesting
import PlumblineCommands
import PlumblineCore
import PlumblineStorage
import Testing

@testable import PlumblineWeb

/// What programs write: the same as the forms of the pages, for tokens alone.
@Suite struct `Writing by programs` {
  private func send(
    _ web: WebHarness,
    _ path: String,
    _ body: String,
    token: String? = "leadership:write",
    session: String? = nil,
    formToken: String? = nil
  ) async throws -> WebHarness.Answer {
    var headers: HTTPFields = [:]
    if let token { headers[.authorization] = "Bearer \(token)" }
    if let formToken, let name = HTTPField.Name("X-Form-Token") { headers[name] = formToken }
    return try await web.ask(path, as: session, method: .post, headers: headers, rawForm: body)
  }

  private func count(_ answer: WebHarness.Answer) throws -> Int? {
    try JSONDecoder().decode(JSONTree.self, from: Data(answer.text.utf8))["count"].integer
  }

  @Test func `a disposition is that of the page, once`() async throws {
    let own = try OwnWorkspace()
    defer { own.remove() }
    let reason = try #require(try own.workspace.agreement().dispositions.first { !$0.isDefault })
    let path = "/api/leads/100002/disposition"
    let body = "{\"reason\": \"\(reason.id)\", \"note\": \"said twice\"}"
    let first = try await send(own.web, path, body)
    #expect(first.status == 200, "\(first.text)")
    #expect(try ShapeCheck.faults(first.text, ["recorded"]) == [])
    #expect(try count(first) == 1)
    #expect(try count(try await send(own.web, path, body)) == 0)
    #expect(try own.acts().map(\.act) == [.dispositionRecorded])
    #expect(try own.acts().first?.subject == "100002")
    #expect(try own.timeline("100002").contains { $0.detail.contains("said twice") })
  }

  @Test func `a second chance is decided as on the page`() async throws {
    let own = try OwnWorkspace()
    defer { own.remove() }
    let lists = try ReboundCommand.parse(["--workspace=\(own.workspace.name)"]).answer().rebound
    let entries = Array(lists.newEntries.prefix(3))
    try #require(entries.count == 3)
    // The account of the harness's tokens.
    _ = try own.accounts.add(
      NewAccount(name: "token", displayName: "Token", role: .marketing),
      in: AuditEvent.Context(at: Instant(seconds: 1_700_000_000))
    )
    let more = [
      "\"verdict\": \"accept\"", "\"verdict\": \"snooze\", \"until\": \"2027-03-01\"",
      "\"verdict\": \"decline\", \"reason\": \"a competitor\"",
    ]
    for (entry, more) in zip(entries, more) {
      let body = "{\"lead\": \"\(entry.lead)\", \"list\": \"\(entry.list)\", \(more)}"
      let answer = try await send(
        own.web,
        "/api/rebound/decisions",
        body,
        token: "marketing:write"
      )
      #expect(answer.status == 200, "\(answer.text)")
      #expect(try count(answer) == 1)
    }
    #expect(
      Set(try own.acts().map(\.act)) == [.reboundAccepted, .reboundSnoozed, .reboundDeclined]
    )
  }

  @Test(arguments: [
    ("{", "api.unreadable-body"), ("[]", "api.unreadable-body"), ("", "api.unreadable-body"),
    ("{\"reason\": 1}", "api.unreadable-body"), ("{\"note\": \"x\"}", "api.missing-field"),
    ("{\"reason\": \"x\", \"who\": \"y\"}", "api.unknown-field"),
    ("{\"reason\": \"no such reason\"}", "disposition.unknown-reason"),
  ])
  func `a body that says nothing is refused`(body: String, code: String) async throws {
    let own = try OwnWorkspace()
    defer { own.remove() }
    let answer = try await send(own.web, "/api/leads/100002/disposition", body)
    #expect(answer.status == 400)
    #expect(answer.text.contains("\"\(code)\""), "\(answer.text)")
    #expect(try own.acts().isEmpty)
  }

  @Test func `a body that is too large is refused in the one shape`() async throws {
    let own = try OwnWorkspace()
    defer { own.remove() }
    let body = "{\"reason\": \"\(String(repeating: "x", count: 300_000))\"}"
    let answer = try await send(own.web, "/api/leads/100002/disposition", body)
    #expect(answer.status == 413)
    #expect(answer.text.contains("\"web.too-large\""))
  }

  @Test func `the session of a browser writes nothing, whatever it sends`() async throws {
    let own = try OwnWorkspace()
    defer { own.remove() }
    for path in ["/api/leads/100002/disposition", "/api/rebound/decisions"] {
      for formToken in [nil, OpenDoor.formToken] {
        let answer = try await send(
          own.web,
          path,
          "{}",
          token: nil,
          session: "leadership",
          formToken: formToken
        )
        #expect(answer.status == 403)
        #expect(answer.text.contains("\"web.token-only\""))
      }
      #expect(try await send(own.web, path, "{}", token: nil).status == 401)
      #expect(try await send(own.web, path, "{}", token: "leadership:read").status == 403)
      #expect(try await send(own.web, path, "{}", token: "admin:write").status == 403)
    }
    #expect(try own.acts().isEmpty)
  }
}
