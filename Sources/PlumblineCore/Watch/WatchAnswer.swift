public import PlumblineStatistics

/// How alerts are given.
public struct WatchOptions: Hashable, Sendable {
  /// How many whole weeks are watched; the weeks before are the baseline.
  public var weeks: Int
  /// The most weeks that make a baseline.
  public var mostBaselineWeeks: Int
  /// The day before which the baseline ends, whatever `weeks` says; every later week is watched.
  public var baselineEnd: CivilDate?
  /// False alarms a year over all series together.
  public var falseAlarmsPerYear: Double
  /// Items a week on average below which a series is not watched.
  public var fewestItemsPerWeek: Double

  /// Options; the defaults are those of the method's page.
  public init(
    weeks: Int = 8,
    mostBaselineWeeks: Int = 26,
    baselineEnd: CivilDate? = nil,
    falseAlarmsPerYear: Double = 1,
    fewestItemsPerWeek: Double = 5
  ) {
    self.weeks = weeks
    self.mostBaselineWeeks = mostBaselineWeeks
    self.baselineEnd = baselineEnd
    self.falseAlarmsPerYear = falseAlarmsPerYear
    self.fewestItemsPerWeek = fewestItemsPerWeek
  }
}

/// Where a series stands now.
public enum WatchState: Hashable, Sendable {
  /// Why a series is not judged.
  public enum Missing: Hashable, Sendable {
    /// The baseline has fewer weeks with items than it needs.
    case weeks(have: Int, need: Int)
    /// Too few items a week to see anything.
    case items(perWeek: Double, need: Double)
    /// No items in the weeks watched.
    case everything
    /// Nothing ever met its mark in the baseline: there is nothing to lose.
    case anythingToLose
  }

  /// Nothing beyond the limits.
  case quiet
  /// Worse than usual, lastingly; the first week of the alarm that is still open.
  case alarm(since: CivilDate)
  /// The newest week alone is far worse than a week may be.
  case shock(week: CivilDate)
  /// Not judged.
  case tooLittleData(Missing)
}

/// One alert, from the week it began until it cleared: never two for the same trouble.
public struct WatchTicket: Hashable, Sendable {
  /// What kind of alert.
  public enum Kind: String, Sendable, Codable {
    /// Worse than usual, lastingly.
    case alarm
    /// A single week, or a few in a row, far worse than a week may be.
    case shock
  }

  /// What kind.
  public var kind: Kind
  /// The week in which it began.
  public var from: CivilDate
  /// The last week of it; nil while it is open.
  public var until: CivilDate?
}

/// One watched week.
public struct WatchPoint: Hashable, Sendable {
  /// The Monday.
  public var start: CivilDate
  /// The week on the chart.
  public var point: ChartPoint
  /// How few and how many may meet their mark before the week alone is a shock.
  public var usual: ClosedRange<Int>
}

/// A series with its chart.
public struct WatchedSeries: Sendable {
  /// The counts.
  public var series: WeeklySeries
  /// What is usual; nil where there is no week before.
  public var baseline: ProportionBaseline?
  /// The baseline's weeks that have items.
  public var baselineWeeks: [WeeklySeries.Week]
  /// The watched weeks that have items; none where the series is not judged.
  public var points: [WatchPoint]
  /// Where it stands.
  public var state: WatchState
  /// Alerts in the watched weeks, oldest first.
  public var tickets: [WatchTicket]
  /// Items a week on average over the baseline.
  public var itemsPerWeek: Double
  /// A worsening of the share by this much, 0...1: 15 points, or half of what is left to lose.
  public var fall: Double
  /// In how many weeks half of such falls are seen; nil when not within a year, or not judged.
  public var weeksToSeeFall: Int?

  /// Whether the series is judged.
  public var isJudged: Bool {
    if case .tooLittleData = state { false } else { true }
  }
}

/// The whole answer of `plumbline watch`.
public struct WatchAnswer: Sendable {
  /// The instant up to which facts count.
  public var asOf: Instant
  /// The question whose filters and skip rule were used.
  public var question: FunnelQuestion
  /// How alerts were given.
  public var options: WatchOptions
  /// All series, judged or not.
  public var series: [WatchedSeries]
  /// How many standard deviations make an alarm, so that all judged series keep to the budget.
  public var limitFactor: Double
  /// Steps, by the stage they leave, that are not watched for want of dates.
  public var undatedSteps: [Int]

  /// How many series are judged.
  public var judgedCount: Int { series.count { $0.isJudged } }

  /// The series with an open alert.
  public var alerts: [WatchedSeries] {
    series.filter {
      switch $0.state {
      case .alarm, .shock: true
      case .quiet, .tooLittleData: false
      }
    }
  }
}
