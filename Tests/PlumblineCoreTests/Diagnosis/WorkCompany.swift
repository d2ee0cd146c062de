import PlumblineCore
import PlumblineTestSupport

/// A company of a few leads for tests of hand-offs: days are counted from Thursday 1970-01-01, so
/// that day 4 is the first Monday.
struct WorkCompany {
  var facts = FactBuilder()
  var agreement = Agreement(
    horizonsInDays: ["sql-won": 30],
    salesSLA: SalesSLA(
      firstTouch: .init(usual: .init(seconds: 4 * 3600, isWorkingTime: true))
    )
  )

  /// A time of a day: hours and minutes as a share of it.
  static func at(_ day: Int, _ hour: Int, _ minute: Int = 0, _ second: Int = 0) -> Double {
    Double(day) + Double(hour * 3600 + minute * 60 + second) / 86_400
  }

  /// Adds a lead that came a day earlier and was handed off at a time.
  mutating func handOff(
    _ id: String,
    _ day: Double?,
    channel: String = "Meta",
    owner: String = "ann",
    segment: String = "SMB",
    score: Int64? = nil,
    precision: TimePoint.Precision = .exact
  ) {
    facts.lead(
      id,
      day: day.map { $0 - 1 } ?? 0,
      channel: channel,
      owner: owner,
      segment: segment,
      scoreAtHandOff: score
    )
    facts.stage(id, "sql", day: day, precision: precision)
  }

  private var activityCount = 0

  /// Adds something that sales did; without a day it is undated.
  mutating func activity(
    _ lead: String,
    day: Double?,
    kind: String = "call",
    outcome: String = "",
    owner: String = "",
    isAutomated: Bool = false,
    precision: TimePoint.Precision = .exact
  ) {
    activityCount += 1
    facts.activity(
      "activity-\(activityCount)",
      lead: lead,
      kind: kind,
      day: day,
      owner: owner,
      outcome: outcome,
      isAutomated: isAutomated,
      precision: precision
    )
  }

  func records(
    asOf day: Double = 400,
    filters: [DimensionFilter] = [],
    firstDay: CivilDate? = nil,
    lastDay: CivilDate? = nil,
    skips: SkipRule? = nil
  ) throws -> WorkRecords {
    let history = facts.history(agreement, asOfDay: day)
    return try EmbeddedCells(history).workRecords(
      for: FunnelQuestion(
        filters: filters,
        firstDay: firstDay,
        lastDay: lastDay,
        skips: skips ?? agreement.skips,
        pairs: []
      )
    )
  }

  /// The hand-off of the only lead.
  func only(asOf day: Double = 400) throws -> HandOff? { try records(asOf: day).handOffs.first }
}
