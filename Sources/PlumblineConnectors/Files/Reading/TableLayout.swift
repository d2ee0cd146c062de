import PlumblineCore

/// Where the table lies in a text: dialect, header, what stands before it and where data begin.
struct TableLayout {
  var dialect: Dialect
  var header: [String]
  var headerLine: Int
  /// The lines before the header that are not blank.
  var preamble: [TableLine]
  var dataOffset: Int
  var dataLine: Int

  /// Finds the table.
  ///
  /// Every delimiter that may be meant reads the first records. The best reading is the one that
  /// shows a header, then the one whose records agree most often on their number of fields.
  ///
  /// - Throws: `InputError` when no line can be the header.
  init(
    _ text: UnsafeRawBufferPointer,
    options: TableOptions,
    path: String
  ) throws(InputError) {
    let lineEnds = Dialect.LineEnds(firstOf: text)
    let declared = TableLayout.declaredDelimiter(text)
    let delimiters =
      if let named = options.delimiter ?? declared { [named] } else { Dialect.Delimiter.allCases }
    let readings = delimiters.map { delimiter in
      Reading(text, Dialect(delimiter: delimiter, lineEnds: lineEnds), options)
    }
    // The first of equals, in the order of the delimiters.
    guard var best = readings.first else {
      throw HeaderProblem(path: path, options: options).noRows
    }
    for reading in readings.dropFirst() where reading.isBetter(than: best) { best = reading }
    guard let index = best.headerIndex else {
      throw HeaderProblem(path: path, options: options).notFound(in: best.records)
    }
    let record = best.records[index]
    dialect = best.dialect
    header = record.cells
    headerLine = record.line
    preamble = best.records[..<index].filter { !$0.isBlank }
      .map { TableLine(line: $0.line, cells: $0.cells) }
    dataOffset = record.next
    dataLine = record.nextLine
  }

  /// The delimiter that Excel's hint `sep=;` on the first line declares.
  private static func declaredDelimiter(_ text: UnsafeRawBufferPointer) -> Dialect.Delimiter? {
    guard text.count > 4, SampleRecord.isSeparatorHint(text) else { return nil }
    return Dialect.Delimiter(rawValue: text[4])
  }
}

/// One of the first records of a text, as strings.
struct SampleRecord {
  var line: Int
  var cells: [String]
  var isSound: Bool
  /// The offset and the line of the record that follows.
  var next: Int
  var nextLine: Int

  var isBlank: Bool { cells.allSatisfy { HeaderName.trimmed($0).isEmpty } }

  /// Whether this is Excel's hint about the delimiter.
  var isSeparatorHint: Bool { line == 1 && cells.first?.lowercased().hasPrefix("sep=") == true }

  static func isSeparatorHint(_ text: UnsafeRawBufferPointer) -> Bool {
    String(decoding: text.prefix(4), as: UTF8.self).lowercased() == "sep="
      && (text.count == 5 || text[5] == Ascii.lineFeed || text[5] == Ascii.carriageReturn)
  }

  /// How many bytes are looked at, if the first record is not longer.
  static let longestSample = 1 << 20

  /// The first records, or those of the first mebibyte.
  static func read(
    _ text: UnsafeRawBufferPointer,
    _ dialect: Dialect,
    count: Int
  ) -> [SampleRecord] {
    let limit = longestSample
    let head = UnsafeRawBufferPointer(rebasing: text.prefix(limit))
    var records = read(all: head, dialect, count: count)
    // The last record of a cut text may be cut as well.
    if text.count > limit, records.last?.next == limit { records.removeLast() }
    return records.isEmpty ? read(all: text, dialect, count: count) : records
  }

  private static func read(
    all text: UnsafeRawBufferPointer,
    _ dialect: Dialect,
    count: Int
  ) -> [SampleRecord] {
    var reader = DelimitedReader(text, dialect: dialect)
    var buffer = RecordBuffer()
    var records: [SampleRecord] = []
    while records.count < count, reader.next(into: &buffer) {
      records.append(
        SampleRecord(
          line: buffer.line,
          cells: buffer.strings,
          isSound: buffer.problem == nil,
          next: reader.position,
          nextLine: reader.line
        )
      )
    }
    return records
  }
}

/// How the first records look with one delimiter.
private struct Reading {
  let dialect: Dialect
  let records: [SampleRecord]
  /// The number of fields most records have, among those with more than one; otherwise 1.
  let modalCount: Int
  /// How many records have that number.
  let consistent: Int
  /// Whether this reading can stand: it shows a header, or (where nothing is required) all of at
  /// least two records agree, so that a table without a header is not taken for a single column.
  let isPlausible: Bool
  let headerIndex: Int?

