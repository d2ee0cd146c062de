import PlumblineCore

/// Look-ups in other files: what stands beside a key.
struct JoinTables {
  /// One column's values by another's.
  struct Table {
    var keys = TextDictionary()
    var values = TextDictionary()
    /// The value's code for each key's code; 0 where the key is missing.
    var valueOfKey: [UInt32] = [0]

    /// The code of the value beside a key, 0 when it is blank, nil when there is no such key.
    func value(of key: UnsafeRawBufferPointer) -> UInt32? {
      keys.code(of: key).map { valueOfKey[Int($0)] }
    }
  }

  /// A file that look-ups read.
  struct File {
    let path: String
    let imported: ImportedFile
    let report: ImportReport.File
  }

  private let paths: [String]
  /// The files read so far, each once.
  private(set) var files: [File] = []
  private(set) var tables: [Join: Table] = [:]

  init(paths: [String]) { self.paths = paths }

  /// Reads the look-ups that a file's mapping needs.
  ///
  /// - Throws: `InputError` when a file for a look-up was not given or lacks a column.
  mutating func load(_ part: FileMapping, options: TableOptions) throws {
    for record in part.records {
      for field in record.fields + record.alsoKnownAs {
        guard let join = field.join, tables[join] == nil else { continue }
        tables[join] = try read(join, options, at: field.spot.location)
      }
    }
  }

  private mutating func read(
    _ join: Join,
    _ options: TableOptions,
    at location: Diagnostic.Location?
  ) throws -> Table {
    guard
      let path = paths.first(where: { join.file.matches(fileName(ofPath: $0)) })
    else {
      throw InputError(
        code: "import.join-file-missing",
        "the mapping looks values up in \(join.file.text), which was not given.",
        at: location,
        remedy: "Name that file on the command line too."
      )
    }
    var options = options
    options.requiredColumns = [[join.key.name], [join.value.name]]
    let reader = try TableReader(path: path, options: options)
    guard let key = reader.column(named: join.key.name),
      let value = reader.column(named: join.value.name)
    else {
      throw InputError(
        code: "import.unknown-column",
        "\(join.file.text) has no column \"\(join.key.name)\" or \"\(join.value.name)\".",
        at: location
      )
    }
    var table = Table()
    let summary = reader.forEachRow { row in
      let code = table.keys.intern(row.bytes(key))
      if Int(code) == table.valueOfKey.count {
        table.valueOfKey.append(table.values.intern(row.bytes(value)))
      }
    }
    if !files.contains(where: { $0.path == path }) {
      var report = ImportReport.File(name: fileName(ofPath: path))
      report.describe(reader)
      report.rowCount = summary.dataRowCount + summary.refused.count
      report.refusedCount = summary.refused.count
      report.mendedCount = summary.mendedLines.count
      files.append(File(path: path, imported: ImportedFile(reader.file), report: report))
    }
    return table
  }
}
