import Hummingbird
import PlumblineCommands
import PlumblineCore
import PlumblineReporting

/// The records behind one number of the scorecards, a hundred a page, and all of them as a file.
enum ScorecardRecordsPage {
  static func answer(_ visit: Visit) async throws -> Response {
    let asked = try Asked(visit)
    let place = RecordList.Place(
      page: "/scorecards/records",
      file: "/scorecards/records.csv",
      visit.query
    )
    return try await visit.page("Records", .scorecards) {
      let (sections, period) = try asked.list()
      return RecordList(sections: sections, place: place).markup(
        "The records behind a number",
        back: .element(
          "p",
          [:],
          [.element("a", ["href": "/scorecards?period=\(period)"], "Scorecards")]
        )
      )
    }
  }

  /// The list as comma-separated values.
  static func file(_ visit: Visit) async throws -> Response {
    let asked = try Asked(visit)
    return try await visit.file {
      let (sections, period) = try asked.list()
      return ListFile("scorecards-\(period)", sections)
    }
  }

  /// What the page is asked.
  struct Asked: Sendable {
    private let number: String
    private let period: FormFields
    private let workspace: Workspace
    private let reader: Reader

    init(_ visit: Visit) throws {
      guard let number = visit.query["number"] else { throw HTTPError(.notFound) }
      self.number = number
      // What else stands in the address would change nothing that is on record.
      period = FormFields(visit.query.fields.filter { $0.name == "period" })
      workspace = visit.office.desk.workspace
      reader = visit.reader
    }

    func list() throws -> (sections: RecordSections, period: String) {
      let answer = try ScorecardsPage.ask(period, of: workspace.name)
      guard let attainment = answer.attainment else {
        preconditionFailure("the checks are not asked for here")
      }
      let page = ScorecardsPage.page(answer, attainment, reader)
      guard let wanted = AttainmentNumber(number, of: attainment) else {
        throw HTTPError(.notFound)
      }
      return (page.records(behind: wanted, try workspace.leadSummaries()), "\(attainment.period)")
    }
  }
}
