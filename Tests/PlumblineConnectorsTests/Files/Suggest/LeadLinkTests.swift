import PlumblineConnectors
import PlumblineCore
import Testing

struct LeadLinkTests {
  private let contacts = """
    Contact ID,Email,Lead Source,Create Date
    C-0001,ann@example.com,Web,2026-01-01
    C-0002,bob@example.com,Fair,2026-01-02
    C-0003,eve@example.com,Web,2026-01-03

    """

  @Test func `finds the column whose values are the ids of leads`() throws {
    let deals = """
      Deal ID,Contact Name,Contact ID,Stage
      1,Ann,C-0001,Won
      2,Bob,C-0002,Lost

      """
    let suggestion = try SuggestedFiles.suggest(["contacts.csv": contacts, "deals.csv": deals])
    #expect(try suggestion.record(.deal).source("lead") == "Contact ID")
    #expect(try suggestion.record(.lead).alsoKnownAs.isEmpty)
    #expect(!suggestion.isUnsure("of its values"))
  }

  @Test func `lets leads be known by the mail address that other files name them by`() throws {
    let calls = """
      Activity ID,Activity Type,Activity Date,Associated Contact Email
      a1,Call,2026-01-05,ann@example.com
      a2,Call,2026-01-06,eve@example.com
      a3,Email,2026-01-06,who@example.com

      """
    let (suggestion, outcome) = try SuggestedFiles.imported([
      "contacts.csv": contacts, "calls.csv": calls,
    ])
    #expect(try suggestion.record(.activity).source("lead") == "Associated Contact Email")
    #expect(try suggestion.record(.lead).alsoKnownAs.map { $0.columns.map(\.name) } == [["Email"]])
    #expect(suggestion.isUnsure("67 % of its values are those of leads"))
    #expect(outcome.batch[.merge].rowCount == 3)
  }

  @Test func `prefers values to names`() throws {
    let deals = """
      Deal ID,Lead ID,Person key,Stage
      1,999,C-0001,Won
      2,998,C-0002,Lost

      """
    let suggestion = try SuggestedFiles.suggest(["contacts.csv": contacts, "deals.csv": deals])
    #expect(try suggestion.record(.deal).source("lead") == "Person key")
  }

  @Test func `does not take small numbers for ids because leads have such ids`() throws {
    let leads = "Lead ID,Source\n1,Web\n2,Fair\n3,Web\n"
    let deals = "Deal ID,Quantity,Stage\nd1,1,Won\nd2,2,Lost\n"
    let suggestion = try SuggestedFiles.suggest(["deals.csv": deals, "leads.csv": leads])
    #expect(try suggestion.record(.deal).source("lead") == nil)
    #expect(suggestion.isUnsure("no column names the lead"))
  }

  @Test func `splits cells that name several leads`() throws {
    let deals = """
      Deal ID,Associated Contact IDs,Stage
      1,C-0001;C-0002,Won
      2,C-0003,Lost

      """
    let (suggestion, outcome) = try SuggestedFiles.imported([
      "contacts.csv": contacts, "deals.csv": deals,
    ])
    #expect(try suggestion.record(.deal)["lead"]?.separator == ";")
    #expect(!suggestion.isUnsure("of its values"))
    #expect(outcome.refused.isEmpty)
  }

