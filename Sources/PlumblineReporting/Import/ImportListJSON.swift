public import PlumblineCore

/// An import that was made, with what was kept of its report.
public struct ImportEntry: Sendable {
  private let record: ImportRecord
  private let facts: [FactKind: Int]
  private let report: ImportReportWire?

  /// An import.
  ///
  /// - Parameters:
  ///   - record: What it was.
  ///   - facts: How many facts it added, by kind.
  ///   - report: Its report as JSON; nil where none was kept.
  public init(_ record: ImportRecord, facts: [FactKind: Int], report: String?) {
    (self.record, self.facts) = (record, facts)
    self.report = report.flatMap { ImportReportWire(json: $0) }
  }

  /// The import with its report as JSON.
  ///
  /// - Parameters:
  ///   - calendar: The clock on which times are written.
  ///   - namesAllRows: Whether all refused rows that were kept are listed; else the first of each
  ///     reason in each file.
  /// - Returns: The JSON, ending in a line break.
  /// - Throws: `EncodingError`; texts and whole numbers give no cause for it.
  public func json(_ calendar: LocalCalendar, namesAllRows: Bool) throws -> String {
    try JSONText.text(
      ImportWire(
        record: wire(calendar),
        facts: FactKind.allCases.compactMap { kind in
          facts[kind].map { ImportWire.Count(kind: kind, count: $0) }
        },
        report: report?.shown(namesAllRows: namesAllRows)
      )
    )
  }

  fileprivate func wire(_ calendar: LocalCalendar) -> ImportRecordWire {
    func time(_ seconds: Int64) -> String { Format.iso8601(Instant(seconds: seconds), calendar) }
    return ImportRecordWire(
      sequence: record.sequence,
      importedAt: time(record.seenAt),
      exportedAt: record.exportedAt.map(time),
      source: record.source,
      timeZone: record.zoneName,
      mappingHash: record.mappingHash,
      files: record.files.map {
        ImportRecordWire.File(
          name: Format.fileName($0.name),
          hash: $0.contentHash,
          bytes: $0.byteCount
        )
      },
      facts: facts.values.reduce(0, +),
      rows: report.map { $0.files.reduce(0) { $0 + $1.rows } },
      refused: report.map { $0.files.reduce(0) { $0 + $1.refused } }
    )
  }
}

/// A stretch of the imports that were made, as JSON.
public struct ImportListJSON: Sendable {
  private let wire: ImportsWire

  /// Imports to be written, in the order given.
  ///
  /// - Parameters:
  ///   - imports: The imports.
  ///   - calendar: The clock on which times are written.
  ///   - window: Which of them.
  public init(_ imports: [ImportEntry], _ calendar: LocalCalendar, _ window: ListWindow) {
    let count = imports.count
    wire = ImportsWire(
      total: count,
      offset: window.offset,
      limit: window.limit,
      next: window.next(of: count),
      imports: imports[window.range(of: count)].map { $0.wire(calendar) }
    )
  }

  /// The JSON, ending in a line break.
  ///
  /// - Throws: `EncodingError`; texts and whole numbers give no cause for it.
  public func text() throws -> String { try JSONText.text(wire) }
}

private struct ImportRecordWire: Codable, Hashable, Sendable {
  struct File: Codable, Hashable, Sendable {
    let name: String
    let hash: String
    let bytes: Int
  }

  let sequence: Int
  let importedAt: String
  @OrNull var exportedAt: String?
  let source: String
  @OrNull var timeZone: String?
  let mappingHash: String
  let files: [File]
  let facts: Int
  @OrNull var rows: Int?
  @OrNull var refused: Int?
}

private struct ImportsWire: Codable, Hashable, Sendable {
  var format = JSONText.format
  var kind = "imports"
  let total: Int
  let offset: Int
  let limit: Int
  @OrNull var next: String?
  let imports: [ImportRecordWire]
}

private struct ImportWire: Codable, Hashable, Sendable {
  struct Count: Codable, Hashable, Sendable {
    let kind: FactKind
    let count: Int
  }

  var format = JSONText.format
  var kind = "import_record"
  let record: ImportRecordWire
  let facts: [Count]
  @OrNull var report: ImportReportWire?
}
