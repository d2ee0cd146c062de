import PlumblineConnectors
import PlumblineCore
import Testing

struct FormatNotesTests {
  private func leads(_ dates: [String]) -> [String: String] {
    let rows = dates.enumerated().map { "\($0.offset),Web,\"\($0.element)\"" }
    return ["leads.csv": "Lead ID,Source,Created\n" + rows.joined(separator: "\n") + "\n"]
  }

  @Test func `leaves the order of dates to the reader where the values leave it open`() throws {
    let files = leads(["3/4/2026", "5/6/2026"])
    let suggestion = try SuggestedFiles.suggest(files)
    #expect(suggestion.isUnsure("\"3/4/2026\" can have the day or the month first"))
    #expect(try suggestion.record(.lead)["created"]?.dateOrder == nil)
    #expect(throws: InputError.self) { try SuggestedFiles.imported(files) }
    let options = FileImport.Options(dateOrder: .dayFirst)
    #expect(try SuggestedFiles.imported(files, options: options).outcome.refused.isEmpty)
  }

  @Test(arguments: [
    ["13/4/2026", "5/6/2026"], ["4/13/2026", "5/6/2026"], ["2026-03-04"], ["01.02.2026"],
  ])
  func `asks nothing where the values decide`(dates: [String]) throws {
    let (suggestion, outcome) = try SuggestedFiles.imported(leads(dates))
    #expect(!suggestion.isUnsure("first"))
    #expect(outcome.refused.isEmpty)
  }

  @Test func `tells of dates in both orders`() throws {
    let suggestion = try SuggestedFiles.suggest(leads(["13/4/2026", "4/13/2026"]))
    #expect(suggestion.isUnsure("\"13/4/2026\" has the day first and \"4/13/2026\" the month"))
  }

  @Test func `reads words for nothing among dates as missing, and tells of others`() throws {
    let dates = (1...40).map { "2026-01-\($0 % 28 < 9 ? "0" : "")\($0 % 28 + 1)" }
    let (suggestion, outcome) = try SuggestedFiles.imported(leads(dates + ["Not set"]))
    #expect(suggestion.mapping.missing == ["Not set"])
    #expect(outcome.refused.isEmpty)
    let broken = try SuggestedFiles.imported(leads(dates + ["soon"]))
    #expect(broken.suggestion.isUnsure("cells that are no dates (1), such as \"soon\" in line 42"))
    #expect(broken.outcome.refused.count == 1)
  }

  private func spend(_ header: String, _ rows: [String]) -> [String: String] {
    ["ads.csv": "Day,Campaign,Channel,\(header)\n" + rows.joined(separator: "\n") + "\n"]
  }

  @Test func `leaves the decimal sign to the reader where the values leave it open`() throws {
    let suggestion = try SuggestedFiles.suggest(
      spend("Cost (EUR)", ["2026-01-01,A,Google,1.234", "2026-01-02,A,Google,2.345"])
    )
    #expect(suggestion.isUnsure("\"1.234\" can have a decimal point or comma"))
    let both = try SuggestedFiles.suggest(
      spend("Cost (EUR)", ["2026-01-01,A,Google,1.5", "2026-01-02,A,Google,\"2,5\""])
    )
    #expect(both.isUnsure("\"1.5\" has a decimal point and \"2,5\" a comma"))
  }

