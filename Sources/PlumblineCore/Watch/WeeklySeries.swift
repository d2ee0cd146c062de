public import PlumblineStatistics

/// Weekly counts of something that should not get worse.
public struct WeeklySeries: Hashable, Sendable {
  /// What is counted.
  public enum Kind: String, Sendable, Codable, CaseIterable {
    /// Leads that went on to the next stage within a few days of entering one.
    case conversion
    /// Work that was due, and done in time.
    case compliance
  }

  /// One week's counts.
  public struct Week: Hashable, Sendable {
    /// The Monday, on the agreement's calendar.
    public var start: CivilDate
    /// Items of the week: leads that entered a stage in it, work that fell due in it.
    public var items: Int
    /// Those that met their mark; from 0 to `items`.
    public var met: Int

    /// A week.
    public init(start: CivilDate, items: Int, met: Int) {
      self.start = start
      self.items = items
      self.met = met
    }
  }

  /// What is counted.
  public var kind: Kind
  /// A name that stays the same from week to week, such as `channel/Meta/sql-meeting_booked`.
  public var id: String
  /// What the series is of in a word or two where it is no step of the path: `first touch`.
  public var subject: String
  /// What kind of unit it is of; nil for all together.
  public var dimension: FunnelDimension?
  /// The channel's or owner's name; empty for all together.
  public var unit: String
  /// The stage entered, by position in the path; nil where it is no step.
  public var fromStage: Int?
  /// Days within which an item must meet its mark, where that is one number.
  public var withinDays: Int?
  /// The id of the stage entered; nil where it is no step.
  public var stage: String?
  /// Which way is worse.
  public var worse: WorseDirection
  /// The weeks in order, whole ones only; weeks without items may be left out.
  public var weeks: [Week]

  /// A series.
  public init(
    kind: Kind,
    id: String,
    subject: String = "",
    dimension: FunnelDimension? = nil,
    unit: String = "",
    fromStage: Int? = nil,
    stage: String? = nil,
    withinDays: Int? = nil,
    worse: WorseDirection = .low,
    weeks: [Week]
  ) {
    self.kind = kind
    self.id = id
    self.subject = subject
    self.dimension = dimension
    self.unit = unit
    self.fromStage = fromStage
    self.stage = stage
    self.withinDays = withinDays
    self.worse = worse
    self.weeks = weeks
  }
}
