import Hummingbird
import PlumblineCommands
import PlumblineCore
import PlumblineReporting

/// The records behind one number of the scorecards.
enum ScorecardRecordsPage {
  /// So many are listed; the API has them all.
  private static let most = 1000

  static func answer(_ visit: Visit) async throws -> Response {
    let folder = visit.office.desk.workspace.name
    guard let measure = visit.query["measure"].flatMap({ ScorecardMeasure(rawValue: $0) }) else {
      throw HTTPError(.notFound)
    }
    // What else stands in the address would change nothing that is on record.
    let period = visit.query.fields.filter { $0.name == "period" }
    return try await visit.page("Records", .scorecards) {
      let answer = try ScorecardsPage.ask(FormFields(period), of: folder)
      guard let attainment = answer.attainment else { return .none }
      let ids = attainment.scorecard.results[measure]?.ids ?? []
      let isOfDeals = measure == .wins || measure == .revenue
      let all = Format.count(ids.count, isOfDeals ? "won deal" : "lead")
      let name = measure.rawValue.replacing("_", with: " ")
      let items = ids.prefix(most).map { id -> Markup in
        isOfDeals
          ? .element("li", [:], id)
          : .element(
            "li",
            [:],
            [.element("a", ["href": PlanLeadsPage.address(ofLead: id)], id)]
          )
      }
      return .lines([
        .element("h1", [:], "\(attainment.period), \(name): \(all)"),
        .element(
          "p",
          ["class": "scope"],
          [.element("a", ["href": "/scorecards?period=\(attainment.period)"], "Scorecards")]
        ),
        ids.count > most
          ? .element("p", [:], "The first \(Format.count(most)); JSON lists them all.") : .none,
        .element("ul", ["class": "ids"], [.lines(items)]),
      ])
    }
  }
}
