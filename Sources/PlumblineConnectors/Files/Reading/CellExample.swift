/// A cell shown to the user as an example, with its place in the file.
public struct CellExample: Sendable, Hashable {
  /// The line on which the cell's row begins, counted from 1.
  public let line: Int
  /// The cell's text, cut after 40 characters.
  public let text: String

  /// An example.
  public init(line: Int, text: String) {
    self.line = line
    self.text = text
  }

  init(_ cell: UnsafeRawBufferPointer, line: Int) {
    self.init(line: line, text: TextBytes.excerpt(cell))
  }
}

extension ListedRows<CellExample> {
  /// How many cells are shown for each thing that is wrong or decisive.
  static let exampleLimit = 5

  mutating func append(_ cell: UnsafeRawBufferPointer, line: Int) {
    append(CellExample(cell, line: line), limit: Self.exampleLimit)
  }
}
