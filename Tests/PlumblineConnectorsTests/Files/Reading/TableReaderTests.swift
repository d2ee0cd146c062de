import PlumblineConnectors
import PlumblineCore
import Testing

@Suite struct TableReaderTests {
  @Test(arguments: [
    ("blank lines only", "\n\n  \n", ["file.no-rows"]),
    ("numbers only", "1,2\n3,4\n", ["file.no-header"]),
    ("dates and numbers only", "2026-01-01;1,5\n2026-01-02;2,5\n", ["file.no-header"]),
    ("nothing but an open quote", "\"", ["file.no-rows"]),
  ])
  func `refuses a file without a table`(name: String, text: String, expected: [String]) {
    #expect(codes { _ = try ReadTable(text) } == expected)
  }

  @Test(
    arguments: [
      ("header only", "name,cost", ["name", "cost"], []),
      ("header and line end", "name,cost\r\n", ["name", "cost"], []),
      ("one column, header only", "name", ["name"], []),
      ("one column, one row", "name\nAnna", ["name"], [["Anna"]]),
      ("one column of decimal commas", "Betrag\n1,50\n2,75\n", ["Betrag"], [["1,50"], ["2,75"]]),
      ("one row", "name,cost\nAnna,1\n", ["name", "cost"], [["Anna", "1"]]),
      (
        "carriage returns", "name,cost\rAnna,1\rBen,2", ["name", "cost"],
        [["Anna", "1"], ["Ben", "2"]]
      ),
      (
        "semicolons and decimal commas", "Tag;Kosten\nMo;1,5\nDi;2,5\n", ["Tag", "Kosten"],
        [["Mo", "1,5"], ["Di", "2,5"]]
      ),
      (
        "tabs and names with commas", "name\tcost\nSmith, J\t1\n", ["name", "cost"],
        [["Smith, J", "1"]]
      ),
      ("bars", "name|note\na|b;c\nd|e,f\n", ["name", "note"], [["a", "b;c"], ["d", "e,f"]]),
      (
        "delimiters inside quotes", "a,b\n\"x;y;z\",1\n\"x;y;z\",2\n", ["a", "b"],
        [["x;y;z", "1"], ["x;y;z", "2"]]
      ),
      ("Excel's hint", "sep=;\nname;cost\na;1\n", ["name", "cost"], [["a", "1"]]),
      ("quoted header", "\"first\nname\",cost\na,1\n", ["first\nname", "cost"], [["a", "1"]]),
      ("blanks around names", " name , cost\na,1\n", ["name", "cost"], [["a", "1"]]),
      ("formula-like text is text", "name,cost\n=1+1,@x\n", ["name", "cost"], [["=1+1", "@x"]]),
    ] as [(String, String, [String], [[String]])]
  )
  func `finds dialect and header`(
    name: String,
    text: String,
    header: [String],
    rows: [[String]]
  ) throws {
    let read = try ReadTable(text)
    #expect(read.table.header == header)
    #expect(read.rows == rows)
    #expect(read.summary.refused.count == 0)
  }

