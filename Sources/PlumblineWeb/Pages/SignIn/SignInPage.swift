import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import PlumblineCore
import PlumblineReporting

/// Where people sign in and out.
enum SignInPage {
  /// The form.
  static func form(_ visit: Visit) async throws -> Response {
    guard try await visit.office.doorkeeper.hasAccounts() else { return .redirect(to: "/setup") }
    return shown(visit)
  }

  /// Signs in.
  static func send(_ visit: Visit) async throws -> Response {
    let form = try await visit.form()
    try VisitorToken(visit).require(in: form)
    let outcome = try await visit.office.signIn.enter(
      name: form["name"] ?? "",
      password: form["password"] ?? "",
      replacing: visit.request.cookies[Identification.cookie]?.value,
      from: visit.origin,
      at: visit.office.now()
    )
    switch outcome {
    case .entered(let entry):
      return entered(entry, visit, to: LocalAddress(form["next"]).path)
    case .refused:
      return shown(
        visit,
        fault: "The name or the password is wrong.",
        next: form["next"],
        status: .forbidden
      )
    case .wait(let seconds):
      var response = shown(
        visit,
        fault: "Too many attempts. Try again in \(seconds) seconds.",
        next: form["next"],
        status: .tooManyRequests
      )
      response.headers[.retryAfter] = String(seconds)
      return response
    }
  }

  /// Signs out.
  static func leave(_ visit: Visit) async throws -> Response {
    if let cookie = visit.request.cookies[Identification.cookie]?.value {
      try visit.office.signIn.leave(cookie: cookie, from: visit.origin, at: visit.office.now())
    }
    var response = Response.redirect(to: "/sign-in")
    response.setCookie(cookie("", visit, seconds: 0))
    return response
  }

  /// The way on for somebody whose session has begun.
  static func entered(_ entry: SignIn.Entry, _ visit: Visit, to path: String) -> Response {
    var response = Response.redirect(to: path)
    response.setCookie(cookie(entry.cookie, visit, seconds: Int(Session.longestSeconds)))
    return response
  }

  private static func cookie(_ value: String, _ visit: Visit, seconds: Int) -> Cookie {
    Cookie(
      name: Identification.cookie,
      value: value,
      maxAge: seconds,
      path: "/",
      secure: visit.office.settings.isSecure,
      httpOnly: true,
      sameSite: .lax
    )
  }

  private static func shown(
    _ visit: Visit,
    fault: String? = nil,
    next: String? = nil,
    status: HTTPResponse.Status = .ok
  ) -> Response {
    let visitor = VisitorToken(visit)
    let fields = [
      Markup.void("input", ["type": "hidden", "name": Forms.field, "value": visitor.token]),
      .void(
        "input",
        [
          "type": "hidden", "name": "next",
          "value": LocalAddress(next ?? visit.query["next"]).path,
        ]
      ),
      FormField.text("Name or mail address", "name", autocomplete: "username"),
      FormField.password("Password", "password", autocomplete: "current-password"),
      .element("button", [:], "Sign in"),
    ]
    return visitor.given(
      with: visit.plainPage(
        "Sign in",
        .lines([
          fault.map { .element("p", ["class": "fault", "role": "alert"], $0) } ?? .none,
          visit.office.openID == nil
            ? .none
            : .element(
              "p",
              [:],
              [
                .element(
                  "a",
                  ["class": "button", "href": "/sign-in/openid"],
                  "Sign in at your company's provider"
                )
              ]
            ),
          .element(
            "form",
            ["class": "fields", "method": "post", "action": "/sign-in"],
            [.lines(fields)]
          ),
        ]),
        status: status
      )
    )
  }
}

/// An address within this server, taken from a form: never one of another server.
struct LocalAddress {
  /// The path with its query; the home page where the text was none.
  let path: String

  init(_ text: String?) {
    let isLocal =
      text.map { text in
        text.utf8.first == UInt8(ascii: "/") && !text.hasPrefix("//")
          && text.utf8.allSatisfy { (33..<127).contains($0) && $0 != UInt8(ascii: "\\") }
      } ?? false
    path = isLocal ? text ?? "/" : "/"
  }
}
