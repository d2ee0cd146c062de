/// The chance that a case that was won had the higher score than one that was lost.
///
/// 0.5 is a coin, 1 is perfect; equal scores count half.
///
/// - SeeAlso: Hanley & McNeil (1982), doi:10.1148/radiology.143.1.7063747; DeLong, DeLong &
///   Clarke-Pearson (1988), doi:10.2307/2531595, for the variance.
public struct AreaUnderCurve: Hashable, Sendable {
  /// The area.
  public let area: Double
  /// Its standard error by DeLong; nil with fewer than two cases of a kind.
  public let standardError: Double?

  /// The area from outcomes by score; nil when nobody or everybody was won.
  ///
  /// - Complexity: O(values of the score).
  public init?(_ histogram: ScoreHistogram) {
    let bins = histogram.bins
    guard
      let placements = Placements(
        score: bins.map(\.score),
        won: bins.map(\.won),
        lost: bins.map(\.lost)
      )
    else { return nil }
    area = placements.area
    standardError = placements.covariance(with: placements).map { max($0, 0).squareRoot() }
  }

  /// An interval that stays within 0...1.
  ///
  /// Normal on the log-odds of the area; without a standard error, or at an area of 0 or 1, where
  /// that says nothing, every value is possible.
  ///
  /// - Parameter z: Standard normal quantile of the wanted confidence.
  /// - Returns: The ends.
  public func interval(z: Double = StandardNormal.z95) -> ConfidenceInterval {
    guard let standardError, area > 0, area < 1 else { return .anyRate }
    let centre = SpecialFunctions.logit(area)
    let spread = z * standardError / (area * (1 - area))
    return ConfidenceInterval(
      lower: SpecialFunctions.expit(centre - spread),
      upper: SpecialFunctions.expit(centre + spread)
    )
  }
}

/// Two scores of the same cases, compared by their areas.
///
/// - SeeAlso: DeLong, DeLong & Clarke-Pearson (1988), doi:10.2307/2531595.
public struct AreaComparison: Hashable, Sendable {
  /// The area of the first score.
  public let first: Double
  /// The area of the second score.
  public let second: Double
  /// The standard error of the difference; nil with fewer than two cases of a kind.
  public let standardError: Double?

  /// The second area less the first.
  public var difference: Double { second - first }

  /// The two-sided p-value for equal areas.
  ///
  /// 1 when the scores order all cases alike, so that nothing can differ; nil without a standard
  /// error.
  public var pValue: Double? {
    guard let standardError else { return nil }
    // Rounding leaves differences of about 1e-16 between scores that order all cases alike.
    if difference.magnitude < 1e-12 { return 1 }
    return standardError > 0 ? StandardNormal.twoSidedTail(difference / standardError) : 0
  }

  /// Compares two scores of the same groups of cases; nil when nobody or everybody was won.
  ///
  /// - Parameters:
  ///   - first: The first score of each group.
  ///   - second: The second score of each group.
  ///   - won: The cases won in each group.
  ///   - lost: The cases lost in each group.
  /// - Precondition: All lists have the same length.
  /// - Complexity: O(n log n) for n groups.
  public init?(first: [Double], second: [Double], won: [Double], lost: [Double]) {
    precondition(
      first.count == won.count && second.count == won.count && lost.count == won.count,
      "two scores and two counts for each group"
    )
    guard let left = Placements(score: first, won: won, lost: lost),
      let right = Placements(score: second, won: won, lost: lost)
    else { return nil }
    self.first = left.area
    self.second = right.area
    if let own = left.covariance(with: left), let other = right.covariance(with: right),
      let joint = left.covariance(with: right)
    {
      standardError = max(own + other - 2 * joint, 0).squareRoot()
    } else {
      standardError = nil
    }
  }
}

/// For every group of cases, the share of the other kind that its score is placed above or below.
private struct Placements {
  let won: [Double]
  let lost: [Double]
  let totalWon: Double
  let totalLost: Double
  /// The share of lost cases with a lower score, equal ones by half.
  let aboveLost: [Double]
  /// The share of won cases with a higher score, equal ones by half.
  let belowWon: [Double]
  let area: Double

  init?(score: [Double], won: [Double], lost: [Double]) {
    let totalWon = won.reduce(0, +)
    let totalLost = lost.reduce(0, +)
    guard totalWon > 0, totalLost > 0 else { return nil }
    let order = score.indices.sorted { score[$0] < score[$1] }
    var aboveLost = Array(repeating: 0.0, count: score.count)
    var belowWon = aboveLost
    var lostBelow = 0.0
    var wonBelow = 0.0
    var start = 0
    while start < order.count {
      var end = start
      var lostHere = 0.0
      var wonHere = 0.0
      while end < order.count, score[order[end]] == score[order[start]] {
        lostHere += lost[order[end]]
        wonHere += won[order[end]]
        end += 1
      }
      for index in order[start..<end] {
        aboveLost[index] = (lostBelow + lostHere / 2) / totalLost
        belowWon[index] = (totalWon - wonBelow - wonHere / 2) / totalWon
      }
      lostBelow += lostHere
      wonBelow += wonHere
      start = end
    }
    (self.won, self.lost) = (won, lost)
    (self.totalWon, self.totalLost) = (totalWon, totalLost)
    (self.aboveLost, self.belowWon) = (aboveLost, belowWon)
    area = zip(won, aboveLost).reduce(0) { $0 + $1.0 * $1.1 } / totalWon
  }

  /// The covariance of two scores' areas; nil with at most one case of a kind.
  func covariance(with other: Placements) -> Double? {
    guard totalWon > 1, totalLost > 1 else { return nil }
    var amongWon = 0.0
    var amongLost = 0.0
    for index in won.indices {
      amongWon += won[index] * (aboveLost[index] - area) * (other.aboveLost[index] - other.area)
      amongLost += lost[index] * (belowWon[index] - area) * (other.belowWon[index] - other.area)
    }
    return amongWon / (totalWon - 1) / totalWon + amongLost / (totalLost - 1) / totalLost
  }
}
