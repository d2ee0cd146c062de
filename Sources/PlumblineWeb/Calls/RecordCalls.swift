import Hummingbird
import PlumblineCommands
import PlumblineCore
import PlumblineReporting

/// Lists of records behind the numbers of the pages, a stretch at a time: the columns of the files
/// that the pages offer, and their rule, for records leave here just as well.
enum RecordCalls {
  private static let access = Access.everyone(.export)
  static let promise =
    "A stretch of the list as its CSV file has it, in the same order; each answer that is not 304 "
    + "is noted in the audit log."

  static let all: [Call] = [
    Call(
      name: "records",
      method: .get,
      path: "/api/records",
      access: access,
      summary:
        "The leads, won deals, meetings or amounts spent behind a number of the funnel; the leads "
        + "behind a unit that was judged.",
      details: promise,
      parameters: {
        [
          CallParameter(
            name: "number",
            help: "The number, such as open:sql or deals, as --ids of plumbline funnel takes it.",
            example: "open:sql"
          ),
          CallParameter(
            name: "unit",
            help: "Instead of a number: the id of what was judged, such as channel/Meta/direct."
          ),
          CallParameter(
            name: "entered",
            help: "Instead of a number: a stage and the Monday of a week, such as sql:2026-06-22, "
              + "for the leads that entered the stage in it."
          ),
        ] + (try CallParameter.of(.to(Funnel.self)).filter { $0.name != "by" })
          + CallParameter.paging
      },
      kind: "records",
      otherKinds: ["spend"]
    ) { visit in
      let (asked, window) = (RecordsPage.Asked(visit), visit.window)
      return try await visit.export { try asked.list().json(window) }
    },
    Call(
      name: "scorecard-records",
      method: .get,
      path: "/api/scorecards/records",
      access: access,
      summary: "The leads or deals behind a number of the scorecards.",
      details: promise,
      parameters: {
        [
          CallParameter(
            name: "number",
            help: "The number: a measure such as first_touch for the records that met it, "
              + "base:MEASURE for all that it stands on, won:team, won:team:MONTH, won:owner:NAME, "
              + "open:team or open:owner:NAME.",
            isRequired: true,
            example: "first_touch"
          )
        ] + (try CallParameter.of(.to(Attainment.self), ["period", "as"])) + CallParameter.paging
      },
      kind: "records"
    ) { visit in
      let (asked, window) = (try ScorecardRecordsPage.Asked(visit), visit.window)
      return try await visit.export { try asked.list().sections.json(window) }
    },
    Call(
      name: "sla-leads",
      method: .get,
      path: "/api/sla/leads",
      access: access,
      summary: "The leads behind a number of the service levels.",
      details: promise,
      parameters: {
        [
          CallParameter(
            name: "list",
            help: "The number, such as first_touch:breached.",
            isRequired: true,
            example: "first_touch:breached"
          )
        ] + (try ofServiceLevels())
      },
      kind: "records"
    ) { visit in
      let (options, window) = (SLAPageOptions(visit), visit.window)
      return try await visit.export(hangingOn: options.moment(visit)) {
        let (answer, page) = try options.page()
        return try options.records(options.list ?? "", answer, page).json(window)
      }
    },
    Call(
      name: "sla-open",
      method: .get,
      path: "/api/sla/open",
      access: access,
      summary: "Every promise of the service levels that is open, the most urgent first.",
      details: promise,
      parameters: { try ofServiceLevels() },
      kind: "open_promises"
    ) { visit in
      let (options, window) = (SLAPageOptions(visit), visit.window)
      return try await visit.export(hangingOn: options.moment(visit)) {
        let answer = try options.page().answer
        return try OpenPromisesJSON(answer.sla, under: answer.history.agreement, window).text()
      }
    },
    Call(
      name: "plan-leads",
      method: .get,
      path: "/api/plan/leads",
      access: access,
      summary: "The open leads behind a plan, the likeliest to be won in time first.",
      details: promise,
      parameters: {
        [
          CallParameter(
            name: "stage",
            help: "The id of the furthest stage that leads have reached; all when it is not given.",
            example: "mql"
          )
        ] + (try CallParameter.of(.to(PlanQuota.self), Set(PlanPage.names + ["as"])))
          + CallParameter.paging
      },
      kind: "open_leads"
    ) { visit in
      let (query, reader, window) = (visit.query, visit.reader, visit.window)
      let folder = visit.office.desk.workspace.name
      return try await visit.export {
        try PlanPage.ask(query, of: folder, as: reader, naming: PlanLeadsPage.leads(query)).page
          .openLeadsJSON(window)
      }
    },
    NumberList.plan.call(
      "plan-records",
      "The won deals behind a number of a plan.",
      CallParameter(
        name: "number",
        help: "The number: booked, or wins for the mean win.",
        kind: .asked(.choice(PlanNumber.allCases.map(\.rawValue))),
        isRequired: true,
        example: "wins"
      ),
      otherKinds: []
    ) {
      try CallParameter.of(.to(PlanQuota.self), Set(PlanPage.names + ["as"]))
    },
    NumberList.hires.call(
      "hires-records",
      "The leads, won deals or amounts spent that an input of a simulation was measured from.",
      CallParameter(
        name: "input",
        help: "The input, as plumbline simulate names it.",
        kind: .asked(.choice(HeadcountInput.allCases.map(\.rawValue))),
        isRequired: true,
        example: "close_rate"
      )
    ) { [] },
    NumberList.budget.call(
      "budget-records",
      "The leads, won deals or amounts spent behind a number of a divided budget.",
      CallParameter(
        name: "number",
        help: "The number, as --ids of plumbline plan budget takes it, such as spend:NAME.",
        isRequired: true,
        example: "deals"
      )
    ) {
      try CallParameter.of(.to(PlanBudget.self), ["by", "weeks"])
    },
    NumberList.rebound.call(
      "rebound-records",
      "The leads or won deals behind a number of second chances.",
      CallParameter(
        name: "number",
        help: "The number: listed, waiting, listed_before, merged_away, left_alone:REASON, "
          + "stands:STAGE, stands:STAGE:GROUP, passes:first, deals:first, passes:later, deals:later "
          + "or before:all:LIST.",
        isRequired: true,
        example: "waiting"
      ),
      otherKinds: []
    ) { [] },
    Call(
      name: "weekly-leads",
      method: .get,
      path: "/api/weekly/:period/leads",
      access: access,
      summary: "The leads behind a number of the page of a week or month.",
      details: promise,
      parameters: {
        [
          CallParameter(
            name: "period",
            help: "The week or month, such as 2026-W30 or 2026-07.",
            isRequired: true,
            isInPath: true,
            example: "2026-05"
          ),
          CallParameter(
            name: "list",
            help:
              "The fate of a line of the loop, new or before, and its stage or reason if it has "
              + "one, with colons between, such as won:new; or a point of the agenda: point:1.",
            isRequired: true,
            example: "won:new"
          ),
        ] + (try CallParameter.of(.to(Weekly.self), ["as-of", "known-by", "as"]))
          + CallParameter.paging
      },
      kind: "records",
      faults: [.notFound]
    ) { visit in
      let (asked, window) = (try WeeklyAsked(visit), visit.window)
      let name = visit.query["list"] ?? ""
      let moment = try await visit.moment(of: .to(Weekly.self))
      return try await visit.export(hangingOn: moment) {
        let (answer, sections) = try asked.answer()
        guard let records = sections.records(name, answer.leads) else {
          throw HTTPError(.notFound)
        }
        return try records.json(window)
      }
    },
  ]

  private static func ofServiceLevels() throws -> [CallParameter] {
    try CallParameter.of(.to(SLA.self), ["weeks", "now", "as"]) + CallParameter.paging
  }
}

extension Visit {
  /// The stretch of a list that the address asks for.
  var window: ListWindow {
    let fields = query.fields.filter { $0.name != "offset" }
    let path = request.uri.path
    return ListWindow(
      offset: query["offset"].flatMap { Int($0) } ?? 0,
      limit: query["limit"].flatMap { Int($0) } ?? ListWindow.usual
    ) { offset in
      Address.of(path, fields + [FormFields.Field(name: "offset", value: String(offset))])
    }
  }

  /// Records as JSON, which is noted in the audit log wherever they are sent.
  func export(
    hangingOn more: String = "",
    _ make: @escaping @Sendable () throws -> String
  ) async throws -> Response {
    let response = try await json(hangingOn: more, make)
    if response.status == .ok { try noteExport() }
    return response
  }
}
