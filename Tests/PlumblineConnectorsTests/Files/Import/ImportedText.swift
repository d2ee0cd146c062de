import Foundation
import PlumblineConnectors
import PlumblineCore

/// Texts imported as if they were files.
struct ImportedText {
  /// What came of reading.
  let outcome: FileImport.Outcome

  /// Reads texts by a mapping, which is given without its first lines.
  init(_ mapping: String, _ files: [String: String]) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
    let reading = MappingReader.read(
      text: "mapping: 1\nsource: test\n" + mapping,
      file: "mapping.yaml"
    )
    guard let mapping = reading.mapping, reading.diagnostics.isEmpty else {
      throw InputError(reading.diagnostics)
    }
    outcome = try FileImport(mapping).read(
      files.keys.sorted().map { folder.appending(path: $0).path(percentEncoded: false) }
    )
  }

  /// The codes of what was found.
  var codes: [String] { outcome.diagnostics.map(\.code) }

  /// One column of the facts of a kind, as text; "" where it is missing.
  func texts(_ kind: FactKind, _ column: String) -> [String] {
    guard case .text(let domain) = kind.schema.columns[kind.schema[column]].content else {
      return []
    }
    return outcome.batch[kind][column].map { outcome.batch.texts[domain][UInt32($0)] }
  }
}
