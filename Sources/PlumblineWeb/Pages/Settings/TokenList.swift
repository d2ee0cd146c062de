import Foundation
import Hummingbird
import PlumblineCore
import PlumblineReporting
import PlumblineStorage

/// Tokens of programs: those there are, and a form for one more.
struct TokenList {
  private let tokens: [APIToken]
  private let own: Account
  private let now: Instant
  private let names: [Int64: String]

  init(_ visit: Visit, _ own: Account, _ tokens: [APIToken]) throws {
    (self.tokens, self.own, now) = (tokens, own, visit.office.now())
    names =
      own.role == .admin
      ? Dictionary(
        try visit.office.signIn.accounts.accounts().map { ($0.id, $0.name) },
        uniquingKeysWith: { first, _ in first }
      ) : [own.id: own.name]
  }

  var markup: Markup {
    SettingsPage.section(
      "tokens",
      "Tokens for programs",
      [
        .element(
          "p",
          [:],
          "A program asks the API with a token: Authorization: Bearer plb_… The API is described at "
            + "/api/openapi.json."
        ), tokens.isEmpty ? .element("p", [:], "There are none.") : table, form,
      ]
    )
  }

  private var table: Markup {
    var table = MarkupTable(
      "tokens-table",
      caption: "Tokens",
      [
        .text("Name"), .text("Begins with"), .text("Of"), .text("Asks as"), .text("May"),
        .text("Valid to"), .text("Last used"), .text("State"),
      ]
    )
    for token in tokens {
      let isOver = token.revokedAt != nil || token.expiresAt <= now
      let state: Markup =
        isOver
        ? .text(token.revokedAt == nil ? "over" : "taken back")
        : FormField.form(
          "/settings/tokens/\(token.id)/revoke",
          .row,
          [
            .element(
              "button",
              ["class": "quiet", "aria-label": "Take back the token \(token.name)"],
              "Take back"
            )
          ]
        )
      table.add([
        .text(token.name), .element("code", [:], token.shownPrefix + "…"),
        .text(names[token.account] ?? "?"), .text(token.role.rawValue),
        .text(
          TokenScope.allCases.filter(token.scopes.contains).map(\.rawValue).joined(separator: ", ")
        ),
        .text(Self.day(token.expiresAt)), .text(token.lastUsedAt.map(Self.day) ?? "never"), state,
      ])
    }
    return table.markup
  }

  private var form: Markup {
    let roles = AccountRole.allCases.filter { APIToken.mayAsk(own.role, as: $0, [.read]) }
    let scopes = TokenScope.allCases.filter { $0 != .admin || own.role == .admin }
    return FormField.form(
      "/settings/tokens",
      .fields,
      [
        FormField.text("Name of the program", "name", most: SignIn.longestTokenName),
        FormField.choice(
          "It asks as",
          "role",
          roles.map { ($0.rawValue, $0.rawValue) },
          chosen: own.role.rawValue
        ),
        .element(
          "fieldset",
          [:],
          [.element("legend", [:], "It may")]
            + scopes.map {
              FormField.tick(Self.meaning($0), "scope", $0.rawValue, isTicked: $0 == .read)
            }
        ),
        FormField.choice(
          "Valid for",
          "days",
          [("7", "a week"), ("30", "30 days"), ("90", "90 days")]
            + (own.identity == nil ? [("365", "a year")] : []),
          chosen: "90"
        ), .element("button", [:], "Make a token"),
      ]
    )
  }

  private static func meaning(_ scope: TokenScope) -> String {
    switch scope {
    case .read: "ask questions (read)"
    case .export: "take lists of leads out (export)"
    case .write: "record what sales says, import facts (write)"
    case .admin: "look after accounts (admin)"
    }
  }

  private static func day(_ instant: Instant) -> String {
    LocalCalendar.utc.day(of: instant).description
  }

  /// Makes a token and shows it, this once; never for a token, which would outlive itself so.
  static func make(_ visit: Visit) async throws -> Response {
    let form = try await visit.form()
    let viewer = try visit.person
    guard viewer.scopes == nil else { throw HTTPError(.forbidden) }
    guard let own = try visit.office.signIn.accounts.account(viewer.account) else {
      throw HTTPError(.unauthorized)
    }
    do {
      let made = try visit.office.signIn.makeToken(
        named: form["name"] ?? "",
        Set(form.all("scope").compactMap { TokenScope(rawValue: $0) }),
        as: form["role"].flatMap { AccountRole(rawValue: $0) } ?? own.role,
        validFor: Int64(min(max(form["days"].flatMap { Int($0) } ?? 0, 0), 100_000)) * 86_400,
        by: own,
        from: visit.origin,
        at: visit.office.now()
      )
      return try await SettingsPage.shown(
        visit,
        "This is the token \(made.token.name). It is shown this once; keep it where secrets are kept.",
        secret: made.text
      )
    } catch let error as InputError where !error.isServerFault {
      return try await SettingsPage.shown(visit, faults: error.diagnostics)
    }
  }

  /// Takes a token back: one's own, or anybody's where one looks after the accounts.
  static func revoke(_ visit: Visit) async throws -> Response {
    let viewer = try visit.person
    guard let id = Int64(try visit.part("id")),
      try visit.office.signIn.accounts.revoke(
        token: id,
        of: viewer.role == .admin ? nil : viewer.account,
        in: visit.auditContext
      )
    else { throw HTTPError(.notFound) }
    return visit.seeOther(Notice.tokenRevoked.address(on: "/settings"))
  }
}
