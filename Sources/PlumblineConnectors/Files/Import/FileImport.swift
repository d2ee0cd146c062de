import Foundation
public import PlumblineCore

/// Reads delimited files as facts, by a mapping: columns in, columns out.
///
/// All questions that the files leave open (the order of dates, the decimal sign, a currency) are
/// asked at once, before anything is read for good; a row that cannot be read whole is refused.
public struct FileImport {
  /// What a user may say over the mapping.
  public struct Options: Sendable, Hashable {
    /// The order of dates that a column leaves open.
    public var dateOrder: Mapping.DateOrder?
    /// The decimal sign that a column leaves open.
    public var decimal: Mapping.DecimalMark?
    /// The currency of amounts that say none.
    public var currency: String?

    /// Options; nothing said.
    public init(
      dateOrder: Mapping.DateOrder? = nil,
      decimal: Mapping.DecimalMark? = nil,
      currency: String? = nil
    ) {
      self.dateOrder = dateOrder
      self.decimal = decimal
      self.currency = currency
    }
  }

  /// What came of reading.
  public struct Outcome: Sendable {
    /// The facts; those of a reading piece by piece are texts alone, its tables are empty.
    public var batch = FactBatch()
    /// Stage dates that a column left blank, with `missing` as their time.
    public var blankStageDates = FactTable(.stageEvent)
    /// Columns that hold one stage's date each, by the text in the facts' evidence.
    public var stageDateColumns: Set<String> = []
    /// The files, in the order in which facts refer to them.
    public var importedFiles: [ImportedFile] = []
    /// What was found in each file.
    public var files: [ImportReport.File] = []
    /// The first rows refused, with their text for a file of refusals.
    public var refused: [ImportReport.RefusedRow] = []
    /// Warnings and notes.
    public var diagnostics: [Diagnostic] = []
  }

  /// Says that files which looked plain hold something that is only read right in the other way.
  ///
  /// What was passed on until then does not count: whoever stores it takes it back, adds the paths
  /// to `readsSlowly` and reads again.
  public struct Restart: Error {
    /// The files.
    public let paths: Set<String>
  }

  /// Files that are read row by row from the beginning, see `Restart`.
  public var readsSlowly: Set<String> = []
  /// How plain files are cut, and whether they are read in bulk at all.
  package var effort = Effort()

  /// How plain files are read.
  package struct Effort: Sendable, Hashable {
    /// Whether they are read in bulk.
    package var isBulk = true
    /// About how many bytes a block has.
    package var blockByteCount = 2 << 20
    /// How many blocks are read at the same time.
    package var blocksPerWindow = 8
    /// Whether they are read by several threads.
    package var isConcurrent = true
    /// How many rows show how columns are written; each further cell must agree.
    package var surveyedRowCount = 4096
    /// How many bytes a quoted cell may have that spans blocks.
    package var longestCarry = 16 << 20

    /// As is best for large files.
    package init() {}
  }

  private let mapping: Mapping
  private let calendar: LocalCalendar
  private let options: Options

  /// A reader by a mapping.
  ///
  /// - Throws: `InputError` when the mapping's time zone does not exist.
  public init(_ mapping: Mapping, options: Options = Options()) throws {
    guard let calendar = LocalCalendar(zoneName: mapping.zoneName) else {
      throw InputError(
        code: "mapping.unknown-time-zone",
        "there is no time zone \"\(mapping.zoneName)\".",
        remedy: "Use a name of the time zone database, such as Europe/Berlin."
      )
    }
    self.mapping = mapping
    self.calendar = calendar
    self.options = options
  }

  /// The files that the mapping reads, each with the mapping's part for it.
  private func plan(
    _ paths: [String]
  ) -> (tables: [(path: String, mapping: FileMapping)], skipped: [String]) {
    var tables: [(String, FileMapping)] = []
    var skipped: [String] = []
    let joinPatterns = mapping.files.flatMap(\.records).flatMap { record in
      (record.fields + record.alsoKnownAs).compactMap(\.join?.file)
    }
    for path in paths {
      let name = fileName(ofPath: path)
      let fitting = mapping.files.filter { $0.matches(fileName: name) }
      for part in fitting { tables.append((path, part)) }
      if fitting.isEmpty, !joinPatterns.contains(where: { $0.matches(name) }) {
        skipped.append(path)
      }
    }
    return (tables, skipped)
  }

