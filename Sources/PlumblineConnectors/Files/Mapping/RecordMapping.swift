public import PlumblineCore

/// How a row becomes one fact.
public struct RecordMapping: Hashable, Sendable {
  /// What the fact is about.
  public var kind: FactKind
  /// What must hold of a row, all of it; otherwise the row gives no such fact.
  public var conditions: [Condition]
  /// The fact's columns that are filled, each at most once.
  public var fields: [FieldMapping]
  /// Other ids under which other files name this lead; only for leads.
  public var alsoKnownAs: [FieldMapping]
  /// Where this is said.
  public var spot: MappingSpot

  /// How a row becomes one fact.
  public init(
    kind: FactKind,
    conditions: [Condition] = [],
    fields: [FieldMapping],
    alsoKnownAs: [FieldMapping] = [],
    spot: MappingSpot = MappingSpot()
  ) {
    self.kind = kind
    self.conditions = conditions
    self.fields = fields
    self.alsoKnownAs = alsoKnownAs
    self.spot = spot
  }

  /// The field that fills a column of the kind's schema, or nil.
  public subscript(column: String) -> FieldMapping? { fields.first { $0.column == column } }
}

/// What must hold of a row's cell.
public struct Condition: Hashable, Sendable {
  /// A test of a cell.
  public enum Test: Hashable, Sendable {
    /// The cell is missing.
    case absent
    /// The cell is missing or holds none of these values.
    case noneOf([String])
    /// The cell holds one of these values.
    case oneOf([String])
    /// The cell is not missing.
    case present
  }

  /// The column of the cell.
  public var column: ColumnReference
  /// What must hold.
  public var test: Test

  /// A condition.
  public init(_ column: ColumnReference, _ test: Test) {
    self.column = column
    self.test = test
  }

  /// Whether a cell passes; nil stands for a missing cell.
  ///
  /// Values are compared without regard to case and to blanks at their ends.
  public func holds(for cell: String?) -> Bool {
    switch test {
    case .absent: cell == nil
    case .present: cell != nil
    case .noneOf(let values): !Self.contains(values, cell)
    case .oneOf(let values): Self.contains(values, cell)
    }
  }

  private static func contains(_ values: [String], _ cell: String?) -> Bool {
    guard let key = cell.map(ValueRenames.key) else { return false }
    return values.contains { ValueRenames.key($0) == key }
  }
}

/// The name of a column in a file's header.
public struct ColumnReference: Hashable, Sendable {
  /// The name as the mapping writes it.
  public let name: String
  /// Where it is written.
  public let spot: MappingSpot

  /// A column.
  public init(_ name: String, spot: MappingSpot = MappingSpot()) {
    self.name = name
    self.spot = spot
  }
}
