import PlumblineCore
import PlumblineYAML

/// Numbers and flags of cells, or why a cell holds none.
enum CellNumber {
  /// The number, flag or time that a mapping gives in a cell's place; nil where it is none.
  static func constant(
    _ text: String,
    _ parse: TablePlan.Field.Parse,
    _ calendar: LocalCalendar
  ) -> Int64? {
    var text = text
    return text.withUTF8 { bytes in
      let cell = UnsafeRawBufferPointer(bytes)
      switch parse {
      case .time(let format):
        var parser = DateColumnParser(format, calendar: calendar)
        return parser.parse(cell)?.rawValue
      case .flag: return flag(cell)
      case .whole(let format):
        if case .value(let value) = format.wholeNumber(cell) { return value }
      case .millionths(let format):
        if case .value(let value) = format.minorUnits(cell, exponent: 6) { return value }
      case .probability(let format, let scale):
        if case .value(let value) = format.minorUnits(cell, exponent: scale.exponent),
          ShareScale.millionths.contains(value)
        {
          return value
        }
      case .amount, .text: break
      }
      return nil
    }
  }

  /// Calls `body` with the cell as the field's renames have it, or the field's value for a missing
  /// cell.
  static func withRenamed(
    _ cell: UnsafeRawBufferPointer?,
    _ field: FieldMapping,
    _ body: (UnsafeRawBufferPointer?) throws(RecordReading.Refusal) -> Int64
  ) throws(RecordReading.Refusal) -> Int64 {
    if let cell {
      guard !field.renames.isEmpty, let renamed = field.renames.renamed(TextBytes.string(cell))
      else { return try body(cell) }
      return try withCell(renamed, body)
    }
    guard let missing = field.valueWhenMissing else { return try body(nil) }
    return try withCell(missing, body)
  }

  /// Calls `body` with the cell as the field's renames have it.
  static func withRenamed(
    _ cell: UnsafeRawBufferPointer,
    _ field: FieldMapping,
    _ body: (UnsafeRawBufferPointer) -> Void
  ) {
    guard !field.renames.isEmpty, var renamed = field.renames.renamed(TextBytes.string(cell))
    else { return body(cell) }
    renamed.withUTF8 { body(UnsafeRawBufferPointer($0)) }
  }

  /// Calls `body` with a text that the mapping puts in a cell's place.
  static func withCell(
    _ text: String,
    _ body: (UnsafeRawBufferPointer?) throws(RecordReading.Refusal) -> Int64
  ) throws(RecordReading.Refusal) -> Int64 {
    var text = text
    do {
      return try text.withUTF8 { try body(UnsafeRawBufferPointer($0)) }
    } catch let refusal as RecordReading.Refusal {
      throw refusal
    } catch {
      preconditionFailure("only refusals are thrown")
    }
  }

  static func read(
    _ cell: UnsafeRawBufferPointer?,
    _ parse: TablePlan.Field.Parse
  ) throws(RecordReading.Refusal) -> Int64 {
    guard let cell else { return FactColumn.noNumber }
    switch parse {
    case .flag:
      guard let value = flag(cell) else {
        throw RecordReading.Refusal(
          code: "row.unreadable-flag",
          reason: "\"\(TextBytes.excerpt(cell))\" is neither yes nor no"
        )
      }
      return value
    case .whole(let format): return try read(cell, format.wholeNumber(cell))
    case .millionths(let format): return try read(cell, format.minorUnits(cell, exponent: 6))
    case .probability(let format, let scale):
      return try read(cell, format.minorUnits(cell, exponent: scale.exponent))
    case .amount, .text, .time: return FactColumn.noNumber
    }
  }

  /// A cell's number or flag, multiplied as the field says.
  ///
  /// - Throws: `RecordReading.Refusal` when there is none, or no probability where one is asked.
  static func read(
    _ cell: UnsafeRawBufferPointer?,
    _ parse: TablePlan.Field.Parse,
    scale: ExactDecimal?
  ) throws(RecordReading.Refusal) -> Int64 {
    let value = try scaled(try read(cell, parse), by: scale, cell)
    guard case .probability(_, let written) = parse, value != FactColumn.noNumber,
      !ShareScale.millionths.contains(value)
    else { return value }
    throw RecordReading.Refusal(
      code: "row.no-probability",
      reason: "\"\(cell.map { TextBytes.excerpt($0) } ?? "")\""
        + (scale.map { " times \($0)" } ?? "")
        + " is not a probability from 0 to \(written == .percent ? "100" : "1")"
    )
  }

  static func read(
    _ cell: UnsafeRawBufferPointer?,
    _ reading: NumberReading
  ) throws(RecordReading.Refusal) -> Int64 {
    switch reading {
    case .value(let value) where value.magnitude <= largestNumber: return value
    case .missing: return FactColumn.noNumber
    case .value, .tooLarge: throw tooLarge(cell)
    case .unreadable, .notWhole:
      throw RecordReading.Refusal(
        code: "row.unreadable-number",
        reason: "\"\(cell.map { TextBytes.excerpt($0) } ?? "")\" is not a number of this column"
      )
    }
  }

  private static func tooLarge(_ cell: UnsafeRawBufferPointer?) -> RecordReading.Refusal {
    RecordReading.Refusal(
      code: "row.number-too-large",
      reason: "\"\(cell.map { TextBytes.excerpt($0) } ?? "")\" is larger than a sum of it can hold"
    )
  }

  /// Numbers beyond this are refused, so that thousands of them can be added up.
  private static let largestNumber: UInt64 = 1_000_000_000_000_000

  static func scaled(
    _ value: Int64,
    by scale: ExactDecimal?,
    _ cell: UnsafeRawBufferPointer?
  ) throws(RecordReading.Refusal) -> Int64 {
    guard value != FactColumn.noNumber, let scale else { return value }
    guard let scaled = scale.multiplied(by: value) else { throw tooLarge(cell) }
    return try read(cell, .value(scaled))
  }

  /// 1 or 0 for a word that says yes or no, nil for any other.
  private static func flag(_ cell: UnsafeRawBufferPointer) -> Int64? {
    switch TextBytes.string(cell).lowercased() {
    case "1", "true", "yes", "y", "t": 1
    case "0", "false", "no", "n", "f": 0
    default: nil
    }
  }
}
