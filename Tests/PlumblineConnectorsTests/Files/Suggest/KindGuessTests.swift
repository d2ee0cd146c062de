import PlumblineConnectors
import PlumblineCore
import Testing

/// A table of no known product and what it is about.
struct UnknownTable: Sendable, CustomTestStringConvertible {
  var testDescription: String { "\(kind)" }
  let name: String
  let text: String
  let kind: FactKind
  let fields: [String: String]

  static let all = [
    UnknownTable(
      name: "a.csv",
      text: """
        Prospect-Nr,Prospect ID,Quelle,Erstellt am,Betreuer
        1,x1,Messe,2026-01-31,Ann
        2,x2,Web,2026-02-01,Bob

        """,
      kind: .lead,
      fields: [
        "id": "Prospect ID", "channel": "Quelle", "created": "Erstellt am", "owner": "Betreuer",
      ]
    ),
    UnknownTable(
      name: "b.csv",
      text: """
        Opportunity ID,Lead ID,Résultat,Status,Montant (EUR),Date de clôture
        o1,x1,ok,Won,100,2026-02-01
        o2,x2,ok,Lost,200,2026-02-02

        """,
      kind: .deal,
      fields: [
        "id": "Opportunity ID", "lead": "Lead ID", "outcome": "Status", "stage": "Status",
        "amount": "Montant (EUR)", "closed": "Date de clôture",
      ]
    ),
    UnknownTable(
      name: "c.csv",
      text: """
        Fecha,Campaña,Canal,Coste (EUR),Impresiones,Clics
        2026-01-01,Uno,Google,10.50,100,3
        2026-01-02,Uno,Google,11.50,200,4

        """,
      kind: .spend,
      fields: [
        "from": "Fecha", "to": "Fecha", "campaign": "Campaña", "channel": "Canal",
        "amount": "Coste (EUR)", "impressions": "Impresiones", "clicks": "Clics",
      ]
    ),
    UnknownTable(
      name: "d.csv",
      text: """
        Lead ID,Stage,Changed at,Reason
        x1,MQL,2026-01-01 10:00,
        x1,SQL,2026-01-02 10:00,
        x2,MQL,2026-01-03 10:00,
        x2,Disqualified,2026-01-04 10:00,No budget

        """,
      kind: .stageEvent,
      fields: ["lead": "Lead ID", "stage": "Stage", "at": "Changed at", "reason": "Reason"]
    ),
    UnknownTable(
      name: "e.csv",
      text: """
        Call ID,Lead ID,Type,Timestamp,Rep,Result
        1,x1,Call,2026-01-01T10:00:00Z,Ann,No answer
        2,x1,Email,2026-01-02T10:00:00Z,Ann,Sent

        """,
      kind: .activity,
      fields: [
        "id": "Call ID", "lead": "Lead ID", "kind": "Type", "at": "Timestamp", "owner": "Rep",
        "outcome": "Result",
      ]
    ),
    UnknownTable(
      name: "f.csv",
      text: """
        Meeting ID,Contact ID,Booked,Start Time,Outcome,Owner
        1,x1,2026-01-01T10:00:00Z,2026-01-05T10:00:00Z,Completed,Ann
        2,x2,2026-01-01T10:00:00Z,2026-01-05T10:00:00Z,No-show,Ann

        """,
      kind: .meeting,
      fields: [
        "id": "Meeting ID", "lead": "Contact ID", "booked": "Booked", "starts": "Start Time",
        "outcome": "Outcome", "owner": "Owner",
      ]
    ),
    UnknownTable(
      name: "g.csv",
      text: """
        visit_id,lead_id,session_type,visited_at,utm_source
        1,x1,pricing page,2026-01-01T10:00:00Z,google
        2,x1,form,2026-01-05T10:00:00Z,google

        """,
      kind: .touch,
      fields: [
        "id": "visit_id", "lead": "lead_id", "kind": "session_type", "at": "visited_at",
        "channel": "utm_source",
      ]
    ),
    UnknownTable(
      name: "h.csv",
      text: """
        user_id,name,team
        1,Ann,East
        2,Bob,West

        """,
      kind: .owner,
      fields: ["id": "user_id", "name": "name", "team": "team"]
    ),
  ]
}

struct KindGuessTests {
  @Test(arguments: UnknownTable.all)
  func `guesses what a table is about from names and values`(table: UnknownTable) throws {
    let (suggestion, outcome) = try SuggestedFiles.imported([table.name: table.text])
    #expect(try suggestion.record(table.kind).sources == table.fields)
    #expect(outcome.refused.isEmpty)
    #expect(outcome.batch[table.kind].rowCount > 0)
    #expect(suggestion.comments[.file(0)]?.contains("by its columns") == true)
    #expect(suggestion.mapping.source == "crm")
    #expect(suggestion.isUnsure("give source the name of the system"))
  }

