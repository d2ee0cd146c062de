import PlumblineCore

/// A chunk's bytes: its columns, each packed by itself, so that one can be read without the rest.
///
/// Layout, little-endian: version (1), how many columns of the schema there are (1), whether rows
/// come from several imports (1), row count (8), the length of each section (8 each), then the
/// sections: where rows come from several imports, the import of each; the columns in the schema's
/// order, texts as codes of the store's numbering; files; lines. Columns that came into the schema
/// after the chunk was written are missing in every row.
enum ChunkCoding {
  static let version: UInt8 = 3

  /// The most facts that one chunk holds.
  static let mostRows = 65_536

  /// A chunk's bytes.
  ///
  /// - Parameters:
  ///   - table: The facts, at most `mostRows`.
  ///   - imports: For each, the import it came from; nil when all came from one.
  /// - Returns: The bytes.
  static func encode(_ table: FactTable, imports: [Int64]? = nil) -> [UInt8] {
    var body = ColumnWriter()
    var lengths: [Int] = []
    var end = 0
    func note() {
      lengths.append(body.bytes.count - end)
      end = body.bytes.count
    }
    if let imports {
      body.putNumbers(imports)
      note()
    }
    for column in table.columns {
      body.putNumbers(column)
      note()
    }
    body.putNumbers(table.files)
    note()
    body.putNumbers(table.lines)
    note()
    var writer = ColumnWriter()
    writer.put(version)
    writer.put(UInt8(table.columns.count))
    writer.put(UInt8(imports == nil ? 0 : 1))
    writer.put(UInt64(table.rowCount))
    for length in lengths { writer.put(UInt64(length)) }
    writer.putBytes(body.bytes)
    return writer.bytes
  }
}

/// Reads the columns of one chunk; throws instead of trusting.
struct ChunkReader {
  let kind: FactKind
  let rowCount: Int
  private let imports: UnsafeRawBufferPointer?
  private let columns: [UnsafeRawBufferPointer]
  private let files: UnsafeRawBufferPointer
  private let lines: UnsafeRawBufferPointer

  /// A reader of bytes that outlive it.
  init(_ bytes: UnsafeRawBufferPointer, _ kind: FactKind) throws(Malformed) {
    var reader = ColumnReader(bytes)
    guard try reader.byte() == ChunkCoding.version else { throw Malformed() }
    let columnCount = Int(try reader.byte())
    guard (1...kind.schema.columns.count).contains(columnCount) else { throw Malformed() }
    let isMixed = try reader.byte()
    guard isMixed <= 1 else { throw Malformed() }
    let rowCount = Int(truncatingIfNeeded: try reader.word())
    guard (1...ChunkCoding.mostRows).contains(rowCount) else { throw Malformed() }
    var lengths: [Int] = []
    for _ in 0..<(Int(isMixed) + columnCount + 2) {
      lengths.append(Int(truncatingIfNeeded: try reader.word()))
    }
    var sections: [UnsafeRawBufferPointer] = []
    for length in lengths { sections.append(try reader.bytes(length)) }
    guard reader.remaining == 0 else { throw Malformed() }
    self.kind = kind
    self.rowCount = rowCount
    imports = isMixed == 1 ? sections.removeFirst() : nil
    lines = sections.removeLast()
    files = sections.removeLast()
    columns = sections
  }

  /// For each row, the import it came from; nil when the chunk's place says it for all.
  func rowImports() throws(Malformed) -> [Int64]? {
    guard let imports else { return nil }
    return try Self.numbers(imports, rowCount)
  }

  /// All facts.
  func table() throws(Malformed) -> FactTable {
    var columns: [[Int64]] = []
    for index in kind.schema.columns.indices { columns.append(try column(index)) }
    return FactTable(
      kind,
      columns: columns,
      files: try Self.numbers(files, rowCount),
      lines: try Self.numbers(lines, rowCount)
    )
  }

  /// The facts that are wanted and their rows; nil when there is none.
  ///
  /// Means what `FactSelection.rows(of:)` means; of the columns that do not decide, only the blocks
  /// are unpacked that hold something wanted.
  func table(
    selecting selection: FactSelection
  ) throws(Malformed) -> (table: FactTable, rows: [Int]?)? {
    let schema = kind.schema.columns
    let leadColumns = schema.indices.filter { schema[$0].content == .text(.lead) }
    guard !leadColumns.isEmpty else { return (try table(), nil) }
    var marks = [UInt64](repeating: 0, count: (rowCount + 63) / 64)
    func mark(_ index: Int, _ wanted: CodeSet) throws(Malformed) {
      guard index < self.columns.count else {
        guard wanted.contains(schema[index].missingValue) else { return }
        for row in 0..<rowCount { marks[row >> 6] |= 1 << UInt64(row & 63) }
        return
      }
      var reader = ColumnReader(self.columns[index])
      try reader.forEachBlock(rowCount) { first, codes in
        wanted.mark(codes, from: first, in: &marks)
      }
      guard reader.remaining == 0 else { throw Malformed() }
    }
    for index in leadColumns { try mark(index, selection.leads) }
    if !selection.ids.isEmpty, let index = FactSelection.idColumn(of: kind) {
      try mark(index, selection.ids)
    }
    var rows: [Int] = []
    for (index, word) in marks.enumerated() {
      var rest = word
      while rest != 0 {
        rows.append(index << 6 | rest.trailingZeroBitCount)
        rest &= rest &- 1
      }
    }
    guard !rows.isEmpty else { return nil }
    var columns: [[Int64]] = []
    for index in schema.indices { columns.append(try column(index, at: rows)) }
    let table = FactTable(
      kind,
      columns: columns,
      files: try Self.numbers(files, rowCount, at: rows),
      lines: try Self.numbers(lines, rowCount, at: rows)
    )
    return (table, rows)
  }

  private func column(_ index: Int, at rows: [Int]) throws(Malformed) -> [Int64] {
    guard index < columns.count else {
      return Array(repeating: kind.schema.columns[index].missingValue, count: rows.count)
    }
    return try Self.numbers(columns[index], rowCount, at: rows)
  }

  private func column(_ index: Int) throws(Malformed) -> [Int64] {
    guard index < columns.count else {
      return Array(repeating: kind.schema.columns[index].missingValue, count: rowCount)
    }
    return try Self.numbers(columns[index], rowCount)
  }

  private static func numbers<Value: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ section: UnsafeRawBufferPointer,
    _ count: Int
  ) throws(Malformed) -> [Value] {
    var reader = ColumnReader(section)
    let values = try reader.numbers(count, as: Value.self)
    guard reader.remaining == 0 else { throw Malformed() }
    return values
  }

  private static func numbers<Value: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ section: UnsafeRawBufferPointer,
    _ count: Int,
    at rows: [Int]
  ) throws(Malformed) -> [Value] {
    var reader = ColumnReader(section)
    let values = try reader.numbers(count, at: rows, as: Value.self)
    guard reader.remaining == 0 else { throw Malformed() }
    return values
  }
}
