/// Something by which a funnel can be split or filtered.
public enum FunnelDimension: String, CaseIterable, Sendable, Codable {
  case channel, segment, campaign, owner
  /// The local month in which an episode began, as `2026-01`.
  case cohort
  /// The Monday of the local week in which an episode began, as `2026-01-05`.
  case week
  /// `1` for a lead's first episode, `2+` for a return.
  case attempt

  /// How a record without a value shows.
  public static let none = "(none)"
}

/// A condition on one dimension: its value is one of these.
public struct DimensionFilter: Hashable, Sendable, Codable {
  /// What is looked at.
  public var dimension: FunnelDimension
  /// The values that pass, see `passing(_:)`.
  public var values: [String]

  /// A condition.
  public init(_ dimension: FunnelDimension, values: [String]) {
    self.dimension = dimension
    self.values = values
  }
}

extension DimensionFilter {
  /// Which of the names that occur pass: a value written just like one of them stands for that one
  /// alone, any other for those that differ from it in case only.
  ///
  /// - Parameter names: The names.
  /// - Returns: Those that pass.
  func passing(_ names: some Sequence<String>) -> Set<String> {
    let names = Set(names)
    let (exact, others) = (values.filter(names.contains), values.filter { !names.contains($0) })
    let folded = Set(others.map { $0.lowercased() })
    return names.filter { folded.contains($0.lowercased()) }.union(exact)
  }
}

/// A stretch of the path, from one stage to a later one.
public struct StagePair: Hashable, Sendable, Codable {
  /// The position of the stage entered.
  public var from: Int
  /// The position of the stage looked for.
  public var to: Int

  /// A pair; `to` lies after `from`.
  public init(from: Int, to: Int) {
    self.from = from
    self.to = to
  }
}

/// What cells are asked: how to split, which episodes, under which rule.
public struct FunnelQuestion: Hashable, Sendable, Codable {
  /// The dimensions that make a cell, in order; none gives one cell for everything.
  public var by: [FunnelDimension]
  /// Conditions, all of which must hold.
  public var filters: [DimensionFilter]
  /// The first local day on which an episode may have begun.
  public var firstDay: Int?
  /// The last local day on which an episode may have begun.
  public var lastDay: Int?
  /// How events are read as episodes.
  public var rule: JourneyRule
  /// The stretches whose lags are wanted.
  public var pairs: [StagePair]
  /// The stage whose day is an episode's, for the days above, `cohort` and `week`; 0 is the beginning.
  public var datedBy: Int

  /// A question.
  public init(
    by: [FunnelDimension] = [],
    filters: [DimensionFilter] = [],
    firstDay: CivilDate? = nil,
    lastDay: CivilDate? = nil,
    rule: JourneyRule,
    pairs: [StagePair],
    datedBy: Int = 0
  ) {
    self.by = by
    self.filters = filters
    self.firstDay = firstDay?.dayNumber
    self.lastDay = lastDay?.dayNumber
    self.rule = rule
    self.pairs = pairs
    self.datedBy = datedBy
  }

  /// A question under a skip rule, returns being episodes of their own.
  public init(
    by: [FunnelDimension] = [],
    filters: [DimensionFilter] = [],
    firstDay: CivilDate? = nil,
    lastDay: CivilDate? = nil,
    skips: SkipRule,
    pairs: [StagePair],
    datedBy: Int = 0
  ) {
    self.init(
      by: by,
      filters: filters,
      firstDay: firstDay,
      lastDay: lastDay,
      rule: JourneyRule(skips: skips),
      pairs: pairs,
      datedBy: datedBy
    )
  }

  /// The skip rule.
  public var skips: SkipRule {
    get { rule.skips }
    set { rule.skips = newValue }
  }
}
