/// What an import did, for whoever made it.
public struct ImportReport: Sendable {
  /// A row that was not stored.
  public struct RefusedRow: Hashable, Sendable {
    /// The file's name.
    public var file: String
    /// The line on which the row begins, counted from 1.
    public var line: Int
    /// A stable code, such as `row.too-few-fields`.
    public var code: String
    /// Why, as a sentence.
    public var reason: String

    /// A refused row.
    public init(file: String, line: Int, code: String, reason: String) {
      self.file = file
      self.line = line
      self.code = code
      self.reason = reason
    }
  }

  /// What was found in one file.
  public struct File: Sendable {
    /// The file's name.
    public var name: String
    /// How its bytes were read, such as `UTF-8` or `Windows-1252`.
    public var encoding = ""
    /// What separates its fields.
    public var delimiter = ""
    /// Rows of data, refused ones included.
    public var rowCount = 0
    /// Rows refused.
    public var refusedCount = 0
    /// Rows that were mended, with what was mended in words.
    public var mendedCount = 0
    /// Header rows repeated in the middle, left out.
    public var repeatedHeaderCount = 0
    /// Lines before the header, left out.
    public var preambleLineCount = 0
    /// Rows of totals, left out of the data.
    public var totalsRowCount = 0
    /// Columns that the mapping does not use.
    public var unusedColumns: [String] = []
    /// Facts made from the file, by kind.
    public var factCounts: [FactKind: Int] = [:]

    /// A report on a file.
    public init(name: String) { self.name = name }
  }

  /// The import; its sequence is 0 when nothing was stored.
  public var record: ImportRecord
  /// Whether exactly these files were imported with this mapping before.
  public var isRepetition = false
  /// The files, in the order of reading.
  public var files: [File] = []
  /// What became of the facts, by kind.
  public var novelty: [FactKind: Ledger.Novelty] = [:]
  /// Stage dates that disappeared or moved since an earlier export.
  public var stageDateChanges: StageDateChanges?
  /// Rows refused, at most `mostRefusedRows` of them.
  public var refused: [RefusedRow] = []
  /// Warnings and notes.
  public var diagnostics: [Diagnostic] = []
  /// What nobody recorded, over the whole store after the import.
  public var gaps: [CaptureGap] = []
  /// Leads that are merged into another, over the whole store.
  public var mergedLeadCount = 0

  /// The most refused rows that a report lists one by one.
  public static let mostRefusedRows = 1000

  /// A report on an import.
  public init(record: ImportRecord) { self.record = record }
}
