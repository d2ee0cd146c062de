import PlumblineCore

/// Reads the plain rows of one block into columns; used again for block after block.
///
/// Unchecked because one task at a time uses it: the one that reads the block, or, when that has
/// ended, the one that passes the facts on.
final class BulkBlock: @unchecked Sendable {
  /// What is the same for all blocks of a file.
  struct Setting {
    let plan: BulkPlan
    let shape: BulkRows.Shape
    let calendar: LocalCalendar
    /// The values that the mapping gives to every row, one list a record, one value a field.
    let constants: [[Int64?]]
    /// The values that columns take which no field of a record fills, in the schema's order.
    let defaults: [[Int64]]
    /// How many decimals amounts have whose row names no currency; nil where they have no currency.
    let defaultDecimals: [Int?]
  }

  /// The facts of plain rows, in the order of `BulkPlan.kinds`.
  var facts: [BulkColumns] = []
  /// Stage dates that rows leave blank.
  var blanks: BulkColumns
  /// Texts that the dictionaries do not hold yet.
  var texts = BulkTexts()
  /// Rows that have to be read one by one, in the order of the file.
  private(set) var hardRows: [BulkHardRow] = []
  /// How many rows were read as plain data.
  private(set) var rowCount = 0
  /// How many lines begin in the part that was read.
  private(set) var lineCount = 0
  /// Where the part that was read ends: the block's end, or the beginning of a record that goes on
  /// behind it.
  private(set) var end = 0
  /// Whether something stands in the block that only the other way reads right.
  var isSurprising = false

  let setting: Setting
  let cells: BulkCells
  let fields: [FieldValues]
  /// The position in `fields` of each record's first field.
  let firstField: [Int]
  private let dates: PlainDates
  /// The rows of the cells at hand that are not hard.
  let selection: UnsafeMutablePointer<Int>
  private(set) var selectedCount = 0
  /// Decimals of amounts, -1 where the row has no currency.
  let decimals: UnsafeMutablePointer<Int>
  let hashed: UnsafeMutablePointer<HashedText>
  let hashedRows: UnsafeMutablePointer<Int>
  let foundCodes: UnsafeMutablePointer<UInt32>
  /// The slots of columns in which doubled quotes make a row hard.
  private let unescapedSlots: [Int]
  /// Where the columns of each record's facts get their values.
  let feeds: [[Feed]]
  /// The records that give each kind.
  let recordsOfKind: [[Int]]
  private let sourcesOfKind: [[BulkColumns.Source]]
  /// The facts that the rows at hand give, and the stage dates that they leave blank.
  let kept: BulkPairs
  let blank: BulkPairs

  /// One field's values of the cells at hand, and what it remembers.
  final class FieldValues {
    let values: UnsafeMutablePointer<Int64>
    let memory = CellMemory()
    let decimalsMemory = CellMemory()
    let slot: Int
    var parser: DateColumnParser?

    init(slot: Int, parser: DateColumnParser?) {
      self.slot = slot
      self.parser = parser
      values = .allocate(capacity: BulkCells.capacity)
      values.initialize(repeating: 0, count: BulkCells.capacity)
    }

    deinit { values.deallocate() }
  }

