/// How a table is looked for in a file.
public struct TableOptions: Sendable, Hashable {
  /// The delimiter the user named, or nil to find out.
  public var delimiter: Dialect.Delimiter?
  /// The line on which the header begins, if the user named it; nil to find it.
  public var headerLine: Int?
  /// Columns that the header must have; each inner list holds the names one column may bear.
  ///
  /// Compared as `HeaderName.normalized(_:)` does. Empty when any table is welcome.
  public var requiredColumns: [[String]]
  /// Columns that name what a row is about; a row in which all of them are empty is a totals row.
  public var keyColumns: [String]
  /// Whether rows that begin with a totals label are set apart.
  public var recognizesTotals: Bool
  /// The number of lines among which the header must begin.
  public var headerLineLimit: Int
  /// How many refused, mended and totals rows are kept one by one; all are counted.
  public var maximumListedRows: Int

  /// Options; the defaults find out everything.
  public init(
    delimiter: Dialect.Delimiter? = nil,
    headerLine: Int? = nil,
    requiredColumns: [[String]] = [],
    keyColumns: [String] = [],
    recognizesTotals: Bool = true,
    headerLineLimit: Int = 25,
    maximumListedRows: Int = 100_000
  ) {
    self.delimiter = delimiter
    self.headerLine = headerLine
    self.requiredColumns = requiredColumns
    self.keyColumns = keyColumns
    self.recognizesTotals = recognizesTotals
    self.headerLineLimit = headerLineLimit
    self.maximumListedRows = maximumListedRows
  }
}
