#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// What a yearly share is when it is counted by the month.
extension Economics {
  /// The share lost each month when a share is lost in a year: twelve months lose it together.
  ///
  /// - Parameter yearly: The share lost in a year, 0...1.
  /// - Returns: 1 − (1 − yearly)^(1/12), 0...1.
  public static func monthlyLoss(ofYearly yearly: Double) -> Double {
    1 - pow(1 - min(max(yearly, 0), 1), 1 / 12)
  }

  /// The rate each month that comes to a rate in a year, each month's on top of the one before.
  ///
  /// - Parameter yearly: The rate in a year, 0 or more.
  /// - Returns: (1 + yearly)^(1/12) − 1.
  public static func monthlyRate(ofYearly yearly: Double) -> Double {
    pow(1 + max(yearly, 0), 1 / 12) - 1
  }
}
