/// What the files of one kind of export hold.
public struct FileMapping: Hashable, Sendable {
  /// The patterns of the files' names; a file belongs here when one of them matches.
  public var patterns: [FilePattern]
  /// The byte between cells; nil to find it from the text.
  public var delimiter: UInt8?
  /// The encoding; nil to find it from the bytes.
  public var encoding: Mapping.Encoding?
  /// The line of the column names, counted from 1; nil to find it.
  public var headerLine: Int?
  /// Whether it is fine when no file matches.
  public var isOptional: Bool
  /// The order of dates in these files; nil for the mapping's.
  public var dateOrder: Mapping.DateOrder?
  /// The decimal mark in these files; nil for the mapping's.
  public var decimal: Mapping.DecimalMark?
  /// The facts that each row gives.
  public var records: [RecordMapping]
  /// Where this is said.
  public var spot: MappingSpot

  /// What files hold.
  public init(
    patterns: [FilePattern],
    delimiter: UInt8? = nil,
    encoding: Mapping.Encoding? = nil,
    headerLine: Int? = nil,
    isOptional: Bool = false,
    dateOrder: Mapping.DateOrder? = nil,
    decimal: Mapping.DecimalMark? = nil,
    records: [RecordMapping],
    spot: MappingSpot = MappingSpot()
  ) {
    self.patterns = patterns
    self.delimiter = delimiter
    self.encoding = encoding
    self.headerLine = headerLine
    self.isOptional = isOptional
    self.dateOrder = dateOrder
    self.decimal = decimal
    self.records = records
    self.spot = spot
  }

  /// Whether a file of this name, without its folder, belongs here.
  public func matches(fileName: String) -> Bool {
    patterns.contains { $0.matches(fileName) }
  }
}
