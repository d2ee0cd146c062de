import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Lets in who may, and sends the others where they can help themselves.
struct RouteKeeper: Sendable {
  let route: Route
  let office: Office

  /// The answer of the route, to those who may ask for it.
  ///
  /// - Throws: An HTTP error for those who may not, or what the route throws.
  func answer(_ request: Request, _ context: WebContext) async throws -> Response {
    switch route.access.refusal(of: context.viewer) {
    case nil: break
    case .signIn:
      guard route.isCall || route.method != .get else { return try await door(request) }
      throw HTTPError(.unauthorized)
    case .role, .scope: throw HTTPError(.forbidden)
    }
    if route.isCall, route.method != .get, route.access != .anyone, context.viewer?.scopes == nil {
      throw RefusedRequest.session
    }
    let visit = Visit(request: request, context: context, office: office)
    // A browser sends its cookie with whatever form any page makes it send; only our pages know
    // the session's token. Forms for whoever comes bring proofs of their own.
    if route.method != .get, route.access != .anyone, !route.takesFiles,
      let viewer = context.viewer, viewer.scopes == nil
    {
      return try await checked(visit, viewer)
    }
    return try await route.answer(visit)
  }

  /// Where those go who have not signed in.
  private func door(_ request: Request) async throws -> Response {
    guard try await office.doorkeeper.hasAccounts() else { return .redirect(to: "/setup") }
    let target = request.uri.string
    var allowed = CharacterSet.urlQueryAllowed
    allowed.remove(charactersIn: "&+=?#")
    let next = target.addingPercentEncoding(withAllowedCharacters: allowed) ?? "/"
    return .redirect(to: target == "/" ? "/sign-in" : "/sign-in?next=\(next)")
  }

  private func checked(_ visit: Visit, _ viewer: Viewer) async throws -> Response {
    var request = visit.request
    let sent: String?
    if let field = HTTPField.Name("X-Form-Token").flatMap({ request.headers[$0] }) {
      sent = field
    } else {
      let body = try await request.collectBody(upTo: office.settings.largestForm)
      sent = Forms.token(in: body, type: request.headers[.contentType])
    }
    guard FormToken.isRight(sent, viewer.formToken) else { throw HTTPError(.forbidden) }
    return try await route.answer(
      Visit(request: request, context: visit.context, office: office)
    )
  }
}