  init(_ text: UnsafeRawBufferPointer, _ dialect: Dialect, _ options: TableOptions) {
    self.dialect = dialect
    let records = SampleRecord.read(text, dialect, count: max(200, (options.headerLine ?? 0) + 50))
    var frequency: [Int: Int] = [:]
    for record in records
    where record.isSound && !record.isBlank && !record.isSeparatorHint
      && record.line >= options.headerLine ?? 0
    {
      frequency[record.cells.count, default: 0] += 1
    }
    let modal =
      frequency.filter { $0.key > 1 }
      .max { ($0.value, $0.key) < ($1.value, $1.key) } ?? (1, frequency[1] ?? 0)
    let within = records.prefix { $0.line <= options.headerLineLimit }
    self.records = records
    modalCount = modal.key
    consistent = modal.value
    headerIndex =
      if let named = options.headerLine {
        records.firstIndex { $0.line == named && $0.isSound && !$0.isBlank }
      } else if options.requiredColumns.isEmpty {
        within.firstIndex { HeaderSearch.looksLikeHeader($0, fieldCount: modal.key) }
      } else {
        within.firstIndex { HeaderSearch.missing(options.requiredColumns, in: $0).isEmpty }
      }
    let isUniform =
      modal.key > 1 && modal.value > 1 && frequency.count == 1 && options.requiredColumns.isEmpty
    isPlausible = headerIndex != nil || isUniform
  }

  func isBetter(than other: Reading) -> Bool {
    func rank(_ reading: Reading) -> (Int, Int, Int, Int) {
      (
        reading.isPlausible ? 1 : 0, reading.modalCount > 1 ? 1 : 0, reading.consistent,
        reading.modalCount
      )
    }
    return rank(other) < rank(self)
  }
}

/// Which of the first records is the header.
enum HeaderSearch {
  /// The required columns that a record does not name.
  static func missing(_ required: [[String]], in record: SampleRecord) -> [[String]] {
    guard record.isSound else { return required }
    let names = Set(record.cells.map(HeaderName.normalized))
    return required.filter { alternatives in
      !alternatives.contains { names.contains(HeaderName.normalized($0)) }
    }
  }

  /// Whether a record can be the header when nothing is required: it has as many fields as most
  /// records, most are filled, most are neither numbers nor dates, and most differ.
  static func looksLikeHeader(_ record: SampleRecord, fieldCount: Int) -> Bool {
    guard record.isSound, record.cells.count == fieldCount, !record.isSeparatorHint
    else { return false }
    let names = record.cells.map(HeaderName.normalized).filter { !$0.isEmpty }
    let words = names.count { !isValue($0) }
    return names.count * 2 > fieldCount && words * 2 > names.count
      && Set(names).count * 2 > names.count
  }

  /// Whether a cell holds a number or a date rather than a name.
  private static func isValue(_ cell: String) -> Bool {
    var cell = cell.uppercased()
    return cell.withUTF8 { letters in
      let bytes = TextBytes.trimmed(UnsafeRawBufferPointer(letters))
      return MissingMark.matches(bytes) || NumberCell(bytes) != nil || DateCell(bytes) != nil
    }
  }
}

/// Why no header was found, in words.
private struct HeaderProblem {
  let path: String
  let options: TableOptions

  var noRows: InputError {
    InputError(
      code: "file.no-rows",
      "the file has no line with text.",
      at: Diagnostic.Location(file: path),
      remedy: "Export it again."
    )
  }

  func notFound(in records: [SampleRecord]) -> InputError {
    let filled = records.filter { !$0.isBlank && !$0.isSeparatorHint }
    guard !filled.isEmpty else { return noRows }
    if let line = options.headerLine {
      return InputError(
        code: "file.header-line",
        "no row of column names begins on line \(line).",
        at: Diagnostic.Location(file: path, line: line),
        remedy: "Mend header_line in the mapping, or leave it out so that the header is looked for."
      )
    }
    guard !options.requiredColumns.isEmpty else {
      return InputError(
        code: "file.no-header",
        "none of the first \(options.headerLineLimit) lines looks like a header.",
        at: Diagnostic.Location(file: path),
        remedy: "Export the table with column names, or name the delimiter if it is unusual."
      )
    }
    return columnsMissing(in: filled)
  }

  private func columnsMissing(in records: [SampleRecord]) -> InputError {
    let within = records.filter { $0.line <= options.headerLineLimit }
    let required = options.requiredColumns
    let nearest = within.min {
      (HeaderSearch.missing(required, in: $0).count, -$0.cells.count)
        < (HeaderSearch.missing(required, in: $1).count, -$1.cells.count)
    }
    let missing = nearest.map { HeaderSearch.missing(required, in: $0) } ?? required
    let names = missing.compactMap(\.first).map { "\"\($0)\"" }.joined(separator: ", ")
    var remedy = "Add the column\(missing.count == 1 ? "" : "s") to the export"
    remedy += ", or map the column that holds it under another name."
    if let first = missing.first?.first, let nearest,
      let similar = Suggestion.nearest(
        to: HeaderName.normalized(first),
        among: nearest.cells.map(HeaderName.trimmed)
      )
    {
      remedy += " Did you mean \"\(similar)\"?"
    }
    return InputError(
      code: "file.columns-missing",
      "no line among the first \(options.headerLineLimit) names the column"
        + "\(missing.count == 1 ? "" : "s") \(names).",
      at: Diagnostic.Location(file: path, line: nearest?.line),
      remedy: remedy
    )
  }
}
