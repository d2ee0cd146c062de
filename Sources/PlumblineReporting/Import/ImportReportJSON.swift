public import PlumblineCore

/// An import's report as JSON.
public struct ImportReportJSON: Sendable {
  private let wire: ImportReportWire

  /// A report to be written.
  public init(_ report: ImportReport) { wire = ImportReportWire(report) }

  /// The JSON, ending in a line break.
  ///
  /// - Throws: `EncodingError`; the values of a report give no cause for it.
  public func text() throws -> String { try JSONText.text(wire) }
}

struct ImportReportWire: Codable, Hashable, Sendable {
  struct File: Codable, Hashable, Sendable {
    let name: String
    let encoding: String
    let delimiter: String
    let rows: Int
    let refused: Int
    let mended: Int
    let preambleLines: Int
    let repeatedHeaders: Int
    let totalsRows: Int
    let unusedColumns: [String]
    let facts: [String: Int]
  }

  struct Kind: Codable, Hashable, Sendable {
    let kind: FactKind
    let new: Int
    let changed: Int
    let known: Int
    let repeated: Int
    let datesDisappeared: [String: Int]
    let datesMoved: [String: Int]
  }

  struct Refused: Codable, Hashable, Sendable {
    let file: String
    let line: Int
    let code: String
    let reason: String
  }

  let format: Int
  let kind: String
  let sequence: Int
  let isRepetition: Bool
  let source: String
  let files: [File]
  let kinds: [Kind]
  let stageDatesDisappeared: [String: Int]
  let stageDatesMoved: [String: Int]
  let refused: [Refused]
  let diagnostics: [Diagnostic]
  let gaps: [CaptureGap]
  let mergedLeads: Int

  init(_ report: ImportReport) {
    format = 1
    kind = "import"
    sequence = report.record.sequence
    isRepetition = report.isRepetition
    source = report.record.source
    files = report.files.map { file in
      File(
        name: file.name,
        encoding: file.encoding,
        delimiter: file.delimiter,
        rows: file.rowCount,
        refused: file.refusedCount,
        mended: file.mendedCount,
        preambleLines: file.preambleLineCount,
        repeatedHeaders: file.repeatedHeaderCount,
        totalsRows: file.totalsRowCount,
        unusedColumns: file.unusedColumns,
        facts: Dictionary(uniqueKeysWithValues: file.factCounts.map { ($0.rawValue, $1) })
      )
    }
    kinds = FactKind.allCases.compactMap { kind in
      report.novelty[kind].map { novelty in
        Kind(
          kind: kind,
          new: novelty.new,
          changed: novelty.changed,
          known: novelty.known,
          repeated: novelty.repeated,
          datesDisappeared: novelty.disappearedDates,
          datesMoved: novelty.movedDates
        )
      }
    }
    stageDatesDisappeared = report.stageDateChanges?.disappeared ?? [:]
    stageDatesMoved = report.stageDateChanges?.moved ?? [:]
    refused = report.refused.map {
      Refused(file: $0.file, line: $0.line, code: $0.code, reason: $0.reason)
    }
    diagnostics = report.diagnostics
    gaps = report.gaps
    mergedLeads = report.mergedLeadCount
  }
}
