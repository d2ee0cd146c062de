import ArgumentParser
import Hummingbird
import PlumblineCommands
import PlumblineCore
import PlumblineReporting

/// One lead: everything that is known of it, and what sales says of it.
enum LeadPage {
  static func answer(_ visit: Visit) async throws -> Response {
    let id = try visit.part("id")
    let folder = visit.office.desk.workspace.name
    let (reader, role) = (visit.reader, try visit.person.role)
    let pattern = visit.office.settings.crmLink
    do {
      return try await visit.page("Lead \(id)", nil, notices: notices(visit)) {
        let question = try ShowLead.parse([
          "--workspace=\(folder)", "--as=\(reader.rawValue)", "--", id,
        ])
        let answer = try question.answer()
        let page = LeadTimelinePage(answer.timeline, under: answer.agreement, asOf: answer.asOf)
        let form =
          LeadDispositions.roles.contains(role)
          ? LeadDispositions.form(answer.timeline.id, answer.agreement) : .none
        return .lines([
          page.header(link: crmLink(answer.timeline.id, pattern)), page.sections(with: form),
        ])
      }
    } catch let error as InputError where error.diagnostics.contains(where: \.isUnknownLead) {
      return try await LeadSearchPage.notFound(visit)
    }
  }

  private static func crmLink(_ lead: String, _ pattern: String?) -> Markup {
    guard let address = LeadAddress.crm(of: lead, pattern) else { return .none }
    return .element(
      "p",
      [:],
      [
        .element(
          "a",
          ["class": "button quiet", "href": address, "rel": "noreferrer"],
          "Open in the CRM"
        )
      ]
    )
  }

  private static func notices(_ visit: Visit) -> [String] {
    switch visit.query["done"] {
    case "recorded": ["Recorded: what sales says of this lead stands at the end of its history."]
    case "known": ["That was said a moment ago already; nothing was added."]
    default: []
    }
  }
}

extension Diagnostic {
  /// Whether it says that there is no such lead.
  var isUnknownLead: Bool { code == "show.unknown-lead" }
}