  // Without rows a history of stages looks like a table of leads.
  @Test(arguments: UnknownTable.all.filter { $0.kind != .stageEvent })
  func `does not need the rows`(table: UnknownTable) throws {
    let header = try #require(table.text.split(separator: "\n").first)
    let suggestion = try SuggestedFiles.suggest([table.name: header + "\n"])
    #expect(!suggestion.records(table.kind).isEmpty)
  }

  @Test func `says which stages the agreement needs, and what is doubtful`() throws {
    let text = """
      Lead_ID,Stage_Name,Stage_Status,Stage_Date
      1,Lead Qualified,Completed,2026-01-01
      1,Credit Check,Dropped,2026-01-02
      2,Lead Qualified,Completed,2026-01-01
      2,Loan Disbursed,Pending,2026-01-09

      """
    let (suggestion, outcome) = try SuggestedFiles.imported(["stages.csv": text])
    let event = try suggestion.record(.stageEvent)
    #expect(event.renames("stage") == ["Lead Qualified": "sql", "Loan Disbursed": "won"])
    #expect(event.conditions == [Condition(ColumnReference("Stage_Status"), .oneOf(["Completed"]))])
    #expect(
      suggestion.isUnsure("the agreement needs these stages, or rename them here: \"Credit Check\"")
    )
    #expect(suggestion.isUnsure("\"Loan Disbursed\" is read as won"))
    #expect(suggestion.isUnsure("rows that say \"Dropped\", \"Pending\" are left out"))
    #expect(outcome.batch[.stageEvent].rowCount == 2)
  }

  @Test func `reads a converted lead as won where no deals are given`() throws {
    let leads = "Lead ID,Source,Converted\n1,Web,1\n2,Web,0\n3,Fair,0\n"
    let (suggestion, outcome) = try SuggestedFiles.imported(["leads.csv": leads])
    let event = try suggestion.record(.stageEvent)
    #expect(event.sources == ["lead": "Lead ID", "stage": "=won"])
    #expect(event.conditions == [Condition(ColumnReference("Converted"), .oneOf(["1"]))])
    #expect(suggestion.isUnsure("Converted does not say when"))
    #expect(outcome.batch[.stageEvent].rowCount == 1)
  }

  @Test func `trusts deals more than a mark on the lead`() throws {
    let leads = "Lead ID,Source,Converted\n1,Web,1\n2,Web,0\n3,Fair,0\n"
    let deals = "Deal ID,Lead ID,Stage\nd1,1,Won\nd2,2,Lost\n"
    let suggestion = try SuggestedFiles.suggest(["deals.csv": deals, "leads.csv": leads])
    #expect(suggestion.records(.stageEvent).isEmpty)
    #expect(suggestion.isUnsure("\"Converted\" left out, because deals.csv says"))
  }

  @Test func `takes meetings apart from other activities, and leaves notes and tasks out`() throws {
    let text = """
      Activity ID,Activity Type,Activity Date,Contact ID,Meeting Outcome,Created By
      1,Meeting,2026-01-01,x1,No Show,CRM user
      2,Meeting,2026-01-02,x1,Postponed,CRM user
      3,Call,2026-01-01,x1,,CRM user
      4,Note,2026-01-01,x1,,CRM user
      5,Email,2026-01-01,x1,,Workflow

      """
    let suggestion = try SuggestedFiles.suggest(["activities.csv": text])
    let activity = try suggestion.record(.activity)
    #expect(activity.conditions == [Condition(ColumnReference("Activity Type"), .noneOf(["Note"]))])
    #expect(activity.renames("automated") == ["CRM user": "0", "Workflow": "1"])
    let meeting = try suggestion.record(.meeting)
    #expect(
      meeting.conditions == [Condition(ColumnReference("Activity Type"), .oneOf(["Meeting"]))]
    )
    #expect(meeting.renames("outcome") == ["No Show": "no_show", "Postponed": "rescheduled"])
    #expect(suggestion.isUnsure("\"Note\" are left out"))
  }

  @Test func `takes every deal for a lead where nothing names leads`() throws {
    let text = """
      opportunity_id,sales_agent,deal_stage,engage_date,close_date,close_value
      a,Ann,Won,2026-01-01,2026-02-01,100
      b,Bob,Engaging,2026-01-01,,

      """
    let (suggestion, outcome) = try SuggestedFiles.imported(
      ["pipeline.csv": text],
      options: FileImport.Options(currency: "USD")
    )
    #expect(
      try suggestion.record(.lead).sources
        == ["id": "opportunity_id", "created": "engage_date", "owner": "sales_agent"]
    )
    #expect(try suggestion.record(.deal).source("lead") == "opportunity_id")
    #expect(suggestion.isUnsure("every deal is taken as a lead"))
    #expect(suggestion.isUnsure("nothing says the currency"))
    #expect(outcome.batch[.deal]["amount"] == [10_000, FactColumn.noNumber])
  }
}
