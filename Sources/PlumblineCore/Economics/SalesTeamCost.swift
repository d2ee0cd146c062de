/// What the sales team cost over some days: reps with leads x months x what one costs a month.
public struct SalesTeamCost: Hashable, Sendable {
  /// The reps who have any of the leads that came in on these days.
  public let reps: Int
  /// The days as months, see `GapPeriod.months`.
  public let months: Double
  /// What one rep costs a month, minor units.
  public let repMonth: Int64
  /// Human activities of those leads.
  let activities: Int
  /// Passes of those leads through the path.
  let episodes: Int

  /// The days of a mean month of the Gregorian calendar.
  public static let daysPerMonth = 30.436_875

  /// The whole cost, minor units.
  public var whole: Double { Double(repMonth) * Double(reps) * months }

  /// A part's share, by human activities; by episodes where none are on record.
  func share(of cell: FunnelCell) -> Double {
    activities > 0
      ? whole * Double(cell.activities) / Double(activities)
      : whole * Double(cell.episodes) / Double(max(1, episodes))
  }
}

extension FunnelBuilder {
  /// What the reps cost over the days of a question; nil where nobody agreed what one costs, or no
  /// lead came in.
  ///
  /// Filters do not count: the team works the other leads too.
  ///
  /// - Throws: What the source throws.
  func salesTeamCost(of question: FunnelQuestion, asOf: Instant) throws -> SalesTeamCost? {
    guard let repMonth = agreement.economics.repMonthCost else { return nil }
    var byOwner = question
    byOwner.by = [.owner, .cohort]
    byOwner.filters = []
    byOwner.pairs = []
    let cells = try source.cells(for: byOwner)
    let owners = Set(cells.keys.map { $0[0] }).subtracting([FunnelDimension.none])
    guard let firstMonth = cells.keys.map({ $0[1] }).filter({ $0 != FunnelDimension.none }).min(),
      let first = CivilDate("\(firstMonth)-01"), let everything = cells.total
    else { return nil }
    let start = max(first.dayNumber, question.firstDay ?? .min)
    let end = min(agreement.calendar.day(of: asOf).dayNumber, question.lastDay ?? .max)
    return SalesTeamCost(
      reps: owners.count,
      months: end < start
        ? 0
        : GapPeriod(first: CivilDate(dayNumber: start), last: CivilDate(dayNumber: end)).months,
      repMonth: repMonth,
      activities: everything.activities,
      episodes: everything.episodes
    )
  }
}
