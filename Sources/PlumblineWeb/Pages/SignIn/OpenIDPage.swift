import Hummingbird
import HummingbirdCore

/// The way to a provider of OpenID Connect and back.
enum OpenIDPage {
  private static let cookie = "plumbline_openid"

  /// Sends the browser away.
  static func begin(_ visit: Visit) async throws -> Response {
    guard let openID = visit.office.openID else { throw HTTPError(.notFound) }
    // Each visit is noted until it ends or is over.
    try visit.countStranger()
    let departure = try await openID.begin(at: visit.office.now())
    var response = Response.redirect(to: departure.url)
    response.setCookie(cookie(departure.cookie, visit, seconds: 600))
    return response
  }

  /// Takes the browser in again.
  static func finish(_ visit: Visit) async throws -> Response {
    guard let openID = visit.office.openID else { throw HTTPError(.notFound) }
    let query = visit.query
    let entry = try await openID.finish(
      OpenIDSignIn.Return(
        state: query["state"],
        code: query["code"],
        error: query["error"],
        issuer: query["iss"]
      ),
      cookie: visit.request.cookies[cookie]?.value,
      replacing: visit.request.cookies[Identification.cookie]?.value,
      from: visit.origin,
      at: visit.office.now()
    )
    var response = SignInPage.entered(entry, visit, to: "/")
    response.setCookie(cookie("", visit, seconds: 0))
    return response
  }

  private static func cookie(_ value: String, _ visit: Visit, seconds: Int) -> Cookie {
    Cookie(
      name: cookie,
      value: value,
      maxAge: seconds,
      path: OpenIDSignIn.returnPath,
      secure: visit.office.settings.isSecure,
      httpOnly: true,
      sameSite: .lax
    )
  }
}
