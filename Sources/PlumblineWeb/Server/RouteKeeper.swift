import Crypto
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
    let visit = Visit(request: request, context: context, office: office)
    // A browser sends its cookie with whatever form any page makes it send; only our pages know
    // the session's token.
    if route.method != .get, !route.takesFiles, let viewer = context.viewer, viewer.scopes == nil {
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
      sent = FormToken.inside(body, type: request.headers[.contentType])
    }
    guard let sent, FormToken.areEqual(sent, viewer.formToken) else {
      throw HTTPError(.forbidden)
    }
    return try await route.answer(
      Visit(request: request, context: visit.context, office: office)
    )
  }
}

/// The token by which a form shows that one of our own pages made it.
enum FormToken {
  /// The name of the field.
  static let field = "form_token"

  /// Whether two tokens are the same, in a time that does not tell how much of them is.
  static func areEqual(_ one: String, _ other: String) -> Bool {
    // Hashes have one length, and their comparison takes one time.
    !other.isEmpty && SHA256.hash(data: Array(one.utf8)) == SHA256.hash(data: Array(other.utf8))
  }

  /// The token in the body of a form.
  static func inside(_ body: ByteBuffer, type: String?) -> String? {
    guard type?.hasPrefix("application/x-www-form-urlencoded") ?? false else { return nil }
    return FormFields(encoded: String(buffer: body))[field]
  }
}
