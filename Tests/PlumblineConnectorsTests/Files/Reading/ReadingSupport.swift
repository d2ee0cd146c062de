import Foundation
import PlumblineConnectors
import PlumblineCore

/// A small generator whose numbers depend on the seed alone (splitmix64).
struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func pick<Choices: RandomAccessCollection>(_ choices: Choices) -> Choices.Element {
    choices[
      choices.index(choices.startIndex, offsetBy: Int.random(in: 0..<choices.count, using: &self))
    ]
  }
}

/// A table in memory, and what a pass over it gives.
struct ReadTable {
  let table: TableReader
  let rows: [[String]]
  let lines: [Int]
  let summary: TableSummary

  init(_ file: FileBytes, _ options: TableOptions = TableOptions()) throws {
    let table = try TableReader(file, options: options)
    var rows: [[String]] = []
    var lines: [Int] = []
    summary = table.forEachRow { row in
      rows.append(table.header.indices.map { TextBytes.string(row.rawBytes($0)) })
      lines.append(row.line)
    }
    self.table = table
    self.rows = rows
    self.lines = lines
  }

  init(_ text: String, _ options: TableOptions = TableOptions()) throws {
    try self.init(FileBytes(bytes: text.utf8, path: "table.csv"), options)
  }
}

/// The codes of an error's diagnostics, empty when `body` throws nothing.
func codes(_ body: () throws -> Void) -> [String] {
  do {
    try body()
    return []
  } catch let error as InputError {
    return error.diagnostics.map(\.code)
  } catch {
    return ["\(error)"]
  }
}

/// Calls `body` with the bytes of a text.
func withBytes<Result>(_ text: String, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
  Array(text.utf8).withUnsafeBytes(body)
}

/// The folder with public data that lies beside a checkout of the repository, if it is there.
enum SharedData {
  static let folder: URL? = sequence(first: URL(fileURLWithPath: #filePath)) { url in
    url.pathComponents.count > 1 ? url.deletingLastPathComponent() : nil
  }
  .map { $0.appending(path: "shared/data") }
  .first { FileManager.default.fileExists(atPath: $0.path) }

  static func path(_ name: String) -> String { folder?.appending(path: name).path ?? name }
}
