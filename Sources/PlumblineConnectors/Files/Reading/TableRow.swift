/// One data row of a table, valid only during the call that is given it.
public struct TableRow {
  /// The line on which the row begins, counted from 1.
  public let line: Int
  /// Whether the row stood in quotes as a whole and was taken apart again.
  public let isMended: Bool

  private let fields: UnsafePointer<DelimitedField>
  private let fieldCount: Int
  private let columnCount: Int

  @inline(__always)
  init(
    line: Int,
    isMended: Bool,
    fields: UnsafePointer<DelimitedField>,
    fieldCount: Int,
    columnCount: Int
  ) {
    self.line = line
    self.isMended = isMended
    self.fields = fields
    self.fieldCount = fieldCount
    self.columnCount = columnCount
  }

  /// A cell's text as it stands, blanks at its ends included.
  ///
  /// Empty where an unnamed last column is missing from the row.
  ///
  /// - Parameter column: The column's position in the header, from 0.
  /// - Returns: UTF-8 bytes, valid only during the call that is given the row.
  @inline(__always)
  public func rawBytes(_ column: Int) -> UnsafeRawBufferPointer {
    precondition(column >= 0 && column < columnCount, "no such column")
    return column < fieldCount
      ? fields[column].rawBytes : UnsafeRawBufferPointer(start: nil, count: 0)
  }

  /// A cell's text without blanks at its ends.
  ///
  /// - Parameter column: The column's position in the header, from 0.
  /// - Returns: UTF-8 bytes, valid only during the call that is given the row.
  @inline(__always)
  public func bytes(_ column: Int) -> UnsafeRawBufferPointer {
    TextBytes.trimmed(rawBytes(column))
  }

  /// A cell's trimmed text as a `String`; for messages and rare columns.
  public func string(_ column: Int) -> String { TextBytes.string(bytes(column)) }
}
