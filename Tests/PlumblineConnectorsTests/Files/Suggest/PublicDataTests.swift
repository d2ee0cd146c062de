import PlumblineConnectors
import PlumblineCore
import Testing

@Suite(
  .enabled(
    if: SuggestData.folder != nil,
    "the public data is not beside this checkout (../shared/data)"
  )
)
struct PublicDataTests {
  /// What is proposed for a folder's tables, read without a refused row.
  private func suggest(_ folder: String) throws -> (MappingSuggestion, FileImport.Outcome) {
    let paths = try SuggestData.paths(folder)
    let suggestion = try MappingSuggestion.suggest(paths: paths)
    let outcome = try suggestion.imported(
      paths,
      options: FileImport.Options(dateOrder: .monthFirst, decimal: .point, currency: "USD")
    )
    #expect(outcome.files.map(\.refusedCount).allSatisfy { $0 == 0 })
    return (suggestion, outcome)
  }

  @Test func `reads an export that resembles HubSpot's`() throws {
    let (suggestion, outcome) = try suggest("hubspot_like_export")
    #expect(suggestion.mapping.source == "hubspot")
    #expect(outcome.batch[.lead].rowCount == 950)
    #expect(outcome.batch[.deal].rowCount == 500)
    #expect(outcome.batch[.activity].rowCount == 1212)
    #expect(outcome.batch[.meeting].rowCount == 412)
    #expect(try suggestion.record(.deal).source("lead") == "Associated Contact Email")
    #expect(try suggestion.record(.lead).alsoKnownAs.map { $0.columns.map(\.name) } == [["Email"]])
    #expect(try suggestion.record(.lead).renames("status")["Customer"] == "won")
    #expect(suggestion.isUnsure("\"Subscriber\" is read as lead"))
    #expect(suggestion.isUnsure("nothing says the currency"))
    #expect(suggestion.diagnostics.map(\.code) == ["suggest.left-out"])
  }

  @Test func `reads Zoho's tables and joins deals to leads`() throws {
    let (suggestion, outcome) = try suggest("zoho_crm")
    #expect(outcome.batch[.lead].rowCount == 3900)
    #expect(outcome.batch[.deal].rowCount == 3632)
    #expect(outcome.batch[.spend].rowCount == 110)
    #expect(outcome.batch[.owner].rowCount == 11)
    #expect(outcome.batch[.activity].rowCount == 4100)
    #expect(try suggestion.record(.deal).source("lead") == "LEADID")
    #expect(try suggestion.record(.spend).source("amount") == "Actual Cost")
    #expect(suggestion.isUnsure("\"CONVERTED\" left out"))
    #expect(suggestion.isUnsure("every row of LEADID differs"))
    #expect(suggestion.isUnsure("nothing says the currency beyond \"$\""))
  }

  @Test func `takes deals without leads for leads, and lists their owners`() throws {
    let (suggestion, outcome) = try suggest("maven_crm")
    #expect(outcome.batch[.deal].rowCount == 8800)
    #expect(outcome.batch[.lead].rowCount == 8800)
    #expect(outcome.batch[.owner].rowCount == 35)
    let deal = try suggestion.record(.deal)
    #expect(
      deal.renames("outcome")
        == ["Won": "won", "Lost": "lost", "Engaging": "open", "Prospecting": "open"]
    )
    #expect(suggestion.isUnsure("every deal is taken as a lead"))
  }

  @Test func `reads a history of stages in long form`() throws {
    let (suggestion, outcome) = try suggest("home_loan_stages")
    #expect(outcome.batch[.lead].rowCount == 1000)
    // 4,040 steps completed, 549 disbursed, 451 rejected or withdrawn: counted from the files.
    #expect(outcome.batch[.stageEvent].rowCount == 4040 + 549 + 451)
    #expect(suggestion.isUnsure("\"Lead Qualified\" is read as sql"))
    #expect(suggestion.isUnsure("\"Loan Disbursed\" is read as won"))
    #expect(suggestion.isUnsure("the agreement needs these stages"))
    #expect(suggestion.isUnsure("rows that say \"Pending\", \"Dropped\" are left out"))
  }

  @Test func `tells leads from contacts and touches from activities`() throws {
    let (suggestion, outcome) = try suggest("leadforge_dev")
    #expect(outcome.batch[.lead].rowCount == 5000)
    #expect(outcome.batch[.deal].rowCount == 4442)
    #expect(outcome.batch[.activity].rowCount == 57_072)
    #expect(outcome.batch[.touch].rowCount == 40_819 + 11_096)
    #expect(try suggestion.record(.lead).source("id") == "lead_id")
    #expect(try suggestion.record(.deal)["outcome"]?.valueWhenMissing == "open")
    #expect(suggestion.isUnsure("an empty cell is read as open"))
    #expect(suggestion.isUnsure("touch_direction says"))
    #expect(suggestion.isUnsure("is_sql does not say when"))
  }

  @Test func `reads Google's report over the range in its title lines`() throws {
    let (suggestion, outcome) = try suggest("google_ads_export")
    let spend = try suggestion.record(.spend)
    #expect(spend.source("from") == "=2025-07-08")
    #expect(spend.source("to") == "=2025-07-31")
    #expect(outcome.batch[.spend]["amount"] == [166_167, 90_426])
    #expect(outcome.batch[.spend]["clicks"] == [20_127, 1_934])
  }

  @Test func `reads daily spend in two formats`() throws {
    let (suggestion, outcome) = try suggest("daily_ad_spend")
    #expect(suggestion.records(.spend).map { $0.source("from") } == ["C Date", "c_date"])
    #expect(suggestion.records(.spend).map { $0.source("amount") } == ["Mark Spent", "mark_spent"])
    #expect(suggestion.records(.spend).map { $0.source("orders") } == ["Orders", "orders"])
    #expect(suggestion.records(.spend).map { $0.source("revenue") } == ["Revenue", "revenue"])
    #expect(outcome.batch[.spend].rowCount == 616)
    // Both copies: 8,043 orders each, counted from the file.
    #expect(outcome.batch[.spend]["orders"].reduce(0, +) == 2 * 8043)
    #expect(suggestion.isUnsure("no column is named like a channel but Category"))
    #expect(suggestion.isUnsure("nothing says the currency"))
  }

  @Test func `reads leads without dates and their placeholders`() throws {
    let (suggestion, outcome) = try suggest("x_education")
    #expect(outcome.files.map { $0.factCounts[.lead] } == [9240, 9240])
    // 3,561 of the 9,240 leads are converted.
    #expect(outcome.files.map { $0.factCounts[.stageEvent] } == [3561, 3561])
    #expect(suggestion.mapping.missing.contains("Select"))
    #expect(suggestion.mapping.renames[.channel]?.renamed("google") == "Google")
    #expect(suggestion.isUnsure("on which day a lead came into being"))
    #expect(suggestion.isUnsure("Converted does not say when"))
    #expect(suggestion.isUnsure("\"Lead Number\" would fit too"))
  }

  @Test func `mends the spelling of channels in spend`() throws {
    let (suggestion, outcome) = try suggest("messy_channel_spend")
    #expect(try suggestion.record(.spend).source("revenue") == "revenue_generated")
    #expect(suggestion.mapping.renames[.channel]?.entries.count == 8)
    #expect(Set(outcome.batch[.spend]["channel"]).count == 8)
    #expect(suggestion.isUnsure("the same channel, campaign and days as another (281)"))
  }
}
