import PlumblineCore

/// Takes a block of a plain file apart into rows and cells, 64 bytes at a time.
///
/// A row is hard when anything about it might make it something else than a plain row of data; what
/// it is then is for `TablePass` to say.
struct BulkRows: ~Copyable {
  /// What is the same for all blocks of a table.
  struct Shape {
    let dialect: Dialect
    let columnCount: Int
    /// The slot of each column; columns that nobody reads share the last one.
    let slots: [Int]
    let slotCount: Int
    /// Whether a totals label or a notice can begin with a byte.
    let beginsLabel: [Bool]
    /// The first header cell with text, as `RowSorter` has it.
    let headerStart: (column: Int, byte: UInt8, count: Int)?

    init(_ reader: TableReader, columns: Set<Int>) {
      dialect = reader.dialect
      columnCount = reader.header.count
      let headerStart = reader.headerBytes.enumerated().lazy.compactMap { column, name in
        name.first.map { (column, $0, name.count) }
      }.first
      self.headerStart = headerStart
      var used = columns.union([0])
      if let headerStart { used.insert(headerStart.0) }
      let slotOfColumn = Dictionary(uniqueKeysWithValues: zip(used.sorted(), 0...))
      let unused = used.count
      slots = (0..<columnCount).map { slotOfColumn[$0] ?? unused }
      slotCount = used.count + 1
      beginsLabel = (UInt8.min...UInt8.max).map(TotalsLabel.firstBytes.contains)
    }
  }

  /// The offset at which the next record begins.
  private(set) var position: Int
  /// The number of the next record's line, counted from 0 at the block's beginning.
  private(set) var line = 0
  /// Records that have to be read one by one.
  private(set) var hardRows: [BulkHardRow] = []
  /// Whether the block ends inside a quoted cell; the record at `position` goes on behind it.
  private(set) var endsInQuotes = false

  private let shape: Shape
  private let file: UnsafeRawBufferPointer
  private let end: Int
  private let isLast: Bool
  /// Rows that end behind this are hard, because cells are loaded by words of eight bytes.
  private let safeEnd: Int
  private let separators: SeparatorMask
  private var record = RecordBuffer()

  /// - Parameters:
  ///   - file: All bytes of the mapped file.
  ///   - range: The block: it begins with a record and ends with a line or with the file.
  ///   - shape: What is known of the table.
  init(_ file: UnsafeRawBufferPointer, _ range: Range<Int>, _ shape: Shape) {
    precondition(range.lowerBound >= 0 && range.upperBound <= file.count, "no such block")
    self.file = file
    self.shape = shape
    position = range.lowerBound
    end = range.upperBound
    isLast = end == file.count
    safeEnd = file.count - 64
    separators = SeparatorMask(delimiter: shape.dialect.delimiter.rawValue)
  }

  /// Finds the next rows, at most as many as the cells have room for.
  ///
  /// - Returns: Whether there were any records; false at the end of the block.
  mutating func next(into cells: BulkCells) -> Bool {
    cells.rowCount = 0
    guard position < end, !endsInQuotes, let base = file.baseAddress else { return false }
    let (shape, separators) = (shape, separators)
    withUnsafePointer(to: separators) { separators in
      shape.slots.withUnsafeBufferPointer { slots in
        shape.beginsLabel.withUnsafeBufferPointer { beginsLabel in
          let view = View(
            base: base,
            slots: slots,
            beginsLabel: beginsLabel,
            separators: separators,
            safeEnd: safeEnd
          )
          readRows(view, cells)
        }
      }
    }
    return true
  }

  /// Reads rows until the cells are full or the block ends.
  @inline(__always)
  private mutating func readRows(_ view: View, _ cells: BulkCells) {
    var scan = Scan(view, position)
    while cells.rowCount < BulkCells.capacity, position < end {
      if position < safeEnd, let next = plainRow(view, &scan, cells) {
        position = next
        line &+= 1
        continue
      }
      guard hardRow() else { return }
      scan = Scan(view, position)
    }
  }

  /// What a row is read with, at hand without a detour.
  private struct View {
    let base: UnsafeRawPointer
    let slots: UnsafeBufferPointer<Int>
    let beginsLabel: UnsafeBufferPointer<Bool>
    let separators: UnsafePointer<SeparatorMask>
    let safeEnd: Int
  }

  /// The separators from some offset on.
  private struct Scan {
    let base: UnsafeRawPointer
    let separators: UnsafePointer<SeparatorMask>
    let safeEnd: Int
    var chunk: Int
    var bits: UInt64 = 0

    @inline(__always)
    init(_ view: View, _ offset: Int) {
      base = view.base
      separators = view.separators
      safeEnd = view.safeEnd
      chunk = offset & ~63
      if chunk <= safeEnd {
        bits = separators.pointee.bits(base + chunk) & (~0 &<< UInt64(offset & 63))
      }
    }

    /// The offset of the next separator, nil near the end of the file.
    @inline(__always)
    mutating func next() -> Int? {
      while bits == 0 {
        chunk &+= 64
        if chunk > safeEnd { return nil }
        bits = separators.pointee.bits(base + chunk)
      }
      let offset = chunk &+ bits.trailingZeroBitCount
      bits &= bits &- 1
      return offset
    }
  }

