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
    /// The facts.
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
          + "plumbline import --suggest proposes one."
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
  /// - Complexity: O(bytes); each file is passed over twice.
  public func read(
    _ paths: [String],
    progress: (String, Int) -> Void = { _, _ in }
  ) throws -> Outcome {
    let (plan, skipped) = plan(paths)
    var findings = findings(skipped: skipped, isAll: plan.isEmpty)
    var tables: [TablePlan] = []
    var joins = JoinTables(paths: paths)
    for (path, part) in plan {
      do {
        let reader = try open(path, part)
        let table = try TablePlan(reader, part, mapping, options)
        findings += table.findings
        try joins.load(part, options: tableOptions([]))
        tables.append(table)
      } catch let error as InputError {
        findings += error.diagnostics
      }
    }
    if findings.contains(where: { $0.severity == .error }) { throw InputError(findings) }
    var outcome = Outcome()
    outcome.diagnostics = findings + missingFiles(plan)
    for table in tables {
      var reading = TableReading(
        table,
        mapping: mapping,
        calendar: calendar,
        joins: joins,
        file: outcome.importedFiles.count
      )
      try reading.run(into: &outcome, progress: progress)
    }
    // A look-up's file shapes the facts as well: another version of it is another import.
    for file in joins.files where !plan.contains(where: { $0.path == file.path }) {
      outcome.importedFiles.append(file.imported)
      outcome.files.append(file.report)
    }
    return outcome
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
    var fileOptions = FileBytes.Options()
    switch part.encoding {
    case .utf8: fileOptions.encoding = .utf8
    case .utf16: fileOptions.encoding = .utf16LittleEndian
    case .windows1252: fileOptions.encoding = .windows1252
    case nil: break
    }
    var required: [[String]] = []
    var keys: [String] = []
    for record in part.records {
      for field in record.fields + record.alsoKnownAs where !field.columns.isEmpty {
        required.append(field.columnNames)
      }
      required += record.conditions.map { [$0.column.name] }
      if record.kind == .spend, let key = record["campaign"] ?? record["from"] {
        keys += key.columnNames
      }
    }
    var options = tableOptions(required)
    options.keyColumns = keys
    options.delimiter = part.delimiter.flatMap(Dialect.Delimiter.init)
    options.headerLine = part.headerLine
    return try TableReader(path: path, fileOptions: fileOptions, options: options)
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
