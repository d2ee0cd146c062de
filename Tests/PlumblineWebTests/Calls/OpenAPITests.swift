import Foundation
import HTTPTypes
import PlumblineCommands
import PlumblineCore
import Testing

@testable import PlumblineWeb

/// The description describes all calls, and every call answers as it says.
@Suite struct `Description of the calls` {
  @Test func `has every call of the table of routes, and no other`() throws {
    guard case .object(let paths) = try OpenAPI.document()["paths"] else {
      Issue.record("no paths")
      return
    }
    var described: Set<String> = []
    for (path, item) in paths {
      guard case .object(let operations) = item else { continue }
      for method in operations.keys { described.insert("\(method.uppercased()) \(path)") }
    }
    let routes = Routes.table.filter { $0.isCall && $0.path != "/api/openapi.json" }.map { route in
      let path = route.path.split(separator: "/").map {
        $0.hasPrefix(":") ? "{\($0.dropFirst())}" : String($0)
      }
      return "\(route.method) /\(path.joined(separator: "/"))"
    }
    #expect(described == Set(routes))
  }

  @Test func `refers only to what it has`() throws {
    let text = try OpenAPI.text()
    let known = Set(OpenAPI.schemas.keys)
    for match in text.matches(of: /#\/components\/schemas\/([a-z_]+)/) {
      #expect(known.contains(String(match.1)), "\(match.1)")
    }
    #expect(!text.contains("\"$ref\" : \"\""))
  }

  @Test func `every call that may be refused for now says when to ask again`() throws {
    guard case .object(let paths) = try OpenAPI.document()["paths"] else {
      Issue.record("no paths")
      return
    }
    for (path, item) in paths {
      guard case .object(let operations) = item else { continue }
      for operation in operations.values {
        for status in ["429", "503"] {
          let headers = operation["responses"][status]["headers"]
          guard case .object = headers["Retry-After"] else {
            Issue.record("\(path) \(status)")
            continue
          }
        }
      }
    }
  }

  @Test func `names every call once`() {
    let names = Call.all.map(\.name) + QuestionDoor.all.map(\.name)
    #expect(Set(names).count == names.count)
  }

  @Test func `is known again by its mark`() async throws {
    let web = try WebHarness()
    let first = try await web.ask("/api/openapi.json", as: nil)
    let mark = try #require(first.headers[.eTag])
    let headers: HTTPFields = [.ifNoneMatch: mark]
    #expect(try await web.ask("/api/openapi.json", as: nil, headers: headers).status == 304)
  }

  private static let asked: [(path: String, kind: String)] = [
    ("/api/accounts", "accounts"), ("/api/audit?limit=5&act=exported", "audit_log"),
    ("/api/gaps", "gaps"), ("/api/imports?limit=1", "imports"),
    ("/api/imports/1", "import_record"), ("/api/leads?id=100002", "lead_search"),
    ("/api/leads?id=nobody", "lead_search"), ("/api/plan/leads?limit=3", "open_leads"),
    ("/api/plan/hires/records?input=close_rate&limit=3", "records"),
    ("/api/plan/hires/records?input=deal&limit=3", "records"),
    ("/api/plan/hires/records?input=spend&limit=3", "spend"),
    ("/api/plan/budget/records?number=spend:Meta&limit=3", "spend"),
    ("/api/plan/budget/records?number=rate:Meta&limit=3", "records"),
    ("/api/plan/records?number=wins&limit=3", "records"),
    ("/api/records?number=open:sql", "records"), ("/api/records?number=spend&limit=3", "spend"),
    ("/api/records?number=meetings&limit=3", "records"),
    ("/api/records?unit=channel/Meta/direct", "records"),
    ("/api/rebound/records?number=waiting&limit=3", "records"),
    ("/api/rebound/records?number=deals:first&limit=3", "records"),
    ("/api/records?unit=all&limit=3", "records"),
    ("/api/records?unit=others/channel/Meta/direct&limit=3", "records"),
    ("/api/scorecards/records?number=base:first_touch&limit=3", "records"),
    ("/api/scorecards/records?number=meetings_held", "records"),
    ("/api/scorecards/records?number=wins", "records"), ("/api/sla/open", "open_promises"),
    ("/api/sla/open?now=true", "open_promises"),
    ("/api/sla/leads?list=disposition:overdue", "records"),
  ]

