public import PlumblineCore

/// A delimited file as a table: header names, and rows to pass over as often as needed.
///
/// Nothing is read as blank in silence: a row whose fields do not fit the header is refused and
/// listed, and what is left out (totals, repeated headers, blank rows) is counted.
public struct TableReader: Sendable {
  /// The file.
  public let file: FileBytes
  /// The column names: trimmed, unique, never empty.
  public let header: [String]
  /// The line on which the header stands.
  public let headerLine: Int
  /// How fields and lines end.
  public let dialect: Dialect
  /// The lines before the header that are not blank, such as a report's title and dates.
  public let preamble: [TableLine]
  /// What was done or guessed so far, the file's notes included.
  public let notes: [Diagnostic]

  let options: TableOptions
  /// The header's cells as UTF-8, trimmed.
  let headerBytes: [[UInt8]]
  /// The positions of the columns that name what a row is about.
  let keyColumns: [Int]
  /// How many fields a row must have: up to the last column with a name.
  let neededCount: Int
  /// The offset and the line of the record behind the header.
  let dataOffset: Int
  let dataLine: Int

  /// Opens a file and finds the table in it.
  ///
  /// - Parameters:
  ///   - path: Where the file is.
  ///   - fileOptions: The encoding, if the user named one, and limits.
  ///   - options: How the table is looked for.
  /// - Throws: `InputError` with codes `file.…`.
  public init(
    path: String,
    fileOptions: FileBytes.Options = FileBytes.Options(),
    options: TableOptions = TableOptions()
  ) throws {
    try self.init(FileBytes(path: path, options: fileOptions), options: options)
  }

  /// Finds the table in a file that is already open.
  ///
  /// - Parameters:
  ///   - file: The file's text.
  ///   - options: How the table is looked for.
  /// - Throws: `InputError` with codes `file.…`.
  public init(_ file: FileBytes, options: TableOptions = TableOptions()) throws {
    let layout = try file.withText { text in
      try TableLayout(text, options: options, path: file.path)
    }
    let unique = HeaderName.unique(layout.header)
    self.file = file
    self.options = options
    header = unique.names
    headerBytes = layout.header.map { Array(HeaderName.trimmed($0).utf8) }
    headerLine = layout.headerLine
    dialect = layout.dialect
    preamble = layout.preamble
    dataOffset = layout.dataOffset
    dataLine = layout.dataLine
    let lastNamed = layout.header.lastIndex { !HeaderName.trimmed($0).isEmpty }
    neededCount = (lastNamed ?? 0) + 1
    let normalized = unique.names.map(HeaderName.normalized)
    keyColumns = options.keyColumns.compactMap { name in
      normalized.firstIndex(of: HeaderName.normalized(name))
    }
    notes =
      file.notes
      + HeaderNotes(path: file.path, line: layout.headerLine).notes(
        names: unique.names,
        unnamed: unique.unnamed,
        twins: unique.twins
      )
  }

  /// The position of a column by name, compared as `HeaderName.normalized(_:)` does.
  ///
  /// - Complexity: O(columns).
  public func column(named name: String) -> Int? {
    let wanted = HeaderName.normalized(name)
    return header.firstIndex { HeaderName.normalized($0) == wanted }
  }

  /// Passes over the data rows in the order of the file.
  ///
  /// - Parameter body: Called for each data row; the row and its bytes are valid only in the call.
  /// - Returns: What the pass met.
  /// - Throws: What `body` throws; the pass ends there.
  /// - Complexity: O(bytes of the file).
  @discardableResult
  public func forEachRow(_ body: (TableRow) throws -> Void) rethrows -> TableSummary {
    try file.withText { text in
      var pass = TablePass(over: text, of: self)
      while let row = pass.next() { try body(row) }
      return pass.summary
    }
  }
}

/// What has to be said about the names of a header.
private struct HeaderNotes {
  let path: String
  let line: Int

  func notes(names: [String], unnamed: [Int], twins: [Int]) -> [Diagnostic] {
    let location = Diagnostic.Location(file: path, line: line)
    var notes: [Diagnostic] = []
    if !unnamed.isEmpty {
      let list = unnamed.map { "\"\(names[$0])\"" }.joined(separator: ", ")
      notes.append(
        Diagnostic(
          .note,
          code: "file.unnamed-column",
          "columns without a name are called \(list).",
          at: location
        )
      )
    }
    for index in twins {
      notes.append(
        Diagnostic(
          .warning,
          code: "file.duplicate-column",
          "two columns have the same name; the later one is called \"\(names[index])\".",
          at: location,
          remedy: "Name the one you mean in the mapping, or rename it in the export."
        )
      )
    }
    return notes
  }
}
