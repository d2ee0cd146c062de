/// How much more weekly counts vary than chance alone would make them, as sums that add up over
/// series of the same kind.
public struct OverdispersionEvidence: Hashable, Sendable {
  /// X² − (B − 1): what the weeks vary beyond chance.
  public let excess: Double
  /// Σ(n − 1)(1 − n/N): what the excess would be if all items of a week went the same way.
  public let scale: Double

  /// No weeks.
  public static let none = OverdispersionEvidence(excess: 0, scale: 0)

  /// The evidence of two series.
  public static func + (
    left: OverdispersionEvidence,
    right: OverdispersionEvidence
  ) -> OverdispersionEvidence {
    OverdispersionEvidence(
      excess: left.excess + right.excess,
      scale: left.scale + right.scale
    )
  }

  /// The correlation between two items of a week, 0...0.5.
  ///
  /// By moments, and never below 0; the cap keeps a few wild weeks from making every week usual.
  public var overdispersion: Double {
    scale > 0 ? min(max(excess / scale, 0), 0.5) : 0
  }
}

/// What is usual: the share of items that met their mark over the weeks before.
public struct ProportionBaseline: Hashable, Sendable {
  /// The fewest weeks with items from which a series can be judged.
  public static let fewestWeeks = 8
  /// From so many weeks on a series is taken to know its own overdispersion.
  public static let weeksForOwnOverdispersion = 20

  /// Weeks that had items.
  public let weeks: Int
  /// All items.
  public let items: Int
  /// Those that met their mark.
  public let met: Int
  /// The usual share, (Y + ½)/(N + 1): never quite 0 or 1.
  public let rate: Double
  /// What the weeks show of their varying beyond chance.
  public let evidence: OverdispersionEvidence
  /// The correlation between two items of a week.
  public let overdispersion: Double
  /// The variance of the baseline's own error, in units of p(1 − p).
  public let errorVariance: Double

  /// The range of usual shares that the weeks support.
  ///
  /// Wilson's, with as many trials as independent items would have the baseline's own error: weeks
  /// that vary beyond chance tell less than their items.
  public var interval: ConfidenceInterval {
    guard items > 0, errorVariance > 0 else { return .anyRate }
    return .wilson(
      rate: Double(met) / Double(items),
      trials: 1 / errorVariance,
      z: StandardNormal.z95
    )
  }

  /// The usual share from weekly counts; weeks without items are left out.
  ///
  /// - Parameters:
  ///   - items: Items by week.
  ///   - met: Those of them that met their mark.
  ///   - overdispersion: The correlation within weeks, where it is known from more than these
  ///     weeks; found from them when nil.
  /// - Precondition: Both lists are equally long; `met` lies in 0...`items` week by week.
  /// - Complexity: O(weeks).
  /// - SeeAlso: Williams (1982), doi:10.2307/2347977, for the moment estimate.
  public init(items: [Int], met: [Int], overdispersion: Double? = nil) {
    precondition(items.count == met.count, "every week has both counts")
    precondition(zip(items, met).allSatisfy { 0 <= $1 && $1 <= $0 }, "met lies in 0...items")
    let counts = zip(items, met).filter { $0.0 > 0 }
    let all = counts.reduce(0) { $0 + $1.0 }
    let allMet = counts.reduce(0) { $0 + $1.1 }
    let rate = (Double(allMet) + 0.5) / (Double(all) + 1)
    var square = 0.0
    var scale = 0.0
    for (items, met) in counts {
      let n = Double(items)
      let difference = Double(met) - n * rate
      square += difference * difference / (n * rate * (1 - rate))
      scale += (n - 1) * (1 - n / Double(all))
    }
    weeks = counts.count
    self.items = all
    self.met = allMet
    self.rate = rate
    evidence =
      counts.isEmpty
      ? .none : OverdispersionEvidence(excess: square - Double(counts.count - 1), scale: scale)
    let correlation = min(max(overdispersion ?? evidence.overdispersion, 0), 0.5)
    self.overdispersion = correlation
    let information = counts.reduce(0) { $0 + 1 / Self.unit($1.0, correlation) }
    errorVariance = information > 0 ? 1 / information : 0
  }

  /// The variance of a week's share in units of p(1 − p): (1 + (n − 1)ρ)/n.
  static func unit(_ items: Int, _ overdispersion: Double) -> Double {
    let n = Double(items)
    return (1 + (n - 1) * overdispersion) / n
  }

  /// What is usual in a week of so many items.
  public func distribution(items: Int) -> BetaBinomialDistribution {
    BetaBinomialDistribution(trials: items, mean: rate, overdispersion: overdispersion)
  }

  /// How large the baseline's own error is against the chance of one week, g.
  func relativeError(items: Int) -> Double {
    (errorVariance / Self.unit(items, overdispersion)).squareRoot()
  }
}
