public import PlumblineYAML

/// Where one column of a fact comes from.
public struct FieldMapping: Hashable, Sendable {
  /// Where a value comes from.
  public enum Source: Hashable, Sendable {
    /// The first of these columns that is not missing.
    case columns([ColumnReference])
    /// The same value for every row.
    case constant(String)
  }

  /// The column of the kind's schema; `also_known_as` for another id of a lead.
  public var column: String
  /// Where the value comes from.
  public var source: Source
  /// Renames of this field alone, applied before those of the mapping.
  public var renames: ValueRenames
  /// The value of a missing cell; nil to leave it missing.
  public var valueWhenMissing: String?
  /// The order of dates in this field; nil for the file's.
  public var dateOrder: Mapping.DateOrder?
  /// How exactly the times are to be taken; nil for as exactly as they are written.
  public var precision: Mapping.TimePrecision?
  /// The decimal mark in this field; nil for the file's.
  public var decimal: Mapping.DecimalMark?
  /// What a number is multiplied by; nil for 1.
  public var scale: ExactDecimal?
  /// What separates several values in one cell, each of which gives a fact; nil for one value.
  public var separator: String?
  /// Another file through which the value is looked up.
  public var join: Join?
  /// Where this is said.
  public var spot: MappingSpot

  /// Where one column of a fact comes from.
  public init(
    _ column: String,
    from source: Source,
    renames: ValueRenames = ValueRenames(),
    valueWhenMissing: String? = nil,
    dateOrder: Mapping.DateOrder? = nil,
    precision: Mapping.TimePrecision? = nil,
    decimal: Mapping.DecimalMark? = nil,
    scale: ExactDecimal? = nil,
    separator: String? = nil,
    join: Join? = nil,
    spot: MappingSpot = MappingSpot()
  ) {
    self.column = column
    self.source = source
    self.renames = renames
    self.valueWhenMissing = valueWhenMissing
    self.dateOrder = dateOrder
    self.precision = precision
    self.decimal = decimal
    self.scale = scale
    self.separator = separator
    self.join = join
    self.spot = spot
  }

  /// The columns of the file that this field reads; none for a constant.
  public var columns: [ColumnReference] {
    if case .columns(let columns) = source { columns } else { [] }
  }
}

/// A look-up in another file: the row whose `key` equals the value gives its `value`.
public struct Join: Hashable, Sendable {
  /// The other file.
  public var file: FilePattern
  /// The column of the other file that equals the value.
  public var key: ColumnReference
  /// The column of the other file that holds the result.
  public var value: ColumnReference

  /// A look-up.
  public init(file: FilePattern, key: ColumnReference, value: ColumnReference) {
    self.file = file
    self.key = key
    self.value = value
  }
}
