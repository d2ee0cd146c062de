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
}
