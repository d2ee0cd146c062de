import Hummingbird
import PlumblineCommands
import PlumblineCore
import PlumblineReporting

/// The open leads behind a plan, the likeliest to be won in time first, a hundred a page, and all of
/// them as a file.
enum PlanLeadsPage {
  static func answer(_ visit: Visit) async throws -> Response {
    let (query, reader) = (visit.query, visit.reader)
    let folder = visit.office.desk.workspace.name
    let place = RecordList.Place(page: "/plan/leads", file: "/plan/leads.csv", query)
    return try await visit.page("Leads of the plan", .plan) {
      let page = try PlanPage.ask(query, of: folder, as: reader, naming: leads(query)).page
      let count = page.openLeadCount
      return .lines([
        PlanParts.quota.tabs, .element("h1", [:], "Open leads behind the plan"),
        .element("p", ["class": "scope"], page.periodText), place.export,
        page.openLeads(place.range(of: count), leadAt: Address.lead), place.turning(of: count),
        page.footer,
      ])
    }
  }

  /// The leads that an address asks for.
  static func leads(_ query: FormFields) -> PlanPage.NamedLeads {
    .open(stage: query["stage"].flatMap { $0.isEmpty ? nil : $0 })
  }

  /// The list as comma-separated values.
  static func file(_ visit: Visit) async throws -> Response {
    let (query, reader) = (visit.query, visit.reader)
    let folder = visit.office.desk.workspace.name
    return try await visit.file {
      let page = try PlanPage.ask(query, of: folder, as: reader, naming: leads(query)).page
      return ListFile("leads-of-the-plan", page.openLeadsCSV, count: page.openLeadCount)
    }
  }
}
