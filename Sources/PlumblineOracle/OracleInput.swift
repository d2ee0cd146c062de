public import Foundation
public import PlumblineCore

/// The input of a reference case, with typed access that says which value is wrong.
public struct OracleInput: Sendable {
  /// The input as written.
  public let tree: JSONTree
  /// The folder that paths inside the input are relative to.
  public let folder: URL

  /// An input whose paths are relative to a folder.
  public init(_ tree: JSONTree, folder: URL) {
    self.tree = tree
    self.folder = folder
  }

  /// A value of the input; null when there is none.
  public subscript(name: String) -> JSONTree { tree[name] }

  /// A number that must be there.
  public func number(_ name: String) throws -> Double {
    try tree[name].number ?? missing(name, "a number")
  }

  /// A number, or what is used when there is none.
  public func number(_ name: String, default value: Double) throws -> Double {
    tree[name] == .null ? value : try number(name)
  }

  /// A number of a range that must be there, or what is used when there is none.
  func number(
    _ name: String,
    in range: ClosedRange<Double>,
    default value: Double? = nil
  ) throws -> Double {
    if let value, tree[name] == .null { return value }
    guard let found = tree[name].number, range.contains(found) else {
      return try missing(name, "a number of \(range.lowerBound) to \(range.upperBound)")
    }
    return found
  }

  /// A whole number that must be there, at most a million million either side of 0: so many can be
  /// added up.
  public func integer(_ name: String) throws -> Int {
    guard let found = tree[name].integer, Self.wholeNumbers.contains(found) else {
      return try missing(name, "a whole number, at most 1e12 either side of 0")
    }
    return found
  }

  private static let wholeNumbers = -1_000_000_000_000...1_000_000_000_000

  /// A whole number of a range, or what is used when there is none.
  func integer(_ name: String, in range: ClosedRange<Int>, default value: Int) throws -> Int {
    guard tree[name] != .null else { return value }
    guard let found = tree[name].integer, range.contains(found) else {
      return try missing(name, "a whole number of \(range.lowerBound) to \(range.upperBound)")
    }
    return found
  }

  /// A text that must be there.
  public func text(_ name: String) throws -> String {
    try tree[name].text ?? missing(name, "a text")
  }

  /// A list of numbers that must be there.
  public func numbers(_ name: String) throws -> [Double] {
    let values = tree[name].elements.compactMap(\.number)
    guard case .list(let all) = tree[name], all.count == values.count else {
      return try missing(name, "a list of numbers")
    }
    return values
  }

  /// A list of whole numbers that must be there, each at most a million million either side of 0.
  public func integers(_ name: String) throws -> [Int] {
    let values = tree[name].integers.filter(Self.wholeNumbers.contains)
    guard case .list(let all) = tree[name], all.count == values.count else {
      return try missing(name, "a list of whole numbers, at most 1e12 either side of 0")
    }
    return values
  }

  /// The parts of a list of objects, as inputs of their own.
  public func parts(_ name: String) throws -> [OracleInput] {
    guard case .list(let all) = tree[name] else { return try missing(name, "a list") }
    return all.map { OracleInput($0, folder: folder) }
  }

  /// A nested object, as an input of its own.
  public func part(_ name: String) throws -> OracleInput {
    guard case .object = tree[name] else { return try missing(name, "an object") }
    return OracleInput(tree[name], folder: folder)
  }

  /// The rows of a comma-separated file whose first line names the columns; cells hold no commas.
  ///
  /// - Parameter path: Where the file is, relative to `folder`.
  /// - Returns: Each row's text by column.
  /// - Throws: `InputError` when the file cannot be read.
  public func table(at path: String) throws -> [[String: String]] {
    guard let text = try? String(contentsOf: folder.appending(path: path), encoding: .utf8) else {
      throw InputError(
        code: "oracle.no-file",
        "the case's file \(path) cannot be read.",
        remedy: "Paths inside a case are relative to the current directory."
      )
    }
    let lines = text.split(whereSeparator: \.isNewline)
    let columns = lines.first?.split(separator: ",", omittingEmptySubsequences: false) ?? []
    return lines.dropFirst().map { line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      return Dictionary(zip(columns.map(String.init), cells.map(String.init))) { first, _ in first }
    }
  }

  private func missing<Value>(_ name: String, _ wanted: String) throws -> Value {
    throw InputError(
      code: "oracle.input",
      "the case's input has no \"\(name)\" that is \(wanted).",
      remedy: "Compare with a reference case of the same method."
    )
  }
}
