/// The lowest point of a function that a search found.
public struct Minimum: Hashable, Sendable {
  /// Where it lies.
  public let point: [Double]
  /// The function there.
  public let value: Double
  /// Whether the search ended because nothing lower was near, not because it ran out of steps.
  public let isSettled: Bool

  /// The lowest point found from several starts.
  ///
  /// Each start is followed by the quasi-Newton method. A thorough search goes on from the best
  /// end without derivatives, which leaves flat and bent valleys that numerical slopes get stuck
  /// in; any search does when the best end is not settled.
  ///
  /// - Parameters:
  ///   - starts: Where to begin; the function is finite at one of them at least.
  ///   - isThorough: Whether to search on without derivatives.
  ///   - function: The function; infinite where a point is not allowed.
  /// - Returns: The lowest point; nil when the function is finite at no start.
  public static func search(
    from starts: [[Double]],
    isThorough: Bool = true,
    _ function: ([Double]) -> Double
  ) -> Minimum? {
    var best: Minimum?
    for start in starts where function(start).isFinite {
      let found = BFGS.minimum(from: start, function)
      if best.map({ found.value < $0.value }) ?? true { best = found }
    }
    guard let found = best, !found.point.isEmpty, isThorough || !found.isSettled else {
      return best
    }
    let simplex = NelderMead.minimum(from: found.point, function)
    guard simplex.value < found.value else { return found }
    let polished = BFGS.minimum(from: simplex.point, function)
    return polished.value < simplex.value ? polished : simplex
  }
}
