import Hummingbird
import PlumblineCommands
import PlumblineReporting

/// What in how records were made is worth a look; it names people, and is for leadership alone.
enum ChecksPage {
  static func answer(_ visit: Visit) async throws -> Response {
    let folder = visit.office.desk.workspace.name
    return try await visit.page("Worth a look", .scorecards) {
      let question = try QuestionCall.question(
        Attainment.self,
        [("checks", "true")],
        of: folder
      )
      let answer = try question.answer()
      guard let report = answer.gaming else { return .none }
      let page = GamingPage(report, of: answer.history)
      return .lines(
        [page.header] + page.sections { Address.lead($0) } + [
          .element("p", [:], [.element("a", ["href": "/scorecards"], "Back to the scorecards")]),
          page.footer(generatedBy: "Plumbline \(Release.number)"),
        ]
      )
    }
  }
}