  /// Reads a row that is plain data, and returns the offset of the record behind it.
  @inline(__always)
  private func plainRow(_ view: View, _ scan: inout Scan, _ cells: BulkCells) -> Int? {
    let base = view.base
    let row = cells.rowCount
    let columnCount = view.slots.count
    let delimiter = shape.dialect.delimiter.rawValue
    let rowStart = position
    var fieldStart = rowStart
    var column = 0
    var beginsQuoted = false
    while true {
      guard var separator = scan.next() else { return nil }
      var cellStart = fieldStart
      var cellEnd = separator
      var isEscaped = false
      var byte = base.load(fromByteOffset: separator, as: UInt8.self)
      if byte == Ascii.quote {
        // A quote inside a cell is text.
        if separator != fieldStart { continue }
        guard let (close, behind, hasEscapes) = Self.closing(&scan, base) else { return nil }
        if column == 0 { beginsQuoted = true }
        let gap = behind &- close
        let isReturn =
          gap == 2
          && base.load(fromByteOffset: close &+ 1, as: UInt8.self) == Ascii.carriageReturn
          && base.load(fromByteOffset: behind, as: UInt8.self) == Ascii.lineFeed
        guard gap == 1 || isReturn else { return nil }
        isEscaped = hasEscapes
        separator = behind
        cellStart = fieldStart &+ 1
        cellEnd = close
        byte = base.load(fromByteOffset: separator, as: UInt8.self)
      } else if byte == Ascii.lineFeed, separator > fieldStart,
        base.load(fromByteOffset: separator &- 1, as: UInt8.self) == Ascii.carriageReturn
      {
        cellEnd = separator &- 1
      }
      guard column < columnCount, cellEnd &- cellStart < Int(Int32.max) else { return nil }
      let slot = view.slots[column]
      cells.starts(slot)[row] = cellStart
      let count = Int32(truncatingIfNeeded: cellEnd &- cellStart)
      cells.counts(slot)[row] = isEscaped ? ~count : count
      if byte == delimiter {
        column &+= 1
        fieldStart = separator &+ 1
        continue
      }
      guard column &+ 1 == columnCount, separator < safeEnd,
        isPlainData(view, cells, row, beginsQuoted, rowStart..<separator)
      else { return nil }
      cells.rowStarts[row] = rowStart
      cells.lines[row] = UInt32(truncatingIfNeeded: line)
      cells.isHard[row] = false
      cells.rowCount = row &+ 1
      return separator &+ 1
    }
  }

  /// The quote that closes a cell, the separator behind it, and whether quotes are doubled between;
  /// nil when the cell spans lines.
  @inline(__always)
  private static func closing(
    _ scan: inout Scan,
    _ base: UnsafeRawPointer
  ) -> (close: Int, behind: Int, hasEscapes: Bool)? {
    var hasEscapes = false
    while let separator = scan.next() {
      switch base.load(fromByteOffset: separator, as: UInt8.self) {
      case Ascii.quote:
        guard let behind = scan.next() else { return nil }
        guard base.load(fromByteOffset: behind, as: UInt8.self) == Ascii.quote else {
          return (separator, behind, hasEscapes)
        }
        guard behind == separator &+ 1 else { return nil }
        hasEscapes = true
      case Ascii.lineFeed: return nil
      default: break
      }
    }
    return nil
  }

  /// Whether a row with the right number of cells is data, and neither a total nor a notice, a
  /// header nor a row in quotes.
  @inline(__always)
  private func isPlainData(
    _ view: View,
    _ cells: BulkCells,
    _ row: Int,
    _ beginsQuoted: Bool,
    _ range: Range<Int>
  ) -> Bool {
    guard cells.counts(view.slots[0])[row] > 0 else { return false }
    let first = cell(view, cells, view.slots[0], row)
    guard let byte = first.first else { return false }
    if view.beginsLabel[Int(byte)], TotalsLabel.matches(first) || TotalsLabel.isNotice(first) {
      return false
    }
    if let header = shape.headerStart {
      guard cells.counts(view.slots[header.column])[row] >= 0 else { return false }
      let named = header.column == 0 ? first : cell(view, cells, view.slots[header.column], row)
      if named.count == header.count, named.first == header.byte { return false }
    }
    return !beginsQuoted || shape.columnCount <= 3 || hasPlainText(view.base, behindQuotes: range)
  }

  /// Whether some cell behind the first, which stands in quotes, shows that the row as a whole does
  /// not.
  private func hasPlainText(_ base: UnsafeRawPointer, behindQuotes range: Range<Int>) -> Bool {
    var offset = range.lowerBound + 1
    while offset < range.upperBound,
      base.load(fromByteOffset: offset, as: UInt8.self) != Ascii.quote
    {
      offset += 1
    }
    return range.dropFirst(offset - range.lowerBound).contains { offset in
      let byte = base.load(fromByteOffset: offset, as: UInt8.self)
      return byte > Ascii.space && byte < 0x80 && byte != Ascii.quote
        && byte != shape.dialect.delimiter.rawValue
    }
  }

  @inline(__always)
  private func cell(
    _ view: View,
    _ cells: BulkCells,
    _ slot: Int,
    _ row: Int
  ) -> UnsafeRawBufferPointer {
    TextBytes.trimmed(
      UnsafeRawBufferPointer(
        start: view.base + cells.starts(slot)[row],
        count: Int(cells.counts(slot)[row])
      )
    )
  }

  /// Steps over the record at `position`, which is read one by one later; false when it does not
  /// end in this block.
  private mutating func hardRow() -> Bool {
    let text = UnsafeRawBufferPointer(rebasing: file[..<end])
    var reader = DelimitedReader(text, dialect: shape.dialect, position: position, line: line)
    guard reader.next(into: &record) else { return false }
    if record.problem == .unterminatedQuote, !isLast {
      endsInQuotes = true
      return false
    }
    hardRows.append(BulkHardRow(start: position, line: line))
    position = reader.position
    line = reader.line
    return true
  }
}
