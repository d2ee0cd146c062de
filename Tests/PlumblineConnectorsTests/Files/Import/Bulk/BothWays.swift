import Foundation
import PlumblineConnectors
import PlumblineCore
import Testing

/// The same files read row by row and in bulk, which must come to the same.
enum BothWays {
  /// Ways of cutting files: small blocks cut quoted cells, and a small survey makes surprises.
  static let efforts: [FileImport.Effort] = {
    var small = FileImport.Effort()
    small.blockByteCount = 1
    small.blocksPerWindow = 3
    var uneven = FileImport.Effort()
    uneven.blockByteCount = 97
    uneven.blocksPerWindow = 4
    uneven.surveyedRowCount = 3
    var serial = FileImport.Effort()
    serial.blockByteCount = 700
    serial.blocksPerWindow = 1
    serial.isConcurrent = false
    serial.surveyedRowCount = 1
    var short = FileImport.Effort()
    short.blockByteCount = 30
    short.longestCarry = 200
    short.surveyedRowCount = 20
    return [FileImport.Effort(), small, uneven, serial, short]
  }()

  /// What came of a reading, as text that can be compared.
  static func account(
    _ mapping: Mapping,
    _ options: FileImport.Options,
    _ paths: [String],
    _ effort: FileImport.Effort?
  ) throws -> [String] {
    var files = try FileImport(mapping, options: options)
    if let effort { files.effort = effort } else { files.effort.isBulk = false }
    do {
      return account(try files.read(paths))
    } catch let error as InputError {
      return error.diagnostics.map { "\($0)" }
    }
  }

  private static func account(_ outcome: FileImport.Outcome) -> [String] {
    var account = FactKind.allCases.flatMap { rows(outcome.batch[$0]) }
    account += rows(outcome.blankStageDates).map { "blank \($0)" }
    account += outcome.stageDateColumns.sorted()
    account += outcome.importedFiles.map { "\($0)" }
    account += outcome.files.map { file in
      // A dictionary's order varies.
      var plain = file
      plain.factCounts = [:]
      let counts = FactKind.allCases.map { file.factCounts[$0] ?? 0 }
      return "\(plain) \(counts)"
    }
    account += outcome.refused.map { "\($0)" }
    account += outcome.diagnostics.map { "\($0)" }
    for domain in TextDomain.allCases {
      let texts = outcome.batch.texts[domain]
      account.append("\(domain): \((0..<UInt32(texts.count)).map { texts[$0] })")
    }
    return account
  }

  private static func rows(_ table: FactTable) -> [String] {
    (0..<table.rowCount).map { row in
      let values = table.columns.map { "\($0[row])" }.joined(separator: ",")
      return "\(table.kind) \(table.files[row]):\(table.lines[row]) \(values)"
    }
  }

  /// Ways for files of megabytes.
  static let coarseEfforts: [FileImport.Effort] = {
    var coarse = FileImport.Effort()
    coarse.blockByteCount = 40_000
    coarse.blocksPerWindow = 5
    coarse.surveyedRowCount = 100
    return [FileImport.Effort(), coarse]
  }()

  /// Expects that all ways come to the same.
  static func expectSame(
    _ mapping: Mapping,
    _ paths: [String],
    options: FileImport.Options = FileImport.Options(),
    efforts: [FileImport.Effort] = Self.efforts,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let expected = try account(mapping, options, paths, nil)
    for effort in efforts {
      let found = try account(mapping, options, paths, effort)
      guard found != expected else { continue }
      let place = zip(found, expected).enumerated().first { $0.element.0 != $0.element.1 }
      Issue.record(
        """
        \(effort) reads otherwise: \(found.count) lines, not \(expected.count); first \
        \(place.map { "\"\($0.element.0)\", not \"\($0.element.1)\"" } ?? "the end")
        """,
        sourceLocation: sourceLocation
      )
    }
  }

  /// Expects that all ways of reading a text come to the same.
  static func expectSame(
    _ mapping: String,
    _ texts: [String: String],
    options: FileImport.Options = FileImport.Options(),
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try withFiles(texts.mapValues { Array($0.utf8) }) { paths in
      try expectSame(
        try Self.mapping(mapping),
        paths,
        options: options,
        sourceLocation: sourceLocation
      )
    }
  }

  /// A mapping without its first lines.
  static func mapping(_ text: String) throws -> Mapping {
    let reading = MappingReader.read(
      text: "mapping: 1\nsource: test\n" + text,
      file: "mapping.yaml"
    )
    guard let mapping = reading.mapping else { throw InputError(reading.diagnostics) }
    return mapping
  }

  /// Calls `body` with the paths of files that exist only meanwhile.
  static func withFiles<Result>(
    _ files: [String: [UInt8]],
    _ body: ([String]) throws -> Result
  ) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, bytes) in files { try Data(bytes).write(to: folder.appending(path: name)) }
    return try body(
      files.keys.sorted().map { folder.appending(path: $0).path(percentEncoded: false) }
    )
  }
}
