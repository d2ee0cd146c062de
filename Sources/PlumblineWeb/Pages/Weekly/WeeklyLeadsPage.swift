import HTTPTypes
import Hummingbird
import PlumblineCommands
import PlumblineReporting

/// The leads behind a number of a page for both teams, a hundred a page, and all of them as a file.
enum WeeklyLeadsPage {
  static func answer(_ visit: Visit) async throws -> Response {
    let asked = try WeeklyAsked(visit)
    let name = visit.query["list"] ?? ""
    let path = "/weekly/\(asked.period)"
    let place = RecordList.Place(page: "\(path)/leads", file: "\(path)/leads.csv", visit.query)
    return try await visit.page("Leads of \(asked.period)", .weekly) {
      let (answer, sections) = try asked.answer()
      guard let records = sections.records(name, answer.leads) else { throw HTTPError(.notFound) }
      return RecordList(sections: records, place: place).markup(
        "The leads behind a number",
        back: .element("p", [:], [.element("a", ["href": path], "\(asked.period)")])
      )
    }
  }

  /// The list as comma-separated values.
  static func file(_ visit: Visit) async throws -> Response {
    let asked = try WeeklyAsked(visit)
    let name = visit.query["list"] ?? ""
    return try await visit.file {
      let (answer, sections) = try asked.answer()
      return sections.records(name, answer.leads).map { ListFile("\(asked.period)-\(name)", $0) }
    }
  }
}