  init(_ setting: Setting) {
    self.setting = setting
    let capacity = BulkCells.capacity
    cells = BulkCells(slotCount: setting.shape.slotCount)
    var fields: [FieldValues] = []
    var firstField: [Int] = []
    for record in setting.plan.records {
      firstField.append(fields.count)
      for field in record.fields {
        var parser: DateColumnParser?
        if case .time(let time) = field.content {
          parser = DateColumnParser(time.format, calendar: setting.calendar)
        }
        fields.append(FieldValues(slot: setting.shape.slots[field.column], parser: parser))
      }
    }
    self.fields = fields
    self.firstField = firstField
    var unescapedSlots = Set<Int>()
    for record in setting.plan.records {
      for field in record.fields {
        switch field.content {
        case .text(let text) where !text.isKey && text.domain != .currency: continue
        case .constant: continue
        default: unescapedSlots.insert(setting.shape.slots[field.column])
        }
      }
    }
    self.unescapedSlots = unescapedSlots.sorted()
    let feeds = setting.plan.records.indices.map { record in
      Self.feeds(setting, record, values: fields[firstField[record]...].map(\.values))
    }
    self.feeds = feeds
    let recordsOfKind = setting.plan.kinds.map { kind in
      setting.plan.records.indices.filter { setting.plan.records[$0].kind == kind }
    }
    self.recordsOfKind = recordsOfKind
    sourcesOfKind = zip(setting.plan.kinds, recordsOfKind).map { kind, records in
      Self.sources(records.map { feeds[$0] }, columnCount: kind.schema.columns.count)
    }
    dates = PlainDates(setting.calendar)
    kept = BulkPairs(recordCount: setting.plan.records.count)
    blank = BulkPairs(recordCount: setting.plan.records.count)
    blanks = BulkColumns(
      .stageEvent,
      sources: FactKind.stageEvent.schema.columns.map { _ in .values }
    )
    selection = .allocate(capacity: capacity)
    selection.initialize(repeating: 0, count: capacity)
    decimals = .allocate(capacity: capacity)
    decimals.initialize(repeating: 0, count: capacity)
    hashed = .allocate(capacity: capacity)
    hashedRows = .allocate(capacity: capacity)
    hashedRows.initialize(repeating: 0, count: capacity)
    foundCodes = .allocate(capacity: capacity)
    foundCodes.initialize(repeating: 0, count: capacity)
  }

  deinit {
    selection.deallocate()
    decimals.deallocate()
    hashed.deallocate()
    hashedRows.deallocate()
    foundCodes.deallocate()
  }

  /// Reads a block; what an earlier one gave is gone.
  ///
  /// - Parameters:
  ///   - file: All bytes of the mapped file.
  ///   - range: The block: it begins with a record and ends with a line or with the file.
  ///   - dictionaries: The texts known before the block.
  func read(
    _ file: UnsafeRawBufferPointer,
    _ range: Range<Int>,
    _ dictionaries: TextDictionaries
  ) {
    let expected = facts.map { $0.rowCount + $0.rowCount / 8 }
    facts = zip(setting.plan.kinds, sourcesOfKind).map { BulkColumns($0, sources: $1) }
    for (index, count) in expected.enumerated() { facts[index].reserve(count) }
    blanks = BulkColumns(.stageEvent, sources: blanks.sources)
    texts = BulkTexts()
    rowCount = 0
    isSurprising = false
    for field in fields {
      field.memory.forget()
      field.decimalsMemory.forget()
    }
    var rows = BulkRows(file, range, setting.shape)
    var hardCells: [BulkHardRow] = []
    while !isSurprising, rows.next(into: cells) {
      readCells(file, dictionaries)
      for row in 0..<cells.rowCount where cells.isHard[row] {
        hardCells.append(BulkHardRow(start: cells.rowStarts[row], line: Int(cells.lines[row])))
      }
    }
    hardRows = rows.hardRows
    if !hardCells.isEmpty {
      hardRows += hardCells
      hardRows.sort { $0.start < $1.start }
    }
    lineCount = rows.line
    end = rows.position
  }

  // MARK: Cells

  private func readCells(_ file: UnsafeRawBufferPointer, _ dictionaries: TextDictionaries) {
    guard let base = file.baseAddress else { return }
    let records = setting.plan.records
    for slot in unescapedSlots {
      let counts = cells.counts(slot)
      // Only texts are read with their quotes doubled.
      for row in 0..<cells.rowCount where counts[row] < 0 {
        counts[row] = 0
        cells.isHard[row] = true
      }
    }
    for index in records.indices {
      readDecimals(base, index)
      for (position, field) in records[index].fields.enumerated() {
        let values = fields[firstField[index] + position]
        switch field.content {
        case .time(let time): readTimes(base, time, values)
        case .number(let number, let isAmount): readNumbers(base, number, isAmount, values)
        case .flag(let mapping): readFlags(base, mapping, values)
        case .text: if position == records[index].required { checkRequired(base, values) }
        case .constant: break
        }
      }
    }
    selectedCount = 0
    for row in 0..<cells.rowCount where !cells.isHard[row] {
      selection[selectedCount] = row
      selectedCount &+= 1
    }
    rowCount += selectedCount
    for index in records.indices {
      for (position, field) in records[index].fields.enumerated() {
        guard case .text(let text) = field.content else { continue }
        let ordinal = firstField[index] + position
        if text.isKey {
          readKeys(base, text, ordinal, dictionaries[text.domain])
        } else {
          readTexts(base, text, ordinal, dictionaries[text.domain])
        }
      }
    }
    for index in setting.plan.kinds.indices { emit(index) }
  }

