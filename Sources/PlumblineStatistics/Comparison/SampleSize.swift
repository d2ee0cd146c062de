#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// How large a group must be.
public enum SampleSize {
  /// The trials a group needs to show a rate lower than the others' by a relative difference.
  ///
  /// Power 80 % at a two-sided level of 5 %, against a rate known exactly. Nil when nobody or
  /// everybody succeeds: no finite number would do.
  ///
  /// - Parameters:
  ///   - rate: The rate to compare with, 0...1.
  ///   - relativeDifference: The difference to show, as a share of the rate.
  /// - Returns: A number of trials.
  /// - SeeAlso: Fleiss, Levin & Paik (2003), Statistical Methods for Rates and Proportions, 4.
  public static func toShow(rate: Double, lowerBy relativeDifference: Double) -> Int? {
    guard rate > 0, rate < 1, relativeDifference > 0, relativeDifference <= 1 else { return nil }
    let other = rate * (1 - relativeDifference)
    let spread =
      1.960 * (rate * (1 - rate)).squareRoot() + 0.842 * (other * (1 - other)).squareRoot()
    let ratio = spread / (rate - other)
    return Int(exactly: (ratio * ratio).rounded(.up))
  }
}
