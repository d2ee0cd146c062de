import Foundation
import PlumblineConnectors
import PlumblineCore
import Testing

struct BulkReadingTests {
  private static let events = """
    files:
      - file: events.csv
        records:
          - {kind: stage_event, lead: lead, stage: stage, at: at}
    """
  private static let deals = """
    files:
      - file: events.csv
        records:
          - {kind: deal, id: id, amount: amount, currency: currency, closed: closed}
    """

  @Test(
    arguments: [
      "lead,stage,at\n", "lead,stage,at", "lead,stage,at\na,mql,2026-01-31",
      "lead,stage,at\na,mql,2026-01-31\n", "lead,stage,at\r\na,mql,2026-01-31\r\n",
      "\u{FEFF}lead,stage,at\na,mql,2026-01-31\n", "lead,stage,at\n\n\n,,\n",
      "lead,stage,at\n\"a\nb\",mql,2026-01-31\nc,\"m\r\nq\",2026-01-31\n",
      "lead,stage,at\n\"a,mql,2026-01-31\nb,sql,2026-02-01\n",
      "lead,stage,at\na,mql,2026-01-31\nlead,stage,at\nTotal,,\n",
    ]
  )
  func `small tables read the same in bulk`(_ text: String) throws {
    try BothWays.expectSame(Self.events, ["events.csv": text])
  }

  @Test(arguments: UInt64(0)..<300)
  func `what exports get wrong reads the same in bulk`(seed: UInt64) throws {
    let table = NastyTable(seed: seed)
    try BothWays.withFiles([table.fileName: table.bytes]) { paths in
      let effort = BothWays.efforts[Int(seed / 6) % BothWays.efforts.count]
      try BothWays.expectSame(try BothWays.mapping(table.mapping), paths, efforts: [effort])
    }
  }

  @Test func `the tables of that test go both ways, and some change it midway`() throws {
    var (plain, surprising, slow) = (0, 0, 0)
    for seed in UInt64(0)..<300 {
      let table = NastyTable(seed: seed)
      try BothWays.withFiles([table.fileName: table.bytes]) { paths in
        var files = try FileImport(try BothWays.mapping(table.mapping))
        files.effort = BothWays.efforts[Int(seed / 6) % BothWays.efforts.count]
        guard paths.allSatisfy(files.looksPlain) else {
          slow += 1
          return
        }
        do {
          _ = try files.read(paths) { _ in }
          plain += 1
        } catch is FileImport.Restart {
          surprising += 1
        }
      }
    }
    #expect(plain > 150)
    #expect(surprising > 10)
    #expect(slow > 10)
  }

  @Test(.enabled(if: RealDataSet.areAvailable, "\(RealDataSet.absenceNote)"))
  func `public data sets read the same in bulk`() throws {
    for set in RealDataSet.all {
      try BothWays.expectSame(
        try set.mapping(),
        set.files.map(set.path),
        efforts: BothWays.coarseEfforts
      )
    }
  }

