import Crypto
import Foundation
import PlumblineCommands
import PlumblineConnectors
import PlumblineCore
import PlumblineReporting

/// How uploaded files would be read: their mapping, what it does with the columns, and what an
/// import would find.
struct Proposal: Sendable {
  /// The mapping as text.
  let text: String
  /// The mapping; nil where the text is none.
  let mapping: Mapping?
  /// Why nothing can be imported yet; nothing when all is fine.
  let faults: [Diagnostic]
  /// What else is to be said of the mapping.
  let warnings: [Diagnostic]
  /// What becomes of the columns.
  let preview: MappingPreview?
  /// What an import would read; nil where there are faults.
  let report: ImportReportSections?

  /// Reads the mapping of an upload and rehearses the import.
  ///
  /// - Parameters:
  ///   - upload: The upload; a mapping is proposed first where it has none.
  ///   - workspace: Where mappings of earlier imports are.
  ///   - limits: How far files may be unpacked.
  /// - Throws: What reading files of ours throws.
  /// - Complexity: O(bytes of the files).
  init(
    of upload: UploadShelf.Upload,
    in workspace: Workspace,
    limits: UploadLimits
  ) throws {
    var text = ""
    do {
      try limits.checkUnpacked(upload)
      if !FileManager.default.fileExists(atPath: upload.mapping.path) {
        try Self.save(MappingChoice.text(for: upload, in: workspace), for: upload)
      }
      text = String(decoding: try Data(contentsOf: upload.mapping), as: UTF8.self)
    } catch let error as InputError {
      self.init(withoutMapping: text, error.diagnostics.map { $0.without(folder: upload.files) })
      return
    }
    let reading = MappingReader.read(text: text, file: "mapping.yaml")
    guard let mapping = reading.mapping else {
      self.init(withoutMapping: text, reading.diagnostics)
      return
    }
    try self.init(of: upload, text, mapping, reading.diagnostics)
  }

  private init(
    of upload: UploadShelf.Upload,
    _ text: String,
    _ mapping: Mapping,
    _ warnings: [Diagnostic]
  ) throws {
    self.text = text
    self.mapping = mapping
    self.warnings = warnings
    preview = MappingPreview(mapping, paths: upload.paths)
    do {
      var report = try Workspace.rehearse(upload.paths, by: mapping)
      report.diagnostics = report.diagnostics.map { $0.without(folder: upload.files) }
      self.report = ImportReportSections(report)
      faults = []
    } catch let error as InputError {
      report = nil
      faults = error.diagnostics.map { $0.without(folder: upload.files) }
    }
  }

  private init(withoutMapping text: String, _ faults: [Diagnostic]) {
    self.text = text
    self.faults = faults
    (mapping, warnings, preview, report) = (nil, [], nil, nil)
  }

  /// A mark that two proposals share only if they have the same mapping.
  var mark: String { Self.mark(of: Data(text.utf8)) }

  /// The mark of a mapping's bytes.
  static func mark(of bytes: Data) -> String {
    SHA256.hash(data: bytes).hexadecimal
  }

  /// Keeps a mapping's text for an upload.
  ///
  /// - Throws: What writing a file throws.
  static func save(_ text: String, for upload: UploadShelf.Upload) throws {
    try Data(text.utf8).write(to: upload.mapping, options: .atomic)
  }

  /// What the text marks as unsure, each with the line that it is about.
  var questions: [(question: String, line: String)] {
    let lines = Self.lines(of: text)
    return Self.unsure(in: lines).compactMap { words, place in
      let about = lines[place.upperBound...].lazy
        .map { $0.trimmingCharacters(in: .whitespaces) }
        .first { !$0.isEmpty && !$0.hasPrefix("#") }
      return about.map { (words, $0.hasPrefix("- ") ? String($0.dropFirst(2)) : $0) }
    }
  }

  /// A mapping's text without the questions that are settled; everything else stays as it is.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - isOpen: Whether a question is still to be decided.
  /// - Returns: The text.
  static func text(_ text: String, keeping isOpen: (String) -> Bool) -> String {
    var lines = lines(of: text)
    for (question, place) in unsure(in: lines).reversed() where !isOpen(question) {
      lines.removeSubrange(place)
    }
    return lines.joined(separator: "\n")
  }

  private static func lines(of text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// The questions of a text with the lines that they take, in order.
  private static func unsure(in lines: [Substring]) -> [(question: String, place: Range<Int>)] {
    var questions: [(question: String, place: Range<Int>)] = []
    for (number, line) in lines.enumerated() {
      let trimmed = line.trimmingCharacters(in: .whitespaces)
      if trimmed.hasPrefix("# unsure: ") {
        questions.append((String(trimmed.dropFirst(10)), number..<number + 1))
      } else if trimmed.hasPrefix("#   "), let last = questions.last,
        last.place.upperBound == number
      {
        let more = trimmed.dropFirst().trimmingCharacters(in: .whitespaces)
        questions[questions.count - 1] = (
          last.question + " " + more, last.place.lowerBound..<number + 1
        )
      }
    }
    return questions
  }
}

extension UploadShelf.Upload {
  /// The folder of its files, which people need not know.
  var files: String {
    paths.first.map { ($0 as NSString).deletingLastPathComponent } ?? folder.path
  }
}
