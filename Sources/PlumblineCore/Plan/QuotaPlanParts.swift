public import PlumblineStatistics

/// What is booked in a period so far.
public struct BookedRevenue: Hashable, Sendable {
  /// Amounts of the deals won in the period up to the as-of instant, minor units.
  public var amount: Int64 = 0
  /// How many deals.
  public var deals = 0
  /// How many of them have no amount in the agreement's currency; they add nothing.
  public var withoutAmount = 0
  /// Won deals of the same leads on an unknown day; they are not in the period.
  public var undated = 0
  /// The ids of the leads behind the deals, sorted.
  public var leadIDs: [String] = []
  /// Deals won in the period of which no lead is on record; they are not in the amount, since a plan
  /// turns leads into money.
  public var withoutLead = DealsWithoutLead([])
}

/// How large wins are.
///
/// A win is an episode that reached the end of the path; its size is all its won deals together.
public struct WinSizes: Hashable, Sendable {
  /// The sizes of the wins of which all deals have an amount.
  public var amounts = AmountSummary([])
  /// The middle one; nil without any.
  public var median: Double?
  /// Wins without a deal, or with one that has no amount: they count as wins, not in the mean.
  public var withoutAmount = 0
  /// Wins with more than one deal.
  public var withSeveral = 0

  /// The standard deviation between wins over their mean; nil without a mean.
  public var unevenness: Double? {
    amounts.mean.flatMap { $0 > 0 ? amounts.variance.squareRoot() / $0 : nil }
  }
}

/// The recorded curve from the first stage to the last.
public struct RecordedCurve: Sendable {
  /// The curve.
  public var incidence: CumulativeIncidence
  /// Dated leads behind it, each return being one more.
  public var leads: Int
  /// Those of them that were won.
  public var wins: Int
  /// Leads and wins that nobody dated; they are left out of it.
  public var undated: Int
  /// The days within which leads are usually judged.
  public var horizon: StretchHorizon
}

/// An open lead and what it is worth.
public struct OpenLead: Hashable, Sendable {
  /// The lead's id.
  public var id: String
  /// The furthest stage reached, by its position.
  public var stage: Int
  /// Whole days since the lead came in; nil where nobody said.
  public var ageInDays: Int?
  /// The chance that it is won in the period.
  public var chance: Double
}

/// The open leads of a plan, and what they are worth.
public struct OpenPipeline: Hashable, Sendable {
  /// The leads whose furthest stage is the same.
  public struct Part: Hashable, Sendable {
    /// The stage, by its position.
    public var stage: Int
    /// How many leads.
    public var leads: Int
    /// The wins expected of them in the period, under the plan's rule.
    public var wins: Double
  }

  /// By what the leads were judged.
  public var rule: QuotaQuestion.PipelineRule
  /// How many leads are open.
  public var leads = 0
  /// How many of them have no day; they are worth nothing here.
  public var undated = 0
  /// How many are older than the record can say anything about.
  public var beyondRecord = 0
  /// The wins expected in the period.
  public var wins = 0.0
  /// The money expected in the period, minor units.
  public var revenue = 0.0
  /// The standard deviation of that money.
  public var standardDeviation = 0.0
  /// The wins by the other rule, for comparison; nil where it cannot be used.
  public var winsByOtherRule: Double?
  /// The parts, in the order of the path.
  public var parts: [Part] = []
  /// The open leads with a chance, the most likely first.
  public var openLeads: [OpenLead] = []
}

/// A week in which leads may still come.
public struct PlanWeek: Hashable, Sendable {
  /// The day on which it begins.
  public var begins: CivilDate
  /// How much of it lies before the deadline, 1 for all of it.
  public var share: Double
  /// The share of its leads that are won in the period.
  public var yield: Double
}

/// A stage of the path in a plan.
public struct PlanStage: Sendable {
  /// The stage's position.
  public var stage: Int
  /// The share of leads that reach it within so many days; nil for the first stage.
  public var fromLead: StretchHorizon?
  /// That share; its rate is nil where nobody is on record.
  public var rate: IncidenceEstimate?
  /// Whether the record is long enough for it.
  public var isSupported: Bool
  /// The first day of the last week in which entering the stage is still worth at least half of the
  /// usual.
  ///
  /// Nil when no week is, when it cannot be said, and for the last stage.
  public var lastUsefulWeek: CivilDate?

  /// How many reach the stage, for a number of leads; nil where it cannot be said.
  public func entries(ofLeads leads: Double) -> Double? {
    guard fromLead != nil else { return leads }
    guard isSupported, let rate = rate?.rate else { return nil }
    return leads * rate
  }
}

/// A channel in a plan with a mix.
public struct PlanChannel: Hashable, Sendable {
  /// On what a channel's rate stands.
  public enum Basis: String, Hashable, Sendable {
    /// Its own curve.
    case own
    /// Everybody's curve, scaled to the channel's rate, drawn towards the others'.
    case shrunk
  }

  /// The channel's name.
  public var name: String
  /// Its share of the new leads, 0...1.
  public var share: Double
  /// Leads on record, and those of them that were won.
  public var leads: Int
  /// Of them won.
  public var wins: Int
  /// What its yield stands on.
  public var basis: Basis
  /// The mean size of its wins that is used, minor units.
  public var meanWin: Double
  /// Whether that is its own, and not everybody's.
  public var hasOwnWinSize: Bool
  /// The wins in the period for one of its leads in each of the weeks.
  public var winsPerWeeklyLead: Double
  /// The wins in the period for 100 of its leads spread evenly over the weeks.
  public var winsPerHundred: Double
}

/// A point of the way to the deadline.
public struct ForecastPoint: Hashable, Sendable {
  /// The end of this day.
  public var day: CivilDate
  /// Booked since the period's first day, minor units; nil for days to come.
  public var booked: Double?
  /// What is expected in all; nil for days past.
  public var mean: Double?
  /// What is reached with a chance of 90, 80, 50 and 10 %; nil for days past.
  public var reached: Bands?

  /// Amounts by the chance of reaching them.
  public struct Bands: Hashable, Sendable {
    /// Reached in 90 of 100 cases.
    public var ninety: Double
    /// Reached in 80 of 100 cases.
    public var eighty: Double
    /// Reached in half of all cases.
    public var fifty: Double
    /// Reached in 10 of 100 cases.
    public var ten: Double
  }
}

/// What would have to be true of one thing, all else staying as it is, to make it with today's
/// leads.
public struct PlanConditions: Sendable {
  /// A step whose rate alone would have to change.
  public struct Step: Sendable {
    /// The stage left, by its position.
    public var from: Int
    /// The days within which the rate counts.
    public var withinDays: Int
    /// The present rate with its interval.
    public var present: IncidenceEstimate
    /// The rate needed for each wanted chance; above 1 when the step alone cannot do it, nil when
    /// no rate of it would.
    public var needed: [Double?]
  }

  /// The chances, in the order of the needed numbers.
  public var probabilities: [Double]
  /// Each step of the path that can be judged.
  public var steps: [Step]
  /// The mean win needed for each chance, minor units; nil when none would do.
  public var meanWin: [Double?]
}
