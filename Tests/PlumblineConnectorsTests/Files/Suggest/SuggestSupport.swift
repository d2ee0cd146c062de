import Foundation
import PlumblineConnectors
import PlumblineCore
import Testing

/// Files in a folder of their own, what is proposed for them, and what it reads.
struct SuggestedFiles {
  let folder: URL
  let paths: [String]

  /// Writes files; the names in alphabetical order are the order in which they are given.
  init(_ files: [String: String]) throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("suggest-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var paths: [String] = []
    for (name, text) in files.sorted(by: { $0.key < $1.key }) {
      let file = folder.appendingPathComponent(name)
      try Data(text.utf8).write(to: file)
      paths.append(file.path)
    }
    self.paths = paths
  }

  /// What is proposed; the files are deleted before this returns.
  static func suggest(_ files: [String: String]) throws -> MappingSuggestion {
    let written = try SuggestedFiles(files)
    defer { try? FileManager.default.removeItem(at: written.folder) }
    return try MappingSuggestion.suggest(paths: written.paths)
  }

  /// What is proposed, and what comes of reading the same files by it.
  static func imported(
    _ files: [String: String],
    options: FileImport.Options = FileImport.Options()
  ) throws -> (suggestion: MappingSuggestion, outcome: FileImport.Outcome) {
    let written = try SuggestedFiles(files)
    defer { try? FileManager.default.removeItem(at: written.folder) }
    let suggestion = try MappingSuggestion.suggest(paths: written.paths)
    return (suggestion, try suggestion.imported(written.paths, options: options))
  }
}

extension MappingSuggestion {
  /// Reads the files of the mapping, by the mapping as it comes back from its text.
  func imported(
    _ paths: [String],
    options: FileImport.Options = FileImport.Options()
  ) throws -> FileImport.Outcome {
    let (read, diagnostics) = MappingReader.read(text: yaml, file: "mapping.yaml")
    #expect(diagnostics.map(\.description) == [])
    let mapping = try #require(read)
    #expect(mapping == self.mapping)
    let joins = mapping.files.flatMap(\.records).flatMap(\.fields).compactMap(\.join?.file)
    let used = paths.filter { path in
      let name = URL(fileURLWithPath: path).lastPathComponent
      return mapping.files.contains { $0.matches(fileName: name) }
        || joins.contains { $0.matches(name) }
    }
    return try FileImport(mapping, options: options).read(used)
  }

  /// The records of a kind, in the order of the mapping.
  func records(_ kind: FactKind) -> [RecordMapping] {
    mapping.files.flatMap(\.records).filter { $0.kind == kind }
  }

  /// The only record of a kind.
  func record(_ kind: FactKind) throws -> RecordMapping {
    let records = records(kind)
    #expect(records.count == 1)
    return try #require(records.first)
  }

  /// All comments that mark something unsure, each on one line.
  var unsure: [String] {
    comments.values.flatMap { text in
      text.replacingOccurrences(of: "\n  ", with: " ").split(separator: "\n").map(String.init)
    }.filter { $0.hasPrefix("unsure:") }.sorted()
  }

  /// Whether some comment marks as unsure what contains these words.
  func isUnsure(_ words: String) -> Bool { unsure.contains { $0.contains(words) } }
}

extension RecordMapping {
  /// What fills a field: its columns joined by a bar, or a constant behind `=`.
  func source(_ column: String) -> String? {
    guard let field = self[column] else { return nil }
    switch field.source {
    case .constant(let text): return "=" + text
    case .columns(let columns): return columns.map(\.name).joined(separator: "|")
    }
  }

  /// All fields as `source(_:)` has them.
  var sources: [String: String] {
    Dictionary(
      uniqueKeysWithValues: fields.compactMap { field in
        source(field.column).map { (field.column, $0) }
      }
    )
  }

  /// The renames of a field as a dictionary.
  func renames(_ column: String) -> [String: String] {
    Dictionary(
      (self[column]?.renames.entries ?? []).map { ($0.from, $0.to) },
      uniquingKeysWith: { $1 }
    )
  }
}

/// Public data that may lie beside a checkout of the repository.
enum SuggestData {
  static let folder: URL? = sequence(first: URL(fileURLWithPath: #filePath)) { url in
    url.pathComponents.count > 1 ? url.deletingLastPathComponent() : nil
  }
  .map { $0.appendingPathComponent("shared/data") }
  .first { FileManager.default.fileExists(atPath: $0.path) }

  /// The tables of a folder, in alphabetical order.
  static func paths(_ name: String) throws -> [String] {
    let folder = try #require(Self.folder).appendingPathComponent(name)
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      .filter { $0.hasSuffix(".csv") || $0.hasSuffix(".csv.gz") }
      .map { folder.appendingPathComponent($0).path }
  }
}
