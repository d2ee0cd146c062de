import HTTPTypes
import Hummingbird
import Logging

/// Logs and counts each request: its route, never its path or query, which may name people.
struct RequestLog: RouterMiddleware {
  let tally: RequestTally

  func handle(
    _ request: Request,
    context: WebContext,
    next: @concurrent (Request, WebContext) async throws -> Response
  ) async throws -> Response {
    tally.begin()
    let start = ContinuousClock.now
    var response: Response
    do {
      response = try await next(request, context)
    } catch {
      tally.giveUp()
      throw error
    }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let route = context.endpointPath ?? "none"
    tally.end(
      route: route,
      method: request.method,
      status: Int(response.status.code),
      seconds: seconds
    )
    context.logger.info(
      "request",
      metadata: [
        "method": "\(request.method.rawValue)", "route": "\(route)",
        "status": "\(response.status.code)", "milliseconds": "\(Int(seconds * 1000))",
      ]
    )
    if let name = HTTPField.Name("X-Request-Id") { response.headers[name] = context.id }
    return response
  }
}
