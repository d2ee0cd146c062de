import PlumblineStatistics

/// Draws made from whole numbers and the four operations alone.
///
/// Logarithms and exponentials of the system may differ in their last bit from one machine to the
/// next; these draws do not, so that files made from them are the same everywhere.
extension SeededGenerator {
  /// A nearly normal number of mean 0 and variance 1: twelve uniform ones added up.
  mutating func portableNormal() -> Double {
    var sum = -6.0
    for _ in 0..<12 { sum += uniform() }
    return sum
  }

  /// A positive number whose logarithm is nearly normal.
  ///
  /// - Parameters:
  ///   - median: The value that half of the draws exceed.
  ///   - spread: The standard deviation of the natural logarithm.
  /// - Returns: A positive number.
  mutating func portableLogNormal(median: Double, spread: Double) -> Double {
    median * Self.portableExponential(spread * portableNormal())
  }

  /// e to the power of a moderate number: Taylor's series on a 64th of it, then six squarings.
  static func portableExponential(_ power: Double) -> Double {
    let small = power / 64
    var term = 1.0
    var sum = 1.0
    for order in 1...10 {
      term *= small / Double(order)
      sum += term
    }
    for _ in 0..<6 { sum *= sum }
    return sum
  }
}
