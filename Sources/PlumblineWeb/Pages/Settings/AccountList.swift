import Hummingbird
import PlumblineCore
import PlumblineReporting
import PlumblineStorage

/// Everybody who may sign in, for those who look after the accounts.
struct AccountList {
  private let accounts: [Account]
  private let own: Int64?

  init(_ accounts: [Account], _ visit: Visit) {
    (self.accounts, own) = (accounts, visit.viewer?.account)
  }

  var markup: Markup {
    SettingsPage.section(
      "accounts",
      "Accounts",
      [
        .element(
          "p",
          [:],
          "Leadership and each rep see names of people of sales; everybody else sees pseudonyms. "
            + "The owner is how the CRM names a rep."
        ), table, .element("h3", [:], "One more"), form,
        .element(
          "p",
          [:],
          [.element("a", ["href": "/settings/audit"], "Who did what: the audit log")]
        ),
      ]
    )
  }

  private var table: Markup {
    var table = MarkupTable(
      "accounts-table",
      caption: "Accounts",
      [
        .text("Signs in as"), .text("Addressed as"), .text("Last signed in"),
        .text("Role and owner"), .text("State"),
      ]
    )
    for account in accounts {
      table.add([
        .text(account.name), .text(account.displayName),
        .text(account.lastSignInAt.map { LocalCalendar.utc.day(of: $0).description } ?? "never"),
        FormField.form(
          "/settings/accounts/\(account.id)",
          .row,
          [
            FormField.choice("Role", "role", Self.roles, chosen: account.role.rawValue),
            FormField.text("Owner", "owner", value: account.owner ?? "", isRequired: false),
            .element(
              "button",
              ["class": "quiet", "aria-label": "Save the role and owner of \(account.name)"],
              "Save"
            ),
          ]
        ), state(account),
      ])
    }
    return table.markup
  }

  private func state(_ account: Account) -> Markup {
    // Whoever locks themselves out has nobody to let them in again.
    guard account.id != own else { return .text("you") }
    let (word, label) = account.isDisabled ? ("on", "Let in again") : ("off", "Lock out")
    func form(_ word: String, _ label: String) -> Markup {
      FormField.form(
        "/settings/accounts/\(account.id)/\(word)",
        .row,
        [
          .element("button", ["class": "quiet", "aria-label": "\(label): \(account.name)"], label)
        ]
      )
    }
    return .lines([
      form(word, label), account.identity == nil ? form("password", "New password") : .none,
    ])
  }

  private var form: Markup {
    FormField.form(
      "/settings/accounts",
      .fields,
      [
        FormField.text("Name or mail address to sign in with", "name"),
        FormField.text("How pages address them", "display_name"),
        FormField.choice("Role", "role", Self.roles, chosen: AccountRole.marketing.rawValue),
        FormField.text("Owner in the CRM, for a rep", "owner", isRequired: false),
        FormField.password("First password", "password", autocomplete: "new-password"),
        .element("button", [:], "Make the account"),
      ]
    )
  }

  private static let roles = AccountRole.allCases.map { (value: $0.rawValue, title: $0.rawValue) }

  /// Makes an account.
  static func make(_ visit: Visit) async throws -> Response {
    let form = try await visit.form()
    do {
      guard let maker = try visit.office.signIn.accounts.account(try visit.person.account) else {
        throw HTTPError(.unauthorized)
      }
      let new = NewAccount(
        name: form["name"] ?? "",
        displayName: form["display_name"] ?? "",
        role: try role(form),
        owner: form["owner"]
      )
      _ = try await visit.office.signIn.add(
        new,
        password: form["password"] ?? "",
        by: maker,
        from: visit.origin,
        at: visit.office.now()
      )
      return visit.seeOther(Notice.accountMade.address(on: "/settings"))
    } catch let error as InputError where !error.isServerFault {
      return try await SettingsPage.shown(visit, faults: error.diagnostics)
    }
  }

  /// Changes an account's role and owner.
  static func change(_ visit: Visit) async throws -> Response {
    let form = try await visit.form()
    do {
      let account = try account(visit)
      let role = try role(form)
      try visit.office.signIn.accounts.change(
        account.id,
        displayName: account.displayName,
        owner: form["owner"],
        role: role,
        in: visit.auditContext
      )
      return visit.seeOther(Notice.accountChanged.address(on: "/settings"))
    } catch let error as InputError where !error.isServerFault {
      return try await SettingsPage.shown(visit, faults: error.diagnostics)
    }
  }

  /// Lets somebody sign in again.
  static func letIn(_ visit: Visit) async throws -> Response {
    try await setDisabled(false, visit)
  }

  /// Lets somebody sign in no longer, and ends their sessions.
  static func lockOut(_ visit: Visit) async throws -> Response {
    try await setDisabled(true, visit)
  }

  /// Makes a new password for somebody who has forgotten theirs, and shows it this once; their
  /// sessions and tokens end.
  ///
  /// It is never asked for by a token, which would turn into a sign-in so.
  static func resetPassword(_ visit: Visit) async throws -> Response {
    let viewer = try visit.person
    let account = try account(visit)
    guard viewer.scopes == nil, account.id != viewer.account else { throw HTTPError(.forbidden) }
    let signIn = visit.office.signIn
    guard let maker = try signIn.accounts.account(viewer.account) else {
      throw HTTPError(.unauthorized)
    }
    do {
      guard account.identity == nil else {
        throw InputError(
          code: "accounts.at-provider",
          "this account signs in at your company's provider and has no password here.",
          remedy: "Have the password changed there."
        )
      }
      let password = RandomText.base64URL(RandomText.bytes(15))
      try await signIn.setPassword(
        password,
        of: account,
        by: maker,
        from: visit.origin,
        at: visit.office.now()
      )
      return try await SettingsPage.shown(
        visit,
        "This is the new password of \(account.name). It is shown this once: tell it to them by "
          + "another way, and have them change it in Settings. Their sessions have ended, and "
          + "their tokens were taken back.",
        secret: password
      )
    } catch let error as InputError where !error.isServerFault {
      return try await SettingsPage.shown(visit, faults: error.diagnostics)
    }
  }

  private static func setDisabled(_ isDisabled: Bool, _ visit: Visit) async throws -> Response {
    do {
      let account = try account(visit)
      guard account.id != (try visit.person.account) else { throw HTTPError(.forbidden) }
      try visit.office.signIn.accounts.setDisabled(isDisabled, account.id, in: visit.auditContext)
      return visit.seeOther(Notice.accountChanged.address(on: "/settings"))
    } catch let error as InputError where !error.isServerFault {
      return try await SettingsPage.shown(visit, faults: error.diagnostics)
    }
  }

  private static func account(_ visit: Visit) throws -> Account {
    guard let id = Int64(try visit.part("id")),
      let account = try visit.office.signIn.accounts.account(id)
    else { throw HTTPError(.notFound) }
    return account
  }

  private static func role(_ form: FormFields) throws -> AccountRole {
    guard let role = form["role"].flatMap({ AccountRole(rawValue: $0) }) else {
      throw HTTPError(.badRequest)
    }
    return role
  }
}
