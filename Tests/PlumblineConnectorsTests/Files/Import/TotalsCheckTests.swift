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

  /// The amounts kept and how many rows were taken for totals.
  private func spend(
    _ rows: String,
    channel: String = "channel: Channel, "
  ) throws -> (amounts: [Int64], totals: Int, refused: Int) {
    let read = try ImportedText(
      """
      currency: USD
      files:
        - file: report.csv
          records:
            - {kind: spend, campaign: Campaign, \(channel)from: Day, amount: Cost}

      """,
      ["report.csv": "Day,Channel,Campaign,Cost\n" + rows]
    )
    let file = try #require(read.outcome.files.first)
    return (read.outcome.batch[.spend]["amount"], file.totalsRowCount, file.refusedCount)
  }

  @Test(arguments: [
    // No row lacks its campaign; one does; all do; a row that is alone.
    ("2026-01-01,Ads,a,1\n2026-01-02,Ads,b,2\n", [100, 200], 0),
    ("2026-01-01,Ads,a,1\n2026-01-02,Ads,,2\n", [100, 200], 0),
    ("2026-01-01,Ads,,1\n2026-01-02,Search,,2\n", [100, 200], 0),
    ("2026-01-01,Ads,,1\n", [100], 0),
    // Neither campaign nor channel nor day.
    ("2026-01-01,Ads,,1\n2026-01-02,Ads,b,2\n,,,3\n", [100, 200], 1),
    // A day alone: once, above or below all rows, it is the report's total.
    ("2026-01-01,,,3\n2026-01-01,Ads,a,1\n2026-01-02,Ads,b,2\n", [100, 200], 1),
    ("2026-01-01,Ads,a,1\n2026-01-02,Ads,b,2\n2026-01-01,,,3\n", [100, 200], 1),
    // Between the others, more than once or alone it is spend.
    ("2026-01-01,Ads,a,1\n2026-01-01,,,3\n2026-01-02,Ads,b,2\n", [100, 300, 200], 0),
    ("2026-01-01,,,3\n2026-01-01,Ads,a,1\n2026-01-02,,,2\n", [300, 100, 200], 0),
    ("2026-01-01,,,3\n", [300], 0),
  ])
  func `spend of an unknown campaign is spend`(
    rows: String,
    amounts: [Int64],
    totals: Int
  ) throws {
    let read = try spend(rows)
    #expect(read.amounts == amounts)
    #expect(read.totals == totals)
    #expect(read.refused == 0)
  }

  @Test func `the rows of a channel that add up to less than the file are not lost`() throws {
    let read = try spend(
      "2025-01-01,Ads,A,100\n2025-01-02,Ads,A,50\n2025-01-03,Ads,,70\n2025-01-04,Search,,30\n"
        + "2025-01-05,Search,B,20\nTotal,,,270\n"
    )
    #expect(read.amounts.reduce(0, +) == 27_000)
    #expect(read.totals == 1)
  }

  @Test(arguments: ["", "channel: {constant: Meta}, "])
  func `where a file is of one channel, a nameless first row is its total`(
    channel: String
  ) throws {
    let one = try spend("2026-01-01,x,,3\n2026-01-01,x,a,1\n2026-01-02,x,b,2\n", channel: channel)
    #expect(one.amounts == [100, 200])
    #expect(one.totals == 1)
    let two = try spend("2026-01-01,x,,3\n2026-01-01,x,a,1\n2026-01-02,x,,2\n", channel: channel)
    #expect(two.amounts == [300, 100, 200])
    #expect(two.totals == 0)
  }
}
