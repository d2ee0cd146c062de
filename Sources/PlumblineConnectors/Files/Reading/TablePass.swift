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

  /// A pass from the first record behind the header.
  init(over text: UnsafeRawBufferPointer, of table: TableReader) {
    dialect = table.dialect
    columnCount = table.header.count
    sorter = RowSorter(table)
    reader = DelimitedReader(
      text,
      dialect: table.dialect,
      position: table.dataOffset,
      line: table.dataLine
    )
  }

  /// What the pass met so far.
  var summary: TableSummary { sorter.summary }

  /// The next data row, nil at the end; valid until the next call.
  mutating func next() -> TableRow? {
    while reader.next(into: &record) {
      if let problem = record.problem {
        sorter.refuse(record, problem == .strayQuote ? .strayQuote : .unterminatedQuote)
        continue
      }
      if record.hasEscapes { scratch.unescape(&record, byteCount: record.byteRange.count) }
      if record.beginsQuoted, takeApart() {
        inner.line = record.line
        if let row = sorter.row(inner, isMended: true) { return row }
      } else if let row = sorter.row(record, isMended: false) {
        return row
      }
    }
    return nil
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
