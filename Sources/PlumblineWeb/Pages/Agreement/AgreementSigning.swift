import HTTPTypes
import Hummingbird
import PlumblineAgreement
import PlumblineCommands
import PlumblineCore
import PlumblineReporting

/// Signs the present version for a team, with the key that its head brings along.
enum AgreementSigning {
  static func sign(_ visit: Visit) async throws -> Response {
    let person = try visit.person
    let form = try await visit.form()
    let team = try team(form, person)
    guard form["read"] == "yes", let hash = form["hash"] else {
      throw InputError(
        code: "signature.not-read",
        "nothing was signed: say that you have read the version.",
        remedy: "Tick it beside the key."
      )
    }
    guard let key = SigningKey(text: form["key"] ?? "") else {
      throw InputError(
        code: "signature.key-unreadable",
        "nothing was signed: that is no private key.",
        remedy: "Paste the whole content of the team's key file: 44 characters that end in =."
      )
    }
    let (workspace, now) = (visit.office.desk.workspace, visit.office.now())
    _ = try await visit.office.desk.change {
      let folder = workspace.agreements
      guard AgreementReader.hash(of: try folder.contents().present.bytes) == hash else {
        throw InputError(
          code: "agreement.stale-draft",
          "nothing was signed: the agreement was changed since the page was made.",
          remedy: "Read it again, then sign."
        )
      }
      _ = try folder.sign(for: team, by: person.name, at: now, with: key) {
        try visit.note(.agreementSigned, $0)
      }
    }
    return visit.seeOther("/agreement?done=signed")
  }

  /// Makes a team's key and shows its private half once.
  static func makeKey(_ visit: Visit) async throws -> Response {
    let person = try visit.person
    let form = try await visit.form()
    let team = try team(form, person)
    let replaces = form["replace"] == "yes"
    let (workspace, now) = (visit.office.desk.workspace, visit.office.now())
    let (made, _) = try await visit.office.desk.change {
      try workspace.agreements.makeKey(for: team, at: now, replaces: replaces) {
        try visit.note(.settingsChanged, "key-of-\(team.rawValue)")
      }
    }
    let name = team.rawValue
    let content = Markup.lines([
      .element("h1", [:], "The private key of \(name)"),
      .element(
        "p",
        ["class": "fault"],
        "It is shown this once and kept nowhere here. Whoever has it can sign for \(name): put it into "
          + "a password manager now."
      ),
      .element("p", [:], [.element("code", ["class": "secret"], made.secret)]),
      .element(
        "p",
        [:],
        "Its fingerprint is \(made.key.fingerprint). Tell that to the other team by another way, so "
          + "that it can tell your key from another."
      ),
      .element(
        "p",
        [:],
        [.element("a", ["class": "button", "href": "/agreement#sign"], "I have kept it: go on")]
      ),
    ])
    var response = try await visit.page(
      PageContent(title: "Key of \(name)", place: .agreement, content: content.source)
    )
    response.headers[.cacheControl] = "no-store"
    return response
  }

  /// The team of a form, if its sender may sign for it; never by a token, for a signature is a
  /// person's.
  private static func team(_ form: FormFields, _ person: Viewer) throws -> Stage.Team {
    guard let team = form["team"].flatMap(Stage.Team.init(rawValue:)) else {
      throw HTTPError(.badRequest)
    }
    guard person.scopes == nil, AgreementSignatures.teams(of: person).contains(team) else {
      throw HTTPError(.forbidden)
    }
    return team
  }
}
