#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// How strong something unmeasured would have to be to explain an association away.
///
/// - SeeAlso: VanderWeele & Ding (2017), doi:10.7326/M16-2607.
public enum EValue {
  /// The E-value of an odds ratio.
  ///
  /// Something unmeasured would have to go with both the group and the outcome by a risk ratio of
  /// at least this much each. An odds ratio below 1 counts as its inverse.
  ///
  /// - Parameters:
  ///   - oddsRatio: The odds ratio; positive.
  ///   - outcomeIsCommon: Whether more than about 15 % have the outcome: then the risk ratio is
  ///     taken as the square root of the odds ratio.
  /// - Returns: A number of at least 1; not a number for an odds ratio that is not positive.
  public static func ofOddsRatio(_ oddsRatio: Double, outcomeIsCommon: Bool) -> Double {
    guard oddsRatio > 0 else { return .nan }
    let strength = oddsRatio < 1 ? 1 / oddsRatio : oddsRatio
    let riskRatio = outcomeIsCommon ? strength.squareRoot() : strength
    return riskRatio + (riskRatio * (riskRatio - 1)).squareRoot()
  }
}
