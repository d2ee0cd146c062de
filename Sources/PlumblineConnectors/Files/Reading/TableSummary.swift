public import PlumblineCore

/// A line of the file that is not data, with its cells.
public struct TableLine: Sendable, Hashable {
  /// The line where it begins, counted from 1.
  public var line: Int
  /// Its cells, as they stand.
  public var cells: [String]

  /// A line with its cells.
  public init(line: Int, cells: [String]) {
    self.line = line
    self.cells = cells
  }
}

/// A row that was not read, and why.
public struct RowRefusal: Sendable, Hashable {
  /// Why a row is refused.
  public enum Reason: Sendable, Hashable {
    /// Fewer fields than the header.
    case tooFewFields(have: Int, need: Int)
    /// More fields than the header, and something in them.
    case tooManyFields(have: Int, need: Int)
    /// Something stands behind a closing quote.
    case strayQuote
    /// A quote is opened and never closed.
    case unterminatedQuote

    /// The stable code.
    public var code: String {
      switch self {
      case .tooFewFields: "row.too-few-fields"
      case .tooManyFields: "row.too-many-fields"
      case .strayQuote: "row.stray-quote"
      case .unterminatedQuote: "row.unterminated-quote"
      }
    }
  }

  /// The lines that the row takes in the file, counted from 1.
  public let lines: ClosedRange<Int>
  /// Why it is refused.
  public let reason: Reason

  /// A refused row.
  public init(lines: ClosedRange<Int>, reason: Reason) {
    self.lines = lines
    self.reason = reason
  }

  /// The stable code of the reason.
  public var code: String { reason.code }

  /// What is wrong, as one sentence.
  public var message: String {
    let further =
      lines.count == 1 ? "" : "; it swallowed the lines up to \(lines.upperBound), refused as well"
    return switch reason {
    case .tooFewFields(let have, let need):
      "the row has \(have) field\(have == 1 ? "" : "s") where the header has \(need)."
    case .tooManyFields(let have, let need):
      "the row has \(have) fields where the header has \(need)."
    case .strayQuote: "text follows a closing quote in this row\(further)."
    case .unterminatedQuote: "a quote opened in this row is never closed\(further)."
    }
  }

  /// How to mend it.
  public var remedy: String {
    switch reason {
    case .tooFewFields, .tooManyFields:
      "Look for a missing or an unquoted delimiter, or export the file again."
    case .strayQuote, .unterminatedQuote:
      "Write a quote inside a quoted field twice, and close every quoted field."
    }
  }
}

/// A row that adds up others; not data, but something to check the data against.
public struct TotalsRow: Sendable, Hashable {
  /// How the row was recognised.
  public enum Sign: Sendable, Hashable {
    /// Its first filled cell is a totals label.
    case label
    /// All of its key columns are empty.
    case emptyKeys
  }

  /// The line and its cells; may have fewer or more cells than the header.
  public let row: TableLine
  /// How the row was recognised.
  public let sign: Sign
}

/// Lines of a kind: all are counted, the first of them listed.
public struct ListedRows<Element: Sendable & Hashable>: Sendable, Hashable {
  /// How many there are.
  public private(set) var count = 0
  /// The first of them, in the order of the file.
  public private(set) var listed: [Element] = []

  mutating func append(_ element: @autoclosure () -> Element, limit: Int) {
    count += 1
    if listed.count < limit { listed.append(element()) }
  }
}

/// What a pass over a table met, data and all else; every record of the file is in one count.
public struct TableSummary: Sendable, Hashable {
  /// Rows that were passed on as data, mended ones included.
  public internal(set) var dataRowCount = 0
  /// Rows that were not passed on, and why.
  public internal(set) var refused = ListedRows<RowRefusal>()
  /// The lines of rows that stood in quotes as a whole and were taken apart again.
  public internal(set) var mendedLines = ListedRows<Int>()
  /// Rows that add up others.
  public internal(set) var totals = ListedRows<TotalsRow>()
  /// The lines on which the header stands once more.
  public internal(set) var repeatedHeaderLines = ListedRows<Int>()
  /// Notices that a product writes below its reports.
  public internal(set) var notices = ListedRows<TableLine>()
  /// How many rows had no text in any cell.
  public internal(set) var blankRowCount = 0

  /// The findings of the pass, in words: each refused row as an error, the rest as notes.
  ///
  /// - Parameters:
  ///   - file: The path as the user gave it.
  ///   - limit: How many refused rows are told one by one.
  /// - Returns: The findings in the order of the file, refused rows first.
  public func diagnostics(file: String, limit: Int = 20) -> [Diagnostic] {
    var findings = refused.listed.prefix(limit).map { refusal in
      Diagnostic(
        .error,
        code: refusal.code,
        refusal.message,
        at: Diagnostic.Location(file: file, line: refusal.lines.lowerBound),
        remedy: refusal.remedy
      )
    }
    if refused.count > findings.count {
      findings.append(
        Diagnostic(
          .error,
          code: "file.more-rows-refused",
          "\(refused.count - findings.count) more rows were refused.",
          at: Diagnostic.Location(file: file)
        )
      )
    }
    if let first = mendedLines.listed.first {
      findings.append(
        Diagnostic(
          .warning,
          code: "file.rows-unquoted",
          "\(mendedLines.count) rows stood in quotes as a whole, the first on this line; "
            + "they were taken apart at the delimiters inside.",
          at: Diagnostic.Location(file: file, line: first),
          remedy: "Check one of them; a program that saved the file again has quoted whole lines."
        )
      )
    }
    if let first = repeatedHeaderLines.listed.first {
      findings.append(
        Diagnostic(
          .note,
          code: "file.repeated-header",
          "the header stands \(repeatedHeaderLines.count) more times among the rows, first on "
            + "this line; those lines were left out.",
          at: Diagnostic.Location(file: file, line: first)
        )
      )
    }
    if let first = totals.listed.first {
      findings.append(
        Diagnostic(
          .note,
          code: "file.totals-rows",
          "\(totals.count) rows add up others, the first on this line; they are not data.",
          at: Diagnostic.Location(file: file, line: first.row.line)
        )
      )
    }
    return findings
  }
}
