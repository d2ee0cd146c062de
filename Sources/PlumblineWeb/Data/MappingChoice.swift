import Foundation
import PlumblineCommands
import PlumblineConnectors
import PlumblineCore

/// Which mapping uploaded files are read by: the one that read such files before, else a proposal.
enum MappingChoice {
  /// Where mappings are kept that imports were made with.
  private static let folder = "mappings"

  /// The mapping to begin with.
  ///
  /// - Parameters:
  ///   - upload: The files.
  ///   - workspace: Where earlier mappings are.
  ///   - isNew: Whether earlier mappings are passed over.
  /// - Returns: The text of the mapping.
  /// - Throws: `InputError` when there is none and none can be proposed.
  static func text(
    for upload: UploadShelf.Upload,
    in workspace: Workspace,
    isNew: Bool = false
  ) throws -> String {
    for path in isNew ? [] : earlier(workspace) {
      guard let bytes = FileManager.default.contents(atPath: path),
        let mapping = MappingReader.read(Array(bytes), file: path).mapping,
        let part = mapping.covering(upload.names),
        (try? Workspace.rehearse(upload.paths, by: part)) != nil
      else { continue }
      return part.files.count == mapping.files.count
        ? String(decoding: bytes, as: UTF8.self) : MappingWriter.yaml(part)
    }
    return try MappingSuggestion.suggest(paths: upload.paths).yaml
  }

  /// The workspace's own mapping, then those of earlier imports, the newest first.
  private static func earlier(_ workspace: Workspace) -> [String] {
    let folder = workspace.path(of: folder)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let numbers = names.compactMap { Int($0.split(separator: ".").first ?? "") }.sorted(by: >)
    return [workspace.path(of: "mapping.yaml")] + numbers.map { "\(folder)/\($0).yaml" }
  }

  /// Keeps the mapping of an import, for the next export of the same files.
  ///
  /// - Parameters:
  ///   - text: The mapping.
  ///   - sequence: The import's number.
  ///   - workspace: The workspace.
  /// - Throws: What writing a file throws.
  static func keep(_ text: String, ofImport sequence: Int, in workspace: Workspace) throws {
    try FileManager.default.createDirectory(
      atPath: workspace.path(of: folder),
      withIntermediateDirectories: true
    )
    let place = workspace.path(of: "\(folder)/\(sequence).yaml")
    try Data(text.utf8).write(to: URL(fileURLWithPath: place), options: .atomic)
  }

  /// A mapping changed by what somebody chose, as text.
  ///
  /// What the proposal is unsure of stays said, but for the fields that were decided.
  ///
  /// - Parameters:
  ///   - fields: The fields of the form: `source`, `zone`, `currency`, `date_order`, `decimal`, and
  ///     `choice-FILE-RECORD-FIELD` with the position of a column, or nothing to leave it out.
  ///   - proposal: The mapping before.
  ///   - upload: The files.
  /// - Returns: The text; nil where there is no mapping that could be changed.
  static func changed(
    by fields: FormFields,
    _ proposal: Proposal,
    of upload: UploadShelf.Upload
  ) -> String? {
    guard var mapping = proposal.mapping, let preview = proposal.preview else { return nil }
    if let source = fields["source"], !source.isEmpty { mapping.source = source }
    if let zone = fields["zone"], !zone.isEmpty { mapping.zoneName = zone }
    if let currency = fields["currency"] {
      mapping.currency = currency.isEmpty ? nil : currency.uppercased()
    }
    if let order = fields["date_order"] { mapping.dateOrder = Mapping.DateOrder(rawValue: order) }
    if let decimal = fields["decimal"] { mapping.decimal = Mapping.DecimalMark(rawValue: decimal) }
    for field in fields.fields {
      let parts = field.name.split(separator: "-", maxSplits: 3).map(String.init)
      guard parts.count == 4, parts[0] == "choice", field.value != FieldChoice.kept,
        let file = Int(parts[1]), let record = Int(parts[2])
      else { continue }
      let columns = preview.tables.first { $0.parts.contains(file) }?.columns ?? []
      guard !field.value.isEmpty else {
        mapping.choose(.nothing, for: parts[3], ofRecord: record, inFile: file)
        continue
      }
      guard let place = Int(field.value), columns.indices.contains(place) else { continue }
      let choice = Mapping.Choice.column(columns[place].name)
      mapping.choose(choice, for: parts[3], ofRecord: record, inFile: file)
    }
    if mapping == proposal.mapping { return proposal.text }
    // What was settled before stays settled.
    let open = Set(proposal.questions.map(\.question))
    return Proposal.text(
      MappingWriter.yaml(mapping, comments: comments(on: mapping, upload)),
      keeping: { question in
        // A currency of all files answers the question of each.
        open.contains(question)
          && (mapping.currency == nil || !question.hasPrefix("nothing says the currency"))
      }
    )
  }

  /// The comments of the proposal that still hold.
  private static func comments(
    on mapping: Mapping,
    _ upload: UploadShelf.Upload
  ) -> [MappingWriter.Place: String] {
    guard let suggestion = try? MappingSuggestion.suggest(paths: upload.paths),
      suggestion.mapping.files.map(\.patterns) == mapping.files.map(\.patterns),
      suggestion.mapping.files.map({ $0.records.map(\.kind) })
        == mapping.files.map({ $0.records.map(\.kind) })
    else { return [:] }
    var comments = suggestion.comments
    comments[.top] = comments[.top].map { text in
      text.split(separator: "\n").filter { line in
        !(line.contains("set time_zone") && suggestion.mapping.zoneName != mapping.zoneName)
          && !(line.contains("give source") && suggestion.mapping.source != mapping.source)
      }.joined(separator: "\n")
    }
    // A record that has got a field for what it lacked lacks it no more.
    for (place, text) in comments {
      guard case .record(let file, let record) = place,
        mapping.files[file].records[record].fields.count
          > suggestion.mapping.files[file].records[record].fields.count
      else { continue }
      comments[place] = text.split(separator: "\n").filter { !$0.contains("unsure: no column") }
        .joined(separator: "\n")
    }
    return comments.filter { place, _ in
      switch place {
      case .top, .file, .record: return true
      case .field(let file, let record, let field):
        func source(_ mapping: Mapping) -> FieldMapping.Source? {
          mapping.files[file].records[record].fields.first {
            MappingKeys.fields(of: mapping.files[file].records[record].kind).contains(field)
              && ($0.column == field || $0.column == "kind" && field == "type")
          }?.source
        }
        return source(suggestion.mapping) == source(mapping)
      }
    }
  }
}

/// What the select of a field can say besides a column.
enum FieldChoice {
  /// What the mapping says stays, where it is no single column.
  static let kept = "keep"

  /// The name of a field's select.
  static func name(file: Int, record: Int, field: String) -> String {
    "choice-\(file)-\(record)-\(field)"
  }
}