  @Test func `uses the delimiter that the user names`() throws {
    let text = "a;b,c\n1;2,3\n4;5,6\n"
    #expect(
      try ReadTable(text, TableOptions(delimiter: .semicolon)).rows == [
        ["1", "2,3"], ["4", "5,6"],
      ]
    )
    #expect(
      try ReadTable(text, TableOptions(delimiter: .comma)).rows == [["1;2", "3"], ["4;5", "6"]]
    )
  }

  static let report = """
    Campaign report
    "July 8, 2025 - July 31, 2025"

    Campaign,Cost,Impr.
    A,1.50," 25,881"
    Total: Account,1.50,"25,881"

    """

  @Test func `finds the header below a report's title and keeps what stands before`() throws {
    let read = try ReadTable(Self.report)
    #expect(read.table.header == ["Campaign", "Cost", "Impr."])
    #expect(read.table.headerLine == 4)
    #expect(
      read.table.preamble == [
        TableLine(line: 1, cells: ["Campaign report"]),
        TableLine(line: 2, cells: ["July 8, 2025 - July 31, 2025"]),
      ]
    )
    #expect(read.rows == [["A", "1.50", " 25,881"]])
    #expect(read.lines == [5])
    #expect(read.summary.totals.listed.map(\.row.cells) == [["Total: Account", "1.50", "25,881"]])
  }

  @Test(
    arguments: [
      ([["cost"]], 4), ([["CAMPAIGN"], ["  impr. "]], 4), ([["Day", "Campaign"]], 4),
      ([["campaign report"]], 1),
    ] as [([[String]], Int)]
  )
  func `takes the first row that has the required columns`(required: [[String]], line: Int) throws {
    let table = try ReadTable(Self.report, TableOptions(requiredColumns: required)).table
    #expect(table.headerLine == line)
  }

  @Test func `compares required columns without regard to case, blanks and underscores`() throws {
    let options = TableOptions(requiredColumns: [["Campaign Name"], ["c date"]])
    let read = try ReadTable("x\nC_Date;campaign__name ;n\n1;2;3\n", options)
    #expect(read.table.headerLine == 2)
    #expect(read.table.column(named: "CAMPAIGN NAME") == 1)
    #expect(read.table.column(named: "campaign") == nil)
  }

  @Test func `names the missing columns and the nearest name`() {
    let options = TableOptions(requiredColumns: [["Campaign"], ["Impressions"]])
    let error = #expect(throws: InputError.self) {
      _ = try ReadTable("Report\nCampaign,Impresions\nA,1\n", options)
    }
    let finding = error?.diagnostics.first
    #expect(finding?.code == "file.columns-missing")
    #expect(finding?.location == Diagnostic.Location(file: "table.csv", line: 2))
    #expect(finding?.message.contains("\"Impressions\"") == true)
    #expect(finding?.message.contains("\"Campaign\"") == false)
    #expect(finding?.remedy?.contains("\"Impresions\"") == true)
  }

  @Test(arguments: [(25, []), (26, ["file.columns-missing"])] as [(Int, [String])])
  func `looks for the header in the first 25 lines`(line: Int, expected: [String]) {
    let text = String(repeating: "note\n", count: line - 1) + "Day,Cost\n1,2\n"
    let options = TableOptions(requiredColumns: [["Day"], ["Cost"]])
    #expect(codes { _ = try ReadTable(text, options) } == expected)
  }

  @Test func `skips a title row that a spreadsheet has padded`() throws {
    let read = try ReadTable("Campaign report,,\nCampaign,Cost,Clicks\nA,1,2\n")
    #expect(read.table.header == ["Campaign", "Cost", "Clicks"])
  }

  @Test func `gives twins and nameless columns names of their own and says so`() throws {
    let read = try ReadTable("Amount,,amount,Amount (2),Amount,Day,Who,\n1,2,3,4,5,6,7,8\n")
    #expect(
      read.table.header == [
        "Amount", "Column 2", "amount (3)", "Amount (2)", "Amount (4)", "Day", "Who", "Column 8",
      ]
    )
    #expect(
      read.table.notes.map(\.code) == [
        "file.unnamed-column", "file.duplicate-column", "file.duplicate-column",
      ]
    )
    #expect(
      try ReadTable("Amount,Amount,x\n1,2,3\n").table.header == ["Amount", "Amount (2)", "x"]
    )
  }

  @Test(
    arguments: [
      ("1,2,3", nil), ("1,2,3,", nil), ("1,2,3, ,,", nil), ("1,2,", nil),
      ("1,2", .tooFewFields(have: 2, need: 3)), ("1", .tooFewFields(have: 1, need: 3)),
      ("1,2,3,4", .tooManyFields(have: 4, need: 3)), ("1,2,3,,5", .tooManyFields(have: 5, need: 3)),
      ("\"1\"x,2,3", .strayQuote), ("\"1,2,3", .unterminatedQuote),
    ] as [(String, RowRefusal.Reason?)]
  )
  func `refuses a row whose fields do not fit, and never reads it as blank`(
    row: String,
    reason: RowRefusal.Reason?
  ) throws {
    let read = try ReadTable("a,b,c\nx,y,z\n\(row)")
    #expect(read.summary.refused.listed.map(\.reason) == (reason.map { [$0] } ?? []))
    #expect(read.summary.refused.listed.allSatisfy { $0.lines == 3...3 })
    #expect(read.rows.count == (reason == nil ? 2 : 1))
    #expect(read.summary.dataRowCount == read.rows.count)
  }

  @Test func `lets unnamed last columns be missing`() throws {
    let options = TableOptions(requiredColumns: [["a"], ["b"]])
    let read = try ReadTable("a,b,,\n1,2\n1,2,3\n1,2,3,4\n1\n", options)
    #expect(read.rows == [["1", "2", "", ""], ["1", "2", "3", ""], ["1", "2", "3", "4"]])
    #expect(read.summary.refused.listed.map(\.lines) == [5...5])
  }

  @Test func `refuses what an open quote has swallowed and goes on behind it`() throws {
    let read = try ReadTable("a,b\n1,2\n\"3,4\n5,6\n7,\"x\"\n8,9\n")
    #expect(read.rows == [["1", "2"], ["8", "9"]])
    #expect(
      read.summary.refused.listed == [RowRefusal(lines: 3...5, reason: .strayQuote)]
    )
    let open = try ReadTable("a,b\n1,2\n\"3,4\n5,6\n8,9\n")
    #expect(open.rows == [["1", "2"]])
    #expect(
      open.summary.refused.listed == [RowRefusal(lines: 3...5, reason: .unterminatedQuote)]
    )
    let finding = open.summary.diagnostics(file: "x.csv").first
    #expect(finding?.code == "row.unterminated-quote")
    #expect(finding?.location?.line == 3)
    #expect(finding?.message.contains("5") == true)
  }

  @Test(
    arguments: [
      ("one field", "\"1,Ann,\"\"x, y\"\",\"", [["1", "Ann", "x, y", ""]], 1),
      ("one field and empty ones", "\"1,Ann,\"\"x, y\"\",\",,,", [["1", "Ann", "x, y", ""]], 1),
      ("escapes inside", "\"1,\"\"a \"\"\"\"b\"\"\"\"\"\",c,d\"", [["1", "a \"b\"", "c", "d"]], 1),
      ("too few inside", "\"1,2,3\"", [], 0),
      ("too many inside", "\"1,2,3,4,5\"", [], 0),
      ("two lines inside", "\"1,2,3,4\n5,6,7,8\"", [], 0),
      ("other cells filled", "\"1,2,3,4\",,,x", [["1,2,3,4", "", "", "x"]], 0),
    ] as [(String, String, [[String]], Int)]
  )
  func `mends a row that stands in quotes as a whole, aloud`(
    name: String,
    row: String,
    rows: [[String]],
    mended: Int
  ) throws {
    let read = try ReadTable(
      "id,name,note,more\n9,8,7,6\n\(row)\n",
      TableOptions(delimiter: .comma)
    )
    #expect(read.rows == [["9", "8", "7", "6"]] + rows)
    #expect(read.summary.mendedLines.count == mended)
    #expect(read.summary.mendedLines.listed == (mended == 1 ? [3] : []))
    #expect(read.summary.refused.count == (rows.isEmpty ? 1 : 0))
    let said = read.summary.diagnostics(file: "x").map(\.code)
    #expect(said.contains("file.rows-unquoted") == (mended == 1))
  }

  @Test func `leaves a name with commas alone in a narrow table`() throws {
    let read = try ReadTable("name,mail\n\"Smith, John\",\nAnn,a@b\n")
    #expect(read.rows == [["Smith, John", ""], ["Ann", "a@b"]])
    #expect(read.summary.mendedLines.count == 0)
  }

  @Test func `skips repeated headers and blank rows, and counts them`() throws {
    let read = try ReadTable("a,b\n1,2\n\na,b\n ,\n3,4\n a , b\nA,b\n")
    #expect(read.rows == [["1", "2"], ["3", "4"], ["A", "b"]])
    #expect(read.summary.repeatedHeaderLines.listed == [4, 7])
    #expect(read.summary.blankRowCount == 2)
    #expect(read.lines == [2, 6, 8])
  }

  @Test func `knows a repeated header whose first name is empty`() throws {
    let read = try ReadTable(",day,cost\n0,Mo,1\n,day,cost\n1,Di,2\n")
    #expect(read.rows == [["0", "Mo", "1"], ["1", "Di", "2"]])
    #expect(read.summary.repeatedHeaderLines.count == 1)
  }

  @Test(arguments: [
    "Total", "total", "TOTALS", "Total:", "Total: Account", "Total : compte", "Total\u{A0}: compte",
    "Grand Total", "Grand Totals (12 records)", "Gesamt", "Summe:", "Totale", "Totaal", "Итого",
    "ИТОГО: все", "合計", "合計：", "总计", "Gesamt: Konto", "Suma", "Razem", "Toplam", "Totalt",
  ])
  func `sets a totals row apart`(label: String) throws {
    for text in ["\(label),3", ",\(label)", "\(label)"] {
      let read = try ReadTable("name,cost\na,1\nb,2\n\"\(text.replacing(",", with: "\",\""))\"\n")
      #expect(read.rows == [["a", "1"], ["b", "2"]], "\(text)")
      #expect(read.summary.totals.listed.map(\.sign) == [.label])
      #expect(read.summary.totals.listed.map(\.row.line) == [4])
    }
  }

  @Test(arguments: [
    "Total Energies", "Totally", "Summerfield", "Totalizator: x", "Sumac", "G", "T",
  ])
  func `keeps a name that only begins like a total`(name: String) throws {
    #expect(try ReadTable("name,cost\n\(name),1\n").rows == [[name, "1"]])
  }

  @Test func `takes totals as data when told so`() throws {
    let options = TableOptions(recognizesTotals: false)
    #expect(try ReadTable("name,cost\nTotal,1\n", options).rows == [["Total", "1"]])
  }

  @Test func `takes a row without its keys for a total`() throws {
    let options = TableOptions(keyColumns: ["campaign name", "Day"])
    let read = try ReadTable("Day,Campaign_Name,Cost\n,,3\n1,,1\n,B,2\n", options)
    #expect(read.rows == [["1", "", "1"], ["", "B", "2"]])
    #expect(read.summary.totals.listed.map(\.sign) == [.emptyKeys])
    #expect(read.summary.totals.listed.first?.row == TableLine(line: 2, cells: ["", "", "3"]))
  }

  @Test func `sets the lines below a Salesforce report apart`() throws {
    let text = """
      "Stage","Amount","Close Date"
      "Won","EUR 14.629,46","27.03.2026"

      "Grand Totals (1 records)"

      "Confidential Information - Do Not Distribute"
      "Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."

      """
    let read = try ReadTable(text)
    #expect(read.rows == [["Won", "EUR 14.629,46", "27.03.2026"]])
    #expect(read.summary.notices.listed.map(\.line) == [6, 7])
    #expect(read.summary.totals.count == 1)
    #expect(read.summary.refused.count == 0)
  }

  @Test func `counts all rows of a kind and lists the first of them`() throws {
    let text = "a,b\n" + String(repeating: "1\n", count: 50)
    let read = try ReadTable(
      text,
      TableOptions(delimiter: .comma, requiredColumns: [["a"]], maximumListedRows: 3)
    )
    #expect(read.summary.refused.count == 50)
    #expect(read.summary.refused.listed.map(\.lines.lowerBound) == [2, 3, 4])
    #expect(
      read.summary.diagnostics(file: "x", limit: 2).map(\.code).last == "file.more-rows-refused"
    )
  }

  @Test func `gives the same on every pass, and stops where the body throws`() throws {
    struct Stop: Error {}
    let read = try ReadTable("a,b\n1,\"x\"\"y\"\n2,z\n")
    #expect(read.table.forEachRow { _ in } == read.summary)
    var seen = 0
    #expect(throws: Stop.self) {
      try read.table.forEachRow { _ in
        seen += 1
        throw Stop()
      }
    }
    #expect(seen == 1)
  }

  @Test(arguments: UInt64(0)..<60)
  func `gives back the cells of any table, in any dialect and encoding`(seed: UInt64) throws {
    var dice = Dice(seed)
    for _ in 0..<10 {
      let written = WrittenTable(&dice)
      let options = TableOptions(requiredColumns: [["First Name"]], recognizesTotals: false)
      let read = try ReadTable(FileBytes(bytes: written.bytes, path: "x"), options)
      #expect(read.rows == written.rows)
      #expect(read.lines == written.lines)
      #expect(read.summary.refused.count == 0)
    }
  }
}

