/// What working a case costs, and what winning it brings.
public struct WorkValue: Hashable, Sendable {
  /// What a win brings, in any currency.
  public let perWin: Double
  /// What it costs to work a case, in the same currency.
  public let perCase: Double

  /// A value and a cost.
  ///
  /// - Parameters:
  ///   - perWin: What a win brings.
  ///   - perCase: What it costs to work a case.
  /// - Throws: `StatisticsError.negativeOrNotFinite` for a number that is.
  public init(perWin: Double, perCase: Double) throws(StatisticsError) {
    for value in [perWin, perCase] where !(value >= 0 && value.isFinite) {
      throw .negativeOrNotFinite(value)
    }
    self.perWin = perWin
    self.perCase = perCase
  }

  /// The chance of winning from which a case is worth working; nil when a win brings nothing.
  public var breakEvenProbability: Double? { perWin > 0 ? perCase / perWin : nil }

  /// What is left of some wins after working some cases.
  public func net(won: Double, total: Double) -> Double { perWin * won - perCase * total }

  /// Whether a case with a chance of winning is worth working.
  func isWorthWorking(_ probability: Double) -> Bool { perWin * probability >= perCase }
}

/// What comes of working the cases from a score upwards.
public struct ThresholdOutcome: Hashable, Sendable {
  /// The lowest score that is worked.
  public let threshold: Double
  /// The cases that are worked.
  public let worked: Double
  /// The wins among them.
  public let won: Double
  /// What is left after the work.
  public let net: Double
  /// The share of worked cases that are won; nil when none are worked.
  public let precision: Double?
  /// The share of all wins that are among the worked; nil when there are none.
  public let recall: Double?
}

extension ScoreHistogram {
  /// What comes of working the cases from a score upwards.
  ///
  /// Judge a threshold on cases later than those that chose it. Where cases below an earlier
  /// threshold were not worked, their outcome says nothing of what work would have brought:
  /// statements about lower thresholds need a random part of them worked and weighted.
  ///
  /// - Parameters:
  ///   - threshold: The lowest score that is worked.
  ///   - value: What work costs and wins bring.
  /// - Returns: The outcome.
  public func outcome(workingFrom threshold: Double, value: WorkValue) -> ThresholdOutcome {
    var worked = 0.0
    var winners = 0.0
    for bin in bins.reversed() {
      guard bin.score >= threshold else { break }
      worked += bin.total
      winners += bin.won
    }
    return ThresholdOutcome(
      threshold: threshold,
      worked: worked,
      won: winners,
      net: value.net(won: winners, total: worked),
      precision: worked > 0 ? winners / worked : nil,
      recall: won > 0 ? winners / won : nil
    )
  }

  /// The score from which working would have left the most; the higher of equal ones.
  ///
  /// Chosen by chance as much as by merit: the smooth threshold of `ScoreModel` is steadier. A net
  /// below 0 says that nothing was worth working.
  ///
  /// - Parameter value: What work costs and wins bring.
  /// - Returns: The outcome; nil without values.
  /// - Complexity: O(values).
  public func bestThreshold(value: WorkValue) -> ThresholdOutcome? {
    var best: (score: Double, net: Double)?
    var worked = 0.0
    var winners = 0.0
    for bin in bins.reversed() {
      worked += bin.total
      winners += bin.won
      let net = value.net(won: winners, total: worked)
      if let highest = best?.net, net <= highest { continue }
      best = (bin.score, net)
    }
    return best.map { outcome(workingFrom: $0.score, value: value) }
  }

  /// The lowest score whose cases all fit into a capacity, working from the top.
  ///
  /// - Parameter capacity: The cases that can be worked.
  /// - Returns: The score, and how many cases of the next lower score still fit; the score is nil
  ///   when not even the highest fits.
  public func threshold(capacity: Double) -> (score: Double?, remaining: Double) {
    var free = max(capacity, 0)
    var score: Double?
    for bin in bins.reversed() {
      guard bin.total <= free else { return (score, free) }
      free -= bin.total
      score = bin.score
    }
    return (score, 0)
  }

  /// How much more often the best-scored cases are won than all of them.
  ///
  /// - Parameter share: The share of all cases that counts as best; the score at its border is
  ///   split in proportion.
  /// - Returns: The ratio of the two rates; nil without wins or for a share outside 0...1, 0
  ///   excluded.
  public func lift(ofBest share: Double) -> Double? {
    guard share > 0, share <= 1, let rate, rate > 0 else { return nil }
    let wanted = share * total
    var taken = 0.0
    var winners = 0.0
    for bin in bins.reversed() where bin.total > 0 {
      let part = min(bin.total, wanted - taken)
      guard part > 0 else { break }
      winners += bin.won * part / bin.total
      taken += part
    }
    return taken > 0 ? winners / taken / rate : nil
  }
}