  /// What to say of files that the mapping does not know: left out, or wrong when none is known.
  private func findings(skipped: [String], isAll: Bool) -> [Diagnostic] {
    skipped.map { path in
      let name = fileName(ofPath: path)
      guard FileManager.default.fileExists(atPath: path) else {
        return Diagnostic(
          .error,
          code: "file.not-found",
          "the file does not exist.",
          at: Diagnostic.Location(file: path),
          remedy: "Check the path."
        )
      }
      return Diagnostic(
        isAll ? .error : .warning,
        code: "import.no-mapping",
        "the mapping says nothing about \(name)\(isAll ? "" : "; it was left out").",
        at: Diagnostic.Location(file: path),
        remedy: "Add a part \"file: \(name)\" to the mapping, or leave the file out; "
          + "plumbline import --suggest proposes one.",
        onPage: "Choose Propose anew, or add a part \"file: \(name)\" to the mapping as text; to "
          + "leave the file out, remove the upload and send the others."
      )
    }
  }

  /// Reads files as facts.
  ///
  /// - Parameters:
  ///   - paths: The files; those that only serve a look-up included.
  ///   - progress: Called now and then with a file's name and the rows read so far.
  /// - Returns: The facts and what was found on the way.
  /// - Throws: `InputError` with every open question and unreadable file.
  /// - Complexity: O(bytes); each file is passed over twice at most.
  public func read(
    _ paths: [String],
    progress: @escaping (String, Int) -> Void = { _, _ in }
  ) throws -> Outcome {
    var files = self
    while true {
      do {
        var batch = FactBatch()
        var outcome = try files.read(paths, progress: progress) { table in
          batch[table.kind].append(contentsOf: table)
        }
        batch.texts = outcome.batch.texts
        outcome.batch = batch
        return outcome
      } catch let surprise as Restart {
        files.readsSlowly.formUnion(surprise.paths)
      }
    }
  }

  /// Reads files as facts, piece by piece.
  ///
  /// - Parameters:
  ///   - paths: The files; those that only serve a look-up included.
  ///   - progress: Called now and then with a file's name and the rows read so far.
  ///   - store: Called with facts of one kind, at most 65,536 of them but for sums of spend; the
  ///     facts of a kind come in the order of the files and their rows.
  /// - Returns: What was found on the way; its batch holds the numbering and no facts.
  /// - Throws: `InputError` with every open question and unreadable file, before anything is passed
  ///   on; `Restart`, perhaps after it; and what `store` throws.
  /// - Complexity: O(bytes); memory does not grow with the size of plain files.
  public func read(
    _ paths: [String],
    progress: (String, Int) -> Void = { _, _ in },
    store: (FactTable) throws -> Void
  ) throws -> Outcome {
    try withoutActuallyEscaping(progress) { progress in
      try withoutActuallyEscaping(store) { store in
        var sink = FactSink(mapping, calendar, progress: progress, store: store)
        try read(paths, into: &sink)
        return sink.outcome
      }
    }
  }

  private func read(_ paths: [String], into sink: inout FactSink) throws {
    let (plan, skipped) = plan(paths)
    var findings = findings(skipped: skipped, isAll: plan.isEmpty)
    var sources: [(path: String, part: FileMapping, table: TablePlan?, bulk: BulkReading?)] = []
    var joins = JoinTables(paths: paths)
    for (path, part) in plan {
      do {
        if let bulk = bulk(path, part) {
          sources.append((path, part, nil, bulk))
          continue
        }
        let table = TablePlan(try open(path, part), part, mapping, options)
        findings += table.findings
        try joins.load(part, options: tableOptions([]))
        sources.append((path, part, table, nil))
      } catch let error as InputError {
        findings += error.diagnostics
      }
    }
    if findings.contains(where: { $0.severity == .error }) { throw InputError(findings) }
    sink.outcome.diagnostics = findings + missingFiles(plan)
    for position in Self.order(of: sources.map { Set($0.part.records.map(\.kind)) }) {
      let source = sources[position]
      if let bulk = source.bulk {
        try bulk.run(into: &sink, calendar: calendar, joins: joins)
      } else if let table = source.table {
        try TableReading(table, joins: joins).run(into: &sink)
      }
    }
    // A look-up's file shapes the facts as well: another version of it is another import.
    for file in joins.files where !plan.contains(where: { $0.path == file.path }) {
      sink.outcome.importedFiles.append(file.imported)
      sink.outcome.files.append(file.report)
    }
  }

