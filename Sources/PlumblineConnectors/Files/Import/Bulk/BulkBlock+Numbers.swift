import PlumblineCore

extension BulkBlock {
  /// How many decimals the amounts of each row have.
  func readDecimals(_ base: UnsafeRawPointer, _ index: Int) {
    let record = setting.plan.records[index]
    guard record.hasAmount else { return }
    let currency = record.kind.schema["currency"]
    let ownDefault = setting.defaultDecimals[index] ?? -1
    let place = record.fields.firstIndex { $0.schemaColumn == currency }
    guard let place, case .text(let text) = record.fields[place].content else {
      decimals.update(repeating: ownDefault, count: BulkCells.capacity)
      return
    }
    let field = fields[firstField[index] + place]
    let starts = cells.starts(field.slot)
    let counts = cells.counts(field.slot)
    for row in 0..<cells.rowCount {
      let meaning = field.decimalsMemory.meaning(base + starts[row], Int(counts[row])) { raw in
        let cell = TextBytes.trimmed(raw)
        let shown = Self.shown(cell, setting.plan.missing.contains(cell), text)
        return CellMemory.Meaning(
          value: 0,
          decimals: shown.isEmpty ? ownDefault : Currency.decimals(of: shown.uppercased())
        )
      }
      decimals[row] = meaning?.decimals ?? ownDefault
    }
  }

  func readNumbers(
    _ base: UnsafeRawPointer,
    _ number: BulkPlan.Number,
    _ isAmount: Bool,
    _ field: FieldValues
  ) {
    let starts = cells.starts(field.slot)
    let counts = cells.counts(field.slot)
    let values = field.values
    let acceptsSign = number.sign == .point ? number.acceptsPoint : number.acceptsComma
    let mayBePlain = number.isPlain && setting.plan.missing.isEmpty
    var places = 0
    if case .millionths = number.parse { places = 6 }
    for row in 0..<cells.rowCount {
      if isAmount { places = decimals[row] }
      if mayBePlain, places >= 0,
        let value = Self.plainNumber(
          UnsafeRawBufferPointer(start: base + starts[row], count: Int(counts[row])),
          acceptsSign ? number.sign.byte : Ascii.zero,
          places
        )
      {
        values[row] = value
      } else if let value = otherNumber(cell(base, field, row), number, isAmount, places) {
        values[row] = value
      } else {
        cells.isHard[row] = true
      }
    }
  }

  /// Up to fifteen digits, one or two of them behind a decimal sign, as so many decimals; nil for
  /// every other cell.
  @inline(__always)
  private static func plainNumber(
    _ cell: UnsafeRawBufferPointer,
    _ sign: UInt8,
    _ places: Int
  ) -> Int64? {
    guard cell.count > 0, cell.count + places <= 15 else { return nil }
    var value: Int64 = 0
    var index = 0
    while index < cell.count, Ascii.isDigit(cell[index]) {
      value = value &* 10 &+ Int64(cell[index] &- Ascii.zero)
      index &+= 1
    }
    var left = places
    if index < cell.count {
      let behind = cell.count &- index &- 1
      guard index > 0, cell[index] == sign, behind == 1 || behind == 2, behind <= places
      else { return nil }
      index &+= 1
      while index < cell.count {
        guard Ascii.isDigit(cell[index]) else { return nil }
        value = value &* 10 &+ Int64(cell[index] &- Ascii.zero)
        index &+= 1
      }
      left &-= behind
    }
    for _ in 0..<left { value &*= 10 }
    return value
  }

  /// The number of any cell, nil when it cannot be read.
  private func otherNumber(
    _ cell: UnsafeRawBufferPointer,
    _ number: BulkPlan.Number,
    _ isAmount: Bool,
    _ places: Int
  ) -> Int64? {
    let isMissing = setting.plan.missing.contains(cell)
    if !isMissing, !number.accepts(cell) { isSurprising = true }
    return Self.attempt { () throws(RecordReading.Refusal) in
      try CellNumber.withRenamed(isMissing ? nil : cell, number.field) {
        cell throws(RecordReading.Refusal) in
        guard isAmount else {
          return try CellNumber.read(cell, number.parse, scale: number.field.scale)
        }
        return try CellNumber.scaled(
          try Self.amount(cell, number.parse, places),
          by: number.field.scale,
          cell
        )
      }
    }
  }

  /// An amount in minor units; `places` is -1 where the row has no currency.
  private static func amount(
    _ cell: UnsafeRawBufferPointer?,
    _ parse: TablePlan.Field.Parse,
    _ places: Int
  ) throws(RecordReading.Refusal) -> Int64 {
    guard let cell, case .amount(let format) = parse else { return FactColumn.noNumber }
    if places < 0, !MissingMark.matches(cell) {
      throw RecordReading.Refusal(code: "row.no-currency", reason: "")
    }
    return try CellNumber.read(cell, format.minorUnits(cell, exponent: max(0, places)))
  }
}
