import Hummingbird
import PlumblineCommands
import PlumblineCore
import PlumblineReporting

/// What sales says of a lead, with one click.
enum LeadDispositions {
  /// Who may say it.
  static let roles: Set<AccountRole> = [.leadership, .sales]

  /// A form with the agreement's reasons; each is a button, so that one click is enough.
  static func form(_ lead: String, _ agreement: Agreement) -> Markup {
    let reasons = agreement.dispositions.filter { !$0.isDefault }
    guard !reasons.isEmpty else { return .none }
    let buttons = reasons.map { reason in
      Markup.element(
        "button",
        [
          "name": "reason", "value": reason.id, "class": "quiet \(reason.outcome.rawValue)",
          "title": reason.meaning,
        ],
        reason.id.replacing("_", with: " ")
      )
    }
    let meanings = reasons.filter { !$0.meaning.isEmpty }.map { reason in
      Markup.element(
        "li",
        [:],
        [
          .element("strong", [:], reason.id.replacing("_", with: " ")),
          .text(": \(reason.meaning)"),
        ]
      )
    }
    return .element(
      "section",
      ["class": "disposition"],
      [
        .lines([
          .element("h2", ["id": "say"], "What became of it"),
          .element(
            "form",
            [
              "method": "post", "action": "\(LeadAddress.page(of: lead))/disposition",
              "aria-labelledby": "say",
            ],
            [
              .lines([
                Forms.token,
                .element(
                  "label",
                  [:],
                  [
                    .text("Note, if there is more to say (at most 1,000 characters; no names)"),
                    .element(
                      "textarea",
                      [
                        "name": "note", "rows": "2",
                        "maxlength": "\(SpokenDisposition.longestNote)",
                      ],
                      ""
                    ),
                  ]
                ),
                .element(
                  "p",
                  ["class": "choices", "role": "group", "aria-label": "Reason"],
                  [.lines(buttons)]
                ),
              ])
            ]
          ),
          meanings.isEmpty
            ? .none
            : .element(
              "details",
              [:],
              [
                .element("summary", [:], "What the reasons mean"),
                .element("ul", [:], [.lines(meanings)]),
              ]
            ),
        ])
      ]
    )
  }

  /// Stores what was said, and goes back to the lead.
  static func record(_ visit: Visit) async throws -> Response {
    let id = try visit.part("id")
    let isNew = try await keep(try await visit.form(), of: id, visit)
    return visit.seeOther("\(LeadAddress.page(of: id))?done=\(isNew ? "recorded" : "known")")
  }

  /// Stores what was said, and notes it in the audit log.
  ///
  /// - Parameters:
  ///   - form: What was said: `reason` and `note`.
  ///   - id: The lead's id.
  ///   - visit: Who says it.
  /// - Returns: Whether it is new.
  /// - Throws: `InputError` with code `disposition.no-owner`, or what `SpokenDisposition` throws.
  static func keep(_ form: FormFields, of id: String, _ visit: Visit) async throws -> Bool {
    let person = try visit.person
    // A name that no lead belongs to would stand in the facts as one more rep.
    guard person.role != .sales || person.owner != nil else {
      throw InputError(
        code: "disposition.no-owner",
        "nothing was recorded: it is not known who you are in the CRM.",
        remedy:
          "Ask an admin to write your owner's name in the CRM beside your account in Settings."
      )
    }
    let said = SpokenDisposition(
      form["reason"] ?? "",
      of: id,
      by: person.owner ?? person.name,
      note: form["note"] ?? "",
      at: visit.office.now()
    )
    let workspace = visit.office.desk.workspace
    let isNew = try await visit.office.desk.change { try said.store(in: workspace) }.value
    if isNew { try visit.note(.dispositionRecorded, id) }
    return isNew
  }
}
