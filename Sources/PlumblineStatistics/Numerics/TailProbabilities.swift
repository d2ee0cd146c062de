#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A distribution cut in two at a point: the probability below it and the one above it.
///
/// Both are kept because each is exact where it is small, while 1 minus the other is not.
struct TailProbabilities {
  let lower: Double
  let upper: Double

  init(lower: Double) {
    self.lower = min(lower, 1)
    upper = 1 - self.lower
  }

  init(upper: Double) {
    self.upper = min(upper, 1)
    lower = 1 - self.upper
  }

  /// Whether the cut lies at or above the point that leaves `lowerTarget` below itself.
  func reaches(_ lowerTarget: Double) -> Bool {
    lowerTarget <= 0.5 ? lower >= lowerTarget : upper <= 1 - lowerTarget
  }

  /// The logarithm of the smallest positive number there is.
  static let logarithmOfSmallest = -745.0

  /// The root of a rising condition, by bisection on the logarithm of the argument.
  ///
  /// Sixty halvings of a range of 1,500 leave a relative error of 1e-15 however small the root
  /// is; on the plain scale they lose every digit of quantiles such as 1e-40, which small
  /// parameters produce.
  ///
  /// - Parameters:
  ///   - low: Below the root.
  ///   - high: Above it.
  ///   - neighborhood: Where the root surely lies, as far as is known; the condition is asked in
  ///     there only, and the result is the same to the last bit.
  ///   - isAtOrAboveRoot: The condition.
  /// - Returns: The root.
  static func bisectLogarithm(
    from low: Double,
    to high: Double,
    within neighborhood: ClosedRange<Double>? = nil,
    isAtOrAboveRoot: (Double) -> Bool
  ) -> Double {
    let known = neighborhood ?? -.infinity ... .infinity
    var (low, high) = (low, high)
    for _ in 0..<60 {
      let middle = 0.5 * (low + high)
      let isAbove =
        if middle > known.upperBound {
          true
        } else if middle < known.lowerBound {
          false
        } else {
          isAtOrAboveRoot(middle)
        }
      if isAbove { high = middle } else { low = middle }
    }
    return high
  }

  /// Where the logarithm of an argument lies at which a tail has a probability, by Newton's method
  /// on the logarithms of both, which tails make nearly straight.
  ///
  /// - Parameters:
  ///   - start: A guess.
  ///   - target: The logarithm of the probability.
  ///   - tail: The tail at a logarithm of the argument, how it changes with that, and the relative
  ///     error of its computation.
  /// - Returns: A range that holds the root with room to spare; nil where the method does not
  ///   settle within a few steps.
  static func neighborhood(
    startingAt start: Double,
    target: Double,
    _ tail: (Double) -> (probability: Double, slope: Double, rounding: Double)
  ) -> ClosedRange<Double>? {
    var place = start
    for _ in 0..<12 {
      guard place.isFinite else { return nil }
      let (probability, slope, rounding) = tail(place)
      let change = slope / probability
      guard probability > 1e-290, change.isFinite, change.magnitude > 1e-6 else { return nil }
      let step = (log(probability) - target) / change
      place -= max(-2, min(2, step))
      let precision = 1e-15 * max(1, place.magnitude)
      if step.magnitude < 1e-9 * max(1, place.magnitude) {
        // One step later the error is of the order of rounding, which a flat tail magnifies.
        let doubt = step.magnitude * 1e-3 + 1e3 * precision + 10 * rounding / change.magnitude
        return place - doubt...place + doubt
      }
    }
    return nil
  }
}
