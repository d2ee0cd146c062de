import HTTPTypes
import Testing

@testable import PlumblineWeb

@Suite struct `Methods of addresses` {
  @Test(arguments: [
    (path: "/healthz", method: HTTPRequest.Method.post, allowed: "GET"),
    ("/", .delete, "GET"), ("/sign-in", .put, "GET, POST"), ("/sign-out", .get, "POST"),
    ("/api/questions/funnel", .post, "GET"), ("/api/questions/funnel", .trace, "GET"),
  ])
  func `an address says how it is asked`(
    path: String,
    method: HTTPRequest.Method,
    allowed: String
  ) async throws {
    let answer = try await WebHarness().ask(path, method: method)
    #expect(answer.status == 405)
    #expect(answer.headers[.allow] == allowed)
    #expect(answer.text.contains("web.wrong-method"))
  }

  @Test func `what can be read can be asked for its head`() async throws {
    let answer = try await WebHarness().ask("/healthz", as: nil, method: .head)
    #expect(answer.status == 200)
    #expect(answer.text.isEmpty)
  }
}
