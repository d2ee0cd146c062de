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
  static func bisectLogarithm(
    from low: Double,
    to high: Double,
    isAtOrAboveRoot: (Double) -> Bool
  ) -> Double {
    var (low, high) = (low, high)
    for _ in 0..<60 {
      let middle = 0.5 * (low + high)
      if isAtOrAboveRoot(middle) { high = middle } else { low = middle }
    }
    return high
  }
}
