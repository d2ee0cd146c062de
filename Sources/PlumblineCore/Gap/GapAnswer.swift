public import PlumblineStatistics

/// What a period is compared with.
public enum GapBenchmark: String, Hashable, Sendable, Codable, CaseIterable {
  /// The period of the same length just before.
  case previous
  /// What the agreement plans.
  case plan
  /// What the leads would bring if every channel's went on as the best channel's do.
  case best
}

/// A factor of revenue: total volume x a channel's share x the rate of each step x the mean deal.
public enum GapFactor: Hashable, Sendable {
  /// Leads of all channels together.
  case volume
  /// The channel's share of them.
  case mix
  /// The rate of the step that leaves a stage, by position in the path.
  case rate(from: Int)
  /// The mean amount of a won deal.
  case deal
}

/// The share of those who entered a stage in the period's cohort that goes on within the horizon.
public struct GapRate: Hashable, Sendable {
  /// What a rate stands on.
  public enum Basis: String, Sendable, Codable {
    /// The cohort's own leads, old enough.
    case observed
    /// What the cohort has shown so far, and for those still open what leads of the same channel
    /// (or of all channels) have done from their age on.
    case completed
    /// The same, but no leads on record are old enough to say all of it: too low.
    case tooYoung = "too_young"
    /// Too many dates are missing; those who went on at an unknown time count as in time.
    case undated
    /// Nobody entered; the other side's rate is used, so that it explains nothing.
    case nobody
    /// What the agreement plans.
    case planned
    /// The agreement plans nothing here; the actual rate is used, so that it explains nothing.
    case notPlanned = "not_planned"
    /// The best channel's rate on record, after allowing for how few leads it may stand on.
    case shrunk
  }

  /// What it stands on.
  public var basis: Basis
  /// The rate, 0...1; nil where the other side's is used.
  public var rate: Double?
  /// Days within which a step counts.
  public var withinDays: Int
  /// Episodes of the cohort that entered the stage; 0 for a plan.
  public var entered: Int
  /// Those of them that have gone on within the horizon so far.
  public var converted: Int
  /// The share of those whose state at the horizon is known, 0...1; nil where nobody entered.
  public var maturity: Double?
  /// How many fully watched leads would tell as much; nil where nothing was observed.
  public var effectiveSampleSize: Double?
}

/// The mean amount of a won deal, minor units.
public struct GapDeal: Hashable, Sendable {
  /// What a mean stands on.
  public enum Basis: String, Sendable, Codable {
    /// The channel's own won deals of the period's leads.
    case observed
    /// None there: the other side's mean is used, so that it explains nothing.
    case otherSide = "other_side"
    /// None on either side: the mean of all channels on both sides.
    case allChannels = "all_channels"
    /// What the agreement plans.
    case planned
    /// The agreement plans nothing here; the actual mean is used.
    case notPlanned = "not_planned"
    /// No won deal has an amount: customers are counted instead of money.
    case customers
  }

  /// What it stands on.
  public var basis: Basis
  /// The mean.
  public var mean: Double
  /// Its standard error; 0 for a plan.
  public var standardError: Double
  /// Won deals with an amount that it stands on.
  public var deals: Int
}

/// One side of a comparison, for one channel.
public struct GapSide: Hashable, Sendable {
  /// Episodes that began in the period, or are planned to.
  public var volume: Double
  /// Their share of all channels'; nil where there are none at all.
  public var share: Double?
  /// One a step of the path.
  public var rates: [GapRate]
  /// The mean deal.
  public var deal: GapDeal
  /// Customers that the volume brings at these rates.
  public var expectedWins: Double
  /// Volume x rates x mean deal, in the answer's minor units.
  public var expected: Int64
  /// Episodes won so far, whatever their age; nil for a plan.
  public var wonSoFar: Int?
  /// Amounts of deals won so far, minor units; nil for a plan.
  public var bookedSoFar: Int64?
}

/// A part of the gap, in the answer's minor units.
public struct GapPart: Hashable, Sendable {
  /// How much of the gap it is; below 0 where it is to the bad.
  public var amount: Int64
  /// The lower end of the 90 % interval.
  public var lower: Int64
  /// The upper end.
  public var upper: Int64
  /// Whether chance alone would hardly make it: the interval leaves 0 out.
  public var isClear: Bool
  /// The share of parts named at this level that are expected to be chance, over all parts of the
  /// same kind that stand on a rate or a mean deal: channels' or those over all channels.
  ///
  /// Nil for a channel's and the whole gap, and where nothing is uncertain.
  public var qValue: Double?
}

