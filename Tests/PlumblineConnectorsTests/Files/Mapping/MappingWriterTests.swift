import PlumblineConnectors
import PlumblineCore
import Testing

struct MappingWriterTests {
  @Test func `writes a mapping that reads back equal`() throws {
    let yaml = MappingWriter.yaml(MappingExample.mapping)
    let (read, diagnostics) = MappingReader.read(text: yaml, file: "m.yaml")
    #expect(diagnostics.map(\.description) == [])
    #expect(try #require(read) == MappingExample.mapping)
  }

  @Test func `writes what a person would write`() {
    let mapping = Mapping(
      source: "crm",
      files: [
        FileMapping(
          patterns: [FilePattern("*.csv")],
          delimiter: UInt8(ascii: ";"),
          records: [
            RecordMapping(
              kind: .lead,
              conditions: [Condition(ColumnReference("Type"), .oneOf(["present"]))],
              fields: [
                FieldMapping("id", from: .columns([ColumnReference("Lead: ID")])),
                FieldMapping("channel", from: .constant("Fair"), valueWhenMissing: nil),
              ]
            )
          ]
        )
      ]
    )
    let comments: [MappingWriter.Place: String] = [
      .top: "Suggested.\nPlease check.", .file(0): "Every file.",
      .record(file: 0, record: 0): "People.",
      .field(file: 0, record: 0, field: "id"): "unique: 950 of 950",
      .field(file: 0, record: 0, field: "owner"): "not there",
    ]
    #expect(
      MappingWriter.yaml(mapping, comments: comments) == """
        # Suggested.
        # Please check.
        mapping: 1
        source: crm
        time_zone: UTC
        files:
          # Every file.
          - file: "*.csv"
            delimiter: ";"
            records:
              # People.
              - kind: lead
                when:
                  Type: "present"
                # unique: 950 of 950
                id: "Lead: ID"
                channel: {constant: Fair}

        """
    )
  }

  @Test func `keeps comments with every field from changing the mapping`() throws {
    var comments: [MappingWriter.Place: String] = [.top: "a: b\n- c"]
    for (index, file) in MappingExample.mapping.files.enumerated() {
      comments[.file(index)] = "x\r\ny"
      for (number, record) in file.records.enumerated() {
        comments[.record(file: index, record: number)] = "\u{2028}z: 1"
        for field in MappingKeys.fields(of: record.kind) + ["when"] {
          comments[.field(file: index, record: number, field: field)] = "key: [\n{"
        }
      }
    }
    let yaml = MappingWriter.yaml(MappingExample.mapping, comments: comments)
    #expect(yaml.contains("# key: ["))
    #expect(
      try #require(MappingReader.read(text: yaml, file: "m").mapping) == MappingExample.mapping
    )
  }

  @Test(arguments: [
    "", " ", "a: b", "#", "yes", "null", "~", "1", "*", "{x}", "\"", "'", "\n", "\u{0}", "ß", "日本",
    "👩‍👩‍👧", "present", "absent", ",", "]", String(repeating: "k", count: 3000),
  ])
  func `reads back any text in any place`(text: String) throws {
    let filled = text.allSatisfy(\.isWhitespace) ? "x" + text : text
    let field = FieldMapping(
      "lead",
      from: .columns([ColumnReference(filled), ColumnReference("B")]),
      renames: ValueRenames([ValueRenames.Entry(text, to: text)]),
      valueWhenMissing: filled,
      separator: filled
    )
    let looked = FieldMapping(
      "outcome",
      from: .columns([ColumnReference(filled)]),
      join: Join(
        file: FilePattern(filled),
        key: ColumnReference(filled),
        value: ColumnReference(filled)
      )
    )
    let mapping = Mapping(
      source: filled,
      missing: [text],
      renames: [.stage: ValueRenames([ValueRenames.Entry(text, to: text)])],
      files: [
        FileMapping(
          patterns: [FilePattern(filled)],
          records: [
            RecordMapping(
              kind: .meeting,
              conditions: [
                Condition(ColumnReference(text), .oneOf([text])),
                Condition(ColumnReference(text + "2"), .noneOf([text, "b"])),
              ],
              fields: [field, looked, FieldMapping("id", from: .constant(filled))]
            )
          ]
        )
      ]
    )
    let yaml = MappingWriter.yaml(mapping)
    let (read, diagnostics) = MappingReader.read(text: yaml, file: "m")
    #expect(diagnostics.map(\.description) == [])
    #expect(try #require(read) == mapping)
  }
}