  @Test(arguments: asked)
  func `says what is answered, which is known again by its mark`(
    path: String,
    kind: String
  ) async throws {
    let own = try OwnWorkspace()
    defer { own.remove() }
    let role = ["accounts", "audit_log"].contains(kind) ? "admin" : "leadership"
    if kind == "audit_log" { _ = try await own.web.ask("/records.csv?number=open:sql") }
    let answer = try await own.web.ask(path, as: role)
    #expect(answer.status == 200, "\(answer.text)")
    #expect(try ShapeCheck.faults(answer.text, [kind]) == [])
    let before = try own.acts().count
    let headers: HTTPFields = [.ifNoneMatch: try #require(answer.headers[.eTag])]
    let again = try await own.web.ask(path, as: role, headers: headers)
    #expect(again.status == 304 && again.text.isEmpty)
    // What is not sent again is not taken out again.
    #expect(try own.acts().count == before)
  }

  @Test(arguments: [
    ("/api/records?number=open:sql&limit=0", "api.unreadable-parameter"),
    ("/api/records?number=open:sql&limit=1001", "api.unreadable-parameter"),
    ("/api/records?number=open:sql&offset=-1", "api.unreadable-parameter"),
    ("/api/records?number=open:sql&wher=channel%3DMeta", "api.unknown-parameter"),
    ("/api/records?number=open:sql&number=open:mql", "api.repeated-parameter"),
    ("/api/records?number=nonsense", "option.unknown-number"),
    ("/api/records?number=spend&where=segment%3DSmall", "economics.unknown-spend"),
    ("/api/plan/budget/records?number=spend:Nobody", "option.unknown-number"),
    ("/api/scorecards/records", "api.missing-parameter"),
    ("/api/sla/leads?list=nonsense", "option.unknown-number"),
    ("/api/leads", "api.missing-parameter"),
  ])
  func `a parameter that cannot be is refused`(path: String, code: String) async throws {
    let answer = try await WebHarness().ask(path)
    #expect(answer.status == 400)
    #expect(answer.text.contains("\"\(code)\""), "\(answer.text)")
  }

  @Test(arguments: [
    ("/api/nothing", HTTPRequest.Method.get, 404), ("/api", .get, 404),
    ("/api/imports/999", .get, 404), ("/api/imports/x", .get, 404),
    ("/api/weekly/never/leads?list=x", .get, 404), ("/api/weekly/2026-05/leads?list=x", .get, 404),
    ("/api/records", .delete, 405), ("/api/rebound/decisions", .get, 405),
    ("/api/rebound/decisions", .head, 405), ("/api/accounts", .get, 403),
  ])
  func `every refusal has the one shape`(
    path: String,
    method: HTTPRequest.Method,
    status: Int
  ) async throws {
    let answer = try await WebHarness().ask(path, as: "marketing", method: method)
    #expect(answer.status == status)
    #expect(answer.headers[.contentType] == "application/json; charset=utf-8")
    guard method != .head else { return }
    let tree = try JSONDecoder().decode(JSONTree.self, from: Data(answer.text.utf8))
    let first = try #require(tree["errors"].elements.first)
    #expect(first["code"].text?.hasPrefix("web.") ?? false)
    #expect(first["remedy"].text?.isEmpty == false)
  }

  @Test func `who has not signed in is told to send a token`() async throws {
    let answer = try await WebHarness().ask("/api/gaps", as: nil)
    #expect(answer.status == 401)
    #expect(answer.headers[.wwwAuthenticate] == "Bearer")
  }
}
