/// What is usual of a count: how many there were in each of the periods before.
///
/// For things that are counted without a base, such as leads that came in, where a share has no
/// meaning.
public struct CountBaseline: Hashable, Sendable {
  /// The fewest periods from which anything can be called usual.
  public static let fewestPeriods = 8

  /// How many periods there are.
  public let periods: Int
  /// The counts of all of them together.
  public let total: Int
  /// The usual count of a period, (total + ½)/periods: never quite 0.
  public let mean: Double
  /// How many times more the counts vary than pure chance would make them, at least 1.
  public let overdispersion: Double

  /// What is usual after some periods of equal length.
  ///
  /// - Parameter counts: The count of each period.
  /// - Precondition: There is a period, and no count is negative.
  /// - Complexity: O(periods).
  public init(_ counts: [Int]) {
    precondition(!counts.isEmpty && counts.allSatisfy { $0 >= 0 }, "counts are not negative")
    periods = counts.count
    total = counts.reduce(0, +)
    mean = (Double(total) + 0.5) / Double(counts.count)
    let plain = Double(total) / Double(counts.count)
    let squares = counts.reduce(0) { $0 + (Double($1) - plain) * (Double($1) - plain) }
    let variance = counts.count > 1 ? squares / Double(counts.count - 1) : 0
    overdispersion = max(1, variance / mean)
  }

  /// How few and how many there may be in the next period before that is out of the usual.
  ///
  /// The ends of a negative binomial distribution with the periods' mean, and a variance that
  /// allows for three things: that counts vary more than chance alone makes them, that the mean is
  /// known from a few periods only, and that so is the variance (the square of the ratio of
  /// Student's quantile to the normal one).
  ///
  /// - Parameter chance: The chance of a count below, and of one above, when nothing has changed.
  /// - Returns: The counts that are usual.
  /// - Precondition: `chance` lies above 0 and below ½.
  /// - Complexity: O(log of the largest usual count) evaluations of the incomplete beta function.
  /// - SeeAlso: Hilbe (2011), doi:10.1017/CBO9780511973420, for the negative binomial with a given
  ///   mean and variance.
  public func usualCounts(chance: Double) -> ClosedRange<Int> {
    precondition(chance > 0 && chance < 0.5, "a chance lies above 0 and below a half")
    let distribution = CountDistribution(
      mean: mean,
      variance: mean * overdispersion * (1 + 1 / Double(periods)) * ignorance(chance)
    )
    let lower = Self.first(from: 0) { distribution.cumulative($0) > chance }
    // The first count that is exceeded too seldom.
    let upper = Self.first(from: lower) { distribution.upperTail($0) <= chance }
    return lower...upper
  }

  /// What the variance must be multiplied by, because it is itself known from so few periods.
  private func ignorance(_ chance: Double) -> Double {
    guard periods > 1 else { return 1 }
    let freedom = Double(periods - 1)
    // A Student value beyond t is a beta value below ν/(ν + t²).
    let share = BetaDistribution(alpha: freedom / 2, beta: 0.5).quantile(2 * chance)
    let square = freedom * (1 - share) / share
    let normal = StandardNormal.quantile(chance)
    return max(1, square / (normal * normal))
  }

  /// The first count that meets a condition which all greater ones meet too.
  private static func first(from: Int, where holds: (Int) -> Bool) -> Int {
    var (low, high) = (from, from + 1)
    while !holds(high) { (low, high) = (high, from + 2 * (high - from)) }
    while low < high {
      let middle = low + (high - low) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

/// The negative binomial distribution by its mean and its variance, which is the greater.
struct CountDistribution {
  private let shape: Double
  private let share: Double

  init(mean: Double, variance: Double) {
    shape = mean * mean / max(variance - mean, mean * 1e-9)
    share = shape / (shape + mean)
  }

  /// The chance of at most so many.
  func cumulative(_ count: Int) -> Double {
    count < 0 ? 0 : BetaDistribution(alpha: shape, beta: Double(count) + 1).cumulative(share)
  }

  /// The chance of more than so many.
  func upperTail(_ count: Int) -> Double {
    count < 0 ? 1 : BetaDistribution(alpha: shape, beta: Double(count) + 1).upperTail(share)
  }
}