/// One channel's part of a gap.
public struct GapChannel: Hashable, Sendable {
  /// The channel's name, or what stands for several.
  public var name: String
  /// What it is compared with.
  public var base: GapSide
  /// What it brings.
  public var actual: GapSide
  /// One a factor; they add up to `total` exactly.
  public var parts: [GapPart]
  /// The channel's whole gap.
  public var total: GapPart
  /// The same parts by the logarithmic mean Divisia index, as a check; nil where it has no answer.
  public var logMeanParts: [Double]?
}

/// One step of the path over all channels, on both sides.
public struct GapStep: Hashable, Sendable {
  /// The stage entered, by position in the path.
  public var from: Int
  /// The rate compared with; nil for a plan by channel.
  public var base: GapRate?
  /// The period's own rate.
  public var actual: GapRate
}

/// The best channel, and why it is.
public struct GapBest: Hashable, Sendable {
  /// Its name.
  public var channel: String
  /// Its leads on record.
  public var entered: Int
  /// The share of leads that its shrunk rates bring to the last stage, 0...1.
  public var winRate: Double
  /// The next best channel.
  public var runnerUp: String
  /// The runner-up's share.
  public var runnerUpWinRate: Double
  /// How many channels had leads enough to be considered.
  public var considered: Int
}

/// How the rate from the first stage to the last changed: by the mix of channels, or in them.
public struct GapMixRate: Hashable, Sendable {
  /// The channels, in the answer's order.
  public var channels: [String]
  /// The parts; rates are products of the steps' rates.
  public var decomposition: MixRateDecomposition
}

/// The whole answer of `plumbline gap`.
public struct GapAnswer: Sendable {
  /// In what the gap is counted.
  public enum Unit: String, Sendable, Codable {
    /// Minor units of the agreement's currency.
    case money
    /// Thousandths of a customer, where no won deal has an amount.
    case customers
  }

  /// The instant up to which facts count.
  public var asOf: Instant
  /// The question whose episodes are the actual side.
  public var question: FunnelQuestion
  /// What the period is compared with.
  public var benchmark: GapBenchmark
  /// The period.
  public var period: GapPeriod
  /// Whether the period was chosen here: the newest with enough of its outcomes known.
  public var isChosenPeriod: Bool
  /// A newer whole period that was passed over, for too little of it is known yet.
  public var passedOver: GapPeriod?
  /// The days that the base comes from; nil for a plan and for the best channel.
  public var basePeriod: GapPeriod?
  /// The day of the first lead on record where the base begins more than a week before it; nil where
  /// all of the base is on record.
  ///
  /// Then numbers of leads are not comparable.
  public var baseRecordBegins: CivilDate?
  /// The best channel, where that is the benchmark.
  public var best: GapBest?
  /// In what the gap is counted.
  public var unit: Unit
  /// Minor units of one customer or of one unit of the currency.
  public var minorUnits: Int64
  /// The factors, in the order of all parts.
  public var factors: [GapFactor]
  /// One a channel, by name.
  public var channels: [GapChannel]
  /// One a factor, over all channels; they add up to `total` exactly.
  public var factorTotals: [GapPart]
  /// The whole gap.
  public var total: GapPart
  /// What the base side brings, minor units.
  public var base: Int64
  /// What the actual side brings.
  public var actual: Int64
  /// The rates of each step over all channels, with their maturity.
  public var steps: [GapStep]
  /// Mix against rate.
  public var mixRate: GapMixRate
  /// The horizons used.
  public var horizons: [StretchHorizon]
  /// Won deals of either side without an amount.
  public var wonDealsWithoutAmount: Int
  /// The seed of the intervals' draws.
  public var seed: UInt64
  /// How many draws.
  public var draws: Int

  /// Whether a part stands out though all parts were looked at: the false discovery rate that the
  /// agreement allows is kept.
  public func standsOut(_ part: GapPart, under agreement: Agreement) -> Bool {
    part.isClear && (part.qValue ?? 1) <= agreement.thresholds.falseDiscoveryRate
  }
}
