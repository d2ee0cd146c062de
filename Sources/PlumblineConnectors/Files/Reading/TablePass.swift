/// One pass over a table's records that sorts data from everything else.
struct TablePass: ~Copyable {
  private let dialect: Dialect
  private let columnCount: Int
  private var sorter: RowSorter
  private var reader: DelimitedReader
  private var record = RecordBuffer()
  private var scratch = ScratchBytes()
  /// The fields of a row that stood in quotes as a whole.
  private var inner = RecordBuffer()
  private var innerScratch = ScratchBytes()

  /// A pass from the first record behind the header, or from another offset.
  init(over text: UnsafeRawBufferPointer, of table: TableReader, at position: Int? = nil) {
    dialect = table.dialect
    columnCount = table.header.count
    sorter = RowSorter(table)
    reader = DelimitedReader(
      text,
      dialect: table.dialect,
      position: position ?? table.dataOffset,
      line: table.dataLine
    )
  }

  /// What the pass met so far.
  var summary: TableSummary { sorter.summary }

  /// The next data row, nil at the end; valid until the next call.
  mutating func next() -> TableRow? {
    while reader.next(into: &record) {
      if let row = sort() { return row }
    }
    return nil
  }

  /// The data row of the one record at an offset of a text, for whoever finds records on their own.
  ///
  /// - Parameters:
  ///   - text: The text, which must stay valid while the row is used.
  ///   - position: The offset of the record.
  ///   - line: The number of the line that begins there.
  /// - Returns: The row, valid until the next call; nil when it is no data, and then it is counted.
  mutating func row(
    in text: UnsafeRawBufferPointer,
    at position: Int,
    line: Int
  ) -> TableRow? {
    reader = DelimitedReader(text, dialect: dialect, position: position, line: line)
    return reader.next(into: &record) ? sort() : nil
  }

  /// Counts rows of data that were found without this pass.
  mutating func countRows(_ count: Int) { sorter.countRows(count) }

  /// The data row of the record that was read last, nil when it is no data.
  @inline(__always)
  private mutating func sort() -> TableRow? {
    if let problem = record.problem {
      sorter.refuse(record, problem == .strayQuote ? .strayQuote : .unterminatedQuote)
      return nil
    }
    if record.hasEscapes { scratch.unescape(&record, byteCount: record.byteRange.count) }
    if record.beginsQuoted, takeApart() {
      inner.line = record.line
      return sorter.row(inner, isMended: true)
    }
    return sorter.row(record, isMended: false)
  }

  /// Takes a row apart that stands in quotes as a whole, as broken programs save it.
  ///
  /// Such a row has one field, or (saved once more by a spreadsheet) one field and otherwise empty
  /// ones, and what is inside has exactly the fields of the header. The second form asks for at
  /// least four columns, because a text such as "Smith, John" is not a row.
  private mutating func takeApart() -> Bool {
    guard columnCount > 1, record.count == 1 || (columnCount > 3 && record.isBlank(from: 1))
    else { return false }
    let content = record[0].rawBytes
    var lineReader = DelimitedReader(content, dialect: dialect)
    guard lineReader.next(into: &inner), inner.problem == nil,
      lineReader.position == content.count, inner.count == columnCount
    else { return false }
    if inner.hasEscapes { innerScratch.unescape(&inner, byteCount: content.count) }
    return true
  }
}
