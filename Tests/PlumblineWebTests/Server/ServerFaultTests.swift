import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import PlumblineCommands
import PlumblineCore
import Testing

@testable import PlumblineWeb

@Suite struct `Faults of the server` {
  private func answer(_ error: InputError, _ path: String) async throws -> WebHarness.Answer {
    let web = try WebHarness()
    let server = WebServer(office: web.office, logger: Logger(label: "test"))
    let application = Application(
      router: server.router(of: [.get(path, .anyone) { _ in throw error }])
    )
    return try await application.test(.router) { client in
      try await client.execute(uri: path, method: .get) {
        WebHarness.Answer(
          status: Int($0.status.code),
          headers: $0.headers,
          text: String(buffer: $0.body)
        )
      }
    }
  }

  @Test(arguments: ["accounts.busy", "accounts.unusable", "store.damaged", "store.read-only"])
  func `say where the log has the rest, and nothing else`(code: String) async throws {
    let error = InputError(code: code, "secret /srv/data/plumbline.db", remedy: "secret")
    for path in ["/x", "/api/x"] {
      let answer = try await answer(error, path)
      #expect(answer.status == 503 && answer.headers[.retryAfter] == "60")
      #expect(!answer.text.contains("secret") && !answer.text.contains("/srv"))
      #expect(answer.text.contains("web.unavailable"))
      let number = HTTPField.Name("X-Request-Id").flatMap { answer.headers[$0] }
      #expect(answer.text.contains(try #require(number)))
    }
  }

  @Test func `of a moment say that they pass`() async throws {
    let error = InputError(code: "accounts.passwords-busy", "too many", remedy: "Try again.")
    let answer = try await answer(error, "/x")
    #expect(answer.status == 503 && answer.headers[.retryAfter] == "5")
    #expect(answer.text.contains("Try again."))
  }

  @Test func `and what others must mend give no folder away`() async throws {
    let folder = WebHarness.demo.folder.path
    let error = InputError([
      Diagnostic(
        .error,
        code: "x.y",
        "\(folder)/agreement.yaml is not in \(folder).",
        at: Diagnostic.Location(file: "\(folder)/agreement.yaml", line: 3),
        remedy: "Run plumbline import --workspace \(folder) FILE."
      )
    ])
    for path in ["/x", "/api/x"] {
      let answer = try await answer(error, path)
      #expect(answer.status == 400 && answer.headers[.retryAfter] == nil)
      #expect(!answer.text.contains(folder))
      #expect(answer.text.contains("agreement.yaml is not in the workspace."))
      #expect(answer.text.contains("Run plumbline import FILE."))
    }
  }

  @Test func `and remarks give no folder away`() async throws {
    let web = try WebHarness()
    let folder = WebHarness.demo.folder.path
    let viewer = Viewer(account: 1, name: "Test", role: .leadership)
    let (_, remarks) = try await web.office.desk.ask(for: viewer) {
      for file in ["/a.csv:1", "/b.csv:1", "/a.csv:1", ""] {
        Console.complain("see \(folder)\(file)")
      }
    }
    #expect(remarks == ["see a.csv:1", "see b.csv:1", "see the workspace"])
  }

  @Test(arguments: ["/", "/plan", "/channels", "/api/questions/funnel", "/scorecards"])
  func `of a store that is none give no folder away`(path: String) async throws {
    let workspace = try WebHarness.emptyWorkspace()
    try FileManager.default.copyItem(
      atPath: WebHarness.demo.agreementPath,
      toPath: workspace.agreementPath
    )
    try Data(repeating: 7, count: 9000).write(to: URL(fileURLWithPath: workspace.storePath))
    let web = try WebHarness(workspace)
    let answer = try await web.ask(path)
    #expect(answer.status == 503)
    let health = try await web.ask("/readyz", as: nil)
    #expect(health.status == 503 && health.headers[.retryAfter] == "60")
    #expect(!answer.text.contains(workspace.folder.path))
  }
}
