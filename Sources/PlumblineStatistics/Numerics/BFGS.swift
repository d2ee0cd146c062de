/// Minimisation by the quasi-Newton method of Broyden, Fletcher, Goldfarb and Shanno.
///
/// For few variables: the slope is taken numerically, at two evaluations a variable.
///
/// - SeeAlso: Nocedal & Wright (2006), Numerical Optimization, 2nd edition, algorithm 6.1.
public enum BFGS {
  /// A low point near a start.
  ///
  /// - Parameters:
  ///   - start: Where to begin; the function is finite there.
  ///   - tolerance: How small, relative to the function, a step's gain must be to end the search.
  ///   - mostSteps: After so many steps the search ends anyway.
  ///   - function: The function; infinite where a point is not allowed.
  /// - Returns: The point reached, which is never higher than the start.
  public static func minimum(
    from start: [Double],
    tolerance: Double = 1e-13,
    mostSteps: Int = 300,
    _ function: ([Double]) -> Double
  ) -> Minimum {
    let count = start.count
    var point = start
    var value = function(point)
    guard count > 0, value.isFinite else {
      return Minimum(point: point, value: value, isSettled: count == 0)
    }
    var slope = slope(of: function, at: point, value: value)
    var inverse = identity(count)
    var isFresh = true
    for _ in 0..<mostSteps {
      var direction = product(inverse, slope).map(-)
      var descent = dot(direction, slope)
      if !(descent < 0) {
        // Rounding has spoilt the curvature: forget it.
        inverse = identity(count)
        isFresh = true
        direction = slope.map(-)
        descent = dot(direction, slope)
      }
      guard descent < 0,
        let (next, nextValue) = step(from: point, value, direction, descent, function)
      else {
        if isFresh { return Minimum(point: point, value: value, isSettled: true) }
        inverse = identity(count)
        isFresh = true
        continue
      }
      let nextSlope = Self.slope(of: function, at: next, value: nextValue)
      let moved = zip(next, point).map(-)
      let change = zip(nextSlope, slope).map(-)
      let gain = value - nextValue
      (point, value, slope) = (next, nextValue, nextSlope)
      if gain <= tolerance * max(1, value.magnitude) {
        if isFresh { return Minimum(point: point, value: value, isSettled: true) }
        // Once more straight downhill, in case only the curvature was wrong.
        inverse = identity(count)
        isFresh = true
        continue
      }
      update(&inverse, moved, change, isFirst: isFresh)
      isFresh = false
    }
    return Minimum(point: point, value: value, isSettled: false)
  }

  /// The first shortened step that gains enough (Armijo); nil when none does.
  private static func step(
    from point: [Double],
    _ value: Double,
    _ direction: [Double],
    _ descent: Double,
    _ function: ([Double]) -> Double
  ) -> (point: [Double], value: Double)? {
    let longest = direction.reduce(0) { max($0, $1.magnitude) }
    guard longest.isFinite else { return nil }
    // Parameters are logarithms here and there: a step of more than 4 only overflows.
    var length = min(1, 4 / longest)
    for _ in 0..<50 {
      let next = zip(point, direction).map { $0 + length * $1 }
      let nextValue = function(next)
      if nextValue.isFinite, nextValue <= value + 1e-4 * length * descent, nextValue < value {
        return (next, nextValue)
      }
      length /= 2
    }
    return nil
  }

  /// The slope by central differences, one-sided where the function is not allowed on one side.
  private static func slope(
    of function: ([Double]) -> Double,
    at point: [Double],
    value: Double
  ) -> [Double] {
    var near = point
    return point.indices.map { index in
      let step = 6e-6 * max(1, point[index].magnitude)
      near[index] = point[index] + step
      let above = function(near)
      near[index] = point[index] - step
      let below = function(near)
      near[index] = point[index]
      switch (above.isFinite, below.isFinite) {
      case (true, true): return (above - below) / (2 * step)
      case (true, false): return (above - value) / step
      case (false, true): return (value - below) / step
      case (false, false): return 0
      }
    }
  }

  /// The update of the inverse curvature; left out where the curvature is not positive.
  private static func update(
    _ inverse: inout [[Double]],
    _ moved: [Double],
    _ change: [Double],
    isFirst: Bool
  ) {
    let curvature = dot(moved, change)
    let square = dot(change, change)
    guard curvature > 1e-12 * (dot(moved, moved) * square).squareRoot(), curvature > 0 else {
      return
    }
    let count = moved.count
    if isFirst {
      for index in 0..<count { inverse[index][index] = curvature / square }
    }
    let carried = product(inverse, change)
    let scale = (1 + dot(change, carried) / curvature) / curvature
    for row in 0..<count {
      for column in 0..<count {
        inverse[row][column] +=
          scale * moved[row] * moved[column]
          - (carried[row] * moved[column] + moved[row] * carried[column]) / curvature
      }
    }
  }

  private static func identity(_ count: Int) -> [[Double]] {
    (0..<count).map { row in (0..<count).map { $0 == row ? 1 : 0 } }
  }

  private static func product(_ matrix: [[Double]], _ vector: [Double]) -> [Double] {
    matrix.map { dot($0, vector) }
  }

  private static func dot(_ left: [Double], _ right: [Double]) -> Double {
    var sum = 0.0
    for index in left.indices { sum += left[index] * right[index] }
    return sum
  }
}
