import HTTPTypes
import Hummingbird

/// Finds out who asks, from the cookie of a session or from a token.
struct Identification: RouterMiddleware {
  /// The name of the session's cookie.
  static let cookie = "plumbline_session"

  let office: Office

  func handle(
    _ request: Request,
    context: WebContext,
    next: @concurrent (Request, WebContext) async throws -> Response
  ) async throws -> Response {
    var context = context
    let now = office.now()
    if let field = request.headers[.authorization] {
      let parts = field.split(separator: " ", maxSplits: 1)
      guard parts.count == 2, parts[0].lowercased() == "bearer",
        let viewer = try await office.doorkeeper.viewer(token: String(parts[1]), now: now)
      else { throw HTTPError(.unauthorized) }
      context.viewer = viewer
    } else if let cookie = request.cookies[Self.cookie] {
      context.viewer = try await office.doorkeeper.viewer(session: cookie.value, now: now)
    }
    return try await next(request, context)
  }
}
