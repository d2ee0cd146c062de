import Foundation
import PlumblineAgreement
import PlumblineCommands
import PlumblineCore
import PlumblineReporting

/// Who signed which version, and what a reader may sign.
struct AgreementSignatures {
  private let audit: SignatureAudit
  private let contents: AgreementContents
  private let person: Viewer
  private let sections: VersionsSections

  init(_ audit: SignatureAudit, _ contents: AgreementContents, _ person: Viewer) {
    self.audit = audit
    self.contents = contents
    self.person = person
    sections = VersionsSections(
      audit.records,
      agreementHash: audit.agreement?.hash,
      for: .verification(faults: audit.faults.count),
      calendar: audit.agreement?.calendar ?? .utc
    )
  }

  /// The teams for which somebody may sign: their own; leadership may hold the key of either.
  static func teams(of person: Viewer) -> [Stage.Team] {
    switch person.role {
    case .marketing: [.marketing]
    case .sales: [.sales]
    case .leadership: Stage.Team.allCases
    case .admin: []
    }
  }

  /// Whether all is signed and as it was, in a sentence; a signature that is only missing is no
  /// fault here.
  var headline: String {
    guard audit.faults.allSatisfy({ $0.code == "signature.missing" }), !audit.faults.isEmpty else {
      return sections.headline
    }
    return VersionsText(
      audit.records,
      for: .history,
      calendar: audit.agreement?.calendar ?? .utc
    ).headline
  }

  /// The versions with their signatures, and what was found to be wrong.
  var history: Markup {
    .element(
      "section",
      [:],
      [
        .lines([
          .element("h2", [:], "Versions and signatures"),
          sections.markup { record, before in
            .element(
              "a",
              [
                "href": "/agreement/diff?first=\(PathPart.encoded(before.version))"
                  + "&second=\(record.isPresent ? "." : PathPart.encoded(record.version))"
              ],
              "What it changed"
            )
          },
          audit.faults.isEmpty
            ? .none
            : .unfolding(
              Format.count(audit.faults.count, "fault"),
              [.bullets(audit.faults.map { "\($0.message) \($0.remedy(in: .page) ?? "")" })]
            ),
        ])
      ]
    )
  }

  /// The forms to sign, and to make a key.
  var signing: Markup {
    guard let present = audit.records.last, present.isPresent else { return .none }
    let teams = Self.teams(of: person)
    guard !teams.isEmpty else { return .none }
    var parts: [Markup] = [
      .element("h2", [:], "Sign version \(present.version)"), .element("p", [:], Self.proof),
    ]
    if audit.agreement == nil {
      parts.append(.element("p", [:], "A text with faults cannot be signed."))
    } else {
      for team in teams { parts.append(form(for: team, present)) }
    }
    return .element("section", ["id": "sign"], [.lines(parts)])
  }

  /// What a signature proves, and what not.
  private static let proof =
    "A signature proves that somebody who held the team's private key signed exactly this file, to "
    + "the byte; anybody can check it later without this server. Your name and the time are part "
    + "of what is signed, and the audit log keeps your account. The private key is yours to keep: "
    + "this server has it only for the moment of signing and stores it nowhere. It does not prove "
    + "whose hands the key was in."

  private func form(for team: Stage.Team, _ present: VersionRecord) -> Markup {
    let name = team.rawValue
    if let signature = present.signatures.first(where: { $0.team == team }) {
      return .element(
        "p",
        [:],
        signature.isValid
          ? "Signed for \(name) by \(signature.signer)."
          : "The signature for \(name) does not hold."
      )
    }
    let key = (try? TeamKeys.read(contents))?.current(of: team)
    guard let key else { return keyForm(team, replaces: nil) }
    return .lines([
      .element("h3", [:], "For \(name)"),
      .element(
        "form",
        ["class": "fields", "method": "post", "action": "/agreement/sign"],
        [
          .lines([
            Forms.token, .void("input", ["type": "hidden", "name": "team", "value": name]),
            .void("input", ["type": "hidden", "name": "hash", "value": present.hash]),
            .element(
              "label",
              [:],
              [
                .text("The private key of \(name)"),
                .void(
                  "input",
                  [
                    "type": "password", "name": "key", "required": "required",
                    "autocomplete": "off", "maxlength": "200",
                  ]
                ),
              ]
            ),
            .element(
              "label",
              ["class": "tick"],
              [
                .void(
                  "input",
                  ["type": "checkbox", "name": "read", "value": "yes", "required": "required"]
                ),
                .text(" I have read version \(present.version) and what it changes."),
              ]
            ),
            .element("button", [:], "Sign for \(name)"),
            .element(
              "p",
              ["class": "note"],
              "The key with the fingerprint \(key.fingerprint), the content of the file that "
                + "“plumbline agreement key” or this page made."
            ),
          ])
        ]
      ),
      .unfolding("The key of \(name) is lost, or others know it", [keyForm(team, replaces: key)]),
    ])
  }

  private func keyForm(_ team: Stage.Team, replaces key: TeamKeys.Key?) -> Markup {
    let name = team.rawValue
    return .element(
      "form",
      ["class": "fields", "method": "post", "action": "/agreement/key"],
      [
        .lines([
          Forms.token, .void("input", ["type": "hidden", "name": "team", "value": name]),
          key == nil
            ? .element("h3", [:], "\(name.capitalized) has no key yet")
            : .void("input", ["type": "hidden", "name": "replace", "value": "yes"]),
          .element(
            "p",
            [:],
            key == nil
              ? "Make one: it is shown once, to be kept in a password manager by whoever signs for "
                + "\(name)."
              : "A new key takes its place; what the old one signed still holds."
          ),
          .element(
            "button",
            ["class": "quiet"],
            key == nil ? "Make the key of \(name)" : "Replace the key of \(name)"
          ),
        ])
      ]
    )
  }
}
