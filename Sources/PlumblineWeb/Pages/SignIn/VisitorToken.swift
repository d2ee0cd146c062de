import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// Shows that a form sent before anybody has signed in was made by our own page: the browser must
/// send a random cookie and the form what was made of it.
struct VisitorToken {
  private static let cookie = "plumbline_visitor"

  /// What the form must carry.
  let token: String
  private let fresh: String?
  private let isSecure: Bool

  /// The token of whoever visits.
  init(_ visit: Visit) {
    isSecure = visit.office.settings.isSecure
    if let known = visit.request.cookies[Self.cookie]?.value, known.utf8.count == 43 {
      (token, fresh) = (FormToken.of(visitor: known), nil)
    } else {
      let cookie = RandomText.token()
      (token, fresh) = (FormToken.of(visitor: cookie), cookie)
    }
  }

  /// An answer that gives the browser its cookie where it has none.
  func given(with response: Response) -> Response {
    guard let fresh else { return response }
    var response = response
    response.setCookie(
      Cookie(
        name: Self.cookie,
        value: fresh,
        path: "/",
        secure: isSecure,
        httpOnly: true,
        sameSite: .lax
      )
    )
    return response
  }

  /// Whether a form carries it.
  ///
  /// - Throws: An HTTP error where it does not.
  func require(in form: FormFields) throws {
    guard fresh == nil, FormToken.isRight(form[Forms.field], token) else {
      throw HTTPError(.forbidden)
    }
  }
}
