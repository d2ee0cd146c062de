public import PlumblineStatistics

/// Whether a definition makes revenue: the score, its threshold and the qualifying factors against
/// what leads became.
public struct Backtest: Sendable {
  /// Why something cannot be said.
  public enum Missing: Hashable, Sendable {
    /// Nobody has a score.
    case scores
    /// Too few leads were won, or too few were not.
    case outcomes(won: Int, lost: Int, need: Int)
    /// No threshold is agreed.
    case threshold
    /// What a win brings is not known: no amounts, or no gross margin.
    case value
    /// What working a lead costs is not known.
    case cost
    /// The chance of winning does not rise with the score.
    case slope
    /// Whether the score orders leads cannot be told, so that no threshold can be recommended.
    case order
    /// Working pays at no score that occurs.
    case nowhere
  }

  /// Leads with how many of them were won.
  public struct Count: Hashable, Sendable {
    /// Leads.
    public var leads: Int
    /// Those that were won within the horizon.
    public var won: Int

    /// The share that was won; nil of nobody.
    public var rate: Double? { leads > 0 ? Double(won) / Double(leads) : nil }
    /// What the share may be, at 95 %; nil of nobody.
    public var interval: ConfidenceInterval? {
      leads > 0 ? ConfidenceInterval.wilson(successes: Double(won), trials: Double(leads)) : nil
    }

    init(_ cases: [BacktestCase]) {
      leads = cases.count
      won = cases.count(where: \.isWon)
    }

    /// A count.
    public init(leads: Int, won: Int) {
      self.leads = leads
      self.won = won
    }
  }

  /// What comes of a threshold, on the leads that judge.
  public struct Threshold: Hashable, Sendable {
    /// Where a threshold comes from.
    public enum Kind: String, Sendable, Codable, CaseIterable {
      /// From the agreement.
      case agreed
      /// Where the smooth chance of winning begins to cover the work: the one to use.
      case recommended
      /// The best in hindsight on the leads that choose: partly luck.
      case hindsight
      /// What sales can work, from the top.
      case capacity
      /// Everybody.
      case everybody
    }

    /// Where it comes from.
    public var kind: Kind
    /// The least score.
    public var score: Double
    /// The judging leads with at least that score.
    public var worked: Count
    /// All judging leads.
    public var all: Count
    /// What is left after the work, in minor units of the agreement's currency; nil where value or
    /// cost are not known.
    public var net: Double?
    /// Whether so few leads with lower scores were worked that nothing can be said of them.
    public var isBelowTested = false

    /// Of those worked, the share that is won.
    public var precision: Double? { worked.rate }
    /// Of all wins, the share among those worked; nil without wins.
    public var recall: Double? { all.won > 0 ? Double(worked.won) / Double(all.won) : nil }
    /// What the recall may be, at 95 %.
    public var recallInterval: ConfidenceInterval? {
      all.won > 0
        ? ConfidenceInterval.wilson(successes: Double(worked.won), trials: Double(all.won)) : nil
    }
  }

  /// What working from another threshold would have left more or less on the leads that judge: the
  /// leads between the two decide it.
  public struct Difference: Hashable, Sendable {
    /// The leads between the two thresholds.
    public var between: Count
    /// What the recommended threshold would have left more than the agreed one, minor units.
    public var net: Double
    /// What that may be, at 95 %, by the interval of the share of those leads that is won.
    public var range: ConfidenceInterval

    /// Whether it is more, or less, beyond chance.
    public var isClear: Bool { range.lower > 0 || range.upper < 0 }
  }

  /// Scores side by side with what became of them.
  public struct Band: Hashable, Sendable {
    /// The least score of the band, and the greatest.
    public var scores: ClosedRange<Double>
    /// The judging leads.
    public var judged: Count
    /// The mean chance that the leads that chose promised them.
    public var promised: Double?
    /// The share won when neighbouring scores are pooled until shares rise.
    public var isotonic: Double?
  }

  /// What one month or quarter shows.
  public struct Period: Hashable, Sendable {
    /// `2026-01` or `2026-Q1`.
    public var name: String
    /// The leads.
    public var count: Count
    /// How far the scores have moved since the leads that choose; nil without leads.
    public var stability: PopulationStability?
    /// By how much the promised chances were off; nil when nobody or everybody was won.
    public var calibration: CalibrationInTheLarge?
    /// How well the score orders the leads; nil when nobody or everybody was won.
    public var area: AreaUnderCurve?
  }

  /// Whether the score still holds.
  public enum Standing: String, Sendable, Codable {
    case keep, refit, undetermined
  }

  /// What one qualifying factor tells beyond the score.
  public struct Factor: Hashable, Sendable {
    /// The factor.
    public var id: String
    /// Whose word it is.
    public var team: Stage.Team
    /// Leads by answer: yes, no, not asked.
    public var counts: [QualifyingFactor.Answer: Count]
    /// Twice the gain in log-likelihood, its p-value and the areas; nil when it cannot be tested.
    public var value: QualifyingFieldValue?
    /// The p-value allowing for all factors tested together (Holm).
    public var adjusted: Double?
    /// What knowing the answers would have added on the judging leads, in minor units; nil where
    /// value or cost are not known.
    public var netGain: Double?

    /// Whether the answer tells something beyond the score; nil when that cannot be said.
    public var tells: Bool? { adjusted.map { $0 < 0.05 } }
  }

  /// The leads.
  public var cohort: BacktestCohort
  /// The leads that choose.
  public var choosing: Count
  /// The leads that judge.
  public var judging: Count
  /// What a win brings and a lead costs, minor units of the agreement's currency; nil when either
  /// is not known.
  public var value: WorkValue?
  /// What a win brings, minor units; nil when not known.
  public var valuePerWin: Double?
  /// What working a lead costs, minor units; nil when not known.
  public var costPerLead: Double?
  /// Whether the cost is the mean of what reps cost, rather than given.
  public var isCostFromReps = false
  /// How well the score orders the judging leads.
  public var area: AreaUnderCurve?
  /// How many times likelier the best tenth of the judging leads is won.
  public var lift: Double?
  /// The smooth chance of winning, from the leads that choose.
  public var model: ScoreModel?
  /// Whether the promises came true on the judging leads.
  public var calibration: Calibration?
  /// The judging leads by score, rising.
  public var bands: [Band] = []
  /// The thresholds.
  public var thresholds: [Threshold] = []
  /// The recommended threshold against the agreed one; nil where one of them is missing, or no lead
  /// lies between them.
  public var difference: Difference?
  /// The lowest score of which something can be said; nil when nothing can.
  public var lowestTested: Double?
  /// Whether leads with lower scores were left alone more often than not.
  public var isLowUnworked = false
  /// Each qualifying factor.
  public var factors: [Factor] = []
  /// The judging leads by month.
  public var months: [Period] = []
  /// All leads by quarter.
  public var quarters: [Period] = []
  /// Whether the score still holds.
  public var standing = Standing.undetermined
  /// What cannot be said, and why.
  public var missing: [Missing] = []

  /// Fewer wins, or fewer leads not won, say nothing.
  public static let fewestOutcomes = 10
}
