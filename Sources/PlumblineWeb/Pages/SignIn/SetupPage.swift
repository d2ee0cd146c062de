import HTTPTypes
import Hummingbird
import PlumblineCore
import PlumblineReporting

/// Where the first account is made, once, by whoever sees the server's terminal.
enum SetupPage {
  /// The form.
  static func form(_ visit: Visit) async throws -> Response {
    guard try await !visit.office.doorkeeper.hasAccounts() else {
      return .redirect(to: "/sign-in")
    }
    return shown(visit, FormFields(encoded: ""), [])
  }

  /// Makes the account and signs it in.
  static func send(_ visit: Visit) async throws -> Response {
    let form = try await visit.form()
    try VisitorToken(visit).require(in: form)
    do {
      let entry = try await visit.office.signIn.setUp(
        code: form["code"] ?? "",
        name: form["name"] ?? "",
        displayName: form["display_name"] ?? "",
        password: form["password"] ?? "",
        from: visit.origin,
        at: visit.office.now()
      )
      return SignInPage.entered(entry, visit, to: "/")
    } catch let error as InputError where !error.isServerFault {
      return shown(visit, form, error.diagnostics)
    }
  }

  private static func shown(
    _ visit: Visit,
    _ form: FormFields,
    _ faults: [Diagnostic]
  ) -> Response {
    let visitor = VisitorToken(visit)
    let code = form["code"] ?? visit.query["code"] ?? ""
    let fields = [
      Markup.void("input", ["type": "hidden", "name": Forms.field, "value": visitor.token]),
      .element(
        "label",
        [:],
        [
          .text("Setup code, from the terminal where plumbline serve runs"),
          .void("input", ["name": "code", "required": "", "value": code, "autocomplete": "off"]),
        ]
      ),
      FormField.text(
        "Name or mail address to sign in with",
        "name",
        value: form["name"] ?? "",
        autocomplete: "username"
      ),
      FormField.text(
        "How pages address you",
        "display_name",
        value: form["display_name"] ?? "",
        autocomplete: "name"
      ),
      FormField.password(
        "Password, at least 12 characters",
        "password",
        autocomplete: "new-password"
      ),
      .element("button", [:], "Make the first account"),
    ]
    return visitor.given(
      with: visit.plainPage(
        "Set up Plumbline",
        .lines([
          .element(
            "p",
            [:],
            "The first account looks after the installation: it makes the accounts of both teams. "
              + "Names of people of sales are shown to leadership and to themselves alone; this "
              + "account reads pseudonyms with numbers. Make yourself an account of leadership "
              + "afterwards, under Settings, to read the names."
          ), .lines(faults.map(FaultNote.markup)),
          .element(
            "form",
            ["class": "fields", "method": "post", "action": "/setup"],
            [.lines(fields)]
          ),
        ]),
        status: faults.isEmpty ? .ok : .badRequest
      )
    )
  }
}
