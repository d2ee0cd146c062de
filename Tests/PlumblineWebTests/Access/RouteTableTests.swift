import HTTPTypes
import PlumblineCore
import Testing

@testable import PlumblineWeb

/// Every page and call, asked by everybody.
@Suite struct `Table of routes` {
  private struct Asking: CustomStringConvertible {
    var session: String?
    var token: String?

    var description: String { session ?? token ?? "nobody" }
    var role: AccountRole? {
      (session ?? token?.split(separator: ":").first.map(String.init)).flatMap {
        AccountRole(rawValue: $0)
      }
    }
    var scopes: Set<TokenScope>? {
      token.map { token in
        let list = token.split(separator: ":").last.map(String.init) ?? ""
        return Set(list.split(separator: ",").compactMap { TokenScope(rawValue: String($0)) })
      }
    }
  }

  private static let everybody: [Asking] =
    [Asking()] + AccountRole.allCases.map { Asking(session: $0.rawValue) }
    + AccountRole.allCases.flatMap { role in
      TokenScope.allCases.map { Asking(token: "\(role.rawValue):\($0.rawValue)") }
    }

  /// Who may ask, said once more and otherwise than in `Access`.
  private func mayAsk(_ asking: Asking, _ route: Route) -> Bool {
    // What programs change is for tokens: a browser sends its session with whatever it is made send.
    if route.path.hasPrefix("/api/"), route.method != .get, asking.token == nil { return false }
    return switch route.access {
    case .anyone: true
    case .everyone(let scope):
      asking.role != nil && (asking.scopes.map { $0.contains(scope) } ?? true)
    case .only(let roles, let scope):
      asking.role.map(roles.contains) ?? false
        && (asking.scopes.map { $0.contains(scope) } ?? true)
    }
  }

  @Test func `lets in those whom it names, and nobody else`() async throws {
    let web = try WebHarness()
    for route in Routes.table {
      // What answers does so elsewhere; here it matters who comes as far.
      let marked = Route(method: route.method, path: route.path, access: route.access) { _ in
        .html("in")
      }
      for asking in Self.everybody {
        let answer = try await web.ask(marked, session: asking.session, token: asking.token)
        if mayAsk(asking, route) {
          #expect(answer == 200, "\(asking) may \(route.method) \(route.path)")
        } else if asking.role != nil {
          #expect(answer == 403, "\(asking) may not \(route.method) \(route.path)")
        } else {
          let expected = route.isCall || route.method != .get ? 401 : 303
          #expect(answer == expected, "\(asking) must sign in for \(route.method) \(route.path)")
        }
      }
    }
  }

  @Test func `has each page and call once, and changes nothing by GET`() {
    let names = Routes.table.map { "\($0.method) \($0.path)" }
    #expect(Set(names).count == names.count)
    for route in Routes.table where route.method != .get {
      #expect(route.method == .post)
    }
  }

  @Test(arguments: [
    "/settings/accounts", "/settings/accounts/:id", "/settings/accounts/:id/off",
    "/settings/accounts/:id/on", "/settings/accounts/:id/password", "/settings/audit",
  ])
  func `is strict where accounts are looked after`(path: String) {
    for route in Routes.table where route.path == path {
      #expect(route.access == .only([.admin], .admin))
    }
    #expect(Routes.table.contains { $0.path == path })
  }

  @Test func `what anyone may ask tells nothing of the company`() {
    let open = Routes.table.filter { $0.access == .anyone }.map { "\($0.method) \($0.path)" }
    #expect(
      Set(open) == [
        "GET /api/openapi.json", "GET /assets/:name", "GET /healthz", "GET /p/:token",
        "GET /readyz",
        "GET /setup", "GET /sign-in", "GET /sign-in/openid", "GET /sign-in/openid/return",
        "POST /p/:token",
        "POST /setup", "POST /sign-in",
      ]
    )
  }
}
