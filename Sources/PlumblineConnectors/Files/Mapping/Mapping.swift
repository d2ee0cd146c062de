public import PlumblineCore

/// How the columns of a source's delimited files become facts.
///
/// Two mappings are equal when they say the same; where they say it does not matter.
public struct Mapping: Sendable {
  /// The order of day, month and year in dates written with numbers.
  public enum DateOrder: String, Hashable, Sendable, CaseIterable {
    case dayFirst = "day_first"
    case monthFirst = "month_first"
    case yearFirst = "year_first"
  }

  /// How exactly times are to be taken, where what is written says more than is known.
  public enum TimePrecision: String, Hashable, Sendable, CaseIterable {
    /// The day alone; the time of day is left out.
    case day
  }

  /// What separates the decimals of a number.
  public enum DecimalMark: String, Hashable, Sendable, CaseIterable {
    case comma, point
  }

  /// How a file's bytes stand for characters.
  public enum Encoding: String, Hashable, Sendable, CaseIterable {
    case utf8 = "utf-8"
    case utf16 = "utf-16"
    case windows1252 = "windows-1252"
  }

  /// The name of the system that the files come from.
  public var source: String
  /// The time zone of times written without an offset, a name of the time zone database.
  public var zoneName: String
  /// The currency of amounts for which neither a column nor a header says one.
  public var currency: String?
  /// The order of dates in every file; nil to find it from the values.
  public var dateOrder: DateOrder?
  /// The decimal mark in every file; nil to find it from the values.
  public var decimal: DecimalMark?
  /// Values that read as missing, besides the empty cell.
  public var missing: [String]
  /// Renames applied to every field of a text domain.
  public var renames: [TextDomain: ValueRenames]
  /// The files and what is in them.
  public var files: [FileMapping]
  /// SHA-256 of the mapping file's bytes in hexadecimal; empty for a mapping not read from a file.
  public var canonicalHash: String

  /// A mapping; anything not given takes the documented default.
  public init(
    source: String,
    zoneName: String = "UTC",
    currency: String? = nil,
    dateOrder: DateOrder? = nil,
    decimal: DecimalMark? = nil,
    missing: [String] = [],
    renames: [TextDomain: ValueRenames] = [:],
    files: [FileMapping],
    canonicalHash: String = ""
  ) {
    self.source = source
    self.zoneName = zoneName
    self.currency = currency
    self.dateOrder = dateOrder
    self.decimal = decimal
    self.missing = missing
    self.renames = renames
    self.files = files
    self.canonicalHash = canonicalHash
  }
}

extension Mapping: Hashable {
  /// Whether both say the same, whatever file they come from.
  public static func == (left: Mapping, right: Mapping) -> Bool {
    left.source == right.source && left.zoneName == right.zoneName
      && left.currency == right.currency && left.dateOrder == right.dateOrder
      && left.decimal == right.decimal && left.missing == right.missing
      && left.renames == right.renames && left.files == right.files
  }

  /// Hashes what the mapping says.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(source)
    hasher.combine(files)
  }
}

/// Where in the mapping file something is said, for messages.
///
/// All spots are equal, so that mappings compare by what they say.
public struct MappingSpot: Hashable, Sendable {
  /// The place, nil for a mapping not read from a file.
  public let location: Diagnostic.Location?

  /// A spot.
  public init(_ location: Diagnostic.Location? = nil) { self.location = location }

  /// Always true.
  public static func == (left: MappingSpot, right: MappingSpot) -> Bool { true }

  /// Hashes nothing, since all spots are equal.
  public func hash(into hasher: inout Hasher) {}
}
