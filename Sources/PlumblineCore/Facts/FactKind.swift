/// What a fact is about.
///
/// Each kind has one fixed list of columns, see `schema`.
public enum FactKind: String, CaseIterable, Sendable, Codable {
  case activity
  case attribute
  case currencyRate = "currency_rate"
  case deal
  case disposition
  case lead
  case meeting
  case merge
  case owner
  case quota
  case spend
  case stageEvent = "stage_event"
  case touch
}

/// A family of texts that share one numbering, so that codes can be compared across kinds.
public enum TextDomain: String, CaseIterable, Sendable, Codable {
  case campaign, channel, currency, lead, other, owner, segment, stage
}

/// One column of a kind of fact.
public struct FactColumn: Hashable, Sendable {
  /// What a column's values are.
  public enum Content: Hashable, Sendable {
    /// Codes of a text domain's dictionary.
    case text(TextDomain)
    /// `TimePoint.rawValue`.
    case time
    /// A whole number: counts, minor units of money, flags; `FactColumn.noNumber` when missing.
    case number
  }

  /// The number that says "missing" in a `number` column.
  public static let noNumber = Int64.min

  /// The column's name, as mapping files and exports write it.
  public let name: String
  /// What its values are.
  public let content: Content
  /// Whether the column is part of what makes two facts of its kind the same object.
  public let isKey: Bool

  init(_ name: String, _ content: Content, key: Bool = false) {
    self.name = name
    self.content = content
    isKey = key
  }
}

/// The columns of one kind of fact.
public struct FactSchema: Sendable {
  /// The kind.
  public let kind: FactKind
  /// Its columns, in the order of storage.
  ///
  /// New columns are only ever appended.
  public let columns: [FactColumn]
  /// Whether a fact describes an object that may change (a lead, a deal) rather than an event:
  /// a later fact with the same key columns is then a newer version of the same object.
  public let isObject: Bool

  /// The position of a column.
  ///
  /// - Precondition: The schema has such a column.
  public subscript(column: String) -> Int {
    guard let index = columns.firstIndex(where: { $0.name == column }) else {
      preconditionFailure("no column \(column) in \(kind)")
    }
    return index
  }
}

extension FactKind {
  /// The columns of this kind.
  ///
  /// Amounts are minor units (cents) of the currency beside them; a rate is in millionths, and so is
  /// a probability, 0...1,000,000.
  public var schema: FactSchema {
    Self.schemas[self] ?? FactSchema(kind: self, columns: [], isObject: false)
  }

