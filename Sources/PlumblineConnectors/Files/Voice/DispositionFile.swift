import Crypto
public import PlumblineCore

/// Files in which sales says what became of leads, with a mapping made for them.
///
/// The columns are found by their usual names; the reasons are checked against the agreement's list,
/// and stored as it writes them.
public struct DispositionFile {
  /// The mapping for all files.
  public let mapping: Mapping
  /// The ids of the leads named, each with the file and the first line that names it.
  public let leads: [(id: String, location: Diagnostic.Location)]
  /// How many rows say something.
  public let rowCount: Int
  /// Notes on the files.
  public let notes: [Diagnostic]

  /// The names that a column may bear, the most usual first.
  static let names: [(column: String, names: [String])] = [
    (
      "lead",
      [
        "lead", "lead id", "leadid", "id", "contact", "contact id", "record id", "lead/contact id",
      ]
    ),
    (
      "reason",
      [
        "reason", "disposition", "disposition reason", "outcome", "lead outcome", "result",
        "rejection reason", "disqualification reason",
      ]
    ),
    (
      "at",
      [
        "date", "at", "time", "timestamp", "on", "disposition date", "disposed at", "disposed on",
        "created", "created at",
      ]
    ),
    (
      "owner",
      ["owner", "rep", "sales rep", "by", "user", "owner id", "lead owner", "contact owner"]
    ),
    ("note", ["note", "notes", "disposition note", "comment", "comments", "remark", "remarks"]),
  ]

  /// Looks at files and makes a mapping for them.
  ///
  /// - Parameters:
  ///   - paths: The files.
  ///   - agreement: Whose list of reasons holds, and in whose time zone days begin.
  /// - Throws: `InputError` with every column that is missing and every reason that is not on the
  ///   list, with its first line and how often it stands there.
  /// - Complexity: O(bytes of the files).
  public init(_ paths: [String], under agreement: Agreement) throws {
    var findings: [Diagnostic] = []
    var notes: [Diagnostic] = []
    var files: [FileMapping] = []
    var leads: [String: Int] = [:]
    var locations: [(id: String, location: Diagnostic.Location)] = []
    var rowCount = 0
    var names: Set<String> = []
    for path in paths {
      let name = path.split(separator: "/").last.map(String.init) ?? path
      if !names.insert(name.lowercased()).inserted {
        findings.append(
          Diagnostic(
            .error,
            code: "disposition.same-name",
            "two files are called \(name).",
            at: Diagnostic.Location(file: path),
            remedy: "Rename one of them."
          )
        )
        continue
      }
      let table = try TableReader(path: path)
      notes += table.notes
      guard let columns = Self.columns(of: table, path, &findings) else { continue }
      var reasons = ReasonColumn(agreement.dispositions)
      let lead = columns["lead"] ?? 0
      let reason = columns["reason"] ?? 0
      table.forEachRow { row in
        let id = row.string(lead)
        if !id.isEmpty, leads.updateValue(row.line, forKey: id) == nil {
          locations.append((id, Diagnostic.Location(file: path, line: row.line)))
        }
        if reasons.take(row.string(reason), line: row.line) { rowCount += 1 }
      }
      findings += reasons.findings(path)
      files.append(Self.file(named: name, table, columns, reasons.renames))
    }
    guard findings.isEmpty else { throw InputError(findings) }
    var mapping = Mapping(
      source: "dispositions",
      zoneName: agreement.calendar.zoneName,
      files: files
    )
    let yaml = MappingWriter.yaml(mapping)
    mapping.canonicalHash = SHA256.hash(data: Array(yaml.utf8)).hexadecimal
    self.mapping = mapping
    self.leads = locations
    self.rowCount = rowCount
    self.notes = notes
  }

  /// The mapping as a mapping file writes it.
  public var yaml: String { MappingWriter.yaml(mapping) }

