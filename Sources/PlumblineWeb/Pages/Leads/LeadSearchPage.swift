import HTTPTypes
import Hummingbird
import PlumblineCommands
import PlumblineCore
import PlumblineReporting

/// Finds a lead by its id or its page in the CRM; nothing else, so that nobody goes through people.
enum LeadSearchPage {
  static func answer(_ visit: Visit) async throws -> Response {
    guard let typed = visit.query["id"], !typed.isEmpty else {
      return try await visit.page(content(nil))
    }
    let workspace = visit.office.desk.workspace
    let found = try await visit.office.desk.ask(for: visit.person) {
      try find(typed, in: workspace)
    }.answer
    guard let found else { return try await notFound(visit) }
    return visit.seeOther(LeadAddress.page(of: found))
  }

  /// The most characters of what is looked for.
  static let longest = 2_000

  /// The id of the lead that somebody means; nil where there is none.
  ///
  /// - Parameters:
  ///   - typed: The id, or the address of the lead's page in the CRM.
  ///   - workspace: The workspace.
  /// - Returns: The id.
  /// - Throws: What the store throws.
  static func find(_ typed: String, in workspace: Workspace) throws -> String? {
    try workspace.firstLead(of: LeadAddress.candidates(String(typed.prefix(longest))))
  }

  /// The page where there is no such lead.
  static func notFound(_ visit: Visit) async throws -> Response {
    try await visit.page(
      content(
        "There is no lead with this id. Ids are those of the CRM, written as its exports write them."
      ),
      status: .notFound
    )
  }

  private static func content(_ fault: String?) -> PageContent {
    let field = Markup.element(
      "label",
      [:],
      [
        .text("Id, or the address of its page in the CRM"),
        .void(
          "input",
          ["name": "id", "required": "", "maxlength": "\(longest)", "autocomplete": "off"]
        ),
      ]
    )
    let inside = Markup.lines([
      .element("h1", [:], "Find a lead"),
      fault.map { .element("p", ["class": "fault", "role": "alert"], $0) } ?? .none,
      .element(
        "form",
        ["class": "row", "method": "get", "action": "/leads"],
        [field, .element("button", [:], "Show")]
      ),
      .element(
        "p",
        ["class": "scope"],
        "Names and mail addresses cannot be searched: Plumbline has no need of them. Every number "
          + "on the other pages opens to the leads behind it."
      ),
    ])
    return PageContent(title: "Find a lead", place: nil, content: inside.source)
  }
}
