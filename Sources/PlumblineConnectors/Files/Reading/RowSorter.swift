/// Tells data rows from totals, notices, repeated headers and blank rows, and counts everything.
struct RowSorter {
  private(set) var summary = TableSummary()

  private let table: TableReader
  private let columnCount: Int
  private let limit: Int
  private let labelStart = TotalsLabel.firstBytes
  /// The first header cell with text: where it is and what it begins with.
  private let headerStart: (column: Int, byte: UInt8, count: Int)?

  /// A sorter that has seen nothing.
  init(_ table: TableReader) {
    self.table = table
    columnCount = table.header.count
    limit = table.options.maximumListedRows
    headerStart =
      table.headerBytes.enumerated().lazy.compactMap { column, name in
        name.first.map { (column, $0, name.count) }
      }.first
  }

  /// The row of a record, or nil when the record is not data; then it is counted.
  @inline(__always)
  mutating func row(
    _ fields: borrowing RecordBuffer,
    isMended: Bool
  ) -> TableRow? {
    let first = TextBytes.trimmed(fields[0].rawBytes)
    if let byte = first.first {
      if labelStart.contains(byte), isSetApart(fields, first) { return nil }
    } else if isWithoutText(fields) {
      return nil
    }
    if fields.count != columnCount, !fits(fields) { return nil }
    if let headerStart, mayBeHeader(fields, headerStart), isHeader(fields) {
      summary.repeatedHeaderLines.append(fields.line, limit: limit)
      return nil
    }
    if !table.keyColumns.isEmpty, lacksKeys(fields) {
      appendTotals(fields, .emptyKeys)
      return nil
    }
    if isMended { summary.mendedLines.append(fields.line, limit: limit) }
    summary.dataRowCount += 1
    return TableRow(
      line: fields.line,
      isMended: isMended,
      fields: fields.start,
      fieldCount: fields.count,
      columnCount: columnCount
    )
  }

  /// Counts rows of data that were recognised elsewhere.
  mutating func countRows(_ count: Int) { summary.dataRowCount += count }

  /// Whether a record whose first cell is empty has no text at all, or is a totals row with its
  /// label further on.
  private mutating func isWithoutText(_ fields: borrowing RecordBuffer) -> Bool {
    for index in 1..<max(1, fields.count) {
      let cell = TextBytes.trimmed(fields[index].rawBytes)
      guard let byte = cell.first else { continue }
      return labelStart.contains(byte) && isSetApart(fields, cell)
    }
    summary.blankRowCount += 1
    return true
  }

  /// Whether the first filled cell makes the record a totals row or a notice; then it is counted.
  private mutating func isSetApart(
    _ fields: borrowing RecordBuffer,
    _ cell: UnsafeRawBufferPointer
  ) -> Bool {
    if table.options.recognizesTotals, TotalsLabel.matches(cell) {
      appendTotals(fields, .label)
      return true
    }
    if TotalsLabel.isNotice(cell), fields.isBlank(from: 1) {
      summary.notices.append(
        TableLine(line: fields.line, cells: [TextBytes.string(cell)]),
        limit: limit
      )
      return true
    }
    return false
  }

  private mutating func appendTotals(_ fields: borrowing RecordBuffer, _ sign: TotalsRow.Sign) {
    let row = TotalsRow(row: TableLine(line: fields.line, cells: fields.strings), sign: sign)
    summary.totals.append(row, limit: limit)
  }

  /// Whether a record with another number of fields than the header is still unmistakable.
  ///
  /// It is when only unnamed last columns are missing, or when all that is too much is empty.
  /// Otherwise it is refused.
  private mutating func fits(_ fields: borrowing RecordBuffer) -> Bool {
    if fields.count < table.neededCount {
      refuse(fields, .tooFewFields(have: fields.count, need: table.neededCount))
      return false
    }
    if fields.count > columnCount, !fields.isBlank(from: columnCount) {
      refuse(fields, .tooManyFields(have: fields.count, need: columnCount))
      return false
    }
    return true
  }

  /// Counts a record as refused.
  mutating func refuse(_ fields: borrowing RecordBuffer, _ reason: RowRefusal.Reason) {
    let lines = fields.line...max(fields.line, fields.lastLine)
    summary.refused.append(RowRefusal(lines: lines, reason: reason), limit: limit)
  }

  @inline(__always)
  private func mayBeHeader(
    _ fields: borrowing RecordBuffer,
    _ start: (column: Int, byte: UInt8, count: Int)
  ) -> Bool {
    let cell = TextBytes.trimmed(fields[start.column].rawBytes)
    return cell.count == start.count && cell.first == start.byte
  }

  private func isHeader(_ fields: borrowing RecordBuffer) -> Bool {
    for index in 0..<columnCount {
      let name = table.headerBytes[index]
      guard index < fields.count else {
        if name.isEmpty { continue }
        return false
      }
      let cell = TextBytes.trimmed(fields[index].rawBytes)
      if cell.count != name.count || !cell.elementsEqual(name) { return false }
    }
    return true
  }

  private func lacksKeys(_ fields: borrowing RecordBuffer) -> Bool {
    for column in table.keyColumns
    where column < fields.count && !TextBytes.isBlank(fields[column].rawBytes) {
      return false
    }
    return true
  }
}
