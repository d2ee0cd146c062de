import PlumblineCore

/// A table of one or more files with the same columns, and what its columns look like.
struct TableEvidence: Sendable {
  /// The files, in the order given.
  let paths: [String]
  /// The lines before the header of the first file.
  let preamble: [String]
  /// The line of the first file's header.
  let headerLine: Int
  /// The columns.
  private(set) var columns: [ColumnEvidence]
  /// What the readers had to say.
  let notes: [Diagnostic]
  private let readers: [TableReader]

  /// Passes over files with the same header.
  ///
  /// - Complexity: O(bytes).
  init(_ readers: [TableReader]) {
    self.readers = readers
    paths = readers.map(\.file.path)
    notes = readers.flatMap(\.notes)
    preamble = readers.first?.preamble.map { $0.cells.joined(separator: " ") } ?? []
    headerLine = readers.first?.headerLine ?? 1
    columns = []
    if let first = readers.first {
      columns = first.header.enumerated().map { position, name in
        let written = String(decoding: first.headerBytes[position], as: UTF8.self)
        return ColumnEvidence(
          name,
          isNameable: HeaderName.normalized(written) == HeaderName.normalized(name)
        )
      }
    }
    for (file, reader) in readers.enumerated() {
      reader.forEachRow { row in
        for column in columns.indices {
          columns[column].observe(row.bytes(column), line: row.line, file: file)
        }
      }
    }
  }

  /// The files' names without their folders.
  var fileNames: [String] { paths.map(fileName(ofPath:)) }

  /// How many rows there are.
  var rowCount: Int { columns.first?.rowCount ?? 0 }

  /// The column of a name as the header writes it.
  subscript(name: String) -> ColumnEvidence? { columns.first { $0.name == name } }

  /// The first column known under one of these names, the names in order of preference.
  func column(named names: [String]) -> ColumnEvidence? {
    for name in names {
      if let column = columns.first(where: { $0.isNameable && $0.words.isNamed(name) }) {
        return column
      }
    }
    return nil
  }

  /// Passes over the rows of all files once more.
  func forEachRow(_ body: (TableRow) -> Void) {
    for reader in readers { reader.forEachRow(body) }
  }

  /// The position of a column.
  func position(of name: String) -> Int? { columns.firstIndex { $0.name == name } }

  /// Opens files and puts those with the same columns together; what cannot be read is reported.
  static func survey(
    _ paths: [String],
    findings: inout [Diagnostic]
  ) -> [TableEvidence] {
    var groups: [(header: [String], readers: [TableReader])] = []
    for path in paths {
      do {
        let reader = try TableReader(path: path, options: TableOptions(maximumListedRows: 20))
        let header = reader.header.map(HeaderName.normalized)
        if let index = groups.firstIndex(where: { $0.header == header }) {
          groups[index].readers.append(reader)
        } else {
          groups.append((header, [reader]))
        }
      } catch let error as InputError {
        findings += error.diagnostics
      } catch {
        findings.append(
          Diagnostic(
            .error,
            code: "file.unreadable",
            "the file cannot be read: \(error).",
            at: Diagnostic.Location(file: path)
          )
        )
      }
    }
    return groups.map { TableEvidence($0.readers) }
  }
}
