import PlumblineConnectors
import PlumblineCore
import Testing

/// Files as the products write them, from their bytes to typed columns.
@Suite struct VendorFileTests {
  static func column(_ read: ReadTable, _ name: String) throws -> [String] {
    let column = try #require(read.table.column(named: name))
    return read.rows.map { $0[column] }
  }

  /// The cents of a column whose format decides itself.
  static func cents(_ read: ReadTable, _ name: String) throws -> [NumberReading] {
    let cells = try column(read, name)
    guard case .decided(let format) = NumberColumnTests.survey(cells).decision() else {
      Issue.record("the column \(name) is not decided")
      return []
    }
    return cells.map { cell in withBytes(cell) { format.minorUnits($0, exponent: 2) } }
  }

  @Test func `reads a Google Ads report that was saved for Excel in France`() throws {
    let text = """
      Rapport sur les campagnes\r
      1 juillet 2025 - 31 juillet 2025\r
      Campagne\tCoût\tImpr.\tTaux\r
      Été\t1\u{202F}234,56\t25\u{202F}881\t77,8\u{A0}%\r
      Hiver\t 12,50\t --\t --\r
      Total : compte\t1\u{202F}247,06\t25\u{202F}881\t--\r

      """
    let read = try ReadTable(FileBytes(bytes: [0xFF, 0xFE] + utf16(text), path: "x"))
    #expect(read.table.file.encoding == .utf16LittleEndian)
    #expect(read.table.dialect == Dialect(delimiter: .tab))
    #expect(read.table.headerLine == 3)
    #expect(try Self.column(read, "campagne") == ["Été", "Hiver"])
    #expect(try Self.cents(read, "Coût") == [.value(123_456), .value(1250)])
    #expect(try Self.cents(read, "Impr.") == [.value(2_588_100), .missing])
    #expect(try Self.cents(read, "Taux") == [.value(7780), .missing])
    #expect(read.summary.totals.listed.map { $0.row.cells[1] } == ["1\u{202F}247,06"])
  }

  @Test func `reads a Meta export with the currency in its header and a nameless total`() throws {
    let text = """
      "Reporting starts","Campaign name","Amount spent (USD)","Clicks (all)"
      2026-01-01,,"$1,236.06",12
      2026-01-01,"Spring, new","$1,234.56",10
      2026-01-01,Retarget,1.5,2

      """
    let read = try ReadTable(
      FileBytes(bytes: [0xEF, 0xBB, 0xBF] + Array(text.utf8), path: "x"),
      TableOptions(keyColumns: ["Campaign name"])
    )
    #expect(read.table.header.map(HeaderName.currency(in:)) == [nil, nil, "USD", nil])
    #expect(try Self.cents(read, "Amount spent (USD)") == [.value(123_456), .value(150)])
    #expect(read.summary.totals.listed.map(\.row.line) == [2])
    #expect(read.lines == [3, 4])
  }

  @Test(arguments: [false, true])
  func `reads a LinkedIn report below its title block`(hasMark: Bool) throws {
    let text = """
      Campaign Performance Report (in UTC)\r
      "Report Start: January 1, 2026, 12:00 AM"\r
      "Report End: January 31, 2026, 11:59 PM"\r
      "Date Generated: February 1, 2026, 9:14 AM"\r
      \r
      Start Date (in UTC)\tCampaign Name\tCurrency\tTotal Spent\r
      1/13/2026\tABM, DACH\tEUR\t"1,500.00"\r
      1/2/2026\tABM, DACH\tEUR\t174.03\r
      Total\t\t\t"1,674.03"\r

      """
    let bytes = (hasMark ? [0xFF, 0xFE] : []) + utf16(text)
    let read = try ReadTable(FileBytes(bytes: bytes, path: "x"))
    #expect(read.table.headerLine == 6)
    #expect(read.table.preamble.map(\.line) == [1, 2, 3, 4])
    #expect(try Self.cents(read, "Total Spent") == [.value(150_000), .value(17_403)])
    let dates = DateColumnTests.survey(try Self.column(read, "Start Date (in UTC)"))
    #expect(dates.decision() == .decided(DateColumnFormat(order: .monthFirst)))
    #expect(read.summary.totals.count == 1)
  }

