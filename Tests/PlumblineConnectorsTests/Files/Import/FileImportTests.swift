import Foundation
import PlumblineConnectors
import PlumblineCore
import Testing

/// Files in, facts out, by a mapping; open questions are asked, never guessed.
struct FileImportTests {
  private func read(
    _ mapping: String,
    _ files: [String: String],
    options: FileImport.Options = FileImport.Options()
  ) throws -> FileImport.Outcome {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files {
      try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }
    let reading = MappingReader.read(
      text: "mapping: 1\nsource: test\n" + mapping,
      file: "mapping.yaml"
    )
    guard let mapping = reading.mapping else { throw InputError(reading.diagnostics) }
    return try FileImport(mapping, options: options)
      .read(files.keys.sorted().map { folder.appendingPathComponent($0).path })
  }

  /// The facts of a kind as `column=value` texts, missing values left out.
  private func facts(_ outcome: FileImport.Outcome, _ kind: FactKind) -> [String] {
    let table = outcome.batch[kind]
    return (0..<table.rowCount).map { row in
      kind.schema.columns.enumerated().compactMap { index, column -> String? in
        let value = table.columns[index][row]
        if column.isMissing(value) { return nil }
        switch column.content {
        case .text(let domain):
          return "\(column.name)=\(outcome.batch.texts[domain][UInt32(value)])"
        case .time:
          let time = TimePoint(rawValue: value)
          return "\(column.name)=\(time.isDated ? String(time.instant.seconds) : "undated")"
        case .number: return "\(column.name)=\(value)"
        }
      }.joined(separator: " ")
    }
  }

  private func codes(_ error: InputError?) -> [String] { error?.diagnostics.map(\.code) ?? [] }

  private let leads = """
    files:
      - file: leads.csv
        records:
          - {kind: lead, id: id, created: created, channel: channel}

    """

  @Test func `a file with a header only gives no facts`() throws {
    let outcome = try read(leads, ["leads.csv": "id,created,channel\n"])
    #expect(outcome.batch.rowCount == 0)
    #expect(outcome.files.map(\.rowCount) == [0])
  }