/// A table of random cells, as a file of random dialect and encoding.
struct WrittenTable {
  var bytes: [UInt8] = []
  var rows: [[String]] = []
  var lines: [Int] = []

  init(_ dice: inout Dice) {
    let delimiter = dice.pick([",", ";", "\t", "|"])
    let lineEnd = dice.pick(["\n", "\r\n", "\r"])
    let encoding = dice.pick(TextEncoding.allCases)
    let pieces = ["a", "Bö", "1,5", ";", "|", "\t", "\"", " ", "x y", "\n", "12", "é"]
    let columns = Int.random(in: 2...6, using: &dice)
    let header = ["First_name"] + (1..<columns).map { "Column \($0)" }
    var text = header.joined(separator: delimiter)
    var line = 2
    for number in 0..<Int.random(in: 0...30, using: &dice) {
      // The first cell is filled, so that no row is blank.
      let row = (0..<columns).map { column in
        (column == 0 ? "r\(number)" : "")
          + (0..<Int.random(in: 0...4, using: &dice)).map { _ in dice.pick(pieces) }.joined()
      }
      text += lineEnd
      text += row.map { cell in
        let mustQuote = cell.contains { $0 == "\"" || $0 == "\n" || String($0) == delimiter }
        guard mustQuote || Bool.random(using: &dice) else { return cell }
        return "\"" + cell.replacing("\"", with: "\"\"") + "\""
      }.joined(separator: delimiter)
      rows.append(row)
      lines.append(line)
      line += 1 + row.joined().count { $0 == "\n" }
    }
    if Bool.random(using: &dice) { text += lineEnd }
    bytes =
      switch encoding {
      case .utf8: (Bool.random(using: &dice) ? [0xEF, 0xBB, 0xBF] : []) + Array(text.utf8)
      case .utf16LittleEndian: (Bool.random(using: &dice) ? [0xFF, 0xFE] : []) + utf16(text)
      case .utf16BigEndian:
        (Bool.random(using: &dice) ? [0xFE, 0xFF] : []) + utf16(text, bigEndian: true)
      // ö and é have the same number in Windows-1252 as in Unicode.
      case .windows1252: text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
      }
  }
}
