public import PlumblineCore

/// Builds facts for tests in words: `facts.lead("a", day: 0)`, `facts.stage("a", "sql", day: 2.5)`.
///
/// Days are counted from 1970-01-01T00:00:00Z; fractions are times of that day.
public struct FactBuilder {
  /// The facts so far.
  public private(set) var batch = FactBatch()
  private var line: UInt32 = 1

  /// A builder without facts.
  public init() {}

  /// A time point so many days after 1970-01-01.
  public static func time(
    _ day: Double?,
    precision: TimePoint.Precision = .exact
  ) -> TimePoint {
    day.map { TimePoint(Instant(seconds: Int64(($0 * 86_400).rounded())), precision: precision) }
      ?? .missing
  }

  /// Adds a fact given by column name; what is not given is missing.
  public mutating func add(_ kind: FactKind, _ fields: [String: FieldValue]) {
    let schema = kind.schema
    var values: [Int64] = []
    for column in schema.columns {
      switch (column.content, fields[column.name]) {
      case (.text(let domain), .text(let text)?):
        values.append(Int64(batch.texts[domain].intern(text)))
      case (.text, _): values.append(Int64(TextDictionary.missing))
      case (.time, .time(let time)?): values.append(time.rawValue)
      case (.time, _): values.append(TimePoint.missing.rawValue)
      case (.number, .number(let number)?): values.append(number)
      case (.number, _): values.append(FactColumn.noNumber)
      }
    }
    line += 1
    batch[kind].append(values, file: 0, line: line)
  }

  /// A value of a field.
  public enum FieldValue {
    case text(String)
    case time(TimePoint)
    case number(Int64)
  }

  /// Adds a lead.
  public mutating func lead(
    _ id: String,
    day: Double?,
    channel: String = "",
    owner: String = "",
    segment: String = "",
    campaign: String = "",
    status: String = "",
    scoreAtHandOff: Int64? = nil,
    precision: TimePoint.Precision = .exact
  ) {
    var fields: [String: FieldValue] = [
      "id": .text(id), "created": .time(Self.time(day, precision: precision)),
      "channel": .text(channel), "owner": .text(owner), "segment": .text(segment),
      "campaign": .text(campaign), "status": .text(status),
    ]
    if let scoreAtHandOff { fields["score_at_hand_off"] = .number(scoreAtHandOff) }
    add(.lead, fields)
  }

  /// Adds an owner's own record.
  public mutating func owner(_ id: String, zone: String) {
    add(.owner, ["id": .text(id), "zone": .text(zone)])
  }

  /// Adds an event that names a stage, a detour or `reopened`; without a day it is undated.
  public mutating func stage(
    _ lead: String,
    _ stage: String,
    day: Double?,
    precision: TimePoint.Precision = .exact
  ) {
    add(
      .stageEvent,
      [
        "lead": .text(lead), "stage": .text(stage),
        "at": .time(Self.time(day, precision: precision)),
      ]
    )
  }

  /// Adds a deal; `amount` is in minor units, `probability` in millionths.
  public mutating func deal(
    _ id: String,
    lead: String,
    created: Double?,
    closed: Double? = nil,
    outcome: String = "open",
    amount: Int64? = nil,
    currency: String = "",
    probability: Int64? = nil
  ) {
    var fields: [String: FieldValue] = [
      "id": .text(id), "lead": .text(lead), "created": .time(Self.time(created)),
      "closed": .time(Self.time(closed)), "outcome": .text(outcome), "currency": .text(currency),
    ]
    if let amount { fields["amount"] = .number(amount) }
    if let probability { fields["probability"] = .number(probability) }
    add(.deal, fields)
  }

  /// Adds something that sales, or a machine, did for a lead.
  public mutating func activity(
    _ id: String,
    lead: String,
    kind: String = "call",
    day: Double?,
    owner: String = "",
    outcome: String = "",
    isAutomated: Bool = false,
    precision: TimePoint.Precision = .exact
  ) {
    add(
      .activity,
      [
        "id": .text(id), "lead": .text(lead), "kind": .text(kind),
        "at": .time(Self.time(day, precision: precision)), "owner": .text(owner),
        "outcome": .text(outcome), "automated": .number(isAutomated ? 1 : 0),
      ]
    )
  }

  /// Adds a meeting.
  public mutating func meeting(
    _ id: String,
    lead: String,
    booked: Double?,
    starts: Double?,
    outcome: String = ""
  ) {
    add(
      .meeting,
      [
        "id": .text(id), "lead": .text(lead), "booked": .time(Self.time(booked)),
        "starts": .time(Self.time(starts)), "outcome": .text(outcome),
      ]
    )
  }

  /// Adds spend; `amount` is in minor units.
  public mutating func spend(
    _ channel: String,
    day: Double,
    to: Double? = nil,
    amount: Int64,
    campaign: String = "",
    currency: String = ""
  ) {
    add(
      .spend,
      [
        "channel": .text(channel), "campaign": .text(campaign), "currency": .text(currency),
        "from": .time(Self.time(day, precision: .day)),
        "to": .time(Self.time(to ?? day, precision: .day)), "amount": .number(amount),
      ]
    )
  }

  /// Says that one lead was merged into another.
  public mutating func merge(_ loser: String, into winner: String) {
    add(.merge, ["from": .text(loser), "into": .text(winner)])
  }

  /// Says that a lead has another id.
  public mutating func alias(_ other: String, of lead: String) {
    add(
      .merge,
      [
        "from": .text(other), "into": .text(lead), "reason": .text(LeadRegister.aliasReason),
      ]
    )
  }

  /// A ledger of these facts as one import.
  public func ledger(source: String = "test", seenDay: Double = 20_000) -> Ledger {
    var ledger = Ledger()
    ledger.add(batch, of: Self.record(source: source, seenDay: seenDay))
    return ledger
  }

  /// An import's record.
  public static func record(
    source: String = "test",
    seenDay: Double = 20_000,
    exportedDay: Double? = nil
  ) -> ImportRecord {
    ImportRecord(
      source: source,
      seenAt: Int64(seenDay * 86_400),
      exportedAt: exportedDay.map { Int64($0 * 86_400) },
      mappingHash: "",
      files: [ImportedFile(name: "facts.csv", contentHash: "", byteCount: 0)]
    )
  }

  /// The history of these facts under an agreement.
  public func history(
    _ agreement: Agreement = Agreement(),
    asOfDay: Double? = nil
  ) -> CompanyHistory {
    CompanyHistory(
      ledger(),
      under: agreement,
      asOf: asOfDay.map { Instant(seconds: Int64(($0 * 86_400).rounded())) }
    )
  }
}