  /// A cell without blanks at its ends.
  @inline(__always)
  func cell(
    _ base: UnsafeRawPointer,
    _ values: FieldValues,
    _ row: Int
  ) -> UnsafeRawBufferPointer {
    TextBytes.trimmed(
      UnsafeRawBufferPointer(
        start: base + cells.starts(values.slot)[row],
        count: Int(cells.counts(values.slot)[row])
      )
    )
  }

  private func checkRequired(_ base: UnsafeRawPointer, _ values: FieldValues) {
    for row in 0..<cells.rowCount
    where setting.plan.missing.contains(cell(base, values, row)) {
      cells.isHard[row] = true
    }
  }

  private func readTimes(
    _ base: UnsafeRawPointer,
    _ time: BulkPlan.Time,
    _ field: FieldValues
  ) {
    let starts = cells.starts(field.slot)
    let counts = cells.counts(field.slot)
    let values = field.values
    let hasMissing = !setting.plan.missing.isEmpty
    for row in 0..<cells.rowCount {
      let count = Int(counts[row])
      if count == 0 {
        values[row] = time.whenMissing
        continue
      }
      var value = dates.time(base + starts[row], count: count)
      if hasMissing || value == nil {
        value = otherTime(cell(base, field, row), time, field, value)
      }
      guard var value else {
        cells.isHard[row] = true
        continue
      }
      if time.isDayOnly, TimePoint(rawValue: value).isDated { value = startOfDay(value) }
      values[row] = value
    }
  }

  private func startOfDay(_ value: Int64) -> Int64 {
    let day = setting.calendar.day(of: TimePoint(rawValue: value).instant)
    return TimePoint(setting.calendar.instant(of: day), precision: .day).rawValue
  }

  /// The time of a cell that is not written plainly, or may be one that reads as missing; nil when
  /// it cannot be read.
  private func otherTime(
    _ cell: UnsafeRawBufferPointer,
    _ time: BulkPlan.Time,
    _ field: FieldValues,
    _ known: Int64?
  ) -> Int64? {
    if setting.plan.missing.contains(cell) { return time.whenMissing }
    if let known { return known }
    if !time.accepts(cell) { isSurprising = true }
    return field.parser?.parse(cell)?.rawValue
  }

  private func readFlags(
    _ base: UnsafeRawPointer,
    _ mapping: FieldMapping,
    _ field: FieldValues
  ) {
    let starts = cells.starts(field.slot)
    let counts = cells.counts(field.slot)
    for row in 0..<cells.rowCount {
      let meaning = field.memory.meaning(base + starts[row], Int(counts[row])) { raw in
        let cell = TextBytes.trimmed(raw)
        let value = Self.attempt { () throws(RecordReading.Refusal) in
          try CellNumber.withRenamed(setting.plan.missing.contains(cell) ? nil : cell, mapping) {
            cell throws(RecordReading.Refusal) in
            try CellNumber.scaled(try CellNumber.read(cell, .flag), by: mapping.scale, cell)
          }
        }
        return value.map { CellMemory.Meaning(value: $0) }
      }
      if let meaning {
        field.values[row] = meaning.value
      } else {
        cells.isHard[row] = true
      }
    }
  }

  /// What a reading gives, nil when it refuses the cell.
  static func attempt(_ body: () throws(RecordReading.Refusal) -> Int64) -> Int64? {
    do throws(RecordReading.Refusal) { return try body() } catch { return nil }
  }
}
