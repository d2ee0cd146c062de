import Foundation
import PlumblineConnectors
import PlumblineCore
import Testing

@Suite struct `Mapping preview` {
  private static let files = [
    "leads.csv": """
    Lead ID,Full Name,Email,Phone,Lead Source,Created,Notes,Lead Owner,Stage,SQL date
    L1,Ada Example,ada@example.com,+49 30 1,Webinar,2026-01-05,call her husband,Grace,Open,2026-01-10
    L2,Bo Example,bo@example.com,+49 30 2,Search,2026-01-06,,Grace,Open,
    L3,,,,Webinar,2026-01-07,,Linus,Lost,
    """
  ]

  private func preview(
    _ files: [String: String],
    _ change: (inout Mapping) -> Void = { _ in }
  ) throws -> (preview: MappingPreview, mapping: Mapping) {
    let written = try SuggestedFiles(files)
    defer { try? FileManager.default.removeItem(at: written.folder) }
    var mapping = try MappingSuggestion.suggest(paths: written.paths).mapping
    change(&mapping)
    return (MappingPreview(mapping, paths: written.paths), mapping)
  }

  private func samples(_ name: String) throws -> [String] {
    let table = try #require(try preview(Self.files).preview.tables.first)
    return try #require(table.columns.first { $0.name == name }).samples
  }

  @Test(arguments: ["Full Name", "Email", "Phone", "Notes", "Lead Owner"])
  func `cuts what could name a person to its first letter`(column: String) throws {
    let samples = try samples(column)
    #expect(!samples.isEmpty)
    #expect(samples.allSatisfy { $0.count == 2 && $0.hasSuffix("…") }, "\(samples)")
  }

  @Test(arguments: [
    ("Lead Source", ["Webinar", "Search"]),
    ("Created", ["2026-01-05", "2026-01-06", "2026-01-07"]),
    ("SQL date", ["2026-01-10"]),
  ])
  func `shows dates and categories`(column: String, cells: [String]) throws {
    #expect(try samples(column) == cells)
  }

  @Test func `says what each column becomes`() throws {
    let table = try #require(try preview(Self.files).preview.tables.first)
    #expect(table.parts == [0])
    let uses = Dictionary(uniqueKeysWithValues: table.columns.map { ($0.name, $0.uses) })
    #expect(uses["Lead ID"]?.contains(.field(.lead, "id")) == true)
    #expect(uses["Lead Source"] == [.field(.lead, "channel")])
    #expect(uses["Phone"] == [])
  }

  @Test func `a file without rows has columns without examples`() throws {
    let table = try #require(
      try preview(["leads.csv": "Lead ID,Lead Source,Created\n"]).preview.tables.first
    )
    #expect(table.columns.map(\.name) == ["Lead ID", "Lead Source", "Created"])
    #expect(table.columns.allSatisfy { $0.samples.isEmpty })
  }

  @Test func `a choice takes another column, adds one, or leaves one out`() throws {
    let (_, mapping) = try preview(Self.files) { mapping in
      let isTaken = mapping.choose(.column("Stage"), for: "channel", ofRecord: 0, inFile: 0)
      #expect(isTaken)
      let isTakenAgain = mapping.choose(.column("Stage"), for: "channel", ofRecord: 0, inFile: 0)
      #expect(!isTakenAgain)
      let isAdded = mapping.choose(.column("Phone"), for: "segment", ofRecord: 0, inFile: 0)
      #expect(isAdded)
      let isLeftOut = mapping.choose(.nothing, for: "owner", ofRecord: 0, inFile: 0)
      #expect(isLeftOut)
      let isLeftOutAgain = mapping.choose(.nothing, for: "owner", ofRecord: 0, inFile: 0)
      #expect(!isLeftOutAgain)
    }
    let lead = mapping.files[0].records[0]
    #expect(lead["channel"]?.columns.map(\.name) == ["Stage"])
    #expect(lead["segment"]?.columns.map(\.name) == ["Phone"])
    #expect(lead["owner"] == nil)
  }

  @Test(arguments: [(-1, 0, "id"), (0, -1, "id"), (9, 0, "id"), (0, 9, "id"), (0, 0, "nonsense")])
  func `a choice for a place that is not there changes nothing`(
    file: Int,
    record: Int,
    field: String
  ) throws {
    let before = try preview(Self.files).mapping
    let after = try preview(Self.files) { mapping in
      let isTaken = mapping.choose(.column("Stage"), for: field, ofRecord: record, inFile: file)
      #expect(!isTaken)
    }.mapping
    #expect(after == before)
  }

  @Test func `covers some files of a mapping, or says that it does not`() throws {
    var both = Self.files
    both["spend.csv"] = "Day,Campaign,Cost\n2026-01-01,A,10\n2026-01-02,B,20\n"
    let mapping = try preview(both).mapping
    #expect(mapping.files.count == 2)
    #expect(mapping.covering(["leads.csv"])?.files.count == 1)
    #expect(mapping.covering(["leads.csv", "spend.csv"]) == mapping)
    #expect(mapping.covering(["leads.csv", "other.csv"]) == nil)
    #expect(mapping.covering([]) == nil)
  }
}
