import PlumblineCore
import Testing

@testable import PlumblineConnectors

/// What a spend report claims to have brought, and what it leaves blank.
struct ClaimedResultsTests {
  private static let none = FactColumn.noNumber

  private func read(
    _ rows: String,
    currency: String = "USD",
    header: String = "Campaign,Day,Cost,Orders,Revenue",
    extra: String = ""
  ) throws -> ImportedText {
    let columns = header.split(separator: ",")
    return try ImportedText(
      """
      currency: \(currency)
      files:
        - file: report.csv
          records:
            - kind: spend
              campaign: Campaign
              from: Day
              amount: "\(columns[2])"
              orders: "\(columns[3])"
              revenue: \(extra.isEmpty ? "\"\(columns[4])\"" : extra)

      """,
      ["report.csv": header + "\n" + rows]
    )
  }

  private func column(_ name: String, _ read: ImportedText) -> [Int64] {
    read.outcome.batch[.spend][name]
  }

  @Test(arguments: [
    ("", none), ("0", 0), ("0.00", 0), ("--", none), ("12.5", 1250), ("-12.5", -1250),
    ("\"1,234.50\"", 123_450), ("$7", 700), ("USD 7.25", 725),
  ])
  func `reads claimed revenue with the care of amounts`(cell: String, minorUnits: Int64) throws {
    // The second row settles that the point is the decimal sign.
    let read = try read("a,2026-01-01,1,2,\(cell)\nb,2026-01-01,0.55,1,0.25\n")
    #expect(column("revenue", read) == [minorUnits, 25])
    #expect(column("amount", read) == [100, 55])
    #expect(column("orders", read) == [2, 1])
    #expect(read.outcome.refused.isEmpty)
    #expect(read.codes == (minorUnits == Self.none ? ["import.blank-revenue"] : []))
  }

  @Test(
    arguments: [
      ("a", nil), ("a ", "1 row of spend has"), (" a", "1 row of spend has"),
      ("\"a\t\"", "1 row of spend has"), ("a b", nil),
    ] as [(String, String?)]
  )
  func `blanks at the ends of a name are left off and told`(cell: String, told: String?) throws {
    let read = try read("b,2026-01-01,0.55,1,0.25\n\(cell),2026-01-01,1.50,2,3.50\n")
    let campaigns = read.outcome.batch[.spend]["campaign"].map {
      read.outcome.batch.texts[.campaign][UInt32($0)]
    }
    #expect(Set(campaigns) == ["b", cell == "a b" ? "a b" : "a"])
    let finding = read.outcome.diagnostics.first { $0.code == "import.blank-ends" }
    #expect(finding?.location?.line == (told == nil ? nil : 3))
    #expect(finding.map { $0.message.hasPrefix(told ?? "-") } ?? (told == nil))
  }

  @Test(arguments: [("JPY", 12), ("EUR", 1200), ("KWD", 12_000)])
  func `revenue is in minor units of the row's currency`(
    currency: String,
    minorUnits: Int64
  ) throws {
    let read = try read("a,2026-01-01,12,0,12\n", currency: currency)
    #expect(column("revenue", read) == [minorUnits])
    #expect(column("amount", read) == [minorUnits])
    #expect(column("orders", read) == [0])
  }

  @Test(arguments: [
    ("1.5,10", "row.unreadable-number"), ("1,ten", "row.unreadable-number"),
    ("1,99999999999999999", "row.number-too-large"),
  ])
  func `a row whose claims cannot be read is refused whole`(cells: String, code: String) throws {
    let read = try read("a,2026-01-01,1,\(cells)\nb,2026-01-01,1,1,1\n")
    #expect(column("amount", read) == [100])
    #expect(read.outcome.refused.map(\.code) == [code])
    #expect(read.outcome.refused.map(\.line) == [2])
  }

