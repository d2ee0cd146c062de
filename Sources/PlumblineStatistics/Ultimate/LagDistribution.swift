#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The shape that waiting times are taken to have.
public enum LagFamily: String, CaseIterable, Codable, Sendable {
  /// F(t) = 1 − exp(−(t/λ)^k).
  case weibull
  /// The logarithm of the waiting time is normal.
  case logNormal = "lognormal"
}

/// A distribution of waiting times in days.
public struct LagDistribution: Hashable, Sendable {
  /// The family.
  public let family: LagFamily
  /// The logarithm of λ in days, or the mean of the logarithm of the waiting time.
  public let location: Double
  /// k, or the standard deviation of the logarithm of the waiting time.
  public let shape: Double

  /// A distribution of waiting times.
  ///
  /// - Precondition: The shape is positive.
  public init(family: LagFamily, location: Double, shape: Double) {
    precondition(shape > 0, "the shape of a distribution of waiting times is positive")
    self.family = family
    self.location = location
    self.shape = shape
  }

  /// The share of waits that are shorter than a number of days.
  public func cumulative(days: Double) -> Double {
    guard days > 0 else { return 0 }
    return probability(fromLogDay: -.infinity, toLogDay: log(days))
  }

  /// The share of waits of at least a number of days, given its logarithm.
  func survival(logDay: Double) -> Double {
    switch family {
    case .weibull: exp(-exp(shape * (logDay - location)))
    case .logNormal: StandardNormal.cumulative((location - logDay) / shape)
    }
  }

  /// The share of waits between two ages given by their logarithms, exact where it is small.
  func probability(fromLogDay lower: Double, toLogDay upper: Double) -> Double {
    switch family {
    case .weibull:
      let before = exp(shape * (lower - location))
      let after = exp(shape * (upper - location))
      return before.isFinite ? -exp(-before) * expm1(before - after) : 0
    case .logNormal:
      let before = (lower - location) / shape
      let after = (upper - location) / shape
      return before > 0
        ? StandardNormal.cumulative(-before) - StandardNormal.cumulative(-after)
        : StandardNormal.cumulative(after) - StandardNormal.cumulative(before)
    }
  }
}
