#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Whether the odds of one group exceed those of another by more than a margin.
public enum OddsMarginTest {
  /// The chance of so many successes in the first group, or more, were its odds the margin times
  /// those of the second.
  ///
  /// The upper tail of Fisher's noncentral hypergeometric distribution: exact for every rate of the
  /// second group, and at the margin itself, so no larger odds within it give a smaller value. With a
  /// margin of 1 it is Fisher's one-sided test.
  ///
  /// - Parameters:
  ///   - first: Successes and trials of the first group.
  ///   - second: Those of the second, with which nobody of the first is counted.
  ///   - margin: The ratio of odds that is nothing to talk about; positive.
  /// - Returns: A chance in 0...1; 1 where either group is empty, or all or none succeeded.
  /// - Precondition: Successes lie between 0 and the trials.
  /// - Complexity: O(trials of the first group).
  /// - SeeAlso: R. A. Fisher (1935), The logic of inductive inference, doi:10.2307/2342435;
  ///   A. Agresti (1992), doi:10.1214/ss/1177011454.
  public static func pValue(
    _ first: (successes: Int, trials: Int),
    _ second: (successes: Int, trials: Int),
    margin: Double
  ) -> Double {
    precondition(
      (0...max(0, first.trials)).contains(first.successes)
        && (0...max(0, second.trials)).contains(second.successes) && margin > 0,
      "successes among trials, and a positive margin"
    )
    let successes = first.successes + second.successes
    let (least, most) = (max(0, successes - second.trials), min(successes, first.trials))
    guard first.successes > least else { return 1 }
    func logWeight(_ count: Int) -> Double {
      SpecialFunctions.logBinomialCoefficient(Double(first.trials), Double(count))
        + SpecialFunctions.logBinomialCoefficient(
          Double(second.trials),
          Double(successes - count)
        ) + Double(count) * log(margin)
    }
    let weights = (least...most).map(logWeight)
    let all = SpecialFunctions.logSumExp(weights)
    let tail = SpecialFunctions.logSumExp(weights[(first.successes - least)...])
    return min(1, exp(tail - all))
  }

  /// Two groups, of which only those of one kind are comparable.
  public struct Stratum: Hashable, Sendable {
    /// The first group's successes.
    public var successes: Int
    /// The first group's trials.
    public var trials: Int
    /// The second group's successes.
    public var otherSuccesses: Int
    /// The second group's trials.
    public var otherTrials: Int

    /// Two groups of one kind.
    public init(successes: Int, trials: Int, otherSuccesses: Int, otherTrials: Int) {
      self.successes = successes
      self.trials = trials
      self.otherSuccesses = otherSuccesses
      self.otherTrials = otherTrials
    }
  }

  /// The chance of so many successes of the first group in all strata together, or more, were its
  /// odds in each the margin times those of the second.
  ///
  /// Each stratum's successes follow Fisher's noncentral hypergeometric distribution given its margins;
  /// their sum is the exact counterpart of the test of Mantel and Haenszel. Strata in which either
  /// group is empty say nothing.
  ///
  /// - Parameters:
  ///   - strata: The groups of each kind.
  ///   - margin: The ratio of odds that is nothing to talk about; positive.
  /// - Returns: A chance in 0...1; 1 where no stratum says anything. Less than 1e-25 may be told as 0.
  /// - Precondition: Successes lie between 0 and the trials.
  /// - Complexity: O(strata · successes · the spread of a stratum).
  /// - SeeAlso: J. J. Gart (1970), doi:10.1093/biomet/57.3.471; N. Mantel & W. Haenszel (1959),
  ///   doi:10.1093/jnci/22.4.719.
  public static func pValue(_ strata: [Stratum], margin: Double) -> Double {
    precondition(
      strata.allSatisfy {
        (0...max(0, $0.trials)).contains($0.successes)
          && (0...max(0, $0.otherTrials)).contains($0.otherSuccesses)
      } && margin > 0,
      "successes among trials, and a positive margin"
    )
    if strata.count == 1 {
      return pValue(
        (strata[0].successes, strata[0].trials),
        (strata[0].otherSuccesses, strata[0].otherTrials),
        margin: margin
      )
    }
    // The chances of each sum from `least` on.
    var (least, chances) = (0, [1.0])
    for stratum in strata {
      let (first, own) = distribution(stratum, margin: margin)
      least += first
      var sums = Array(repeating: 0.0, count: chances.count + own.count - 1)
      for (index, chance) in chances.enumerated() {
        for (step, other) in own.enumerated() { sums[index + step] += chance * other }
      }
      chances = sums
    }
    let seen = strata.reduce(0) { $0 + $1.successes } - least
    guard seen > 0 else { return 1 }
    guard seen < chances.count else { return 0 }
    // From the smallest on, so that nothing small gets lost.
    return min(1, chances[seen...].reversed().reduce(0, +))
  }

  /// The chances of a stratum's successes from the least likely worth mentioning on.
  private static func distribution(
    _ stratum: Stratum,
    margin: Double
  ) -> (least: Int, chances: [Double]) {
    let successes = stratum.successes + stratum.otherSuccesses
    let least = max(0, successes - stratum.otherTrials)
    let most = min(successes, stratum.trials)
    let weights = (least...most).map { count in
      SpecialFunctions.logBinomialCoefficient(Double(stratum.trials), Double(count))
        + SpecialFunctions.logBinomialCoefficient(
          Double(stratum.otherTrials),
          Double(successes - count)
        ) + Double(count) * log(margin)
    }
    let all = SpecialFunctions.logSumExp(weights)
    let chances = weights.map { exp($0 - all) }
    let isMentioned: (Double) -> Bool = { $0 > 1e-30 }
    guard let first = chances.firstIndex(where: isMentioned),
      let last = chances.lastIndex(where: isMentioned)
    else { return (least, chances) }
    return (least + first, Array(chances[first...last]))
  }
}
