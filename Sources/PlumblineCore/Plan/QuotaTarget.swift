/// Which quota is planned for, over which days, and who says so.
public struct QuotaTarget: Hashable, Sendable {
  /// Who says how much.
  public enum Source: Hashable, Sendable {
    /// Whoever asks.
    case given
    /// A goal of the agreement, by its period.
    case goal(period: String)
    /// The goals of so many people together, where none is everybody's.
    case goals(period: String, owners: Int)
    /// Imported quotas of so many owners together.
    case quotas(owners: Int)
  }

  /// Who says from when on.
  public enum Beginning: Hashable, Sendable {
    /// Whoever asks.
    case given
    /// The goal or quota that is planned for, or one of the same end.
    case goal
    /// Nobody: the calendar quarter of the deadline.
    case quarter
    /// Nobody: the calendar year that ends with the deadline.
    case year
  }

  /// The money, minor units of the agreement's currency.
  public var quota: Int64
  /// The first day on which wins count.
  public var since: CivilDate
  /// The last.
  public var deadline: CivilDate
  /// Who says how much.
  public var source: Source
  /// Who says from when on.
  public var beginning: Beginning

  /// How many days of a goal must be left so that it is planned for unasked.
  public static let leastDays = 7

  /// A sum that is to be reached over some days.
  private struct Candidate {
    var days: ClosedRange<CivilDate>
    var amount: Int64
    var source: Source
    /// Goals go before quotas, a quota before revenue.
    var rank: Int

    var length: Int { days.upperBound.dayNumber - days.lowerBound.dayNumber }
  }

  /// The quota for what was asked; what nobody said comes from goals and quotas.
  ///
  /// - Parameters:
  ///   - quota: The money asked for, minor units; the goal's when nil.
  ///   - deadline: The last day; the end of the period of the goal that
  ///     holds in a week's time, else today, when nil.
  ///   - since: The first day; the goal's, else the quarter's or year's when nil.
  ///   - owner: Whose quota; the whole team's when nil.
  ///   - agreement: The agreement in force.
  ///   - quotas: The imported quotas.
  ///   - today: The as-of day.
  /// - Throws: `InputError` where neither the options nor goals say what to plan for.
  public init(
    quota: Int64?,
    by deadline: CivilDate?,
    since: CivilDate?,
    owner: String? = nil,
    agreement: Agreement,
    quotas: [DealRecords.Quota] = [],
    today: CivilDate
  ) throws(InputError) {
    let targets = Self.targets(agreement, quotas, owner)
    func best(_ day: CivilDate) -> Candidate? {
      targets.filter { $0.days.contains(day) }.min { left, right in
        let (one, other) = (left.days.upperBound != deadline, right.days.upperBound != deadline)
        if one != other { return other }
        return (left.length, left.rank) < (right.length, right.rank)
      }
    }
    // In a goal's last week the next one is planned for, where there is one.
    let ahead = CivilDate(dayNumber: today.dayNumber + Self.leastDays)
    let target = best(deadline ?? ahead) ?? best(deadline ?? today)
    let whose = owner.map { " of owner \"\($0)\"" } ?? ""
    let other =
      owner == nil
      ? "or add a goal to agreement.yaml." : "or add a goal of that owner to agreement.yaml."
    guard let end = deadline ?? target?.days.upperBound else {
      throw InputError(
        code: "plan.no-deadline",
        "no day is named, and no goal or quota\(whose) holds \(today).",
        remedy: "Name the last day with --by 2026-12-31, \(other)"
      )
    }
    self.deadline = end
    if let quota {
      (self.quota, source) = (quota, .given)
    } else if let target {
      (self.quota, source) = (target.amount, target.source)
    } else {
      throw InputError(
        code: "plan.no-quota",
        "no quota is named, and no goal or quota\(whose) holds \(end).",
        remedy: "Name it with --quota 2.4M, \(other)"
      )
    }
    if let since {
      (self.since, beginning) = (since, .given)
    } else if let target, quota == nil || target.days.upperBound == end {
      (self.since, beginning) = (target.days.lowerBound, .goal)
    } else {
      let quarter = GapPeriod.quarter(of: end)
      let isYearEnd = end.components.month == 12 && end.components.day == 31
      let year = CivilDate(year: end.components.year, month: 1, day: 1)
      // From an earlier quarter of the same year, "by 31 December" is the year's quota.
      if isYearEnd, today < quarter.first, let year, year <= today {
        (self.since, beginning) = (year, .year)
      } else {
        (self.since, beginning) = (quarter.first, .quarter)
      }
    }
  }

  private static func targets(
    _ agreement: Agreement,
    _ quotas: [DealRecords.Quota],
    _ owner: String?
  ) -> [Candidate] {
    let wanted = owner?.lowercased()
    var targets = agreement.goals.filter { $0.owner?.lowercased() == wanted }.map {
      Candidate(
        days: $0.days,
        amount: $0.amount,
        source: .goal(period: $0.period),
        rank: $0.measure == .quota ? 0 : 1
      )
    }
    if wanted == nil { targets += goalsOfPeople(agreement.goals) }
    let known = quotas.filter { $0.amount != nil }
    for (days, facts) in Dictionary(grouping: known, by: \.days).sorted(by: {
      $0.key.lowerBound < $1.key.lowerBound
    }) {
      // A quota of nobody in particular is the team's; else the team has what its owners have.
      let team = facts.filter { $0.owner.isEmpty }
      let own = wanted.map { name in facts.filter { $0.owner.lowercased() == name } }
      let counted = own ?? (team.isEmpty ? facts : team)
      guard !counted.isEmpty else { continue }
      targets.append(
        Candidate(
          days: days,
          amount: counted.reduce(0) { $0 + ($1.amount ?? 0) },
          source: .quotas(owners: Set(counted.map(\.owner)).count),
          rank: 2
        )
      )
    }
    return targets
  }

  /// What people are to win together in the periods for which nobody said what all are to win.
  private static func goalsOfPeople(_ goals: [Goal]) -> [Candidate] {
    let quotas = goals.filter { $0.measure == .quota }
    let shared = Set(quotas.filter { $0.owner == nil }.map(\.days))
    return Dictionary(grouping: quotas.filter { $0.owner != nil }, by: \.days)
      .filter { !shared.contains($0.key) }
      .sorted { ($0.key.lowerBound, $0.key.upperBound) < ($1.key.lowerBound, $1.key.upperBound) }
      .map { days, goals in
        Candidate(
          days: days,
          amount: goals.reduce(0) { $0 + $1.amount },
          source: .goals(period: goals[0].period, owners: goals.count),
          rank: 0
        )
      }
  }
}
