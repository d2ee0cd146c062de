import PlumblineConnectors
import PlumblineCore
import Testing

/// What a mapping says of a file and its times.
struct FileOptionTests {
  // MARK: header_line

  private func mapping(headerLine: Int) -> String {
    """
    files:
      - file: leads.csv
        header_line: \(headerLine)
        records: [{kind: lead, id: id}]

    """
  }

  /// Two lines that could be the header: the second holds the names of the day's export.
  private let twoHeaders = "id,old\n1,x\nid,new\n2,y\n"

  @Test(arguments: [(1, ["1", "2"]), (3, ["2"])])
  func `the named line is the header`(line: Int, ids: [String]) throws {
    let read = try ImportedText(mapping(headerLine: line), ["leads.csv": twoHeaders])
    #expect(read.texts(.lead, "id").filter { $0 != "id" } == ids)
  }

  @Test func `a header far down is found where it is named`() throws {
    let read = try ImportedText(
      mapping(headerLine: 300),
      ["leads.csv": String(repeating: "about,this\n", count: 299) + "id,name\n7,x\n"]
    )
    #expect(read.texts(.lead, "id") == ["7"])
  }

  @Test(arguments: [2, 9])
  func `a line that is no header is refused, not passed over`(line: Int) throws {
    let error = #expect(throws: InputError.self) {
      try ImportedText(mapping(headerLine: line), ["leads.csv": "id,name\n7,x\n"])
    }
    let code = line == 2 ? "import.unknown-column" : "file.header-line"
    #expect(error?.diagnostics.map(\.code) == [code])
  }

  // MARK: precision

  private let created = """
    time_zone: America/New_York
    files:
      - file: leads.csv
        records: [{kind: lead, id: id, created: {column: created, precision: day}}]

    """

  @Test(arguments: [
    "2021-04-15", "2021-04-15 00:00:00", "2021-04-15 23:59:59", "2021-04-16T03:59:59Z",
  ])
  func `only the day is taken, in the time zone of the mapping`(text: String) throws {
    let read = try ImportedText(created, ["leads.csv": "id,created\na,\(text)\n"])
    // Midnight in New York in summer, four hours behind.
    let midnight = Instant(seconds: 1_618_459_200)
    #expect(
      read.outcome.batch[.lead]["created"] == [TimePoint(midnight, precision: .day).rawValue]
    )
  }

  @Test func `a blank cell stays blank`() throws {
    let read = try ImportedText(created, ["leads.csv": "id,created\na,\nb,2021-04-15\n"])
    #expect(read.outcome.batch[.lead]["created"].first == TimePoint.missing.rawValue)
  }

  @Test func `a precision is for times only`() {
    let reading = MappingReader.read(
      text: """
        mapping: 1
        source: test
        files:
          - file: leads.csv
            records: [{kind: lead, id: {column: id, precision: day}}]

        """,
      file: "mapping.yaml"
    )
    #expect(reading.diagnostics.map(\.code) == ["mapping.option"])
  }
}
