import HTTPTypes
import Testing

@testable import PlumblineWeb

@Suite struct `Methods of addresses` {
  @Test(arguments: [
    (path: "/healthz", method: HTTPRequest.Method.post, allowed: "GET"),
    ("/", .delete, "GET"), ("/sign-in", .put, "GET, POST"), ("/sign-out", .get, "POST"),
    ("/api/questions/funnel", .post, "GET"), ("/api/questions/funnel", .trace, "GET"),
    ("/api/questions/funnel", .connect, "GET"), ("/api/rebound/decisions", .get, "POST"),
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

  @Test func `the method that asks with a body is another one, too`() async throws {
    let query = try #require(HTTPRequest.Method("QUERY"))
    let answer = try await WebHarness().ask("/api/questions/funnel", method: query)
    #expect(answer.status == 405)
  }

  @Test func `what can be read can be asked for its head`() async throws {
    let answer = try await WebHarness().ask("/healthz", as: nil, method: .head)
    #expect(answer.status == 200)
    #expect(answer.text.isEmpty)
  }
}
