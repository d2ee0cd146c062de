import HTTPTypes
import Hummingbird

/// What every answer says to browsers: run nothing that is not ours, show us in no frame, tell
/// nobody where the reader came from.
struct SecurityHeaders: RouterMiddleware {
  /// Whether browsers reach us through HTTPS.
  let isSecure: Bool

  private static let policy = [
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:",
    "connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
  ].joined(separator: "; ")

  private static let fields: [(String, String)] = [
    ("Content-Security-Policy", policy), ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"), ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
  ]

  func handle(
    _ request: Request,
    context: WebContext,
    next: @concurrent (Request, WebContext) async throws -> Response
  ) async throws -> Response {
    var response = try await next(request, context)
    let secure = isSecure ? [("Strict-Transport-Security", "max-age=31536000")] : []
    for (name, value) in Self.fields + secure {
      if let name = HTTPField.Name(name) { response.headers[name] = value }
    }
    return response
  }
}
