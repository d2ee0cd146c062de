import PlumblineConnectors
import PlumblineCore
import Testing

/// Rows of totals below a report, checked against the rows above.
struct TotalsCheckTests {
  private func read(_ rows: String, currency: String = "USD") throws -> ImportedText {
    try ImportedText(
      """
      files:
        - file: report.csv
          records:
            - {kind: spend, campaign: Campaign, from: Day, amount: Cost, currency: Currency}

      """,
      ["report.csv": "Campaign,Day,Cost,Currency\n" + rows]
    )
  }

  @Test(arguments: [
    ("10.00", "a,2026-01-01,10.00,USD\n"),
    // Rows of 0.005 each, written as 0.01: the total is rounded once.
    ("0.01", "a,2026-01-01,0.01,USD\nb,2026-01-01,0.01,USD\n"),
    ("30.01", "a,2026-01-01,10.00,USD\nb,2026-01-01,20.00,USD\n"),
  ])
  func `what rounding explains is no difference`(total: String, rows: String) throws {
    let read = try read(rows + "Total,,\(total),USD\n")
    #expect(read.codes == ["file.totals-rows"])
    #expect(read.outcome.files.map(\.totalsRowCount) == [1])
  }

  @Test func `a total that the rows do not reach is a warning`() throws {
    let read = try read("a,2026-01-01,10.00,USD\nTotal: part,,4.00,USD\nTotal,,10.02,USD\n")
    #expect(read.codes == ["file.totals-differ"])
    let message = try #require(read.outcome.diagnostics.first?.message)
    #expect(message.contains("10.00") && message.contains("10.02"))
  }

  @Test func `amounts of a currency without cents are compared as such`() throws {
    let read = try read("a,2026-01-01,1200,JPY\nb,2026-01-01,300,JPY\nTotal,,1500,JPY\n")
    #expect(read.codes == ["file.totals-rows"])
    #expect(read.outcome.batch[.spend]["amount"] == [1200, 300])
  }

  @Test func `rows in several currencies have no sum`() throws {
    let read = try read("a,2026-01-01,10.00,USD\nb,2026-01-01,10.00,EUR\nTotal,,20.00,\n")
    #expect(read.codes == ["file.totals-rows"])
    #expect(read.outcome.diagnostics.first?.message.contains("several currencies") == true)
  }
}
