import Foundation
import HTTPTypes
import Hummingbird
import PlumblineCore
import PlumblineStorage

/// One request as pages and calls see it.
struct Visit: Sendable {
  /// What was sent.
  let request: Request
  /// What belongs to it.
  let context: WebContext
  /// What the server has.
  let office: Office

  /// Who asks; nil where anyone may and nobody has signed in.
  var viewer: Viewer? { context.viewer }

  /// Who asks, where only those may who have signed in.
  var person: Viewer {
    get throws {
      guard let viewer else { throw HTTPError(.unauthorized) }
      return viewer
    }
  }

  /// The fields of the address, in their order.
  var query: FormFields { FormFields(encoded: request.uri.query ?? "") }

  /// A part of the path that varies.
  ///
  /// - Throws: An HTTP error where the route has no such part, or it is no text; `InputError` with
  ///   code `web.marks`.
  func part(_ name: String) throws -> String {
    let text = try context.parameters.require(name)
    guard let decoded = text.removingPercentEncoding else { throw HTTPError(.badRequest) }
    guard MarkRun.isShort(in: decoded) else { throw TextGuard.refusal }
    return decoded
  }

  /// The fields of a form that was sent.
  ///
  /// - Throws: An HTTP error when it is larger than `WebSettings.largestForm`; `InputError` with code
  ///   `web.marks`.
  func form() async throws -> FormFields {
    var request = request
    let body = try await request.collectBody(upTo: office.settings.largestForm)
    let form = FormFields(encoded: body.readableBytesView)
    guard form.areBearable else { throw TextGuard.refusal }
    return form
  }

  /// Where the request comes from, as the audit log has it.
  var origin: Origin {
    let address = office.settings.proxies.person(
      connection: context.remoteAddress?.ipAddress,
      forwarded: Self.forwardedField.map { request.headers[values: $0] } ?? []
    )
    return Origin(address: address, requestID: context.id)
  }

  private static let forwardedField = HTTPField.Name("X-Forwarded-For")

  /// The address of this server for links that leave it: as whoever set it up said, for what a
  /// request says of it may be made up.
  var serverAddress: String {
    if let known = office.settings.publicURL { return known }
    return "\(office.settings.isSecure ? "https" : "http")://\(request.head.authority ?? "")"
  }

  /// Counts a request that anybody may send and that costs more than a page.
  ///
  /// - Throws: An HTTP error when the machine has sent too many.
  func countStranger() throws {
    guard office.strangers.allows(origin.guardKey, at: office.now()) else {
      throw HTTPError.tooMany(retryAfter: StrangerThrottle.waitSeconds)
    }
  }

  /// Who acts, when and from where, for the audit log.
  ///
  /// - Throws: An HTTP error where nobody has signed in.
  var auditContext: AuditEvent.Context {
    get throws {
      let viewer = try person
      return AuditEvent.Context(
        at: office.now(),
        account: viewer.account,
        accountName: try office.signIn.accounts.account(viewer.account)?.name ?? viewer.name,
        requestID: context.id,
        address: origin.address
      )
    }
  }

  /// Notes in the audit log what the viewer did.
  ///
  /// - Parameters:
  ///   - act: What.
  ///   - subject: The id of the record that it was done to, if any.
  ///   - detail: What else is to be known of it, such as how many; never a person's name.
  /// - Throws: `InputError` when the log cannot be written; then what was done is not to be done.
  func note(_ act: AuditEvent.Act, _ subject: String? = nil, detail: String? = nil) throws {
    let context = try auditContext
    try office.signIn.accounts.note(act, subject: subject, detail: detail, in: context)
  }

  /// Whose words are spoken: as the address asks, as was chosen before, or as the role does.
  var reader: Reader {
    let asked =
      query["as"].flatMap { Reader(rawValue: $0) }
      ?? request.cookies["lens"].flatMap { Reader(rawValue: $0.value) }
    return asked ?? viewer?.reader ?? .leadership
  }

  /// A page that was found elsewhere, asked for anew with GET.
  func seeOther(_ path: String) -> Response { .redirect(to: path, type: .normal) }
}