  /// The order in which files are read, by the kinds of facts that they hold.
  ///
  /// Files with leads come first, so that leads are numbered in their own order, which is mostly that
  /// of time: what others say of them then lies together. Files with facts of the same kind stay in
  /// the order in which they were given.
  private static func order(of kinds: [Set<FactKind>]) -> [Int] {
    var (first, rest): ([Int], [Int]) = ([], [])
    for position in kinds.indices {
      let overtakesNone = rest.allSatisfy { kinds[$0].isDisjoint(with: kinds[position]) }
      if kinds[position].contains(.lead), overtakesNone {
        first.append(position)
      } else {
        rest.append(position)
      }
    }
    return first + rest
  }

  /// Whether a file looks plain enough to be read in bulk, in every part of the mapping for it.
  package func looksPlain(_ path: String) -> Bool {
    plan([path]).tables.allSatisfy { bulk($0.path, $0.mapping) != nil }
  }

  /// The plan of a file that can be read in bulk, or nil.
  private func bulk(_ path: String, _ part: FileMapping) -> BulkReading? {
    guard effort.isBulk, !readsSlowly.contains(path) else { return nil }
    return BulkReading(
      path: path,
      encoding: encoding(of: part),
      tableOptions: tableOptions(of: part, at: path),
      calendar: calendar,
      effort: effort
    ) { reader in
      TablePlan(reader, part, mapping, options, surveyedRowCount: effort.surveyedRowCount)
    }
  }

  private func missingFiles(_ plan: [(path: String, mapping: FileMapping)]) -> [Diagnostic] {
    mapping.files.filter { part in
      !part.isOptional && !plan.contains { $0.mapping == part }
    }.map { part in
      Diagnostic(
        .note,
        code: "import.file-not-given",
        "no file matches \(part.patterns.map(\.text).joined(separator: " or ")).",
        at: part.spot.location
      )
    }
  }

  private func open(_ path: String, _ part: FileMapping) throws -> TableReader {
    let fileOptions = FileBytes.Options(encoding: encoding(of: part))
    return try TableReader(
      path: path,
      fileOptions: fileOptions,
      options: tableOptions(of: part, at: path)
    )
  }

  private func encoding(of part: FileMapping) -> TextEncoding? {
    switch part.encoding {
    case .utf8: .utf8
    case .utf16: .utf16LittleEndian
    case .windows1252: .windows1252
    case nil: nil
    }
  }

  private func tableOptions(of part: FileMapping, at path: String) -> TableOptions {
    var required: [[String]] = []
    for record in part.records {
      for field in record.fields + record.alsoKnownAs where !field.columns.isEmpty {
        required.append(field.columnNames)
      }
      required += record.conditions.map { [$0.column.name] }
    }
    var options = tableOptions(required)
    options.delimiter = part.delimiter.flatMap(Dialect.Delimiter.init)
    options.headerLine = part.headerLine
    options.keyColumns =
      TotalsKeys(of: part) {
        let fileOptions = FileBytes.Options(encoding: encoding(of: part))
        return try? TableReader(path: path, fileOptions: fileOptions, options: options)
      }.names
    return options
  }

  private func tableOptions(_ required: [[String]]) -> TableOptions {
    var unique: [[String]] = []
    for columns in required where !unique.contains(columns) { unique.append(columns) }
    return TableOptions(
      requiredColumns: unique,
      maximumListedRows: ImportReport.mostRefusedRows
    )
  }
}

extension FieldMapping {
  /// The names of the columns to look in.
  var columnNames: [String] { columns.map(\.name) }

  /// The value of every row, if it is the same.
  var constant: String? { if case .constant(let text) = source { text } else { nil } }
}

/// The last part of a path.
func fileName(ofPath path: String) -> String {
  path.split(separator: "/").last.map(String.init) ?? path
}
