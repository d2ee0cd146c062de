import PlumblineConnectors
import PlumblineCore
import Testing

struct SuggestionBoundaryTests {
  private func codes(_ files: [String: String]) throws -> [String] {
    let error = #expect(throws: InputError.self) { try SuggestedFiles.suggest(files) }
    return try #require(error).diagnostics.map(\.code)
  }

  @Test func `says what is wrong where nothing can be proposed`() throws {
    #expect(try codes([:]) == ["suggest.no-files"])
    #expect(try codes(["empty.csv": ""]) == ["file.empty", "suggest.nothing"])
    #expect(try codes(["blank.csv": "\n \n"]) == ["file.no-rows", "suggest.nothing"])
    #expect(try codes(["numbers.csv": "1,2\n3,4\n"]) == ["file.no-header", "suggest.nothing"])
    #expect(
      try codes(["one.csv": "Colour\nred\nblue\n"]) == ["suggest.left-out", "suggest.nothing"]
    )
    #expect(
      try codes(["nothing.csv": "Colour,Taste\nred,sweet\nblue,sour\n"])
        == ["suggest.left-out", "suggest.nothing"]
    )
  }

  @Test func `goes on with the other files when one cannot be read`() throws {
    let suggestion = try SuggestedFiles.suggest([
      "a.csv": "", "b.csv": "Lead ID,Source\n1,Web\n2,Fair\n",
    ])
    #expect(suggestion.diagnostics.map(\.code) == ["file.empty"])
    #expect(try suggestion.record(.lead).source("id") == "Lead ID")
  }

  @Test func `reads a table of one column that is a key`() throws {
    let (suggestion, outcome) = try SuggestedFiles.imported(["leads.csv": "Lead ID\n1\n2\n"])
    #expect(try suggestion.record(.lead).sources == ["id": "Lead ID"])
    #expect(suggestion.isUnsure("on which day"))
    #expect(suggestion.isUnsure("which channel"))
    #expect(outcome.batch[.lead].rowCount == 2)
  }

  @Test func `reads a table of one row`() throws {
    let (suggestion, outcome) = try SuggestedFiles.imported([
      "leads.csv": "Lead ID,Source,Created\n1,Web,2026-01-31\n"
    ])
    #expect(
      try suggestion.record(.lead).sources
        == ["id": "Lead ID", "channel": "Source", "created": "Created"]
    )
    #expect(outcome.batch[.lead].rowCount == 1)
  }

  @Test func `takes a mail address for the id where there is no other`() throws {
    let suggestion = try SuggestedFiles.suggest([
      "leads.csv": "Email,Source,Created\na@x.com,Web,2026-01-31\nb@x.com,Web,2026-01-30\n"
    ])
    #expect(try suggestion.record(.lead).source("id") == "Email")
    #expect(
      suggestion.isUnsure("no column is named like an id of its own; every row of Email differs")
    )
  }

  @Test func `leaves people without any key out`() throws {
    let text = "Name,Source,Created,Status\nAnn,Web,2026-01-31,New\nAnn,Fair,2026-01-30,New\n"
    #expect(try codes(["people.csv": text]) == ["suggest.left-out", "suggest.nothing"])
  }

  @Test func `says how often an id repeats where none is different in every row`() throws {
    let text =
      "Lead ID,Source,Created,Email\n1,Web,2026-01-31,\n1,Fair,2026-01-30,\n2,Fair,2026-01-30,\n"
    let suggestion = try SuggestedFiles.suggest(["leads.csv": text])
    #expect(try suggestion.record(.lead).source("id") == "Lead ID")
    #expect(suggestion.isUnsure("rows that repeat a value of Lead ID (1) count as one"))
  }

  @Test func `names the other id where two would do, and knows the lead by both`() throws {
    let text = "Lead Number,Prospect ID,Source\n7,x1,Web\n8,x2,Fair\n"
    let (suggestion, outcome) = try SuggestedFiles.imported(["leads.csv": text])
    let lead = try suggestion.record(.lead)
    #expect(lead.source("id") == "Prospect ID")
    #expect(lead.alsoKnownAs.map { $0.columns.map(\.name) } == [["Lead Number"]])
    #expect(suggestion.isUnsure("\"Lead Number\" would fit too"))
    #expect(outcome.batch[.merge].rowCount == 2)
  }

  static let hostileNames = [
    "He said \"hi\"", "colon: here", "line\nbreak", "- x", "{", "}", "[a]", "# no comment", "*",
    "&a",
    "!tag", "%", "@", "`", "'", "yes", "null", "~", "1", "2026-01-01", "a, b", "? key", "| pipe",
    "> fold", "\\", "tab\there", "  spaced  ", "Ünïcödé", "日本語", "🙂", "=1+1", "when", "kind",
    String(repeating: "long ", count: 300),
  ]

  @Test(arguments: hostileNames)
  func `writes any column's name so that it reads back`(name: String) throws {
    let quoted = "\"" + name.replacing("\"", with: "\"\"") + "\""
    let text = """
      Lead ID,Source,Created,\(quoted),\(quoted) Source
      1,Web,2026-01-31,x,Web
      2,Fair,2026-02-01,y,Web

      """
    let header = text.replacing("\(quoted) Source", with: quoted.dropLast() + " Source\"")
    let (suggestion, outcome) = try SuggestedFiles.imported(["leads.csv": header])
    #expect(try suggestion.record(.lead).source("id") == "Lead ID")
    #expect(outcome.refused.isEmpty)
  }

  @Test(arguments: hostileNames)
  func `maps a column of any name when it fits`(name: String) throws {
    let full = name + " created date"
    let quoted = "\"" + full.replacing("\"", with: "\"\"") + "\""
    let text = "Lead ID,Source,\(quoted)\n1,Web,2026-01-31\n2,Fair,2026-02-01\n"
    let (suggestion, outcome) = try SuggestedFiles.imported(["leads.csv": text])
    let source = try #require(try suggestion.record(.lead).source("created"))
    #expect(source.hasSuffix("created date"))
    #expect(outcome.batch[.lead]["created"].allSatisfy { $0 > 0 })
  }

  @Test func `renames hostile values so that they read back`() throws {
    let stages = ["Won", "Lost", "a: b", "{x}", "- y", "\"q\"", "# z", "yes", "", "null", "1"]
    let rows = stages.enumerated().map { index, stage in
      "\(index),\"\(stage.replacing("\"", with: "\"\""))\",2026-01-01"
    }
    let text = "Deal ID,Stage,Close Date\n" + rows.joined(separator: "\n") + "\n"
    let (suggestion, outcome) = try SuggestedFiles.imported(["deals.csv": text])
    let renames = try suggestion.record(.deal).renames("outcome")
    #expect(renames["a: b"] == "open")
    #expect(renames["Won"] == "won")
    #expect(renames["Lost"] == "lost")
    #expect(renames.count == stages.count - 2)
    #expect(outcome.refused.isEmpty)
  }

  @Test func `reads a table of 300 columns`() throws {
    let names = ["Lead ID"] + (1..<299).map { "Answer \($0)" } + ["Lead Source"]
    let rows = (0..<20).map { row in
      (["\(row)"] + (1..<299).map { "\($0 * row)" } + ["Web"]).joined(separator: ",")
    }
    let text = ([names.joined(separator: ",")] + rows).joined(separator: "\n") + "\n"
    let (suggestion, outcome) = try SuggestedFiles.imported(["leads.csv": text])
    #expect(try suggestion.record(.lead).sources == ["id": "Lead ID", "channel": "Lead Source"])
    #expect(suggestion.comments[.file(0)]?.contains("and 238 more") == true)
    #expect(outcome.batch[.lead].rowCount == 20)
  }

  @Test func `never maps a column that the file does not name itself`() throws {
    let text = "Lead ID,Source,Source,,\n1,Web,Fair,2026-01-01,x\n2,Web,Fair,2026-01-02,y\n"
    let (suggestion, outcome) = try SuggestedFiles.imported(["leads.csv": text])
    #expect(try suggestion.record(.lead).sources == ["id": "Lead ID", "channel": "Source"])
    #expect(suggestion.diagnostics.map(\.code) == ["file.duplicate-column"])
    #expect(outcome.refused.isEmpty)
  }

  @Test func `puts files with the same columns into one part`() throws {
    let files = [
      "leads-1.csv": "Lead ID,Source\n1,Web\n2,Web\n",
      "leads-2.csv": "lead_id,SOURCE\n2,Web\n3,Fair\n",
    ]
    let (suggestion, outcome) = try SuggestedFiles.imported(files)
    #expect(
      suggestion.mapping.files.map { $0.patterns.map(\.text) } == [["leads-1.csv", "leads-2.csv"]]
    )
    #expect(try suggestion.record(.lead).source("id") == "Lead ID")
    #expect(!suggestion.isUnsure("repeat"))
    #expect(outcome.batch[.lead].rowCount == 4)
  }

  @Test func `warns of files with one name and different columns`() throws {
    let first = try SuggestedFiles(["x.csv": "Lead ID,Source\n1,Web\n"])
    let second = try SuggestedFiles(["X.csv": "Deal ID,Lead ID,Stage\n1,1,Won\n"])
    let suggestion = try MappingSuggestion.suggest(paths: first.paths + second.paths)
    #expect(suggestion.diagnostics.map(\.code) == ["suggest.same-name"])
  }

  @Test func `counts what the reader is asked to decide`() throws {
    let text = "Lead ID,Lead Source,Created,Segment\n1,Web,2026-01-31,A\n"
    let written = try SuggestedFiles(["leads.csv": text])
    #expect(try MappingSuggestion.suggest(paths: written.paths, source: "crm").unsureCount == 0)
    #expect(try MappingSuggestion.suggest(paths: written.paths).unsureCount == 1)
  }

  @Test func `takes the source that is given`() throws {
    let written = try SuggestedFiles(["leads.csv": "Lead ID\n1\n"])
    let suggestion = try MappingSuggestion.suggest(paths: written.paths, source: "our: crm")
    #expect(suggestion.mapping.source == "our: crm")
    #expect(!suggestion.isUnsure("give source"))
    #expect(MappingReader.read(text: suggestion.yaml, file: "m.yaml").mapping == suggestion.mapping)
  }

  @Test(arguments: UInt64(0)..<150)
  func `proposes for any table what reads back, or says why not`(seed: UInt64) throws {
    var dice = SuggestionDice(seed)
    let files = dice.files()
    let suggestion: MappingSuggestion
    do {
      suggestion = try SuggestedFiles.suggest(files)
    } catch let error as InputError {
      #expect(error.diagnostics.contains { $0.severity == .error })
      return
    }
    let (mapping, diagnostics) = MappingReader.read(text: suggestion.yaml, file: "mapping.yaml")
    #expect(diagnostics.map(\.description) == [])
    #expect(mapping == suggestion.mapping)
  }
}

