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
  /// How often something is, by its name.
  struct Tally: Codable, Hashable, Sendable {
    let name: String
    let count: Int

    static func list(_ counts: [String: Int]) -> [Tally] {
      counts.sorted { $0.key < $1.key }.map { Tally(name: $0.key, count: $0.value) }
    }
  }

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
    let facts: [Tally]
  }

  struct Kind: Codable, Hashable, Sendable {
    let kind: FactKind
    let new: Int
    let changed: Int
    let known: Int
    let repeated: Int
    let datesDisappeared: [Tally]
    let datesMoved: [Tally]
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
  let stageDatesDisappeared: [Tally]
  let stageDatesMoved: [Tally]
  let refused: [Refused]
  let diagnostics: [ErrorWire]
  let gaps: [GapWire]
  let mergedLeads: Int

  init(_ report: ImportReport) {
    format = JSONText.format
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
        facts: Tally.list(
          Dictionary(uniqueKeysWithValues: file.factCounts.map { ($0.rawValue, $1) })
        )
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
          datesDisappeared: Tally.list(novelty.disappearedDates),
          datesMoved: Tally.list(novelty.movedDates)
        )
      }
    }
    stageDatesDisappeared = Tally.list(report.stageDateChanges?.disappeared ?? [:])
    stageDatesMoved = Tally.list(report.stageDateChanges?.moved ?? [:])
    refused = report.refused.map {
      Refused(file: $0.file, line: $0.line, code: $0.code, reason: $0.reason)
    }
    diagnostics = report.diagnostics.map { ErrorWire($0) }
    gaps = report.gaps.map { GapWire($0) }
    mergedLeads = report.mergedLeadCount
  }
}
