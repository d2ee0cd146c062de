public import PlumblineCore

/// The keys that a mapping file may hold, section by section.
public enum MappingKeys {
  /// The keys of the file as a whole.
  public static let top = [
    "currency", "date_order", "decimal", "files", "mapping", "missing", "source", "time_zone",
    "values",
  ]

  /// The keys of one entry of `files`.
  public static let file = [
    "date_order", "decimal", "delimiter", "encoding", "file", "header_line", "optional", "records",
  ]

  /// The keys of one entry of `records`, besides the kind's own fields.
  public static let record = ["kind", "when"]

  /// The keys of a field that is more than a column's name.
  public static let field = [
    "column", "columns", "constant", "date_order", "decimal", "missing", "precision", "scale",
    "separator", "through", "values",
  ]

  /// The keys of `through`.
  public static let join = ["file", "key", "value"]

  /// The text domains whose values the mapping can rename everywhere.
  public static let domains: [TextDomain] = [.campaign, .channel, .owner, .segment, .stage]

  /// The field that gives other ids of a lead.
  static let alsoKnownAs = "also_known_as"

  /// The fields of a kind as mapping files write them, in the order of its schema.
  ///
  /// They are the names of the schema's columns, but for the column `kind`, which is written
  /// `type`, because `kind` says what the fact is about; a lead also has `also_known_as`.
  public static func fields(of kind: FactKind) -> [String] {
    let names = kind.schema.columns.map { fieldName(ofColumn: $0.name) }
    return kind == .lead ? names + [alsoKnownAs] : names
  }

  /// How a mapping file writes a column of a schema.
  public static func fieldName(ofColumn column: String) -> String {
    column == "kind" ? "type" : column
  }

  /// The columns that a kind cannot do without; of each group one suffices.
  public static func required(_ kind: FactKind) -> [[String]] {
    switch kind {
    case .activity: [["lead", "owner"]]
    case .attribute: [["lead"], ["name"], ["value"]]
    case .currencyRate: [["from"], ["to"], ["day"], ["rate"]]
    case .deal: [["id", "lead"]]
    case .disposition: [["lead"], ["reason"]]
    case .lead, .owner: [["id"]]
    case .meeting, .touch: [["lead"]]
    case .merge: [["from"], ["into"]]
    case .quota: [["from"], ["to"], ["amount"]]
    case .spend: [["from"], ["amount"]]
    case .stageEvent: [["lead"], ["stage"]]
    }
  }
}