  private static let schemas: [FactKind: FactSchema] = Dictionary(
    uniqueKeysWithValues: [
      FactSchema(
        kind: .lead,
        columns: [
          FactColumn("id", .text(.lead), key: true),
          FactColumn("created", .time),
          FactColumn("channel", .text(.channel)),
          FactColumn("campaign", .text(.campaign)),
          FactColumn("segment", .text(.segment)),
          FactColumn("owner", .text(.owner)),
          FactColumn("status", .text(.stage)),
          FactColumn("score", .number),
          FactColumn("score_at_hand_off", .number),
        ],
        isObject: true
      ),
      FactSchema(
        kind: .stageEvent,
        columns: [
          FactColumn("lead", .text(.lead), key: true),
          FactColumn("stage", .text(.stage), key: true),
          FactColumn("at", .time, key: true),
          FactColumn("reason", .text(.other)),
          FactColumn("owner", .text(.owner)),
          FactColumn("evidence", .text(.other), key: true),
        ],
        isObject: false
      ),
      FactSchema(
        kind: .activity,
        columns: [
          FactColumn("id", .text(.other), key: true),
          FactColumn("lead", .text(.lead)),
          FactColumn("kind", .text(.other)),
          FactColumn("at", .time),
          FactColumn("owner", .text(.owner)),
          FactColumn("outcome", .text(.other)),
          FactColumn("automated", .number),
        ],
        isObject: true
      ),
      // What one side says of a lead: a company's size, a qualifying factor. `by` is the team whose
      // word it is, or missing where both go by it.
      FactSchema(
        kind: .attribute,
        columns: [
          FactColumn("lead", .text(.lead), key: true),
          FactColumn("name", .text(.other), key: true),
          FactColumn("by", .text(.other), key: true),
          FactColumn("value", .text(.other)),
          FactColumn("at", .time),
        ],
        isObject: true
      ),
      // What sales said of a lead that it was given.
      FactSchema(
        kind: .disposition,
        columns: [
          FactColumn("lead", .text(.lead), key: true),
          FactColumn("at", .time, key: true),
          FactColumn("reason", .text(.other), key: true),
          FactColumn("owner", .text(.owner), key: true),
        ],
        isObject: false
      ),
      FactSchema(
        kind: .touch,
        columns: [
          FactColumn("id", .text(.other), key: true),
          FactColumn("lead", .text(.lead)),
          FactColumn("kind", .text(.other)),
          FactColumn("at", .time),
          FactColumn("channel", .text(.channel)),
          FactColumn("campaign", .text(.campaign)),
        ],
        isObject: true
      ),
      FactSchema(
        kind: .meeting,
        columns: [
          FactColumn("id", .text(.other), key: true),
          FactColumn("lead", .text(.lead)),
          FactColumn("booked", .time),
          FactColumn("starts", .time),
          FactColumn("outcome", .text(.other)),
          FactColumn("owner", .text(.owner)),
        ],
        isObject: true
      ),
      FactSchema(
        kind: .deal,
        columns: [
          FactColumn("id", .text(.other), key: true),
          FactColumn("lead", .text(.lead)),
          FactColumn("created", .time),
          FactColumn("closed", .time),
          FactColumn("stage", .text(.stage)),
          FactColumn("outcome", .text(.other)),
          FactColumn("amount", .number),
          FactColumn("currency", .text(.currency)),
          FactColumn("owner", .text(.owner)),
          FactColumn("channel", .text(.channel)),
          FactColumn("reason", .text(.other)),
          FactColumn("probability", .number),
        ],
        isObject: true
      ),
      FactSchema(
        kind: .spend,
        columns: [
          FactColumn("account", .text(.other), key: true),
          FactColumn("channel", .text(.channel), key: true),
          FactColumn("campaign", .text(.campaign), key: true),
          FactColumn("from", .time, key: true),
          FactColumn("to", .time, key: true),
          FactColumn("amount", .number),
          FactColumn("currency", .text(.currency)),
          FactColumn("impressions", .number),
          FactColumn("clicks", .number),
          FactColumn("leads", .number),
          // What the advertiser's own report claims to have brought; `revenue` is in `currency`.
          FactColumn("orders", .number),
          FactColumn("revenue", .number),
        ],
        isObject: true
      ),
      FactSchema(
        kind: .owner,
        columns: [
          FactColumn("id", .text(.owner), key: true),
          FactColumn("name", .text(.other)),
          FactColumn("team", .text(.other)),
          FactColumn("zone", .text(.other)),
        ],
        isObject: true
      ),
      FactSchema(
        kind: .quota,
        columns: [
          FactColumn("owner", .text(.owner), key: true),
          FactColumn("from", .time, key: true),
          FactColumn("to", .time, key: true),
          FactColumn("amount", .number),
          FactColumn("currency", .text(.currency)),
        ],
        isObject: true
      ),
      FactSchema(
        kind: .merge,
        columns: [
          FactColumn("from", .text(.lead), key: true),
          FactColumn("into", .text(.lead), key: true),
          FactColumn("at", .time),
          FactColumn("reason", .text(.other), key: true),
        ],
        isObject: false
      ),
      FactSchema(
        kind: .currencyRate,
        columns: [
          FactColumn("from", .text(.currency), key: true),
          FactColumn("to", .text(.currency), key: true),
          FactColumn("day", .time, key: true),
          FactColumn("rate", .number),
        ],
        isObject: true
      ),
    ].map { ($0.kind, $0) }
  )
}

extension FactColumn {
  /// The value of this column that says that there is none.
  public var missingValue: Int64 {
    switch content {
    case .text: Int64(TextDictionary.missing)
    case .time: TimePoint.missing.rawValue
    case .number: FactColumn.noNumber
    }
  }

  /// Whether a value of this column says that there is none.
  public func isMissing(_ value: Int64) -> Bool { value == missingValue }
}

extension FactKind {
  /// Whether each source numbers these objects on its own.
  ///
  /// Equal ids of two systems are then two objects. Leads and owners are joined across systems by
  /// their ids.
  public var isNumberedBySource: Bool {
    switch self {
    case .activity, .deal, .meeting, .spend, .touch: true
    case .attribute, .currencyRate, .disposition, .lead, .merge, .owner, .quota, .stageEvent: false
    }
  }
}
