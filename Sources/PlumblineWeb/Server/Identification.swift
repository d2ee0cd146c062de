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
    switch try Self.pass(of: request) {
    case .token(let token):
      guard let viewer = try await office.doorkeeper.viewer(token: token, now: now) else {
        throw HTTPError(.unauthorized)
      }
      context.viewer = viewer
    case .session(let cookie):
      context.viewer = try await office.doorkeeper.viewer(session: cookie, now: now)
    case nil: break
    }
    return try await next(request, context)
  }

  /// What a request shows for itself.
  enum Pass: Sendable {
    /// A token for programs.
    case token(String)
    /// The cookie of a session.
    case session(String)
  }

  /// What a request shows for itself; nil where it shows nothing.
  ///
  /// - Throws: An HTTP error when it shows something that is no token.
  static func pass(of request: Request) throws -> Pass? {
    guard let field = request.headers[.authorization] else {
      return request.cookies[cookie].map { .session($0.value) }
    }
    let parts = field.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else {
      throw HTTPError(.unauthorized)
    }
    return .token(String(parts[1]))
  }
}
