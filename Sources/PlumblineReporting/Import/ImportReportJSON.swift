import Foundation
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
    var name: String
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
    var file: String
    let line: Int
    let code: String
    let reason: String
  }

  let format: Int
  let kind: String
  let sequence: Int
  let isRepetition: Bool
  let source: String
  var files: [File]
  let kinds: [Kind]
  let stageDatesDisappeared: [Tally]
  let stageDatesMoved: [Tally]
  var refused: [Refused]
  var diagnostics: [ErrorWire]
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

extension ImportReportWire {
  /// A report that was kept as JSON; nil when it is none, or one of another format.
  init?(json: String) {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    guard let wire = try? decoder.decode(ImportReportWire.self, from: Data(json.utf8)),
      wire.format == JSONText.format, wire.kind == "import"
    else { return nil }
    self = wire
  }

  /// Refused rows with how many of the same file were refused for the same reason, in the order in
  /// which reasons came.
  var refusedByReason: [(first: Refused, count: Int)] {
    var groups: [(first: Refused, count: Int)] = []
    var places: [[String]: Int] = [:]
    for row in refused {
      if let place = places[[row.file, row.code]] {
        groups[place].count += 1
      } else {
        places[[row.file, row.code]] = groups.count
        groups.append((row, 1))
      }
    }
    return groups
  }

  /// The report as people elsewhere may read it: files by their names, without their folders.
  ///
  /// - Parameter namesAllRows: Whether all refused rows that were kept are listed; else the first of
  ///   each reason in each file.
  /// - Returns: The report.
  func shown(namesAllRows: Bool) -> ImportReportWire {
    var shown = self
    for place in shown.files.indices {
      shown.files[place].name = Format.fileName(files[place].name)
    }
    if !namesAllRows { shown.refused = refusedByReason.map(\.first) }
    for place in shown.refused.indices {
      shown.refused[place].file = Format.fileName(shown.refused[place].file)
    }
    shown.diagnostics = diagnostics.map(\.withoutFolder)
    return shown
  }
}