  private static func columns(
    of table: TableReader,
    _ path: String,
    _ findings: inout [Diagnostic]
  ) -> [String: Int]? {
    let header = table.header.map(HeaderName.normalized)
    var columns: [String: Int] = [:]
    for (column, names) in Self.names {
      let free = names.lazy.compactMap { name in
        header.indices.first { header[$0] == name && !columns.values.contains($0) }
      }
      columns[column] = free.first
    }
    for column in ["lead", "reason"] where columns[column] == nil {
      let names = Self.names.first { $0.column == column }?.names ?? []
      findings.append(
        Diagnostic(
          .error,
          code: "disposition.no-column",
          "no column names the \(column).",
          at: Diagnostic.Location(file: path, line: table.headerLine),
          remedy: "Call it \"\(column)\"; also known: "
            + names.dropFirst().prefix(4).map { "\"\($0)\"" }.joined(separator: ", ") + "."
        )
      )
    }
    return columns["lead"] != nil && columns["reason"] != nil ? columns : nil
  }

  private static func file(
    named name: String,
    _ table: TableReader,
    _ columns: [String: Int],
    _ renames: ValueRenames
  ) -> FileMapping {
    let fields = ["lead", "at", "reason", "owner"].compactMap { column -> FieldMapping? in
      columns[column].map { position in
        FieldMapping(
          column,
          from: .columns([ColumnReference(table.header[position])]),
          renames: column == "reason" ? renames : ValueRenames()
        )
      }
    }
    return FileMapping(
      patterns: [FilePattern(name)],
      records: [RecordMapping(kind: .disposition, fields: fields)]
        + (note(table, columns).map { [$0] } ?? [])
    )
  }
}

extension DispositionFile {
  /// The name under which a note is kept as a word of sales about the lead.
  public static let noteName = "disposition_note"

  /// What else was said, as a word of sales about the lead; nil where there is no column for it.
  private static func note(_ table: TableReader, _ columns: [String: Int]) -> RecordMapping? {
    guard let note = columns["note"], let lead = columns["lead"] else { return nil }
    func column(_ name: String, _ position: Int) -> FieldMapping {
      FieldMapping(name, from: .columns([ColumnReference(table.header[position])]))
    }
    return RecordMapping(
      kind: .attribute,
      fields: [
        column("lead", lead), FieldMapping("name", from: .constant(noteName)),
        column("value", note), FieldMapping("by", from: .constant(Stage.Team.sales.rawValue)),
      ] + (columns["at"].map { [column("at", $0)] } ?? [])
    )
  }
}

/// The reasons in a column, checked against a list.
private struct ReasonColumn {
  private let reasons: [DispositionReason]
  private var idOfWord: [String: String] = [:]
  private var spellings: [String: String] = [:]
  private var order: [String] = []
  private var unknown: [String: (line: Int, count: Int)] = [:]

  init(_ reasons: [DispositionReason]) {
    self.reasons = reasons
    for reason in reasons {
      for word in [reason.id] + reason.aliases where idOfWord[WordKey.of(word)] == nil {
        idOfWord[WordKey.of(word)] = reason.id
      }
    }
  }

  /// Takes a cell; whether it holds a reason at all.
  mutating func take(_ cell: String, line: Int) -> Bool {
    if cell.isEmpty { return false }
    if spellings[cell] != nil { return true }
    guard let id = idOfWord[WordKey.of(cell)] else {
      unknown[cell, default: (line, 0)].count += 1
      return true
    }
    spellings[cell] = id
    order.append(cell)
    return true
  }

  /// From each spelling to the list's.
  var renames: ValueRenames {
    ValueRenames(
      order.compactMap { spelling in
        spellings[spelling].flatMap { $0 == spelling ? nil : ValueRenames.Entry(spelling, to: $0) }
      }
    )
  }

  func findings(_ path: String) -> [Diagnostic] {
    let known = reasons.map(\.id)
    return unknown.sorted { $0.value.line < $1.value.line }.map { word, place in
      let times = place.count == 1 ? "" : ", \(place.count) times"
      return Diagnostic(
        .error,
        code: "disposition.unknown-reason",
        "\"\(word.prefix(60))\" is no reason of the agreement\(times).",
        at: Diagnostic.Location(file: path, line: place.line),
        remedy: (nearest(word).map { "Did you mean \"\($0)\"? " } ?? "")
          + "Reasons: \(known.joined(separator: ", ")). Others are added under dispositions in "
          + "agreement.yaml."
      )
    }
  }

  private func nearest(_ word: String) -> String? {
    let words = reasons.flatMap { [$0.id] + $0.aliases }.map(WordKey.of)
    return Suggestion.nearest(to: WordKey.of(word), among: words).flatMap { idOfWord[$0] }
  }
}
