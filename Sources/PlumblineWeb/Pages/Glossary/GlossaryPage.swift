import Hummingbird
import PlumblineCommands
import PlumblineCore
import PlumblineReporting

/// Every term in both teams' words.
enum GlossaryPage {
  static func answer(_ visit: Visit) async throws -> Response {
    let folder = visit.office.desk.workspace.name
    let search = String((visit.query["q"] ?? "").prefix(100))
    return try await visit.page("Glossary", .glossary) {
      let question = try QuestionCall.question(GlossaryCommand.self, [], of: folder)
      let sections = GlossarySections(try question.answer(), search: search)
      return .lines([
        .element("p", ["class": "eyebrow"], "Glossary"),
        .element("h1", [:], sections.headline), form(search),
        .element("div", ["class": "archive"], [sections.markup]),
        .element("footer", [:], [.element("p", [:], sections.provenance)]),
      ])
    }
  }

  private static func form(_ search: String) -> Markup {
    .element(
      "form",
      ["class": "row", "method": "get", "action": "/glossary", "role": "search"],
      [
        .element(
          "label",
          [:],
          [
            .text("Find a term, a word or a meaning"),
            .void(
              "input",
              ["type": "search", "name": "q", "value": search, "maxlength": "100"]
            ),
          ]
        ),
        .element("button", [:], "Find"),
        search.isEmpty
          ? .none : .element("a", ["class": "button quiet", "href": "/glossary"], "Show all"),
      ]
    )
  }
}
