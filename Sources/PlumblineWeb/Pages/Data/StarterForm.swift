import Foundation
import Hummingbird
import PlumblineCommands
import PlumblineCore
import PlumblineReporting

/// Makes the agreement to begin with, fitted to what was imported.
enum StarterForm {
  /// The form.
  ///
  /// - Parameters:
  ///   - company: The company's name, as far as it is known.
  ///   - zone: The time zone that is proposed.
  /// - Returns: A section.
  static func markup(company: String, zone: String) -> Markup {
    func field(_ label: String, _ name: String, _ value: String, _ more: String) -> Markup {
      .element(
        "label",
        [:],
        [
          .text(label),
          .void(
            "input",
            ["name": name, "value": value, "maxlength": more, "autocomplete": "off"]
          ),
        ]
      )
    }
    return .element(
      "section",
      ["id": "agree"],
      [
        .lines([
          .element("h2", [:], "Make the agreement"),
          .element(
            "p",
            [:],
            "One file says what a lead, a qualified lead and a held meeting are; every number "
              + "follows it. It begins with the stages, channels and reasons that your data hold. "
              + "Both teams change and sign it later."
          ),
          .element(
            "form",
            ["class": "fields", "method": "post", "action": "/data/agreement"],
            [
              .lines([
                Forms.token, field("Company", "company", company, "200"),
                field("Currency of every amount, three letters", "currency", "USD", "3"),
                field("Time zone in which days begin", "zone", zone, "60"),
                .element("div", [:], [.element("button", [:], "Make it and read the verdict")]),
              ])
            ]
          ),
        ])
      ]
    )
  }

  /// Writes the agreement, then leads to the verdict.
  static func answer(_ visit: Visit) async throws -> Response {
    let form = try await visit.form()
    let workspace = visit.office.desk.workspace
    _ = try await visit.office.desk.change {
      try workspace.writeStarter(
        company: (form["company"] ?? "").trimmingCharacters(in: .whitespacesAndNewlines),
        currency: (form["currency"] ?? "").trimmingCharacters(in: .whitespaces),
        timeZone: (form["zone"] ?? "").trimmingCharacters(in: .whitespaces)
      )
      try visit.note(.agreementSaved, detail: "the one to begin with")
    }
    return visit.seeOther("/")
  }
}
