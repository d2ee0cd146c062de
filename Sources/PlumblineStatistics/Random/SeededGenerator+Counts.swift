#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

extension SeededGenerator {
  /// A whole number from 0 to below `bound`, every one as likely.
  ///
  /// - Precondition: `bound` is positive.
  public mutating func integer(below bound: Int) -> Int {
    precondition(bound > 0, "there is no number below a bound of 0")
    return Int(next(upperBound: UInt64(bound)))
  }

  /// Which of several happens, in proportion to their weights.
  ///
  /// - Parameter weights: Numbers of at least 0, not all of them 0.
  /// - Returns: An index; never one whose weight is 0.
  /// - Precondition: The weights have a positive sum.
  /// - Complexity: O(weights).
  public mutating func choice(weights: [Double]) -> Int {
    let total = weights.reduce(0, +)
    precondition(total > 0, "at least one weight is positive")
    var remaining = uniform() * total
    var chosen = 0
    for (index, weight) in weights.enumerated() where weight > 0 {
      chosen = index
      if remaining < weight { break }
      remaining -= weight
    }
    return chosen
  }

  /// The number of successes in trials that each succeed with the same probability.
  ///
  /// Adds up the distribution where successes or failures are few; otherwise halves the problem
  /// at a random order statistic until they are.
  ///
  /// - Parameters:
  ///   - trials: The number of trials, at least 0.
  ///   - probability: The probability of success, 0...1.
  /// - Returns: A number in 0...`trials`.
  /// - Precondition: Both lie in their ranges.
  /// - Complexity: O(log trials).
  /// - SeeAlso: Ahrens & Dieter (1974), doi:10.1007/BF02293108.
  public mutating func binomial(trials: Int, probability: Double) -> Int {
    precondition(trials >= 0, "a number of trials is not negative")
    precondition((0...1).contains(probability), "a probability lies in 0...1")
    var (trials, probability, successes) = (trials, probability, 0)
    while Double(trials) * min(probability, 1 - probability) >= 15 {
      let rank = trials / 2 + 1
      let split = beta(alpha: Double(rank), beta: Double(trials + 1 - rank))
      if split <= probability {
        successes += rank
        trials -= rank
        probability = split < 1 ? min((probability - split) / (1 - split), 1) : 0
      } else {
        trials = rank - 1
        probability = min(probability / split, 1)
      }
    }
    if probability > 0.5 {
      return successes + trials - fewSuccesses(trials: trials, probability: 1 - probability)
    }
    return successes + fewSuccesses(trials: trials, probability: probability)
  }

  private mutating func fewSuccesses(trials: Int, probability: Double) -> Int {
    guard probability > 0 else { return 0 }
    let odds = probability / (1 - probability)
    var term = exp(Double(trials) * log1p(-probability))
    var remaining = uniform()
    var count = 0
    while count < trials, remaining >= term {
      remaining -= term
      term *= odds * Double(trials - count) / Double(count + 1)
      count += 1
    }
    return count
  }

  /// The number of independent arrivals of which `mean` are expected.
  ///
  /// Adds up the distribution where arrivals are few; otherwise first finds when most of them
  /// have come.
  ///
  /// - Precondition: `mean` is finite and at least 0.
  /// - Complexity: O(log mean).
  /// - SeeAlso: Ahrens & Dieter (1974), doi:10.1007/BF02293108.
  public mutating func poisson(mean: Double) -> Int {
    precondition(mean >= 0 && mean.isFinite, "an expected count is finite and not negative")
    var (mean, count) = (mean, 0)
    while mean >= 15 {
      let arrivals = Int(mean * 7 / 8)
      let time = gamma(shape: Double(arrivals))
      if time > mean {
        return count + binomial(trials: arrivals - 1, probability: mean / time)
      }
      count += arrivals
      mean -= time
    }
    var term = exp(-mean)
    var remaining = uniform()
    var arrivals = 0
    // A mean below 15 never gives 200; the bound ends a sum that rounding keeps below 1.
    while remaining >= term, arrivals < 200 {
      remaining -= term
      arrivals += 1
      term *= mean / Double(arrivals)
    }
    return count + arrivals
  }
}