  @Test(arguments: [
    ("Cost", "€ 1.50", "=EUR", false), ("Cost", "£1.50", "=GBP", true),
    ("Cost", "$1.50", nil, true),
    ("Cost", "1.50", nil, true), ("Cost (USD)", "1.50", nil, false),
    ("Cost", "EUR 1.50", nil, false),
  ])
  func `finds the currency, or asks for it`(
    header: String,
    cell: String,
    currency: String?,
    isUnsure: Bool
  ) throws {
    let files = spend(header, ["2026-01-01,A,Google,\(cell)", "2026-01-02,A,Google,\(cell)"])
    let suggestion = try SuggestedFiles.suggest(files)
    #expect(try suggestion.record(.spend).source("currency") == currency)
    let asks = suggestion.unsure.contains { $0.contains("currency") || $0.contains("is read as") }
    #expect(asks == isUnsure)
    if !isUnsure { #expect(try SuggestedFiles.imported(files).outcome.refused.isEmpty) }
  }

  @Test func `leaves a currency out that is none`() throws {
    let files = spend("Cost (USD),Currency", ["2026-01-01,A,Google,1.50,dollars"])
    let (suggestion, outcome) = try SuggestedFiles.imported(files)
    #expect(try suggestion.record(.spend)["currency"] == nil)
    #expect(suggestion.comments[.record(file: 0, record: 0)]?.contains("Currency holds no") == true)
    #expect(outcome.refused.isEmpty)
  }

  @Test func `leaves counts out that are not whole`() throws {
    let files = spend(
      "Cost (USD),Clicks,Impressions",
      ["2026-01-01,A,Google,1.50,2.5,\"1,200\"", "2026-01-02,A,Google,1.50,3,\"2,200\""]
    )
    let (suggestion, outcome) = try SuggestedFiles.imported(files)
    let spend = try suggestion.record(.spend)
    #expect(spend["clicks"] == nil)
    #expect(spend.source("impressions") == "Impressions")
    #expect(suggestion.comments[.record(file: 0, record: 0)]?.contains("not all of Clicks") == true)
    #expect(outcome.batch[.spend]["impressions"] == [1200, 2200])
  }

  @Test(arguments: [
    ("Probability", ["40", "100"], nil), ("Win probability", ["0.4", "1"], nil),
    ("Probability (%)", ["40%", "0.5%"], nil),
    ("Probability", ["0", "1"], "its numbers are only 0 and 1; 1 is read as 100 %"),
    ("Probability (%)", ["0", "1"], "1 is read as 1 %, as the column's name has a percent sign"),
    ("Probability (%)", ["0.4", "1"], "are nowhere above 1, so \"0.4\" is read as a share of 1"),
    ("Probability", ["0.4", "100"], "1 of them is below 1 (\"0.4\" in line 2)"),
  ])
  func `finds a deal's probability, and tells where its scale is in doubt`(
    header: String,
    cells: [String],
    doubt: String?
  ) throws {
    let rows = cells.enumerated().map {
      "d\($0.offset),Offer,2026-01-0\($0.offset + 1),\($0.element)"
    }
    let text = (["Deal ID,Deal Stage,Created,\(header)"] + rows).joined(separator: "\n") + "\n"
    let (suggestion, outcome) = try SuggestedFiles.imported(["deals.csv": text])
    #expect(try suggestion.record(.deal).source("probability") == header)
    #expect(suggestion.isUnsure("scale: 0.01") == (doubt != nil))
    if let doubt { #expect(suggestion.isUnsure(doubt)) }
    #expect(outcome.refused.isEmpty)
    #expect(outcome.batch[.deal]["probability"].allSatisfy { $0 != FactColumn.noNumber })
  }

  @Test(arguments: ["Weighted amount (probability)", "Probability tier", "Forecast category"])
  func `takes no other column for a probability`(header: String) throws {
    let text =
      "Deal ID,Deal Stage,Created,\(header)\nd1,Offer,2026-01-01,40\nd2,Demo,2026-01-02,50\n"
    #expect(try SuggestedFiles.suggest(["deals.csv": text]).record(.deal)["probability"] == nil)
  }

  @Test func `tells rows of spend apart that differ by another column alone`() throws {
    let files = spend(
      "Ad group,Cost (USD)",
      ["2026-01-01,A,Google,x,1.50", "2026-01-01,A,Google,y,2.50", "2026-01-02,A,Google,x,3"]
    )
    let (suggestion, outcome) = try SuggestedFiles.imported(files)
    #expect(try suggestion.record(.spend).source("account") == "Ad group")
    #expect(suggestion.isUnsure("the same channel, campaign and days as another (1) count once"))
    var ledger = Ledger()
    ledger.add(
      outcome.batch,
      of: ImportRecord(source: "x", seenAt: 0, mappingHash: "", files: [])
    )
    #expect(ledger[.spend].rowCount == 3)
  }

  @Test func `says so when no column tells rows of spend apart`() throws {
    let files = spend("Cost (USD)", ["2026-01-01,A,Google,1.50", "2026-01-01,A,Google,2.50"])
    let suggestion = try SuggestedFiles.suggest(files)
    #expect(try suggestion.record(.spend)["account"] == nil)
    #expect(suggestion.isUnsure("add a column that tells them apart as account"))
  }

  @Test func `reads words for nothing as missing, and says where they stand`() throws {
    let text = """
      Lead ID,Source,Status,City
      1,Web,New,Select
      2,N/A,New,Rome
      3,Web,--,Select

      """
    let (suggestion, outcome) = try SuggestedFiles.imported(["leads.csv": text])
    #expect(suggestion.mapping.missing == ["--", "N/A", "Select"])
    #expect(suggestion.isUnsure("\"N/A\" reads as missing (seen in Source)"))
    #expect(suggestion.isUnsure("\"Select\" reads as missing (seen in City)"))
    #expect(outcome.batch[.lead]["channel"][1] == 0)
  }

  @Test func `proposes the commonest spelling of a channel`() throws {
    let text = """
      Lead ID,Source
      1,Google Ads
      2,google ads
      3,Google Ads
      4,GOOGLE_ADS
      5,Fair

      """
    let (suggestion, outcome) = try SuggestedFiles.imported(["leads.csv": text])
    #expect(
      suggestion.mapping.renames[.channel]?.entries
        == [.init("GOOGLE_ADS", to: "Google Ads"), .init("google ads", to: "Google Ads")]
    )
    #expect(suggestion.isUnsure("\"google ads\" is taken for another spelling of \"Google Ads\""))
    #expect(Set(outcome.batch[.lead]["channel"]).count == 2)
  }

  @Test func `says when the channels of spend are those of no lead`() throws {
    let ads = spend("Cost (USD)", ["2026-01-01,A,AdWords,1.50"])
    let leads = ["leads.csv": "Lead ID,Source\n1,google\n2,Fair\n"]
    let suggestion = try SuggestedFiles.suggest(ads.merging(leads) { $1 })
    #expect(suggestion.isUnsure("no lead has the channel \"AdWords\""))
    let same = ["leads.csv": "Lead ID,Source\n1,adwords\n2,Fair\n"]
    #expect(
      try !SuggestedFiles.suggest(ads.merging(same) { $1 }).isUnsure("no lead has the channel")
    )
  }
}
