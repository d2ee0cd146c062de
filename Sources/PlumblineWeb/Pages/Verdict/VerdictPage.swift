import ArgumentParser
import Hummingbird
import PlumblineCommands
import PlumblineCore
import PlumblineReporting

/// The home page: one sentence, whose leak it is, the path with its leaks, the findings; below them
/// what else there is to look at, and how it is known.
enum VerdictPage {
  static func answer(_ visit: Visit) async throws -> Response {
    let choice = FunnelChoice(visit.query)
    let (folder, reader) = (visit.office.desk.workspace.name, visit.reader)
    let isAdmin = try visit.person.role == .admin
    return try await visit.page("Verdict", .verdict, hangingOn: isAdmin ? "admin" : "") {
      try inside(choice, of: folder, as: reader, isAdmin: isAdmin)
    }
  }

  private static func inside(
    _ choice: FunnelChoice,
    of folder: String,
    as reader: Reader,
    isAdmin: Bool
  ) throws -> Markup {
    let options = choice.parameters(whatIf: false, as: reader).map { "--\($0.name)=\($0.value)" }
    let verdict = try Report.parse(["--workspace=\(folder)"] + options).verdict()
    let history = verdict.history
    let links = choice.links(under: history.agreement)
    let sections = VerdictSections(
      try verdict.diagnosis(),
      funnel: try verdict.funnel(),
      under: history.agreement,
      links: links
    )
    let grid = fold("Every channel with every rep", sections.grid)
    let curves = fold(
      "How fast leads are won, by channel",
      sections.curves(try verdict.incidence())
    )
    let bridge = fold("What changed since the period before", sections.bridge(try verdict.gap()))
    let watched = fold("Week by week, with alarms", sections.watched(try verdict.watch()))
    let more: [Markup] =
      switch reader {
      case .marketing: [curves, grid, bridge, watched]
      case .sales: [grid, watched, curves, bridge]
      case .leadership: [bridge, grid, watched, curves]
      }
    let form = Markup.element(
      "form",
      ["class": "row", "method": "get", "action": "/"],
      ChoiceForm(choice: choice, history: history).leads + [
        .element("button", [:], "Show")
      ]
    )
    return .lines(
      [
        sections.header,
        fold("Other days, one channel or one segment", form, isOpen: choice.isNarrowed),
        .element(
          "div",
          [:],
          [
            .lines(
              [sections.path, isAdmin ? pseudonyms : .none, sections.findings, looks(choice)] + more
                + [sections.method]
            )
          ]
        ),
        sections.footer(generatedBy: "plumbline \(Release.number)"),
      ]
    )
  }

  /// Why whoever looks after the accounts reads no names.
  private static let pseudonyms = Markup.element(
    "p",
    ["class": "note"],
    [
      .text(
        "Reps have pseudonyms and numbers here: their names are for leadership and for "
          + "themselves. To read them, make an account of leadership under "
      ), .element("a", ["href": "/settings"], "Settings"), .text(" and sign in with it."),
    ]
  )

  /// Where to look next.
  private static func looks(_ choice: FunnelChoice) -> Markup {
    let channels = Address.of("/channels", choice.options(whatIf: false))
    return .element(
      "p",
      ["class": "next"],
      [
        .element("a", ["class": "button quiet", "href": channels], "All channels and what-ifs"),
        .text(" "), .element("a", ["class": "button quiet", "href": "/owners"], "All reps"),
      ]
    )
  }

  /// A part that unfolds; nothing where there is nothing in it.
  static func fold(_ title: String, _ content: Markup, isOpen: Bool = false) -> Markup {
    guard !content.source.isEmpty else { return .none }
    let inside = [Markup.lines([.element("summary", [:], title), content])]
    return isOpen
      ? .element("details", ["class": "fold", "open": ""], inside)
      : .element("details", ["class": "fold"], inside)
  }
}