  @Test func `looks the lead up in another table when there is no other way`() throws {
    let leads = "lead_id,source\nL-00001,Web\nL-00002,Fair\n"
    let deals = "opportunity_id,lead_id,stage\nO-00001,L-00001,won\nO-00002,L-00002,lost\n"
    let calls = """
      activity_id,opportunity_id,activity_type,activity_date
      1,O-00002,call,2026-01-01
      2,O-00001,call,2026-01-02

      """
    let (suggestion, outcome) = try SuggestedFiles.imported([
      "calls.csv": calls, "leads.csv": leads, "opportunities.csv": deals,
    ])
    let lead = try #require(try suggestion.record(.activity)["lead"])
    #expect(
      lead.join
        == Join(
          file: FilePattern("opportunities.csv"),
          key: ColumnReference("opportunity_id"),
          value: ColumnReference("lead_id")
        )
    )
    #expect(suggestion.isUnsure("found by way of opportunities.csv"))
    let texts = outcome.batch.texts[.lead]
    #expect(outcome.batch[.activity]["lead"].map { texts[UInt32($0)] } == ["L-00002", "L-00001"])
  }

  @Test func `goes by the name alone where no leads are given, and says so`() throws {
    let deals = "Deal ID,Associated Contact ID,Stage\n1,C-0001,Won\n2,C-0002,Lost\n"
    let suggestion = try SuggestedFiles.suggest(["deals.csv": deals])
    #expect(try suggestion.record(.deal).source("lead") == "Associated Contact ID")
    #expect(suggestion.isUnsure("no table of leads was given"))
    #expect(suggestion.records(.lead).isEmpty)
  }

  @Test func `leaves out activities that name no lead`() throws {
    let tasks = "Task ID,Type,Date,Owner\n1,Call,2026-01-01,Ann\n2,Email,2026-01-01,Bob\n"
    let suggestion = try SuggestedFiles.suggest(["contacts.csv": contacts, "tasks.csv": tasks])
    #expect(suggestion.records(.activity).isEmpty)
    #expect(suggestion.diagnostics.map(\.code) == ["suggest.left-out"])
    #expect(suggestion.comments[.top]?.contains("left out: tasks.csv") == true)
  }

  @Test func `does not take contacts for leads beside leads`() throws {
    let leads = "Lead ID,Lead Source,Created\n1,Web,2026-01-01\n2,Fair,2026-01-02\n"
    let suggestion = try SuggestedFiles.suggest(["contacts.csv": contacts, "leads.csv": leads])
    #expect(suggestion.mapping.files.map { $0.patterns.map(\.text) } == [["leads.csv"]])
    #expect(suggestion.diagnostics.map(\.code) == ["suggest.left-out"])
  }

  @Test func `reads what became of the leads from a table beside them`() throws {
    let leads =
      "Lead_ID,Lead_Source,Created\n1,Web,2026-01-01\n2,Fair,2026-01-02\n3,Fair,2026-01-02\n"
    let outcome = """
      Lead_ID,Final_Status,Rejection_Reason,Disbursement_Date
      1,Sanctioned,,2026-02-01
      2,Rejected,Low score,
      3,Sanctioned,,

      """
    let (suggestion, facts) = try SuggestedFiles.imported([
      "leads.csv": leads, "outcome.csv": outcome,
    ])
    #expect(
      suggestion.records(.stageEvent).map(\.sources) == [
        ["lead": "Lead_ID", "stage": "=won", "at": "Disbursement_Date"],
        ["lead": "Lead_ID", "stage": "Final_Status", "reason": "Rejection_Reason"],
      ]
    )
    #expect(suggestion.isUnsure("left out are \"Sanctioned\""))
    #expect(facts.batch[.stageEvent].rowCount == 2)
  }

  @Test func `knows owners by the values that other files name them by`() throws {
    let leads = "Lead ID,Lead Owner,Source\n1,Ann Lee,Web\n2,Bob Ray,Fair\n"
    let users = "User ID,Last Name,Manager\n11,Ann Lee,Zoe\n12,Bob Ray,Zoe\n13,Cy Fox,Zoe\n"
    let suggestion = try SuggestedFiles.suggest(["leads.csv": leads, "users.csv": users])
    #expect(try suggestion.record(.owner).sources == ["id": "Last Name", "team": "Manager"])
  }

  @Test func `finds a list of owners without a key`() throws {
    let deals = "opportunity_id,sales_agent,deal_stage\na,Ann Lee,Won\nb,Bob Ray,Lost\n"
    let teams = "sales_agent,manager\nAnn Lee,Zoe\nBob Ray,Zoe\nCy Fox,Max\n"
    let suggestion = try SuggestedFiles.suggest(["pipeline.csv": deals, "teams.csv": teams])
    #expect(try suggestion.record(.owner).sources == ["id": "sales_agent", "team": "manager"])
  }
}