  @Test func `the example company reads the same in bulk`() throws {
    let files = ExampleCompany().files()
    let mapping = try #require(
      MappingReader.read(text: ExampleCompany.mappingYAML, file: "mapping.yaml").mapping
    )
    let named = Dictionary(uniqueKeysWithValues: files.map { ($0.name, Array($0.bytes)) })
    try BothWays.withFiles(named) {
      try BothWays.expectSame(mapping, $0, efforts: BothWays.coarseEfforts)
    }
  }

  /// Cells that change how their column is read, each far behind the rows that were surveyed.
  @Test(
    arguments: [
      "a,1.00,USD,3/4/2026", "a,1.00,USD,31/12/2026", "a,\"1,5\",USD,2026-01-01",
      "a,\"1,234\",USD,2026-01-01", "a,1.234,USD,2026-01-01", "a,$5,,2026-01-01",
    ]
  )
  func `a late surprise asks for the other way and is then read right`(_ row: String) throws {
    let plain = (0..<300).map { "d\($0),\($0),USD,2026-01-01" }
    let text = (["id,amount,currency,closed"] + plain + [row, "z,7,USD,2026-01-02"])
      .joined(separator: "\n")
    try BothWays.withFiles(["events.csv": Array(text.utf8)]) { paths in
      var files = try FileImport(try BothWays.mapping(Self.deals))
      files.effort.surveyedRowCount = 10
      files.effort.blockByteCount = 500
      let surprise = #expect(throws: FileImport.Restart.self) {
        _ = try files.read(paths) { _ in }
      }
      #expect(surprise?.paths == Set(paths))
    }
    try BothWays.expectSame(Self.deals, ["events.csv": text])
  }

  @Test(
    arguments: ["a,1.00,USD,soon", "a,abc,USD,2026-01-01", "\"a\nb\",1,USD,2026-01-01", "a,1"]
  )
  func `a late row that is only hard by itself does not`(_ row: String) throws {
    let plain = (0..<300).map { "d\($0),\($0).50,USD,2026-01-01" }
    let text = (["id,amount,currency,closed"] + plain + [row, "z,7,USD,2026-01-02"])
      .joined(separator: "\n")
    try BothWays.withFiles(["events.csv": Array(text.utf8)]) { paths in
      var files = try FileImport(try BothWays.mapping(Self.deals))
      files.effort.surveyedRowCount = 10
      var count = 0
      _ = try files.read(paths) { count += $0.rowCount }
      #expect(count == (row.contains("\n") ? 302 : 301))
    }
    try BothWays.expectSame(Self.deals, ["events.csv": text])
  }

  @Test(arguments: [0, 0xE9] as [UInt8])
  func `a byte that is no plain text asks for the other way`(byte: UInt8) throws {
    let row = "a,mql,2026-01-31\n"
    var bytes = Array(("lead,stage,at\n" + String(repeating: row, count: 100_000)).utf8)
    bytes[bytes.count - 10] = byte
    try BothWays.withFiles(["events.csv": bytes]) { paths in
      let files = try FileImport(try BothWays.mapping(Self.events))
      #expect(throws: FileImport.Restart.self) {
        _ = try files.read(paths) { _ in }
      }
      try BothWays.expectSame(
        try BothWays.mapping(Self.events),
        paths,
        efforts: BothWays.coarseEfforts
      )
    }
  }

  @Test func `pieces hold one kind and a bounded number of rows, in the order of the file`() throws
  {
    let rowCount = 150_001
    let rows = (0..<rowCount).map { "l\($0 % 7),mql,2026-01-31" }
    let text = (["lead,stage,at"] + rows).joined(separator: "\n")
    try BothWays.withFiles(["events.csv": Array(text.utf8)]) { paths in
      for isBulk in [true, false] {
        var files = try FileImport(try BothWays.mapping(Self.events))
        files.effort.isBulk = isBulk
        var lines: [UInt32] = []
        let outcome = try files.read(paths) { table in
          #expect(table.kind == .stageEvent)
          #expect(table.rowCount > 0 && table.rowCount <= 65_536)
          lines += table.lines
        }
        #expect(lines == Array(2...UInt32(rowCount + 1)))
        #expect(outcome.batch.rowCount == 0)
        #expect(outcome.files.first?.factCounts == [.stageEvent: rowCount])
      }
    }
  }

  @Test func `refused questions are asked before anything is passed on`() throws {
    let text = "lead,stage,at\na,mql,3/4/2026\n"
    try BothWays.withFiles(["events.csv": Array(text.utf8)]) { paths in
      let error = #expect(throws: InputError.self) {
        _ = try FileImport(try BothWays.mapping(Self.events))
          .read(paths) { _ in Issue.record("passed on too early") }
      }
      #expect(error?.diagnostics.map(\.code) == ["import.date-order"])
    }
  }
}