  @Test func `reads a German Salesforce report in Windows-1252`() throws {
    let text = #"""
      "Kundenname","Betrag","Schlusstermin"
      "Müller & Söhne","EUR 14.629,46","27.03.2026"
      "Bäcker ""Süß""","EUR 1.200,00","01.04.2026"

      "Erstellt von","A. Süß"
      "Confidential Information - Do Not Distribute"

      """#
    // All these letters have the same number in Windows-1252 as in Unicode.
    let bytes = text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    let read = try ReadTable(FileBytes(bytes: bytes, path: "x"))
    #expect(read.table.file.encoding == .windows1252)
    #expect(read.table.notes.map(\.code) == ["file.read-as-windows-1252"])
    #expect(read.rows.map { $0[0] } == ["Müller & Söhne", "Bäcker \"Süß\""])
    #expect(try Self.cents(read, "Betrag") == [.value(1_462_946), .value(120_000)])
    // A line below the data that the reader does not know is refused aloud, not read as data.
    #expect(read.summary.refused.listed.map(\.code) == ["row.too-few-fields"])
    #expect(read.summary.notices.count == 1)
  }

  // MARK: Real files beside the repository

  static let needsData: Comment = "the public data sets are not beside this checkout"

  @Test(.enabled(if: SharedData.folder != nil, needsData))
  func `mends 338 rows in quotes and gets the table of the sound file`() throws {
    let sound = try ReadTable(
      FileBytes(path: SharedData.path("x_education/Leads.csv.gz"))
    )
    let broken = try ReadTable(
      FileBytes(path: SharedData.path("x_education/Leads_338_rows_quoted_whole.csv.gz"))
    )
    #expect(broken.summary.mendedLines.count == 338)
    #expect(broken.summary.refused.count == 0)
    #expect(broken.rows.count == 9240)
    // The sound file ends every line with a comma: one more column, unnamed and empty.
    #expect(sound.table.header == broken.table.header + ["Column 38"])
    #expect(sound.rows == broken.rows.map { $0 + [""] })
  }

  @Test(.enabled(if: SharedData.folder != nil, needsData))
  func `checks a Google Ads report against its own totals`() throws {
    let read = try ReadTable(
      FileBytes(path: SharedData.path("google_ads_export/Campaign report.csv")),
      TableOptions(requiredColumns: [["Campaign"], ["Cost"]])
    )
    #expect(read.table.headerLine == 3)
    #expect(read.summary.totals.count == 4)
    let cost = try #require(read.table.column(named: "Cost"))
    let spent = try Self.cents(read, "Cost")
    #expect(spent == [.value(166_167), .value(90_426)])
    // 2,565.92 in the report: its rows, rounded one by one, add up to a cent more.
    #expect(read.summary.totals.listed.first?.row.cells[cost] == "2565.92")
    #expect(
      NumberColumnTests.survey(try Self.column(read, "Impr."), .whole).decision()
        == NumberColumnTests.point
    )
  }

  @Test(.enabled(if: SharedData.folder != nil, needsData))
  func `reads the same days from two copies of a spend file`() throws {
    let iso = try ReadTable(FileBytes(path: SharedData.path("daily_ad_spend/Marketing_iso.csv")))
    let american = try ReadTable(
      FileBytes(path: SharedData.path("daily_ad_spend/Marketing_us_dates_bom.csv"))
    )
    let days = try Self.column(american, "C Date")
    #expect(
      DateColumnTests.survey(days).decision()
        == .decided(DateColumnFormat(order: .monthFirst))
    )
    let order = DateColumnFormat(order: .monthFirst)
    let points = days.map { DateColumnTests.parse($0, order) }
    #expect(points.count == 308)
    #expect(try points == Self.column(iso, "C Date").map { DateColumnTests.parse($0) })
    #expect(points.allSatisfy { $0?.precision == .day })
  }

  @Test(
    .enabled(if: SharedData.folder != nil, needsData),
    arguments: [
      ("zoho_crm/Leads.csv", 3900), ("zoho_crm/Campaigns.csv", 110),
      ("maven_crm/sales_pipeline.csv", 8800), ("messy_channel_spend/Marketing.csv", 5000),
      ("hubspot_like_export/hubspot_contacts.csv", 950), ("bank_calls/bank_market.csv.gz", 45_211),
      ("leadforge_dev/touches.csv.gz", 40_819), ("opportunity_tracking/Fact.csv", 487),
      ("vendor_seeds/marketo/marketo_lead_data.csv", 100),
    ]
  )
  func `reads every row of a real file`(name: String, rows: Int) throws {
    let read = try ReadTable(FileBytes(path: SharedData.path(name)))
    #expect(read.rows.count == rows)
    #expect(read.summary.refused.count == 0)
  }

  @Test(.enabled(if: SharedData.folder != nil, needsData))
  func `refuses rows with quotes escaped in another language's way`() throws {
    let read = try ReadTable(
      FileBytes(path: SharedData.path("mautic_fixtures/fakepagehitdata.csv"))
    )
    #expect(read.rows.isEmpty)
    #expect(read.summary.refused.count == 130)
    #expect(read.summary.refused.listed.allSatisfy { $0.reason == .strayQuote })
  }
}
