import Hummingbird
import PlumblineCommands
import PlumblineCore
import PlumblineReporting

/// Finding a lead, saying what became of it, deciding on its second chance.
enum LeadCalls {
  static let all: [Call] = [
    Call(
      name: "find-lead",
      method: .get,
      path: "/api/leads",
      access: .readers,
      summary: "Finds a lead by its id or by the address of its page in the CRM.",
      details: "Names and mail addresses cannot be searched. What is known of the lead: show-lead.",
      parameters: {
        [
          CallParameter(
            name: "id",
            help: "The id, or the address of the lead's page in the CRM.",
            kind: .text(longestID),
            isRequired: true,
            example: "100002"
          )
        ]
      },
      kind: "lead_search"
    ) { visit in
      let typed = visit.query["id"] ?? ""
      let workspace = visit.office.desk.workspace
      return try await visit.json {
        let lead = try LeadSearchPage.find(typed, in: workspace)
        return try LeadSearchJSON(lead, asked: typed).text()
      }
    },
    Call(
      name: "record-disposition",
      method: .post,
      path: "/api/leads/:id/disposition",
      access: .only(LeadDispositions.roles, .write),
      summary: "Records what became of a lead, as the page of the lead does.",
      details: tokensOnly
        + " Saying the same again within a minute adds nothing, and the count is 0.",
      parameters: {
        [
          CallParameter(
            name: "id",
            help: "The lead's id.",
            isRequired: true,
            isInPath: true,
            example: "100002"
          )
        ]
      },
      fields: dispositionFields,
      kind: "recorded",
      faults: [.tooLarge]
    ) { visit in
      let id = try visit.part("id")
      let form = try await CallBody.fields(visit, dispositionFields)
      let isNew = try await LeadDispositions.keep(form, of: id, visit)
      return try .call(RecordedJSON(isNew ? 1 : 0).text())
    },
    Call(
      name: "decide-second-chance",
      method: .post,
      path: "/api/rebound/decisions",
      access: .only(ReboundPages.roles, .write),
      summary: "Accepts, puts off or declines who may get a second chance.",
      details: tokensOnly + " The question rebound says who may.",
      parameters: { [] },
      fields: decisionFields,
      kind: "recorded",
      faults: [.tooLarge]
    ) { visit in
      let form = try await CallBody.fields(visit, decisionFields)
      return try .call(RecordedJSON(try await ReboundPages.keep(form, visit)).text())
    },
  ]

  /// The most characters of an id in an address: escaped, more might be longer than an address may be.
  private static let longestID = 500

  private static let tokensOnly = "For tokens alone; the session of a browser uses the page."

  private static let dispositionFields = [
    CallParameter(
      name: "reason",
      help: "One of the agreement's reasons, as agreement-show lists them.",
      kind: .text(200),
      isRequired: true,
      example: "no_budget"
    ),
    CallParameter(
      name: "note",
      help: "What else there is to say, without names.",
      kind: .text(SpokenDisposition.longestNote)
    ),
  ]

  private static let decisionFields = [
    CallParameter(
      name: "list",
      help: "The list.",
      kind: .text(200),
      isRequired: true,
      example: "nurture-timing"
    ),
    CallParameter(
      name: "lead",
      help: "The lead's id; without one, all who may go on the list are accepted.",
      kind: .text(2_000)
    ),
    CallParameter(
      name: "verdict",
      help: "What was decided.",
      kind: .asked(.choice(["accept", "decline", "snooze"])),
      isRequired: true
    ),
    CallParameter(
      name: "until",
      help: "For snooze: the day on which the lead is to be shown again, such as 2026-01-31.",
      kind: .text(10)
    ),
    CallParameter(
      name: "reason",
      help: "For decline: why not, without names.",
      kind: .text(ReboundForms.longestReason)
    ),
  ]
}
