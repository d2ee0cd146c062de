import Hummingbird
import PlumblineCommands
import PlumblineCore
import PlumblineReporting

/// Reps against each other, with chance shown as chance: leadership reads names, a rep their own,
/// everybody else pseudonyms.
enum OwnersPage {
  static func answer(_ visit: Visit) async throws -> Response {
    let choice = FunnelChoice(visit.query)
    let (folder, reader, person) = (
      visit.office.desk.workspace.name, visit.reader, try visit.person
    )
    return try await visit.page("Owners", .owners) {
      try inside(choice, of: folder, as: reader, for: person)
    }
  }

  private static func inside(
    _ choice: FunnelChoice,
    of folder: String,
    as reader: Reader,
    for person: Viewer
  ) throws -> Markup {
    let answer = try QuestionCall.question(
      Diagnose.self,
      choice.parameters(whatIf: false, as: reader),
      of: folder
    ).answer()
    let agreement = answer.history.agreement
    let links = choice.links(under: agreement)
    let owners = OwnerSections(
      answer.diagnosis,
      under: agreement,
      for: person.owner,
      links: links
    )
    let grid = LeakGridSection(answer.diagnosis, under: agreement, links: links).markup
    let form = Markup.element(
      "form",
      ["class": "row", "method": "get", "action": "/owners"],
      ChoiceForm(choice: choice, history: answer.history).leads + [.element("button", [:], "Show")]
    )
    return .lines([
      .element(
        "header",
        [:],
        [
          .lines([
            .element("p", ["class": "eyebrow"], "Reps"),
            .element("h1", [:], owners.headline), .element("p", ["class": "scope"], owners.scope),
            .element("p", ["class": "note"], names(person)),
          ])
        ]
      ),
      VerdictPage.fold("Other days, one channel or one segment", form, isOpen: choice.isNarrowed),
      .element(
        "div",
        [:],
        [
          .lines([
            owners.chance, owners.table, VerdictPage.fold("Every channel with every rep", grid),
          ])
        ]
      ),
      owners.footer(generatedBy: "plumbline \(Release.number)"),
    ])
  }

  /// Whose names are shown, and why not the others'.
  private static func names(_ person: Viewer) -> String {
    if person.shownOwners == nil { return "You see names because you are of leadership." }
    return person.owner == nil
      ? "Reps have pseudonyms here: names are for leadership and for each rep alone."
      : "You see your own name; the others have pseudonyms."
  }
}
