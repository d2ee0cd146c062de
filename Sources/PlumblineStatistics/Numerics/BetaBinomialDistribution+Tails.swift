extension BetaBinomialDistribution {
  /// The probability of fewer than `successes`, exact where it is small.
  ///
  /// - Complexity: O(trials) at worst; ends where further terms do not count.
  public func lowerTail(below successes: Int) -> Double {
    if successes <= 0 { return 0 }
    if successes > trials { return 1 }
    return isAboveMean(successes)
      ? max(1 - sum(upFrom: successes), 0) : sum(downFrom: successes - 1)
  }

  /// The probability of more than `successes`, exact where it is small.
  ///
  /// - Complexity: O(trials) at worst; ends where further terms do not count.
  public func upperTail(above successes: Int) -> Double {
    if successes >= trials { return 0 }
    if successes < 0 { return 1 }
    return isAboveMean(successes + 1)
      ? sum(upFrom: successes + 1) : max(1 - sum(downFrom: successes), 0)
  }

  /// Sums go away from the mean: towards it, a first term too small for a number would end them.
  private func isAboveMean(_ successes: Int) -> Bool { Double(successes) > Double(trials) * mean }

  private func sum(downFrom successes: Int) -> Double {
    var term = probability(of: successes)
    var sum = term
    var count = successes
    while count > 0, term > sum * 1e-18 {
      term /= ratio(to: count)
      sum += term
      count -= 1
    }
    return min(sum, 1)
  }

  private func sum(upFrom successes: Int) -> Double {
    var term = probability(of: successes)
    var sum = term
    var count = successes
    while count < trials, term > sum * 1e-18 {
      count += 1
      term *= ratio(to: count)
      sum += term
    }
    return min(sum, 1)
  }

  /// The probability of a count over that of the count before it.
  private func ratio(to count: Int) -> Double {
    let (k, n) = (Double(count), Double(trials))
    let ways = (n - k + 1) / k
    guard overdispersion > 0 else { return ways * mean / (1 - mean) }
    let precision = (1 - overdispersion) / overdispersion
    return ways * (k - 1 + mean * precision) / (n - k + (1 - mean) * precision)
  }

  /// How unusual a count is, on the scale of the standard normal: Φ⁻¹(P(Y < y) + ½ P(Y = y)).
  ///
  /// Half of the count's own probability lies on either side, so that scores of an unchanged
  /// process have a mean near 0. Counts that cannot happen score 38 or −38.
  ///
  /// - Complexity: O(trials).
  /// - SeeAlso: Quesenberry (1993), doi:10.1080/00224065.1993.11979433, for charts of scores.
  public func normalScore(of successes: Int) -> Double {
    let farthest = 38.0
    let half = probability(of: successes) / 2
    // The tail on the count's own side is the small one, and small numbers keep their digits.
    if !isAboveMean(successes) {
      let tail = min(lowerTail(below: successes) + half, 1)
      return tail > 0 ? max(StandardNormal.quantile(tail), -farthest) : -farthest
    }
    let tail = min(upperTail(above: successes) + half, 1)
    return tail > 0 ? min(-StandardNormal.quantile(tail), farthest) : farthest
  }

  /// The counts between which a share of 1 − `alpha` or more lies, at most half of `alpha` outside
  /// on either side.
  ///
  /// - Parameter alpha: The share outside, both sides together, from 0 to 1.
  /// - Returns: The smallest and the largest count that is not unusual.
  /// - Complexity: O(trials) at worst.
  /// - SeeAlso: Laney (2002), doi:10.1081/QEN-120006708, for the need to widen the binomial's.
  public func limits(alpha: Double) -> ClosedRange<Int> {
    let lower = first(from: 0, to: trials) { lowerTail(below: $0 + 1) > alpha / 2 }
    let upper = first(from: lower, to: trials) { upperTail(above: $0) <= alpha / 2 }
    return lower...upper
  }

  /// The first count for which a condition holds that, once it holds, goes on holding; `last` where
  /// it never does.
  private func first(from: Int, to last: Int, where holds: (Int) -> Bool) -> Int {
    var (low, high) = (from, last)
    while low < high {
      let middle = low + (high - low) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
