import Foundation
import Hummingbird
import HummingbirdCore
import PlumblineCore
import PlumblineReporting
import PlumblineStorage

/// One's own password and tokens; for admins the accounts of everybody, and alerts.
enum SettingsPage {
  static func answer(_ visit: Visit) async throws -> Response {
    try await shown(visit)
  }

  /// The page, with what just happened or what is to be mended.
  static func shown(
    _ visit: Visit,
    first: Markup = .none,
    faults: [Diagnostic] = []
  ) async throws -> Response {
    let viewer = try visit.person
    let accounts = visit.office.signIn.accounts
    guard let own = try accounts.account(viewer.account) else { throw HTTPError(.unauthorized) }
    let isAdmin = viewer.role == .admin
    var parts: [Markup] = [
      .element("h1", [:], "Settings"), .lines(faults.map(FaultNote.markup)), first,
      ownAccount(own),
      try TokenList(visit, own, try accounts.tokens(of: isAdmin ? nil : own.id)).markup,
    ]
    if isAdmin {
      parts.append(AccountList(try accounts.accounts(), visit).markup)
      parts.append(try await AlertSection.markup(visit))
    }
    return try await visit.page(
      PageContent(
        title: "Settings",
        place: .settings,
        content: Markup.element("div", [:], [.lines(parts)]).source,
        notices: Notice(visit.query["done"]).map { [$0.text] } ?? []
      ),
      status: faults.isEmpty ? .ok : .badRequest
    )
  }

  private static func ownAccount(_ own: Account) -> Markup {
    let owner = own.owner.map { ", in the CRM \($0)" } ?? ""
    return section(
      "account",
      "Your account",
      [
        .element(
          "p",
          [:],
          "\(own.displayName) signs in as \(own.name), in the role \(own.role.rawValue)\(owner)."
        ),
        own.hasPassword
          ? FormField.form(
            "/settings/password",
            .fields,
            [
              FormField.password("Present password", "old", autocomplete: "current-password"),
              FormField.password(
                "New password, at least 12 characters",
                "new",
                autocomplete: "new-password"
              ),
              .element("button", [:], "Change the password"),
              .element(
                "p",
                ["class": "note"],
                "Every other session of yours ends, and your tokens are taken back: whoever knew the "
                  + "old password may have made one."
              ),
            ]
          ) : .element("p", [:], "You sign in at your company's provider."),
      ]
    )
  }

  /// A section of the page.
  static func section(_ id: String, _ title: String, _ content: [Markup]) -> Markup {
    .element(
      "section",
      ["aria-labelledby": "\(id)-title"],
      [.lines([.element("h2", ["id": "\(id)-title"], title)] + content)]
    )
  }

  /// The page with a secret that was just made, which is shown this once.
  ///
  /// - Parameters:
  ///   - visit: Whose page it is.
  ///   - words: What it is, and what to do with it.
  ///   - secret: The secret.
  /// - Returns: The page; nothing in between may keep it.
  /// - Throws: What `shown` throws.
  static func shown(_ visit: Visit, _ words: String, secret: String) async throws -> Response {
    let notice = Markup.element(
      "div",
      ["class": "notice", "role": "status"],
      [
        .element("p", [:], words),
        .element("p", [:], [.element("code", ["class": "secret"], secret)]),
      ]
    )
    var response = try await shown(visit, first: notice)
    response.headers[.cacheControl] = "no-store"
    return response
  }

  /// Changes one's own password; all other sessions end, and tokens are taken back.
  static func changePassword(_ visit: Visit) async throws -> Response {
    let form = try await visit.form()
    let viewer = try visit.person
    guard viewer.scopes == nil else { throw HTTPError(.forbidden) }
    guard let own = try visit.office.signIn.accounts.account(viewer.account) else {
      throw HTTPError(.unauthorized)
    }
    do {
      let outcome = try await visit.office.signIn.changePassword(
        from: form["old"] ?? "",
        to: form["new"] ?? "",
        of: own,
        from: visit.origin,
        at: visit.office.now()
      )
      switch outcome {
      case .entered(let entry):
        return SignInPage.entered(entry, visit, to: Notice.passwordChanged.address(on: "/settings"))
      case .refused:
        return try await shown(visit, faults: [Self.wrongPassword])
      case .wait(let seconds): throw HTTPError.tooMany(retryAfter: seconds)
      }
    } catch let error as InputError where !error.isServerFault {
      return try await shown(visit, faults: error.diagnostics)
    }
  }

  private static let wrongPassword = Diagnostic(
    .error,
    code: "accounts.password-wrong",
    "the present password is another.",
    remedy: "Type it again; an admin can make a new one for you in Settings."
  )
}
