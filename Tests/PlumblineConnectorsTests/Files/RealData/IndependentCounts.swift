import Foundation
import PlumblineTestSupport

/// Numbers counted from the files by a Python program that knows nothing of Plumbline.
struct IndependentCounts {
  /// What was counted.
  struct Key: Hashable, Comparable, CustomStringConvertible {
    var measure: String
    var dimension: String
    var group: String
    var name: String

    var description: String { "\(measure)/\(dimension)/\(group)/\(name)" }

    static func < (left: Key, right: Key) -> Bool { left.description < right.description }
  }

  /// The numbers that are not 0.
  let values: [Key: Int]

  /// The interpreter, or nil when none is installed.
  static let python: URL? = {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/usr/local/bin"
    return path.split(separator: ":").map { URL(filePath: "\($0)/python3") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path(percentEncoded: false)) }
  }()

  static let absenceNote = "python3 is not installed; it counts the data sets independently"

  struct Failure: Error { var message: String }

  /// Runs the program of a data set.
  init(of set: RealDataSet) throws {
    guard let python = Self.python else { throw Failure(message: Self.absenceNote) }
    let program = Repository.root.appending(
      path: "Tests/PlumblineConnectorsTests/Files/RealData/Counts/\(set.name).py"
    )
    let process = Process()
    let output = Pipe()
    process.executableURL = python
    // -B: no compiled files beside the program.
    process.arguments = [
      "-B", program.path(percentEncoded: false), set.folder.path(percentEncoded: false),
    ]
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(message: "\(set.name).py ended with \(process.terminationStatus)")
    }
    var values: [Key: Int] = [:]
    for line in text.split(separator: "\n").dropFirst() {
      let cells = Self.cells(line)
      guard cells.count == 5, let value = Int(cells[4]) else {
        throw Failure(message: "\(set.name).py printed \"\(line)\"")
      }
      let key = Key(measure: cells[0], dimension: cells[1], group: cells[2], name: cells[3])
      if value != 0 { values[key] = value }
    }
    self.values = values
  }

  /// The cells of a line; quotes stand around cells with a comma only.
  private static func cells(_ line: Substring) -> [String] {
    var cells = [""]
    var isQuoted = false
    for character in line {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: cells.append("")
      default: cells[cells.count - 1].append(character)
      }
    }
    return cells
  }
}
