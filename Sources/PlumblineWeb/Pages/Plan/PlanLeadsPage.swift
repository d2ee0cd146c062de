import Foundation
import Hummingbird
import PlumblineCommands
import PlumblineCore
import PlumblineReporting

/// The open leads behind a plan, the likeliest to be won in time first.
enum PlanLeadsPage {
  /// So many are listed; the API has them all.
  private static let most = 500

  static func answer(_ visit: Visit) async throws -> Response {
    let (query, reader) = (visit.query, visit.reader)
    let folder = visit.office.desk.workspace.name
    return try await visit.page("Leads of the plan", .plan) {
      let asked = try PlanPage.ask(query, of: folder, as: reader, namesLeads: true)
      return .lines([
        PlanParts.quota.tabs, .element("h1", [:], "Open leads behind the plan"),
        .element("p", ["class": "scope"], asked.page.periodText),
        asked.page.openLeads(atMost: most, leadAt: address(ofLead:)), asked.page.footer,
      ])
    }
  }

  /// Where a lead is shown.
  static func address(ofLead id: String) -> String {
    var allowed = CharacterSet.urlPathAllowed
    allowed.remove(charactersIn: "/?#")
    return "/leads/\(id.addingPercentEncoding(withAllowedCharacters: allowed) ?? "")"
  }
}
