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
  var questions: [(question: String, line: String)] { Self.questions(in: text) }

  /// A mapping's text without the questions that are settled; everything else stays as it is.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - isOpen: Whether a question is still to be decided.
  /// - Returns: The text.
  static func text(_ text: String, keeping isOpen: (String) -> Bool) -> String {
    var lines: [Substring] = []
    // The lines of the question that is being read, and its words.
    var held: (lines: [Substring], question: String)?
    func settle() {
      if let held, isOpen(held.question) { lines += held.lines }
      held = nil
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let trimmed = line.trimmingCharacters(in: .whitespaces)
      if trimmed.hasPrefix("# unsure: ") {
        settle()
        held = ([line], String(trimmed.dropFirst(10)))
      } else if trimmed.hasPrefix("#   "), let begun = held {
        let more = trimmed.dropFirst().trimmingCharacters(in: .whitespaces)
        held = (begun.lines + [line], begun.question + " " + more)
      } else {
        settle()
        lines.append(line)
      }
    }
    settle()
    return lines.joined(separator: "\n")
  }

  private static func questions(in text: String) -> [(question: String, line: String)] {
    var questions: [(question: String, line: String)] = []
    var waiting: [String] = []
    var isOpen = false
    for line in text.split(separator: "\n") {
      let trimmed = line.trimmingCharacters(in: .whitespaces)
      guard trimmed.hasPrefix("#") else {
        let place = trimmed.hasPrefix("- ") ? String(trimmed.dropFirst(2)) : trimmed
        questions += waiting.map { ($0, place) }
        (waiting, isOpen) = ([], false)
        continue
      }
      let words = trimmed.dropFirst()
      if words.hasPrefix(" unsure: ") {
        waiting.append(String(words.dropFirst(9)))
        isOpen = true
      } else if isOpen, words.hasPrefix("   "), let last = waiting.popLast() {
        waiting.append(last + " " + words.trimmingCharacters(in: .whitespaces))
      } else {
        isOpen = false
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
