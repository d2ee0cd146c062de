import Hummingbird
import PlumblineCore

/// Refuses requests whose query or fields hold what would take long to compare, before anybody
/// looks into them; forms and parts of paths are looked at where they are read, see `Visit`.
struct TextGuard: RouterMiddleware {
  /// What is said to whoever sends such a text.
  static let refusal = InputError(
    code: "web.marks",
    "a text has more than \(MarkRun.longest) marks upon one letter.",
    remedy: "Write it with fewer."
  )

  func handle(
    _ request: Request,
    context: WebContext,
    next: @concurrent (Request, WebContext) async throws -> Response
  ) async throws -> Response {
    guard FormFields(encoded: request.uri.query ?? "").areBearable,
      MarkRun.isShort(in: request.uri.string),
      request.headers.allSatisfy({ MarkRun.isShort(in: $0.value) })
    else { throw Self.refusal }
    return try await next(request, context)
  }
}
