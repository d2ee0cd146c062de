import PlumblineCore

/// Which cells may stand behind the rows that were surveyed, without changing how a column is read.
extension BulkPlan.Time {
  /// Whether a cell that is not missing may stand there.
  func accepts(_ cell: UnsafeRawBufferPointer) -> Bool {
    if acceptsEither, acceptsUnreadable || MissingMark.matches(cell) { return true }
    guard let parts = DateCell(cell) else { return acceptsUnreadable || MissingMark.matches(cell) }
    if case .either = parts.day { return acceptsEither }
    return true
  }
}

extension BulkPlan.Number {
  /// Whether a cell that is not missing may stand there.
  func accepts(_ cell: UnsafeRawBufferPointer) -> Bool {
    if MissingMark.matches(cell) { return true }
    guard let parts = NumberCell(cell) else { return acceptsUnreadable }
    if !parts.currency.isEmpty, !acceptsCurrencies { return false }
    return switch (parts.fitsPoint, parts.fitsComma) {
    case (true, false): acceptsPoint
    case (false, _): acceptsComma
    case (true, true):
      acceptsOpenSigns
        || !parts.digits.contains(Ascii.point) && !parts.digits.contains(Ascii.comma)
    }
  }
}

extension BulkPlan {
  /// Whether no cell of a row that is read one by one could change how its column is read.
  func accepts(_ row: TableRow) -> Bool {
    if table.isSurveyed { return true }
    return records.allSatisfy { record in
      record.fields.allSatisfy { field in
        switch field.content {
        case .constant, .flag, .text: return true
        case .number(let number, _):
          let cell = row.bytes(field.column)
          return missing.contains(cell) || number.accepts(cell)
        case .time(let time):
          let cell = row.bytes(field.column)
          return missing.contains(cell) || time.accepts(cell)
        }
      }
    }
  }
}
