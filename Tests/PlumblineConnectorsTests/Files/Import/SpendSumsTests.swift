import PlumblineConnectors
import PlumblineCore
import Testing

/// Reports that are split further than by campaign and day.
struct SpendSumsTests {
  private func read(_ rows: String) throws -> ImportedText {
    try ImportedText(
      """
      files:
        - file: report*.csv
          records:
            - kind: spend
              account: Account
              campaign: Campaign
              from: Day
              amount: Cost
              currency: Currency
              clicks: Clicks

      """,
      ["report.csv": "Account,Campaign,Day,Cost,Currency,Clicks\n" + rows]
    )
  }

  private func amounts(_ read: ImportedText) -> [Int64] { read.outcome.batch[.spend]["amount"] }

  @Test func `rows that name other days, campaigns or accounts stay apart`() throws {
    let read = try read(
      """
      1,a,2026-01-01,10,USD,1
      1,a,2026-01-02,10,USD,1
      1,b,2026-01-01,10,USD,1
      2,a,2026-01-01,10,USD,1

      """
    )
    #expect(amounts(read) == [1000, 1000, 1000, 1000])
    #expect(read.codes.isEmpty)
  }

  @Test func `rows of one campaign and day are added up, and that is told`() throws {
    let read = try read(
      """
      1,a,2026-01-01,10.50,USD,
      1,b,2026-01-01,1,USD,
      1,a,2026-01-01,4.50,USD,7
      1,a,2026-01-01,0,USD,3

      """
    )
    #expect(amounts(read) == [1500, 100])
    #expect(read.outcome.batch[.spend]["clicks"] == [10, FactColumn.noNumber])
    #expect(read.codes == ["import.spend-added-up"])
    #expect(read.outcome.diagnostics.first?.location?.line == 4)
    #expect(
      read.outcome.diagnostics.first?.message == """
        2 rows of spend name the same account, channel, campaign and days as another row, the \
        first on this line; their amounts were added up.
        """
    )
  }

  @Test(arguments: [
    [",", "5,"], ["5,", ","], ["5,", "5,", ","], ["5,", ",", "5,"], [",", "5,", ","],
  ])
  func `a sum with a blank is not known, in any order of the rows`(cells: [String]) throws {
    let rows = cells.map { "1,a,2026-01-01,\($0.dropLast()),USD,1\n" }.joined()
    let read = try read(rows + "1,b,2026-01-01,1,USD,\n")
    #expect(amounts(read) == [FactColumn.noNumber, 100])
    #expect(read.outcome.batch[.spend]["clicks"][0] == Int64(cells.count))
    #expect(read.codes == ["import.blank-spend", "import.spend-added-up"])
    #expect(read.outcome.diagnostics[1].message.hasSuffix(" leaves its amount blank."))
    #expect(read.outcome.diagnostics[1].message.contains(" 1 of the sums are not known:"))
  }

  @Test func `blanks alone add up to a blank, and no sum is called unknown`() throws {
    let read = try read("1,a,2026-01-01,,USD,1\n1,a,2026-01-01,,USD,2\n")
    #expect(amounts(read) == [FactColumn.noNumber])
    #expect(read.outcome.diagnostics[1].message.hasSuffix("were added up."))
  }

  @Test func `two currencies are not added`() throws {
    let error = #expect(throws: InputError.self) {
      try read("1,a,2026-01-01,10,USD,\n1,a,2026-01-01,10,EUR,\n")
    }
    #expect(error?.diagnostics.map(\.code) == ["import.spend-in-two-currencies"])
    #expect(error?.diagnostics.first?.location?.line == 3)
  }

  @Test func `a second file replaces the first, so that a newer export is not added`() throws {
    let mapping = """
      currency: USD
      files:
        - file: report*.csv
          records: [{kind: spend, campaign: Campaign, from: Day, amount: Cost}]

      """
    let read = try ImportedText(
      mapping,
      [
        "report-1.csv": "Campaign,Day,Cost\na,2026-01-01,10\na,2026-01-01,1\n",
        "report-2.csv": "Campaign,Day,Cost\na,2026-01-01,12\n",
      ]
    )
    #expect(amounts(read) == [1100, 1200])
    var ledger = Ledger()
    let record = ImportRecord(
      source: "ads",
      seenAt: 0,
      mappingHash: "",
      files: read.outcome.importedFiles
    )
    _ = ledger.addNews(of: read.outcome.batch, record)
    #expect(ledger[.spend]["amount"] == [1200])
  }
}
