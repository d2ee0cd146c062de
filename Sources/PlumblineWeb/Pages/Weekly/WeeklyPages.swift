import Foundation
import HTTPTypes
import Hummingbird
import PlumblineCommands
import PlumblineCore
import PlumblineReporting
import PlumblineStorage

/// The pages for both teams, a week or a month each.
enum WeeklyPages {
  /// The periods of which there is a page.
  static func list(_ visit: Visit) async throws -> Response {
    let folder = visit.office.desk.workspace.name
    return try await visit.page("Weekly", .weekly) {
      let question = try QuestionCall.question(Weekly.self, [], of: folder)
      let (weeks, months) = (try question.periods(.week), try question.periods(.month))
      guard let newest = weeks.first else {
        return .lines([
          .element("h1", [:], "No week is over yet in which there were leads."),
          .element("p", [:], "The first page is here once one is."),
        ])
      }
      return .lines([
        .element("p", ["class": "eyebrow"], "Weekly"),
        .element("h1", [:], "One page for both teams, for each week and month that is over."),
        .element(
          "p",
          [:],
          [
            .element(
              "a",
              ["class": "button", "href": "/weekly/\(newest)"],
              "The newest: \(newest)"
            )
          ]
        ),
        section("Weeks", "weeks", weeks), section("Months", "months", months),
      ])
    }
  }

  /// The page of one period.
  static func page(_ visit: Visit) async throws -> Response {
    let workspace = visit.office.desk.workspace
    let query = visit.query
    let asked = try WeeklyAsked(visit)
    let period = asked.period
    // What the pulse says is not among the facts.
    let moment = try await visit.moment(of: .to(Weekly.self))
    return try await visit.page("\(period)", .weekly, hangingOn: moment) {
      let (answer, sections) = try asked.answer()
      return .lines([
        .element("p", ["class": "eyebrow"], sections.title),
        .element("h1", [:], sections.headline), steps(period, query, answer.history),
        .element("div", ["class": "archive"], [sections.markup]),
        past(try workspace.store().imports(), query, answer.history.agreement.calendar, period),
      ])
    }
  }

  private static func section(_ title: String, _ id: String, _ periods: [WeeklyPeriod]) -> Markup {
    guard !periods.isEmpty else { return .none }
    var table = MarkupTable(
      id,
      caption: "\(title), the newest first",
      [.text("Page"), .text("From"), .text("To")]
    )
    for period in periods {
      table.add([
        .element("a", ["href": "/weekly/\(period)"], "\(period)"), .text("\(period.firstDay)"),
        .text("\(period.lastDay)"),
      ])
    }
    return .element("section", [:], [.element("h2", [:], title), table.markup])
  }

  /// To the period before and the one after, with the same past.
  private static func steps(
    _ period: WeeklyPeriod,
    _ query: FormFields,
    _ history: CompanyHistory
  ) -> Markup {
    let next = WeeklyPeriod(period.kind, of: CivilDate(dayNumber: period.lastDay.dayNumber + 1))
    let kept = ["as-of", "known-by"].compactMap { name in
      query[name].flatMap { $0.isEmpty ? nil : "\(name)=\(PathPart.encoded($0))" }
    }.joined(separator: "&")
    func link(_ period: WeeklyPeriod, _ words: String) -> Markup {
      .element("a", ["href": "/weekly/\(period)\(kept.isEmpty ? "" : "?\(kept)")"], words)
    }
    let isOver =
      next.lastDay < history.agreement.calendar.day(of: history.asOf.advanced(bySeconds: 1))
    return .element(
      "nav",
      ["class": "periods", "aria-label": "Other \(period.kind.rawValue)s"],
      [
        link(period.previous, "← \(period.previous)"),
        isOver ? link(next, "\(next) →") : .none,
        .element("a", ["href": "/weekly"], "All of them"),
      ]
    )
  }

  /// How an earlier state of the page is made again.
  private static func past(
    _ imports: [ImportRecord],
    _ query: FormFields,
    _ calendar: LocalCalendar,
    _ period: WeeklyPeriod
  ) -> Markup {
    let chosen = query["known-by"] ?? ""
    let options =
      [Markup.element("option", ["value": ""], "all imports")]
      + imports.reversed().map { record in
        let day = calendar.day(of: Instant(seconds: record.seenAt))
        let words = "import \(record.sequence), \(day)"
        let value = "\(record.sequence)"
        return value == chosen
          ? .element("option", ["value": value, "selected": "selected"], words)
          : .element("option", ["value": value], words)
      }
    return .element(
      "section",
      ["class": "past"],
      [
        .lines([
          .element("h2", [:], "The page as it was"),
          .element(
            "p",
            [:],
            "A page says what is known by now of its \(period.kind.rawValue). With the imports up to one, "
              + "and facts up to a day, it is again what it was then, to the byte."
          ),
          .element(
            "form",
            ["class": "row", "method": "get", "action": "/weekly/\(period)"],
            [
              .element(
                "label",
                [:],
                [.text("Known by"), .element("select", ["name": "known-by"], options)]
              ),
              .element(
                "label",
                [:],
                [
                  .text("Facts up to"),
                  .void("input", ["type": "date", "name": "as-of", "value": query["as-of"] ?? ""]),
                ]
              ),
              .element("button", [:], "Show it"),
            ]
          ),
        ])
      ]
    )
  }
}
