import HTTPTypes
import Hummingbird
import PlumblineCommands
import PlumblineCore
import PlumblineReporting

/// What the address of a page for both teams asks for.
struct WeeklyAsked: Sendable {
  /// The week or month.
  let period: WeeklyPeriod
  /// The day and the import up to which facts count, where the address says so.
  private let past: [FormFields.Field]
  private let desk: Desk
  private let reader: Reader
  private let shownOwners: Set<String>?
  private let now: Instant

  /// What an address asks for.
  ///
  /// - Throws: `HTTPError` where it names no week or month.
  init(_ visit: Visit) throws {
    guard let period = WeeklyPeriod(try visit.part("period")) else { throw HTTPError(.notFound) }
    self.period = period
    past = visit.query.fields.filter {
      ["as-of", "known-by"].contains($0.name) && !$0.value.isEmpty
    }
    desk = visit.office.desk
    reader = visit.reader
    shownOwners = try visit.person.shownOwners
    now = visit.office.now()
  }

  /// Asks, unless the page or another of its lists has asked the same.
  ///
  /// - Returns: The answer, and the parts of the page that are made of it.
  /// - Throws: What the question throws.
  func answer() throws -> (answer: Weekly.Answer, sections: WeeklySections) {
    let parameters =
      [(name: period.kind.rawValue, value: "\(period)")] + past.map { ($0.name, $0.value) }
      + [("as", reader.rawValue)]
    let workspace = desk.workspace
    // What the pulse says is not among the facts.
    let moment = try desk.shelf.stamp(of: .to(Weekly.self), parameters, in: workspace, now: now)
    let answer = try desk.weeks.answer(
      parameters + [("moment", moment)],
      showing: shownOwners,
      at: try desk.shelf.stamp(of: workspace)
    ) { try QuestionCall.question(Weekly.self, parameters, of: workspace.name).answer() }
    let sections = WeeklySections(
      answer.weekly,
      under: answer.history.agreement,
      lead: LeadLink.markup,
      listAddress: { name, which in
        Address.of(
          "/weekly/\(which == .before ? period.previous : period)/leads",
          past + [FormFields.Field(name: "list", value: name)]
        )
      },
      links: FunnelChoice(FormFields(past)).links(under: answer.history.agreement)
    )
    return (answer, sections)
  }
}
