import PlumblineConnectors
import PlumblineCore
import PlumblineYAML
import Testing

struct MappingReaderTests {
  /// A mapping of one file with one record.
  private func text(_ record: String, file: String = "") -> String {
    "mapping: 1\nsource: crm\nfiles:\n  - {file: a.csv, \(file)records: [{\(record)}]}\n"
  }

  /// The findings about a record, which begins in column 30 of line 4.
  private func findings(_ record: String) -> [String] {
    MappingReader.read(text: text(record), file: "m").diagnostics.map(\.description)
  }

  @Test func `takes the documented default for everything not given`() throws {
    let (read, diagnostics) = MappingReader.read(text: text("kind: lead, id: Id"), file: "m.yaml")
    #expect(diagnostics.isEmpty)
    let mapping = try #require(read)
    #expect(mapping.source == "crm")
    #expect(mapping.zoneName == "UTC")
    #expect(mapping.currency == nil && mapping.dateOrder == nil && mapping.decimal == nil)
    #expect(mapping.missing == [] && mapping.renames == [:])
    let file = try #require(mapping.files.first)
    #expect(file.delimiter == nil && file.encoding == nil && file.headerLine == nil)
    #expect(!file.isOptional && file.dateOrder == nil && file.decimal == nil)
    #expect(file.patterns == [FilePattern("a.csv")])
    #expect(
      file.records == [
        RecordMapping(
          kind: .lead,
          fields: [FieldMapping("id", from: .columns([ColumnReference("Id")]))]
        )
      ]
    )
  }

  @Test func `reads every field`() throws {
    let (read, diagnostics) = MappingReader.read(text: MappingExample.text, file: "m.yaml")
    #expect(diagnostics.map(\.description) == [])
    #expect(try #require(read) == MappingExample.mapping)
  }

  @Test func `remembers where each part is said`() throws {
    let mapping = try #require(
      MappingReader.read(text: MappingExample.text, file: "dir/m.yaml").mapping
    )
    func place(_ spot: MappingSpot?) -> String {
      guard let location = spot?.location, let line = location.line, let column = location.column
      else { return "none" }
      return "\(location.file):\(line):\(column)"
    }
    let file = try #require(mapping.files.first)
    let record = try #require(file.records.first)
    #expect(place(file.spot) == "dir/m.yaml:12:5")
    #expect(place(file.patterns.last?.spot) == "dir/m.yaml:12:29")
    #expect(place(record.spot) == "dir/m.yaml:20:9")
    #expect(place(record.conditions.first?.column.spot) == "dir/m.yaml:21:16")
    #expect(place(record["id"]?.columns.first?.spot) == "dir/m.yaml:22:13")
    #expect(place(record["owner"]?.columns.last?.spot) == "dir/m.yaml:26:34")
    #expect(place(record.alsoKnownAs.last?.columns.first?.spot) == "dir/m.yaml:23:41")
    #expect(place(mapping.files.last?.records.first?["lead"]?.join?.key.spot) == "dir/m.yaml:33:47")
  }

  @Test func `carries the SHA-256 of the file's bytes`() throws {
    let mapping = try #require(
      MappingReader.read(text: text("kind: lead, id: Id"), file: "m").mapping
    )
    // Computed with: printf 'mapping: 1\nsource: crm\nfiles:\n  - {file: a.csv, records:
    // [{kind: lead, id: Id}]}\n' | sha256sum (GNU coreutils 9.4)
    #expect(
      mapping.canonicalHash == "c440e702a7a0c56c36099498c529de1d6fa1a22e5f185f3309b14e32cbc59351"
    )
  }

  @Test(arguments: FactKind.allCases)
  func `insists on what a kind cannot do without`(kind: FactKind) {
    let required = MappingKeys.required(kind)
    let findings = findings("kind: \(kind.rawValue)")
    #expect(findings.count == required.count)
    for (group, finding) in zip(required, findings) {
      let names = group.map { "\"\($0)\"" }.joined(separator: " or ")
      #expect(
        finding == "m:4:29: error: a record of kind \"\(kind.rawValue)\" needs \(names).\n"
          + "  Add \(names) with the name of its column. [mapping.missing-field]"
      )
    }
    for choice in 0..<2 {
      let fields = required.map { "\($0[min(choice, $0.count - 1)]): X" }.joined(separator: ", ")
      #expect(self.findings("kind: \(kind.rawValue), \(fields)") == [])
    }
    let names = required.joined().map { name in
      kind.schema.columns.contains { $0.name == name }
    }
    #expect(!names.contains(false))
  }

  @Test(arguments: FactKind.allCases)
  func `accepts every column of a kind under its name`(kind: FactKind) throws {
    let names = MappingKeys.fields(of: kind)
    let fields = names.map { "\($0): C \($0)" }.joined(separator: ", ")
    let (read, diagnostics) = MappingReader.read(
      text: text("kind: \(kind.rawValue), \(fields)"),
      file: "m"
    )
    #expect(diagnostics.map(\.description) == [])
    let record = try #require(read?.files.first?.records.first)
    #expect(record.fields.map(\.column) == kind.schema.columns.map(\.name))
    #expect(record.alsoKnownAs.count == (kind == .lead ? 1 : 0))
    #expect(Set(names).count == names.count)
    #expect(Set(names).isDisjoint(with: MappingKeys.record))
  }

  @Test(arguments: [
    ("", ["m: error: the file holds nothing but blanks and comments. [yaml.empty]"]),
    (
      "mapping: 3\n",
      [
        "m:1:10: error: the mapping has format \"3\"; this version reads format 1.\n"
          + "  Write \"mapping: 1\", or use a newer version. [mapping.format]"
      ]
    ),
    (
      "source: ''\nfile: x\n",
      [
        "m:1:1: error: the mapping has no \"mapping\".\n  Add \"mapping\". [mapping.missing-key]",
        "m:1:1: error: the mapping has no \"files\".\n  Add \"files\". [mapping.missing-key]",
        "m:1:9: error: \"source\" must not be empty. [mapping.no-value]",
        "m:2:1: error: the mapping has no key \"file\".\n  Did you mean \"files\"? "
          + "[mapping.unknown-key]",
      ]
    ),
    (
      "mapping: 1\nsource: x\ncurrency: usd\ntime_zone: Berlin\ndate_order: us\ndecimal: .\nfiles: []\n",
      [
        "m:3:11: error: the currency must be three capital letters, not \"usd\".\n  Write USD. "
          + "[mapping.currency]",
        "m:4:12: error: there is no time zone \"Berlin\".\n  Did you mean \"Europe/Berlin\"? "
          + "[mapping.time-zone]",
        "m:5:13: error: \"date_order\" must be one of day_first, month_first, year_first, not "
          + "\"us\". [mapping.wrong-type]",
        "m:6:10: error: \"decimal\" must be one of comma, point, not \".\". [mapping.wrong-type]",
        "m:7:8: error: \"files\" must not be empty. [mapping.no-value]",
      ]
    ),
    (
      "mapping: 1\nsource: x\nvalues: {chanel: {a: b}, owner: {\" Bo\": b, Bo: c, BO: d, e: }}\nfiles: [{file: [], records: []}]\n",
      [
        "m:3:10: error: \"values\" has no key \"chanel\".\n  Did you mean \"channel\"? "
          + "[mapping.unknown-key]",
        "m:3:44: error: the value \"Bo\" is renamed twice, first in line 3.\n"
          + "  Keep one of the two; blanks at the ends do not matter. [mapping.duplicate-value]",
        "m:3:61: error: \"e\" of \"owner\" has no value.\n"
          + "  Write its value, or remove it; an empty text is written \"\". [mapping.no-value]",
        "m:4:16: error: \"file\" must not be empty. [mapping.no-value]",
        "m:4:29: error: \"records\" must not be empty. [mapping.no-value]",
      ]
    ),
    (
      "mapping: 1\nsource: x\nfiles: [{file: in/a.csv, delimiter: x, encoding: latin1, header_line: 0, optional: yes, records: [{kind: lead, id: a}]}]\n",
      [
        "m:3:16: error: \"file\" must be a file's name without its folder, not \"in/a.csv\".\n"
          + "  Leave out the folder. [mapping.file-pattern]",
        "m:3:37: error: \"delimiter\" must be one sign such as \",\" or \";\", or the word tab, not "
          + "\"x\". [mapping.delimiter]",
        "m:3:50: error: \"encoding\" must be one of utf-8, utf-16, windows-1252, not \"latin1\". "
          + "[mapping.wrong-type]",
        "m:3:71: error: \"header_line\" must be between 1 and 1000, not 0. [mapping.out-of-range]",
        "m:3:84: error: \"optional\" must be true or false, not \"yes\". [mapping.wrong-type]",
      ]
    ),
  ])
  func `finds everything wrong with a file`(text: String, findings: [String]) {
    let (mapping, diagnostics) = MappingReader.read(text: text, file: "m")
    #expect(mapping == nil)
    #expect(diagnostics.map(\.description) == findings)
  }

  @Test(arguments: [
    (
      "id: a",
      "m:4:29: error: entry 1 of \"records\" has no \"kind\".\n  Add \"kind\": one of activity, "
        + "attribute, currency_rate, deal, disposition, lead, meeting, merge, owner, quota, "
        + "spend, stage_event, touch. "
        + "[mapping.missing-key]"
    ),
    (
      "kind: leed, id: a",
      "m:4:36: error: \"kind\" must be one of activity, attribute, currency_rate, deal, "
        + "disposition, lead, meeting, merge, owner, quota, spend, stage_event, touch, not \"leed\".\n  Did you mean \"lead\"? "
        + "[mapping.wrong-type]"
    ),
    (
      "kind: lead, id: a, chanel: b",
      "m:4:49: error: entry 1 of \"records\" has no key \"chanel\".\n  Did you mean \"channel\"? "
        + "[mapping.unknown-key]"
    ),
    (
      "kind: deal, id: a, also_known_as: b",
      "m:4:49: error: entry 1 of \"records\" has no key \"also_known_as\".\n"
        + "  Known keys: kind, when, id, lead, created, closed, stage, outcome, amount, currency, "
        + "owner, channel, reason, probability. [mapping.unknown-key]"
    ),
    (
      "kind: lead, id: [a, b]",
      "m:4:46: error: \"id\" must be a column's name or a mapping, not a list.\n"
        + "  Write {columns: […]} for the first of several columns that is not empty. "
        + "[mapping.wrong-type]"
    ),
    (
      "kind: lead, id: {}",
      "m:4:46: error: \"id\" does not say where its value comes from.\n"
        + "  Give one of \"column\", \"columns\" and \"constant\". [mapping.field-source]"
    ),
    (
      "kind: lead, id: {column: a, constant: b}",
      "m:4:46: error: \"id\" cannot have \"column\" and \"constant\".\n"
        + "  Give one of \"column\", \"columns\" and \"constant\". [mapping.field-source]"
    ),
    (
      "kind: lead, id: {columns: []}",
      "m:4:56: error: \"columns\" must not be empty. [mapping.no-value]"
    ),
    (
      "kind: lead, id: ''", "m:4:46: error: \"id\" must not be empty. [mapping.no-value]"
    ),
    (
      "kind: lead, id: a, created: {column: b, scale: 10}",
      "m:4:70: error: \"scale\" is only for numbers, which \"created\" is not.\n  Remove it. "
        + "[mapping.option]"
    ),
    (
      "kind: lead, id: a, channel: {column: b, date_order: day_first}",
      "m:4:70: error: \"date_order\" is only for times, which \"channel\" is not.\n  Remove it. "
        + "[mapping.option]"
    ),
    (
      "kind: lead, id: a, channel: {column: b, separator: ';'}",
      "m:4:70: error: \"separator\" is only for ids of leads, which \"channel\" is not.\n"
        + "  Remove it. [mapping.option]"
    ),
    (
      "kind: lead, id: a, score: {column: b, through: {file: f, key: k, value: v}}",
      "m:4:68: error: \"through\" is only for texts, which \"score\" is not.\n  Remove it. "
        + "[mapping.option]"
    ),
    (
      "kind: lead, id: a, created: {column: b, values: {x: y}}",
      "m:4:70: error: \"values\" is only for texts and numbers, which \"created\" is not.\n"
        + "  Remove it. [mapping.option]"
    ),
    (
      "kind: lead, id: {columns: [a, b], through: {file: f, key: k, value: v}}",
      "m:4:64: error: \"through\" needs one column, not 2.\n"
        + "  Write \"column\" with the column to look up. [mapping.option]"
    ),
    (
      "kind: lead, id: {column: a, through: {file: f, value: v}}",
      "m:4:67: error: \"through\" has no \"key\".\n  Add \"key\". [mapping.missing-key]"
    ),
    (
      "kind: lead, id: a, channel: {constant: b, missing: c}",
      "m:4:72: error: \"missing\" has no meaning beside \"constant\".\n  Remove it. "
        + "[mapping.option]"
    ),
    (
      "kind: lead, id: a, created: {constant: 1/2/2026}",
      "m:4:69: error: \"constant\" must be a date, not \"1/2/2026\".\n"
        + "  Write year, month and day, such as 2026-01-31. [mapping.wrong-type]"
    ),
    (
      "kind: lead, id: a, score: {constant: high}",
      "m:4:67: error: \"constant\" must be a number, not \"high\".\n"
        + "  Write digits with a decimal point, such as 1250 or 0.78. [mapping.wrong-type]"
    ),
    (
      "kind: deal, id: a, currency: {constant: €}",
      "m:4:70: error: the currency must be three capital letters, not \"€\".\n  Write EUR. "
        + "[mapping.currency]"
    ),
    (
      "kind: deal, id: a, amount: {column: b, scale: 0}",
      "m:4:76: error: \"scale\" must be above 0, not 0. [mapping.out-of-range]"
    ),
    (
      "kind: merge, from: {column: a, separator: ;}, into: {column: b, separator: ;}",
      "m:4:82: error: a record can have several values in one of its cells only, not also in "
        + "\"into\".\n  Keep \"separator\" in one field. [mapping.two-separators]"
    ),
    (
      "kind: merge, from: {column: a, separator: ''}, into: b",
      "m:4:72: error: \"separator\" must not be empty. [mapping.no-value]"
    ),
    (
      "kind: lead, id: a, when: {S: []}",
      "m:4:59: error: \"S\" of \"when\" must not be empty. [mapping.no-value]"
    ),
    (
      "kind: lead, id: a, when: {S: {nott: x, not: x}}",
      "m:4:60: error: \"S\" of \"when\" has no key \"nott\".\n  Did you mean \"not\"? "
        + "[mapping.unknown-key]"
    ),
    (
      "kind: lead, id: a, when: present",
      "m:4:55: error: \"when\" must be a mapping, not \"present\".\n"
        + "  Write key: value, one on each line. [mapping.wrong-type]"
    ),
  ])
  func `finds what is wrong with a record`(record: String, finding: String) {
    #expect(findings(record) == [finding])
  }

  @Test func `tells the words of a condition from values`() throws {
    let record = """
      kind: lead, id: a, when: {A: present, B: "present", C: [present, absent], D: absent, \
      E: {not: absent}, F: {not: ["absent"]}, G: {not: x}, H: 1}
      """
    let mapping = try #require(MappingReader.read(text: text(record), file: "m").mapping)
    let tests = mapping.files.first?.records.first?.conditions.map(\.test)
    #expect(
      tests == [
        .present, .oneOf(["present"]), .oneOf(["present", "absent"]), .absent, .present,
        .noneOf(["absent"]), .noneOf(["x"]), .oneOf(["1"]),
      ]
    )
  }

  @Test(arguments: UInt64(0)..<10)
  func `keeps its promises on damaged files`(seed: UInt64) {
    let tally = MappingReader.fuzz(iterations: 300, seed: seed)
    #expect(tally.tried == 300)
    #expect(tally.accepted > 0)
    #expect(tally.failures == [])
  }
}