  @Test func `a report without such columns has none`() throws {
    let read = try ImportedText(
      """
      currency: USD
      files:
        - {file: r.csv, records: [{kind: spend, campaign: Campaign, from: Day, amount: Cost}]}

      """,
      ["r.csv": "Campaign,Day,Cost\na,2026-01-01,10\n"]
    )
    #expect(column("revenue", read) == [Self.none])
    #expect(column("orders", read) == [Self.none])
    #expect(read.codes.isEmpty)
  }

  @Test func `rows of one day add up their claims; a blank leaves the sum unknown`() throws {
    let read = try read(
      """
      a,2026-01-01,1,1,10
      a,2026-01-01,1,2,20
      b,2026-01-01,1,1,10
      b,2026-01-01,1,,
      c,2026-01-01,1,,

      """
    )
    #expect(column("amount", read) == [200, 200, 100])
    #expect(column("revenue", read) == [3000, Self.none, Self.none])
    #expect(column("orders", read) == [3, 1, Self.none])
    #expect(read.codes == ["import.blank-revenue", "import.spend-added-up"])
  }

  @Test(arguments: [
    ("Campaign,Day,Cost (USD),Orders,Revenue (USD)", "1", "2", true),
    ("Campaign,Day,Cost (USD),Orders,Revenue (EUR)", "1", "2", false),
    ("Campaign,Day,Cost,Orders,Revenue", "USD 1", "EUR 2", false),
    ("Campaign,Day,Cost,Orders,Revenue", "1", "EUR 2", true),
    ("Campaign,Day,Cost,Orders,Revenue", "EUR 1", "2", true),
  ])
  func `spend and revenue in two currencies are not taken for one`(
    header: String,
    cost: String,
    revenue: String,
    isFine: Bool
  ) throws {
    let rows = "a,2026-01-01,\(cost),1,\(revenue)\n"
    if isFine {
      let read = try read(rows, header: header)
      #expect(column("revenue", read) == [200])
    } else {
      let error = #expect(throws: InputError.self) { try self.read(rows, header: header) }
      #expect(error?.diagnostics.map(\.code) == ["import.two-currencies"])
      #expect(error?.diagnostics.first?.location?.line == 1)
    }
  }

  @Test func `every blank is told with its line`() throws {
    let read = try read(
      "a,2026-01-01,,1,1\nb,2026-01-01,0,1,\nc,2026-01-01,,1,1\nd,2026-01-01,,1,1\n"
    )
    #expect(
      read.outcome.diagnostics.map {
        "\($0.severity.rawValue) \($0.location?.line ?? 0): \($0.message)"
      }
        == [
          "warning 2: 3 rows of spend have no amount: what was spent there is not known and is "
            + "left out of every sum, on lines 2, 4–5.",
          "note 3: 1 row of spend has no revenue: what the report claims there is not known, on "
            + "line 3.",
        ]
    )
    #expect(column("amount", read) == [Self.none, 0, Self.none, Self.none])
  }

  @Test func `a blank that the mapping gives a value is none`() throws {
    let read = try read("a,2026-01-01,1,1,\n", extra: "{column: Revenue, missing: \"0\"}")
    #expect(column("revenue", read) == [0])
    #expect(read.codes.isEmpty)
  }

  @Test(arguments: [
    ([4], "line 4"), ([1, 2], "lines 1–2"), ([1, 3], "lines 1, 3"), ([1, 2, 3, 9], "lines 1–3, 9"),
  ])
  func `lists lines in runs`(lines: [UInt32], text: String) {
    #expect(SpendBlanks.text(lines) == text)
  }

  @Test func `lists a thousand lines and counts the others`() {
    let lines = (0..<1001).map { UInt32($0 * 2 + 1) }
    #expect(SpendBlanks.text(lines).hasSuffix(", 1999 and 1 more"))
    #expect(SpendBlanks.text(Array(lines.dropLast())).hasSuffix(", 1999"))
  }
}