/// Makes tables of names and values that mean something, at random.
struct SuggestionDice {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  /// The generator of Steele, Lea and Flood (splitmix64), doi:10.1145/2660193.2660195.
  private mutating func below(_ limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
  }

  private static let names = [
    "Lead ID", "Deal ID", "id", "Email", "Created", "Close Date", "Amount", "Amount (EUR)", "Stage",
    "Status", "Source", "Channel", "Campaign", "Cost", "Impressions", "Clicks", "Owner",
    "Activity ID",
    "Activity Type", "Timestamp", "Meeting Outcome", "Start Time", "Converted", "MQL Date",
    "is_sql",
    "Day", "Currency", "user_id", "Name", "Reason", "visit_id", "Lead Score", "Segment", "-",
    "a: b",
    "\"\"quoted\"\"", "{", "",
  ]

  private static let values = [
    "", "1", "2", "17", "1.234", "1,5", "€ 3.50", "$4", "2026-01-02", "3/4/2026", "13/4/2026",
    "4/13/2026", "01.02.2026 10:00", "Won", "Lost", "Open", "MQL", "Qualified", "Select", "N/A",
    "--",
    "Google", "google", "a@x.com", "b@x.com", "Yes", "No", "true", "Call", "Meeting", "Note", "EUR",
    "No Show", "x;y", "a: b", "- y", "{", "\"\"q\"\"", "line\nbreak", "#", "None",
  ]

  mutating func files() -> [String: String] {
    var files: [String: String] = [:]
    let names = ["leads.csv", "deals.csv", "ads.csv", "calls.csv", "{x}.csv", "a b.csv"]
    for _ in 0...below(3) { files[names[below(names.count)]] = table() }
    return files
  }

  private mutating func table() -> String {
    let header = (0...below(9)).map { _ in Self.names[below(Self.names.count)] }
    let pools = header.map { _ in (0...below(4)).map { _ in Self.values[below(Self.values.count)] }
    }
    let numbered = header.map { _ in below(3) == 0 }
    var lines = [header]
    for row in 0..<below(30) {
      lines.append(
        pools.indices.map { numbered[$0] ? "\(row)" : pools[$0][below(pools[$0].count)] }
      )
    }
    return lines.map { $0.map { "\"\($0)\"" }.joined(separator: ",") }.joined(separator: "\n")
      + "\n"
  }
}
