import Foundation

/// A table of independently computed numbers, kept as a CSV file beside the tests.
///
/// Lines that start with # say which program, version and call made the numbers. The next line
/// names the columns.
public struct ReferenceTable: Sendable {
  /// One line of the table: text by column.
  public struct Row: Sendable, CustomStringConvertible {
    /// The line's cells by column name.
    public let cells: [String: String]
    /// The line as written, shown as the argument of a test.
    public let description: String

    /// The text in a column; empty when there is none.
    public func text(_ column: String) -> String { cells[column] ?? "" }

    /// The number in a column; not a number when there is none, so that no comparison passes.
    public func number(_ column: String) -> Double { cells[column].flatMap(Double.init) ?? .nan }

    /// The whole number in a column; nil when there is none.
    public func integer(_ column: String) -> Int? { cells[column].flatMap { Int($0) } }

    /// The numbers in a column, separated by spaces.
    public func numbers(_ column: String) -> [Double] {
      text(column).split(separator: " ").compactMap { Double($0) }
    }

    /// The whole numbers in a column, separated by spaces.
    public func integers(_ column: String) -> [Int] {
      text(column).split(separator: " ").compactMap { Int($0) }
    }
  }

  /// The lines below the column names.
  public let rows: [Row]

  /// The table `References/<name>.csv` beside the test file that asks.
  ///
  /// - Parameters:
  ///   - name: The file's name without its ending.
  ///   - file: The asking test's file; its folder or a folder above holds `References`.
  /// - Throws: When the file cannot be read.
  public init(_ name: String, file: String = #filePath) throws {
    var folder = URL(filePath: file).deletingLastPathComponent()
    while !FileManager.default.fileExists(atPath: folder.appending(path: "References").path()),
      folder.pathComponents.count > 1
    {
      folder.deleteLastPathComponent()
    }
    let text = try String(
      contentsOf: folder.appending(path: "References/\(name).csv"),
      encoding: .utf8
    )
    let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)
    let columns = lines.first?.split(separator: ",").map(String.init) ?? []
    rows = lines.dropFirst().map { line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      return Row(
        cells: Dictionary(zip(columns, cells)) { first, _ in first },
        description: line
      )
    }
  }
}
