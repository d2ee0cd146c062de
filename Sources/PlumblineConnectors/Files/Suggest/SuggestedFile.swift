import PlumblineCore

/// Puts proposals together as one mapping with its comments.
struct SuggestedFile {
  private(set) var mapping: Mapping
  private(set) var comments: [MappingWriter.Place: String] = [:]

  init(_ builder: SuggestionBuilder, source: String?) {
    let drafts = builder.drafts
    let spelling = Self.spellings(drafts)
    mapping = Mapping(
      source: source ?? Self.source(drafts) ?? "crm",
      missing: builder.missing.keys.sorted(),
      renames: spelling.isEmpty ? [:] : [.channel: spelling],
      files: drafts.map { draft in
        FileMapping(
          patterns: Self.patterns(draft.table),
          records: draft.records.map(\.mapping)
        )
      }
    )
    var top = [
      "A proposal from the headers and values of the files; read it through before importing.",
      "Where a line says \"unsure\", look at the data and decide; \"not used\" lists the columns "
        + "left out.",
    ]
    if source == nil, Self.source(drafts) == nil {
      top.append("unsure: give source the name of the system that the files come from")
    }
    if builder.hasLocalTimes {
      top.append("unsure: times of day are read as UTC; set time_zone to that of the export")
    }
    for (text, columns) in builder.missing.sorted(by: { $0.key < $1.key }) {
      let places = columns.sorted().prefix(5).joined(separator: ", ")
      top.append("unsure: \"\(text)\" reads as missing (seen in \(places))")
    }
    for entry in spelling.entries {
      top.append(
        "unsure: channel \"\(entry.from)\" is taken for another spelling of \"\(entry.to)\""
      )
    }
    for (table, reason) in builder.leftOut {
      top.append("left out: \(table.fileNames.joined(separator: ", ")), because \(reason)")
    }
    comments[.top] = Self.text(top, indent: 0)
    for (index, draft) in drafts.enumerated() { comment(draft, index, drafts) }
  }

  // MARK: Comments

  private mutating func comment(_ draft: TableDraft, _ file: Int, _ drafts: [TableDraft]) {
    var lines = [draft.title + (draft.source == nil ? ", by its columns" : ", a known export")]
    if draft.table.rowCount == 0 {
      lines.append("unsure: there are no rows, so only the names of the columns speak")
    }
    lines += draft.notes
    let unused = draft.unusedColumns
    if !unused.isEmpty { lines.append("not used: " + Self.list(unused)) }
    comments[.file(file)] = Self.text(lines, indent: 2)
    for (index, record) in draft.records.enumerated() {
      var notes = record.notes
      if record.kind == .spend, let note = channelNote(record, draft, drafts) { notes.append(note) }
      if !notes.isEmpty {
        comments[.record(file: file, record: index)] = Self.text(notes, indent: 6)
      }
      func add(_ field: String, _ notes: [String]) {
        guard !notes.isEmpty else { return }
        comments[.field(file: file, record: index, field: field)] = Self.text(notes, indent: 8)
      }
      add("when", record.conditionNotes)
      add(MappingKeys.alsoKnownAs, record.aliasNotes)
      for field in record.fields {
        add(MappingKeys.fieldName(ofColumn: field.mapping.column), field.notes)
      }
    }
  }

  /// Says when the channels of spend are not those of leads, so that no cost would meet a lead.
  private func channelNote(
    _ record: RecordDraft,
    _ draft: TableDraft,
    _ drafts: [TableDraft]
  ) -> String? {
    let paid = Self.channels(record, draft.table)
    let leads = drafts.flatMap { draft in
      draft.records.filter { $0.kind == .lead }.flatMap { Self.channels($0, draft.table) }
    }
    let known = Set(leads.map(ValueRenames.key))
    let strange = paid.filter { !known.contains(ValueRenames.key($0)) }
    guard !leads.isEmpty, !strange.isEmpty else { return nil }
    return "unsure: no lead has the channel \(FieldPicker.list(strange)); leads have "
      + "\(FieldPicker.list(leads)). Rename one side under values"
  }

  private static func channels(_ record: RecordDraft, _ table: TableEvidence) -> [String] {
    if let constant = record["channel"]?.mapping.constant { return [constant] }
    guard let column = record.source("channel") else { return [] }
    return table[column]?.values?.map(\.text) ?? []
  }

  /// Lines that fit into 100 characters, the later lines of one note indented.
  private static func text(_ notes: [String], indent: Int) -> String {
    let width = 98 - indent
    return notes.flatMap { note in
      var lines: [String] = []
      var line = ""
      for word in note.split(whereSeparator: { $0 == " " || $0.isNewline }) {
        if !line.isEmpty, line.count + word.count + 1 > width {
          lines.append(line)
          line = "  "
        } else if !line.isEmpty {
          line += " "
        }
        line += word
      }
      return lines + [line]
    }.joined(separator: "\n")
  }

  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(60).joined(separator: ", ")
    return names.count > 60 ? "\(shown) and \(names.count - 60) more" : shown
  }

  // MARK: Parts

  /// The system of the first known export with people or deals, else of the first known.
  private static func source(_ drafts: [TableDraft]) -> String? {
    let people = drafts.first { $0.source != nil && $0.first(.spend) == nil }
    return people?.source ?? drafts.compactMap(\.source).first
  }

  private static func spellings(_ drafts: [TableDraft]) -> ValueRenames {
    var spelling = SpellingNotes()
    for draft in drafts {
      for column in Set(draft.records.compactMap { $0.source("channel") }).sorted() {
        draft.table[column].map { spelling.add($0) }
      }
    }
    return spelling.renames
  }

  private static func patterns(_ table: TableEvidence) -> [FilePattern] {
    var patterns: [String] = []
    for name in table.fileNames.map(pattern) where !patterns.contains(name) {
      patterns.append(name)
    }
    return patterns.map { FilePattern($0) }
  }

  /// A file's name as a pattern; what a pattern cannot hold becomes `?`.
  static func pattern(_ name: String) -> String {
    String(name.map { $0 == "\\" || $0 == "/" ? "?" : $0 })
  }
}
