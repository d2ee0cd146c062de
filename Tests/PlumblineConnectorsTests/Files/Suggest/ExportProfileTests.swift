import PlumblineConnectors
import PlumblineCore
import Testing

struct ExportProfileTests {
  @Test func `has a fixture for every known export, in alphabetical order`() {
    #expect(MappingSuggestion.knownExports == ExportFixture.all.map(\.name))
    #expect(MappingSuggestion.knownExports == MappingSuggestion.knownExports.sorted())
  }

  @Test(arguments: ExportFixture.all)
  func `recognises an export and reads it without refusing a row`(fixture: ExportFixture) throws {
    let (suggestion, outcome) = try SuggestedFiles.imported(["export.csv": fixture.text])
    #expect(suggestion.comments[.file(0)]?.hasPrefix("\(fixture.name), a known export") == true)
    let record = try suggestion.record(fixture.kind)
    #expect(record.sources == fixture.fields)
    #expect(outcome.refused.isEmpty)
    #expect(
      outcome.batch[fixture.kind].rowCount == (fixture.kind == .deal ? dealCount(fixture) : 2)
    )
  }

  private func dealCount(_ fixture: ExportFixture) -> Int {
    fixture.text.contains("Third") || fixture.text.contains("Gamma") ? 3 : 2
  }

  @Test(arguments: ExportFixture.all)
  func `recognises an export by its header alone`(fixture: ExportFixture) throws {
    let lines = fixture.text.split(separator: "\n", omittingEmptySubsequences: false)
    let header = try #require(
      lines.firstIndex {
        $0.contains("Campaign") && $0.contains(",") && !$0.contains("\"") || $0.count > 60
      }
    )
    let text = lines[...header].joined(separator: "\n") + "\n"
    let suggestion = try SuggestedFiles.suggest(["export.csv": text])
    #expect(suggestion.comments[.file(0)]?.contains(fixture.name) == true)
    #expect(suggestion.isUnsure("there are no rows"))
    let (mapping, diagnostics) = MappingReader.read(text: suggestion.yaml, file: "m.yaml")
    #expect(diagnostics.map(\.description) == [])
    #expect(mapping == suggestion.mapping)
  }

  @Test func `reads the stage dates and the lifecycle of HubSpot's contacts`() throws {
    let fixture = try #require(ExportFixture.all.first { $0.name == "HubSpot contacts" })
    let (suggestion, outcome) = try SuggestedFiles.imported(["contacts.csv": fixture.text])
    let events = suggestion.records(.stageEvent).map(\.sources)
    #expect(
      events == [
        [
          "lead": "Record ID - Contact", "stage": "=mql",
          "at": "Became a Marketing Qualified Lead Date",
        ],
        ["lead": "Record ID - Contact", "stage": "=won", "at": "Became a Customer Date"],
      ]
    )
    #expect(outcome.batch[.stageEvent].rowCount == 2)
    #expect(try suggestion.record(.lead).renames("status") == ["Customer": "won", "Lead": "lead"])
    #expect(suggestion.mapping.source == "hubspot")
    #expect(suggestion.isUnsure("times of day are read as UTC"))
  }

  @Test func `turns stages of deals into outcomes, those not closed into open`() throws {
    let fixture = try #require(ExportFixture.all.first { $0.name == "HubSpot deals" })
    let deal = try SuggestedFiles.suggest(["deals.csv": fixture.text]).record(.deal)
    #expect(
      deal.renames("outcome")
        == ["Closed Won": "won", "Closed Lost": "lost", "Contract Sent": "open"]
    )
    #expect(deal["lead"]?.separator == ";")
  }

  @Test func `reads a report without days over the range above its header`() throws {
    let text = """
      Campaign report
      "July 8, 2025 - July 31, 2025"
      Campaign,Campaign type,Currency code,Cost,Impr.,Interactions
      Video,Video,INR,1661.67,"25,881","20,127"
      Total: Account,,INR,1661.67,"25,881","20,127"

      """
    let (suggestion, outcome) = try SuggestedFiles.imported(["report.csv": text])
    let spend = try suggestion.record(.spend)
    #expect(spend.source("from") == "=2025-07-08")
    #expect(spend.source("to") == "=2025-07-31")
    #expect(suggestion.isUnsure("no column of days"))
    #expect(suggestion.isUnsure("interactions are more than clicks"))
    #expect(outcome.batch[.spend].rowCount == 1)
  }

  @Test func `leaves out a report that says no days at all`() throws {
    let text = "Campaign,Campaign type,Currency code,Cost,Impr.\nVideo,Video,INR,1.50,2\n"
    let error = #expect(throws: InputError.self) {
      try SuggestedFiles.suggest(["report.csv": text])
    }
    let codes = try #require(error).diagnostics.map(\.code)
    #expect(codes == ["suggest.left-out", "suggest.nothing"])
  }

  @Test func `reads LinkedIn's dates month first where nothing decides, and says so`() throws {
    let fixture = try #require(ExportFixture.all.first { $0.name.hasPrefix("LinkedIn") })
    let suggestion = try SuggestedFiles.suggest(["linkedin.csv": fixture.text])
    #expect(try suggestion.record(.spend)["from"]?.dateOrder == .monthFirst)
    #expect(suggestion.isUnsure("\"5/1/2026\" is read month first"))
  }

  @Test func `takes a converted lead of a CRM for an opportunity, with the day where it is said`()
    throws
  {
    for (name, expected) in [
      ("Salesforce leads", ["lead": "Id", "stage": "=opportunity", "at": "ConvertedDate"]),
      ("Zoho CRM leads", ["lead": "Record Id", "stage": "=opportunity"]),
    ] {
      let fixture = try #require(ExportFixture.all.first { $0.name == name })
      let suggestion = try SuggestedFiles.suggest(["leads.csv": fixture.text])
      let event = try suggestion.record(.stageEvent)
      #expect(event.sources == expected)
      #expect(suggestion.isUnsure("it may mean a customer"))
    }
  }

  @Test func `ignores case, blanks and brackets of the names`() throws {
    let text = """
      deal_id;DEAL NAME;dealstage;AMOUNT (EUR);close date;Create-Date
      1;A;closedwon;1,50;2026-01-02;2026-01-01
      2;B;closedlost;2,50;2026-01-02;2026-01-01

      """
    let (suggestion, outcome) = try SuggestedFiles.imported(["x.csv": text])
    #expect(suggestion.comments[.file(0)]?.hasPrefix("HubSpot deals") == true)
    #expect(
      try suggestion.record(.deal).renames("outcome") == ["closedwon": "won", "closedlost": "lost"]
    )
    #expect(outcome.batch[.deal]["amount"] == [150, 250])
  }
}