  @Test func `files with leads are read first, those with the same kind of fact in their order`()
    throws
  {
    let event = "{kind: stage_event, lead: id, stage: {constant: mql}, at: day}"
    let mapping = """
      files:
        - file: a-events.csv
          records: [\(event)]
        - file: b-both.csv
          records: [{kind: lead, id: id, created: day}, \(event)]
        - file: c-leads.csv
          records: [{kind: lead, id: id, created: day}]
        - file: d-deals.csv
          records: [{kind: deal, lead: id, created: day}]

      """
    let rows = "id,day\n1,1970-01-02\n"
    func names(_ files: [String]) throws -> [String] {
      let outcome = try read(mapping, Dictionary(uniqueKeysWithValues: files.map { ($0, rows) }))
      #expect(outcome.importedFiles.map(\.name) == outcome.files.map(\.name))
      return outcome.files.map(\.name)
    }
    #expect(try names(["a-events.csv", "c-leads.csv"]) == ["c-leads.csv", "a-events.csv"])
    // A file with leads and events waits for the events before it, and other leads for that file.
    let all = ["a-events.csv", "b-both.csv", "c-leads.csv", "d-deals.csv"]
    #expect(try names(all) == all)
    #expect(
      try names(["b-both.csv", "c-leads.csv", "d-deals.csv"])
        == ["b-both.csv", "c-leads.csv", "d-deals.csv"]
    )
  }

  @Test func `a row becomes a fact, a blank cell a missing value`() throws {
    let outcome = try read(
      leads,
      ["leads.csv": "id,created,channel\n1,1970-01-02,Meta\n2,,\n"]
    )
    #expect(facts(outcome, .lead) == ["id=1 created=86400 channel=Meta", "id=2"])
    #expect(outcome.batch[.lead].lines == [2, 3])
  }

  @Test func `a row without an id or with a bad date is refused whole, with its line`() throws {
    let outcome = try read(
      leads,
      ["leads.csv": "id,created,channel\n,2026-01-02,Meta\n2,2026-02-30,Meta\n3,2026-01-02,x\n"]
    )
    #expect(facts(outcome, .lead).count == 1)
    #expect(outcome.refused.map(\.line) == [2, 3])
    #expect(outcome.refused.map(\.code) == ["row.no-id", "row.unreadable-date"])
    #expect(outcome.files[0].rowCount == 3)
    #expect(outcome.files[0].refusedCount == 2)
  }

  @Test func `dates that do not tell day from month are asked about, then read as told`() throws {
    let files = ["leads.csv": "id,created,channel\n1,3/4/2026,x\n2,5/6/2026,x\n"]
    let error = #expect(throws: InputError.self) { try read(leads, files) }
    #expect(codes(error) == ["import.date-order"])
    #expect(error?.diagnostics.first?.remedy?.contains("--date-order") == true)
    let dayFirst = try read(leads, files, options: .init(dateOrder: .dayFirst))
    let monthFirst = try read(leads, files, options: .init(dateOrder: .monthFirst))
    let first = CivilDate(year: 2026, month: 4, day: 3).map { $0.dayNumber * 86_400 }
    let other = CivilDate(year: 2026, month: 3, day: 4).map { $0.dayNumber * 86_400 }
    #expect(facts(dayFirst, .lead)[0].contains("created=\(first ?? 0)"))
    #expect(facts(monthFirst, .lead)[0].contains("created=\(other ?? 0)"))
  }

  @Test func `every open question is asked at once`() throws {
    let mapping = """
      files:
        - file: spend.csv
          records:
            - {kind: spend, from: day, amount: cost, campaign: campaign}

      """
    let error = #expect(throws: InputError.self) {
      try read(mapping, ["spend.csv": "day,cost,campaign\n3/4/2026,1.234,a\n"])
    }
    #expect(
      Set(codes(error)) == ["import.date-order", "import.decimal-sign", "import.no-currency"]
    )
  }

  @Test func `a currency comes from the column, the header, the mapping or the option`() throws {
    func currency(_ extra: String, _ text: String, _ option: String? = nil) throws -> [String] {
      let mapping = """
        \(extra)
        files:
          - file: spend.csv
            records:
              - {kind: spend, from: day, amount: {columns: [cost, cost (GBP)]}\(
                text.contains("currency") ? ", currency: currency" : "")}

        """
      return facts(
        try read(mapping, ["spend.csv": text], options: .init(currency: option)),
        .spend
      )
    }
    let plain = "day,cost\n2026-01-01,12.50\n"
    #expect(try currency("currency: EUR", plain)[0].contains("amount=1250 currency=EUR"))
    #expect(try currency("", plain, "USD")[0].contains("currency=USD"))
    #expect(
      try currency("currency: EUR", "day,cost (GBP)\n2026-01-01,12.50\n")[0].contains(
        "currency=GBP"
      )
    )
    let column = "day,cost,currency\n2026-01-01,12.50,JPY\n2026-01-02,3,EUR\n"
    #expect(
      try currency("", "day,cost,currency\n2026-01-01,1250,JPY\n2026-01-02,3.25,EUR\n").map {
        $0.split(separator: " ").suffix(2).joined(separator: " ")
      } == ["amount=1250 currency=JPY", "amount=325 currency=EUR"]
    )
    #expect(!(try currency("", column).isEmpty))
  }

  @Test
  func `a stage column without a date gives no event, a stage without a column an undated one`()
    throws
  {
    let mapping = """
      files:
        - file: leads.csv
          records:
            - {kind: lead, id: id}
            - {kind: stage_event, lead: id, stage: {constant: mql}, at: became mql}
            - {kind: stage_event, lead: id, stage: {constant: won}, when: {converted: ["1"]}}

      """
    let outcome = try read(
      mapping,
      ["leads.csv": "id,became mql,converted\n1,1970-01-03,0\n2,,1\n"]
    )
    #expect(
      facts(outcome, .stageEvent) == [
        "lead=1 stage=mql at=172800 evidence=became mql",
        "lead=2 stage=won at=undated evidence=leads.csv",
      ]
    )
    #expect(outcome.blankStageDates.rowCount == 1)
  }

  @Test func `values are renamed, missing words are missing, other files are looked up`() throws {
    let mapping = """
      missing: [Select]
      values: {channel: {fb: Meta}}
      files:
        - file: leads.csv
          records:
            - kind: lead
              id: id
              also_known_as: [mail]
              channel: {column: source, missing: unknown}
        - file: deals.csv
          records:
            - kind: deal
              id: deal
              lead: {column: opportunity, through: {file: links.csv, key: opp, value: lead}}
              outcome: {column: stage, values: {Closed Won: won}}

      """
    let outcome = try read(
      mapping,
      [
        "leads.csv": "id,mail,source\n1,a@example.com,FB\n2,Select,Select\n",
        "deals.csv": "deal,opportunity,stage\nd1,o1,closed won\nd2,o9,open\n",
        "links.csv": "opp,lead\no1,1\n",
      ]
    )
    #expect(facts(outcome, .lead) == ["id=1 channel=Meta", "id=2 channel=unknown"])
    #expect(facts(outcome, .merge) == ["from=a@example.com into=1 reason=also_known_as"])
    #expect(facts(outcome, .deal) == ["id=d1 lead=1 outcome=won", "id=d2 outcome=open"])
  }

  @Test func `numbers and flags are renamed too, and may have a value where the cell is blank`()
    throws
  {
    let mapping = """
      files:
        - file: calls.csv
          records:
            - kind: activity
              lead: lead
              automated: {column: by, values: {workflow: "1", rep: "0"}, missing: "0"}

      """
    let outcome = try read(mapping, ["calls.csv": "lead,by\n1,Workflow\n2,rep\n3,\n4,who\n"])
    #expect(
      facts(outcome, .activity) == [
        "lead=1 automated=1", "lead=2 automated=0", "lead=3 automated=0",
      ]
    )
    #expect(outcome.refused.map(\.code) == ["row.unreadable-flag"])
  }

  @Test func `several leads in one cell are an event each, but one deal`() throws {
    let mapping = """
      files:
        - file: deals.csv
          records:
            - {kind: deal, id: id, lead: {column: contacts, separator: ";"}}
            - {kind: touch, lead: {column: contacts, separator: ";"}, type: {constant: mail}}

      """
    let outcome = try read(mapping, ["deals.csv": "id,contacts\nd,1; 2;\n"])
    #expect(facts(outcome, .deal) == ["id=d lead=1"])
    #expect(facts(outcome, .touch) == ["lead=1 kind=mail", "lead=2 kind=mail"])
  }

  @Test func `a totals row is checked against the sum and left out`() throws {
    let mapping = """
      currency: EUR
      files:
        - file: spend*.csv
          records:
            - {kind: spend, from: day, amount: cost, campaign: campaign}

      """
    func findings(_ total: String) throws -> (FileImport.Outcome, [Diagnostic]) {
      let outcome = try read(
        mapping,
        [
          "spend.csv": "Report\n\nday,campaign,cost\n2026-01-01,a,1.50\n2026-01-02,b,2.25\n"
            + "Total: Account,,\(total)\n"
        ]
      )
      return (outcome, outcome.diagnostics)
    }
    let (right, notes) = try findings("3.75")
    #expect(right.batch[.spend].rowCount == 2)
    #expect(
      notes.contains { $0.code == "file.totals-rows" && $0.message.contains("equals the sum") }
    )
    let (_, warnings) = try findings("3.80")
    #expect(warnings.contains { $0.code == "file.totals-differ" && $0.severity == .warning })
  }

  @Test func `a file the mapping does not know and a column it lacks are named`() throws {
    let unknown = #expect(throws: InputError.self) { try read(leads, ["other.csv": "a\n1\n"]) }
    #expect(codes(unknown) == ["import.no-mapping"])
    let beside = try read(leads, ["other.csv": "a\n1\n", "leads.csv": "id,created,channel\n1,,\n"])
    #expect(beside.diagnostics.map(\.code) == ["import.no-mapping"])
    #expect(beside.diagnostics.first?.severity == .warning)
    #expect(beside.batch.rowCount == 1)
    let lacking = #expect(throws: InputError.self) {
      try read(leads, ["leads.csv": "id,created,chanel\n1,2026-01-01,x\n"])
    }
    #expect(lacking?.description.contains("channel") == true)
    #expect(lacking?.description.contains("chanel") == true)
  }

  @Test func `an amount too large to add up is refused`() throws {
    let mapping = """
      currency: EUR
      files:
        - file: spend.csv
          records:
            - {kind: spend, from: day, amount: cost}

      """
    let outcome = try read(
      mapping,
      ["spend.csv": "day,cost\n2026-01-01,99999999999999999.00\n2026-01-02,1.00\n"]
    )
    #expect(outcome.batch[.spend].rowCount == 1)
    #expect(outcome.refused.map(\.code) == ["row.number-too-large"])
  }
}
