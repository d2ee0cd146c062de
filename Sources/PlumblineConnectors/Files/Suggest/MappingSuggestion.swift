public import PlumblineCore

/// A mapping proposed from the headers and values of files, for somebody to read through.
///
/// What is doubtful carries a comment that begins with "unsure:"; what was left out is said too.
public struct MappingSuggestion: Sendable {
  /// The mapping.
  public let mapping: Mapping
  /// What is to be said about its places.
  public let comments: [MappingWriter.Place: String]
  /// What was found on the way: files that could not be read, or that nothing is proposed for.
  public let diagnostics: [Diagnostic]

  /// The mapping as a mapping file with its comments.
  public var yaml: String { MappingWriter.yaml(mapping, comments: comments) }

  /// How many things the reader is asked to decide.
  public var unsureCount: Int {
    comments.values.reduce(0) { count, text in
      count + text.split(separator: "\n").count { $0.hasPrefix("unsure:") }
    }
  }

  /// The exports of products that are recognised by their columns, in alphabetical order.
  public static var knownExports: [String] { ExportProfile.all.map(\.name) }

  /// Proposes a mapping for files.
  ///
  /// - Parameters:
  ///   - paths: The files.
  ///   - source: The name of the system that they come from; nil to take that of a known export.
  /// - Returns: The proposal.
  /// - Throws: `InputError` when there is no file for which anything can be proposed; it holds all
  ///   that was found.
  /// - Complexity: O(bytes): one pass over each file, and up to three more over those of spend.
  public static func suggest(
    paths: [String],
    source: String? = nil
  ) throws(InputError) -> MappingSuggestion {
    var findings: [Diagnostic] = []
    let tables = TableEvidence.survey(paths, findings: &findings)
    let builder = SuggestionBuilder(tables)
    findings += tables.flatMap(\.notes).filter { $0.severity != .note }
    for (table, reason) in builder.leftOut {
      findings.append(
        Diagnostic(
          .warning,
          code: "suggest.left-out",
          "nothing is proposed for \(table.fileNames.joined(separator: ", ")): \(reason).",
          at: Diagnostic.Location(file: table.paths.first ?? "", line: table.headerLine),
          remedy: "Leave the file out of the import, or describe it in the mapping by hand."
        )
      )
    }
    findings += sameNames(builder.drafts)
    guard !builder.drafts.isEmpty else {
      if paths.isEmpty {
        throw InputError(
          code: "suggest.no-files",
          "no file was given.",
          remedy: "Name the files to be read."
        )
      }
      throw InputError(
        findings + [
          Diagnostic(
            .error,
            code: "suggest.nothing",
            "no mapping can be proposed for these files.",
            remedy: "Write one by hand; Documentation/mapping.md says how."
          )
        ]
      )
    }
    let file = SuggestedFile(builder, source: source)
    return MappingSuggestion(
      mapping: file.mapping,
      comments: file.comments,
      diagnostics: findings
    )
  }

  /// Files of the same name in several folders, which a mapping cannot tell apart.
  private static func sameNames(_ drafts: [TableDraft]) -> [Diagnostic] {
    var first: [String: Int] = [:]
    var findings: [Diagnostic] = []
    for (index, draft) in drafts.enumerated() {
      for name in Set(draft.table.fileNames.map { $0.lowercased() }).sorted() {
        guard let other = first.updateValue(index, forKey: name), other != index else { continue }
        findings.append(
          Diagnostic(
            .warning,
            code: "suggest.same-name",
            "two files with different columns are called \(name), and a mapping goes by the name.",
            at: Diagnostic.Location(file: draft.table.paths.first ?? ""),
            remedy: "Rename one of them, and its part of the mapping."
          )
        )
      }
    }
    return findings
  }
}
