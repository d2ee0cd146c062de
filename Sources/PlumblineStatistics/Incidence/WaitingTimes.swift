/// How long something is waited for, exact to the second, when for some it has not come yet and for
/// others it can no longer come.
///
/// The cumulative incidence of the event, not 1 minus the Kaplan–Meier curve: who can no longer be
/// reached never will be. Where nobody drops out the two are the same.
///
/// - SeeAlso: Aalen & Johansen (1978); Marubini & Valsecchi (1995), section 10.3, for the variance;
///   Brookmeyer & Crowley (1982), doi:10.2307/2530286, for intervals of quantiles.
public struct WaitingTimes: Hashable, Sendable {
  /// What has become of one wait.
  public enum Outcome: UInt8, Hashable, Sendable, CaseIterable {
    /// What was waited for came.
    case ended
    /// It can no longer come.
    case prevented
    /// It has not come yet, and still may.
    case open
  }

  /// One wait.
  public struct Wait: Hashable, Sendable {
    /// How long it was, or has been so far, in seconds; below 0 counts as 0.
    public var seconds: Int64
    /// What has become of it.
    public var outcome: Outcome

    /// A wait.
    public init(seconds: Int64, outcome: Outcome) {
      self.seconds = max(0, seconds)
      self.outcome = outcome
    }
  }

  /// By when a share of all has what it waits for.
  public struct Quantile: Hashable, Sendable {
    /// The seconds; nil when the share is not reached in the time on record.
    public var seconds: Int64?
    /// The lower end of the 95 % interval; nil when even that is not reached.
    public var lower: Int64?
    /// The upper end; nil when the record does not bound it.
    public var upper: Int64?

    /// A quantile; nothing is reached unless given.
    public init(seconds: Int64? = nil, lower: Int64? = nil, upper: Int64? = nil) {
      self.seconds = seconds
      self.lower = lower
      self.upper = upper
    }
  }

  /// The curve after a moment at which something came.
  struct Step: Hashable, Sendable {
    var seconds: Int64
    var share: Double
    var variance: Double
    /// How many had waited so long, or had an end, whatever it was, before.
    var known: Int
  }

  /// How many waits there are.
  public let count: Int
  /// How many came to their end.
  public let ended: Int
  /// How many can no longer.
  public let prevented: Int
  let steps: [Step]

  /// How many are still open.
  public var open: Int { count - ended - prevented }

  /// The curve of some waits.
  ///
  /// - Complexity: O(n log n).
  public init(_ waits: [Wait]) {
    count = waits.count
    ended = waits.count { $0.outcome == .ended }
    prevented = waits.count { $0.outcome == .prevented }
    // One word a wait sorts several times faster than a comparison of two fields.
    let ordered = waits.map {
      ($0.seconds.clamped(to: 0...(.max >> 2)) << 2) | Int64($0.outcome.rawValue)
    }
    .sorted()
    var steps: [Step] = []
    var curve = Curve(atRisk: waits.count)
    var index = 0
    while index < ordered.count {
      let seconds = ordered[index] >> 2
      var (events, others, censored) = (0, 0, 0)
      while index < ordered.count, ordered[index] >> 2 == seconds {
        switch Outcome(rawValue: UInt8(ordered[index] & 3)) {
        case .ended: events += 1
        case .prevented: others += 1
        case .open, nil: censored += 1
        }
        index += 1
      }
      curve.advance(events: events, others: others)
      if events > 0 {
        let known = waits.count - curve.censored
        steps.append(
          Step(seconds: seconds, share: curve.share, variance: curve.variance, known: known)
        )
      }
      curve.remove(censored)
    }
    self.steps = steps
  }

  /// The share that had what it waits for within a time, and its Wilson interval with the effective
  /// sample size F(1−F)/Var F.
  ///
  /// - Parameters:
  ///   - seconds: The time.
  ///   - z: Standard normal quantile of the wanted confidence.
  /// - Returns: The share and its interval; nil without waits.
  public func share(
    within seconds: Int64,
    z: Double = StandardNormal.z95
  ) -> (share: Double, interval: ConfidenceInterval)? {
    guard count > 0 else { return nil }
    var (low, high) = (0, steps.count)
    while low < high {
      let middle = (low + high) / 2
      if steps[middle].seconds <= seconds { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else {
      return (0, .wilson(rate: 0, trials: Double(count), z: z))
    }
    return (steps[low - 1].share, interval(steps[low - 1], z))
  }

  /// By when a share of all has what it waits for, with the times at which the interval of the curve
  /// meets that share.
  ///
  /// - Parameters:
  ///   - share: The share, 0...1: 0.5 for the median.
  ///   - z: Standard normal quantile of the wanted confidence.
  /// - Returns: The times; nil where the record does not reach them.
  /// - Complexity: O(log n) for the quantile, O(n) for its interval.
  public func quantile(_ share: Double, z: Double = StandardNormal.z95) -> Quantile {
    // Sums of many thirds may miss a half by a rounding.
    let wanted = share - 1e-12
    return Quantile(
      seconds: steps.first { $0.share >= wanted }?.seconds,
      lower: steps.first { interval($0, z).upper >= wanted }?.seconds,
      upper: steps.first { interval($0, z).lower >= wanted }?.seconds
    )
  }

  private func interval(_ step: Step, _ z: Double) -> ConfidenceInterval {
    let share = min(1, max(0, step.share))
    let spread = share * (1 - share)
    let isDegenerate = spread < 1e-12 || step.variance < 1e-18
    let trials = isDegenerate ? Double(max(1, step.known)) : spread / step.variance
    return .wilson(rate: spread < 1e-12 ? share.rounded() : share, trials: trials, z: z)
  }
}

/// The curve and the sums from which its variance is made.
private struct Curve {
  private(set) var share = 0.0
  private(set) var censored = 0
  private var atRisk: Int
  private var waiting = 1.0
  // With w = d/(n(n−d)): sums of w, F w and F² w; and of the terms of the event itself.
  private var (weight, weightedShare, weightedSquare) = (0.0, 0.0, 0.0)
  private var (own, cross, crossShare) = (0.0, 0.0, 0.0)

  init(atRisk: Int) { self.atRisk = atRisk }

  mutating func advance(events: Int, others: Int) {
    guard events + others > 0, atRisk > 0 else { return }
    let (n, d, d1) = (Double(atRisk), Double(events + others), Double(events))
    let before = waiting
    share += before * d1 / n
    waiting *= 1 - d / n
    own += before * before * d1 * (n - d1) / (n * n * n)
    cross += before * d1 / (n * n)
    crossShare += share * before * d1 / (n * n)
    if d < n {
      let w = d / (n * (n - d))
      weight += w
      weightedShare += share * w
      weightedSquare += share * share * w
    }
    atRisk -= events + others
  }

  mutating func remove(_ count: Int) {
    atRisk -= count
    censored += count
  }

  /// Σ (F(t)−F(s))² w + Σ S² d₁(n−d₁)/n³ − 2 Σ (F(t)−F(s)) S d₁/n², all sums up to now.
  var variance: Double {
    let spread = share * share * weight - 2 * share * weightedShare + weightedSquare
    return max(0, spread + own - 2 * (share * cross - crossShare))
  }
}

extension Int64 {
  fileprivate func clamped(to range: ClosedRange<Int64>) -> Int64 {
    Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
  }
}
