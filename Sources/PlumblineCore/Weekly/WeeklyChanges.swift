public import PlumblineStatistics

/// How many leads reached a stage in a period, beside what is usual.
public struct CountChange: Hashable, Sendable {
  /// Where the count stands.
  public enum State: Hashable, Sendable {
    /// No more and no fewer than chance makes of what was usual.
    case usual
    /// Fewer than that.
    case fewer
    /// More than that.
    case more
    /// The periods before are too few to call anything usual.
    case tooFewPeriods(have: Int, need: Int)
    /// The period is not over.
    case notOver
  }

  /// The stage, by position in the path.
  public var stage: Int
  /// The count of the period.
  public var count: Int
  /// The count of the period before; nil where the records begin later.
  public var previous: Int?
  /// What was usual in the periods before; nil where there is none.
  public var baseline: CountBaseline?
  /// How few and how many are usual; nil where nothing can be called usual.
  public var usual: ClosedRange<Int>?
  /// Where the count stands.
  public var state: State
  /// The leads of the period, by id.
  public var leads: [String]
}

/// What changed against the periods before, and whether that is more than noise.
public struct WeeklyChanges: Sendable {
  /// How many leads reached each stage.
  public var counts: [CountChange]
  /// The weekly shares under watch, up to the end of the period.
  public var watch: WatchAnswer
  /// False alarms a year over all counts together, fewer and more alike.
  public var falseAlarmsPerYear: Double

  /// The counts that are out of the usual.
  public var unusualCounts: [CountChange] {
    counts.filter { $0.state == .fewer || $0.state == .more }
  }

  /// Whether nothing at all is out of the usual.
  public var isQuiet: Bool { unusualCounts.isEmpty && watch.alerts.isEmpty }

  /// Whether anything could be judged.
  public var isJudged: Bool { watch.judgedCount > 0 || counts.contains { $0.usual != nil } }
}

/// Compares a period with those before it.
struct WeeklyChangesBuilder {
  /// The most periods that make a baseline: half a year of weeks, or two years of months.
  static func mostPeriods(_ kind: WeeklyPeriod.Kind) -> Int { kind == .week ? 26 : 24 }
  /// Periods a year.
  static func perYear(_ kind: WeeklyPeriod.Kind) -> Double { kind == .week ? 52 : 12 }
  /// False alarms a year over all counts together.
  static let falseAlarmsPerYear = 1.0

  let context: WeeklyContext
  let source: EmbeddedCells

  func changes() throws -> WeeklyChanges {
    WeeklyChanges(
      counts: counts(),
      watch: try watch(),
      falseAlarmsPerYear: Self.falseAlarmsPerYear
    )
  }

  // MARK: Counts

  private func counts() -> [CountChange] {
    let kind = context.period.kind
    var periods = [context.period]
    for _ in 0...Self.mostPeriods(kind) { periods.append(periods[periods.count - 1].previous) }
    periods.reverse()
    let calendar = context.agreement.calendar
    let bounds = periods.map { $0.seconds(calendar).lowerBound } + [context.seconds.upperBound]
    // What came before the first lead is not a period without leads.
    let stages = context.agreement.path.indices
    let first = context.journeys.reached[0].lazy.filter(\.isDated).map(\.instant.seconds).min()
    let skipped = bounds.dropLast().count { $0 < first ?? .max }
    let chance = Self.falseAlarmsPerYear / (Self.perYear(kind) * Double(stages.count) * 2)
    return stages.map { stage in
      var counts = [Int](repeating: 0, count: periods.count)
      var leads: [String] = []
      for (row, time) in context.journeys.reached[stage].enumerated() where time.isDated {
        let second = time.instant.seconds
        guard second >= bounds[0], second < bounds[periods.count] else { continue }
        let index = bounds.partitioningIndex(after: second) - 1
        counts[index] += 1
        if index == periods.count - 1 {
          leads.append(context.history.id(ofLead: Int(context.journeys.leads[row])))
        }
      }
      return change(stage, Array(counts.dropFirst(min(skipped, periods.count - 1))), leads, chance)
    }
  }

  private func change(
    _ stage: Int,
    _ counts: [Int],
    _ leads: [String],
    _ chance: Double
  ) -> CountChange {
    let before = Array(counts.dropLast().suffix(Self.mostPeriods(context.period.kind)))
    let count = counts[counts.count - 1]
    var change = CountChange(
      stage: stage,
      count: count,
      previous: before.last,
      baseline: before.isEmpty ? nil : CountBaseline(before),
      usual: nil,
      state: .notOver,
      leads: leads.sorted()
    )
    let need = CountBaseline.fewestPeriods
    guard let baseline = change.baseline, baseline.periods >= need else {
      change.state = .tooFewPeriods(have: before.count, need: need)
      return change
    }
    let usual = baseline.usualCounts(chance: chance)
    change.usual = usual
    if context.isOver {
      change.state =
        count < usual.lowerBound ? .fewer : count > usual.upperBound ? .more : .usual
    }
    return change
  }

  // MARK: Shares

  /// The watch as it stood at the end of the period: its newest eight weeks, and no later one.
  private func watch() throws -> WatchAnswer {
    let calendar = context.agreement.calendar
    let tomorrow = calendar.day(of: context.history.asOf.advanced(bySeconds: 1))
    let later = max(0, tomorrow.startOfWeek.dayNumber - 1 - context.period.lastDay.dayNumber) / 7
    var options = WatchOptions()
    options.weeks += later
    let last = later > 0 ? context.period.lastDay : nil
    return try WatchBuilder(context.agreement, source: source).answer(
      options,
      additional: context.work.followUpSeries(asOf: context.history.asOf, lastDay: last),
      lastDay: last
    )
  }
}
