public import PlumblineCore

/// Refused rows as a CSV file that is safe to open in a spreadsheet.
public struct ImportReportCSV: Sendable {
  private let rows: [ImportReport.RefusedRow]

  /// Refused rows to be written.
  public init(_ rows: [ImportReport.RefusedRow]) { self.rows = rows }

  /// The file's text, the header first.
  public var text: String {
    let header = DelimitedRow.line(["file", "line", "code", "reason"])
    return rows.reduce(into: header) { text, row in
      text += DelimitedRow.line([row.file, String(row.line), row.code, row.reason])
    }
  }
}
