import PlumblineCore

/// Facts of one kind from one block, column by column.
struct BulkColumns {
  /// Where a column's values come from.
  enum Source: Equatable {
    /// The same value for all facts of the kind.
    case constant(Int64)
    /// The values of one field, or of several records' fields.
    case values
  }

  let kind: FactKind
  let sources: [Source]
  /// One array a column; empty for constants.
  private(set) var columns: [[Int64]]
  /// The number of each fact's line, counted from 0 at the block's beginning.
  private(set) var lines: [UInt32] = []

  init(_ kind: FactKind, sources: [Source]) {
    self.kind = kind
    self.sources = sources
    columns = sources.map { _ in [] }
  }

  var rowCount: Int { lines.count }

  /// Makes room for so many facts.
  mutating func reserve(_ rowCount: Int) {
    lines.reserveCapacity(rowCount)
    for column in columns.indices where sources[column] == .values {
      columns[column].reserveCapacity(rowCount)
    }
  }

  /// Appends values to a column, which must all come in the same rows.
  @inline(__always)
  mutating func append(_ values: UnsafeBufferPointer<Int64>, to column: Int) {
    columns[column].append(contentsOf: values)
  }

  /// Appends one value to a column.
  @inline(__always)
  mutating func append(_ value: Int64, to column: Int) { columns[column].append(value) }

  /// Appends one line.
  @inline(__always)
  mutating func append(line: UInt32) { lines.append(line) }

  /// Appends the lines of rows.
  @inline(__always)
  mutating func append(lines rows: UnsafeBufferPointer<UInt32>) {
    lines.append(contentsOf: rows)
  }

  /// Puts the codes of new texts in their places.
  mutating func fill(from texts: BulkTexts) {
    for (index, column) in kind.schema.columns.enumerated() where sources[index] == .values {
      if case .text(let domain) = column.content { texts.fill(&columns[index], domain.place) }
    }
  }

  /// The facts as tables of at most so many rows.
  ///
  /// - Parameters:
  ///   - file: The index of the file.
  ///   - firstLine: The number of the block's first line.
  ///   - extras: Facts that were read one by one, with their lines counted as in `lines`, in order.
  ///   - limit: The most rows of a table.
  ///   - body: Called with each table, in the order of the rows.
  /// - Throws: What `body` throws.
  func tables(
    file: UInt32,
    firstLine: Int,
    extras: [(line: UInt32, values: [Int64])],
    limit: Int,
    _ body: (FactTable) throws -> Void
  ) rethrows {
    let count = rowCount + extras.count
    guard count > 0 else { return }
    let limit = min(limit, count)
    if extras.isEmpty, count <= limit {
      try body(table(0..<count, file, firstLine))
      return
    }
    var table = FactTable(kind)
    var row = 0
    for extra in extras {
      while row < rowCount, lines[row] <= extra.line {
        let end = min(end(from: row, through: extra.line), row + limit - table.rowCount)
        table.append(contentsOf: self.table(row..<end, file, firstLine))
        row = end
        try give(&table, limit, body)
      }
      table.append(extra.values, file: file, line: UInt32(clamping: firstLine + Int(extra.line)))
      try give(&table, limit, body)
    }
    while row < rowCount {
      let end = min(rowCount, row + limit - table.rowCount)
      table.append(contentsOf: self.table(row..<end, file, firstLine))
      row = end
      try give(&table, limit, body)
    }
    if table.rowCount > 0 { try body(table) }
  }

  private func give(
    _ table: inout FactTable,
    _ limit: Int,
    _ body: (FactTable) throws -> Void
  ) rethrows {
    guard table.rowCount >= limit else { return }
    try body(table)
    table = FactTable(kind)
  }

  /// The first row behind a line.
  private func end(from start: Int, through line: UInt32) -> Int {
    var low = start
    var high = rowCount
    while low < high {
      let middle = (low + high) / 2
      if lines[middle] <= line { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func table(_ range: Range<Int>, _ file: UInt32, _ firstLine: Int) -> FactTable {
    let isWhole = range == 0..<rowCount
    let columns = zip(sources, columns).map { source, values -> [Int64] in
      switch source {
      case .constant(let value): Array(repeating: value, count: range.count)
      case .values: isWhole ? values : Array(values[range])
      }
    }
    let lines = lines[range].map { UInt32(clamping: firstLine + Int($0)) }
    return FactTable(
      kind,
      columns: columns,
      files: Array(repeating: file, count: range.count),
      lines: lines
    )
  }
}
