/// How the leads of a simulated company come, move on and pay: a truth to test plans against.
///
/// Each step of the path is passed by a share of those who enter it, after a gamma wait; another
/// share leaves, after a gamma wait of its own; the rest waits for ever. Days are counted from the
/// day of the plan: the past is negative.
public struct SalesProcess: Sendable {
  /// A waiting time: a gamma number of days, its mean `shape` times `scale`.
  public struct Wait: Hashable, Sendable {
    /// The shape; positive.
    public var shape: Double
    /// The scale in days; positive.
    public var scale: Double

    /// A waiting time with a mean in days.
    public init(mean: Double, shape: Double) {
      self.shape = shape
      scale = mean / shape
    }
  }

  /// A step of the path.
  public struct Step: Hashable, Sendable {
    /// The share that passes it.
    public var share: Double
    /// The share that leaves the path here; with `share` less than 1.
    public var exitShare: Double
    /// How long passing takes.
    public var wait: Wait
    /// How long leaving takes.
    public var exitWait: Wait

    /// A step; those who leave wait twice as long as those who pass.
    public init(share: Double, exitShare: Double, meanDays: Double, shape: Double) {
      self.share = share
      self.exitShare = exitShare
      wait = Wait(mean: meanDays, shape: shape)
      exitWait = Wait(mean: 2 * meanDays, shape: shape)
    }
  }

  /// How large deals are.
  public enum Deals: Hashable, Sendable {
    /// Gamma numbers; `variation` is their standard deviation over their mean.
    case gamma(mean: Double, variation: Double)
    /// Numbers with normal logarithms; `variation` is their standard deviation over their mean.
    case logNormal(mean: Double, variation: Double)

    /// The mean, in minor units.
    public var mean: Double {
      switch self {
      case .gamma(let mean, _), .logNormal(let mean, _): mean
      }
    }
  }

  /// What a plan takes to be constant and is not.
  public enum Change: Hashable, Sendable {
    /// Nothing.
    case none
    /// The last step's share falls by so much a year, as a share of itself; today it is as said.
    case drift(yearly: Double)
    /// The last step's share swings with the year by so much either way.
    case seasons(swing: Double)
    /// Of a week's leads no more than so many are worked; the others never pass the first step.
    case overload(capacity: Double)
  }

  /// Leads in a usual week.
  public var leadsPerWeek: Double
  /// The variance of a week's leads over their mean; 1 for chance alone.
  public var weekDispersion = 1.0
  /// For how many weeks there is a record.
  public var recordInWeeks = 78
  /// The steps from a new lead to a won deal.
  public var steps: [Step]
  /// How large deals are.
  public var deals = Deals.gamma(mean: 1_000_000, variation: 0.8)
  /// What changes with time.
  public var change = Change.none
  /// The day on which the year of `Change.seasons` begins.
  public var seasonStart = 0.0

  /// A process.
  public init(leadsPerWeek: Double, steps: [Step] = SalesProcess.usualSteps) {
    self.leadsPerWeek = leadsPerWeek
    self.steps = steps
  }

  /// Lead, marketing-qualified, sales-qualified, opportunity, won: 7 of 100 leads are won, after a
  /// month and a half on average.
  public static let usualSteps = [
    Step(share: 0.55, exitShare: 0.3, meanDays: 4, shape: 1),
    Step(share: 0.6, exitShare: 0.3, meanDays: 6, shape: 1.2),
    Step(share: 0.6, exitShare: 0.3, meanDays: 9, shape: 1.3),
    Step(share: 0.35, exitShare: 0.55, meanDays: 28, shape: 2),
  ]

  /// The share of leads that is won in the end, where nothing changes.
  public var winShare: Double { steps.reduce(1) { $0 * $1.share } }
}
