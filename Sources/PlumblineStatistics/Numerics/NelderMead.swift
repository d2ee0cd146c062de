/// Minimisation without derivatives by a simplex that reflects, stretches and shrinks.
///
/// - SeeAlso: Nelder & Mead (1965), doi:10.1093/comjnl/7.4.308; the factors by number of variables
///   are those of Gao & Han (2012), doi:10.1007/s10589-010-9329-3.
public enum NelderMead {
  /// A low point near a start.
  ///
  /// - Parameters:
  ///   - start: Where to begin; the function is finite there.
  ///   - reach: How far the first simplex reaches along each variable.
  ///   - tolerance: How small, relative to the function, the simplex's differences must become.
  ///   - mostSteps: After so many steps the search ends anyway; 200 a variable when nil.
  ///   - function: The function; infinite where a point is not allowed.
  /// - Returns: The lowest corner, which is never higher than the start.
  public static func minimum(
    from start: [Double],
    reach: Double = 0.1,
    tolerance: Double = 1e-12,
    mostSteps: Int? = nil,
    _ function: ([Double]) -> Double
  ) -> Minimum {
    let count = start.count
    guard count > 0 else { return Minimum(point: start, value: function(start), isSettled: true) }
    var simplex = Simplex(around: start, reach: reach, function)
    for _ in 0..<(mostSteps ?? 200 * count) {
      simplex.sort()
      if simplex.isSmall(tolerance) { return simplex.lowest(isSettled: true) }
      simplex.move(function)
    }
    simplex.sort()
    return simplex.lowest(isSettled: false)
  }

  private struct Simplex {
    private var corners: [(point: [Double], value: Double)]
    private let stretch: Double
    private let contraction: Double
    private let shrinkage: Double

    init(around start: [Double], reach: Double, _ function: ([Double]) -> Double) {
      let count = Double(max(start.count, 2))
      stretch = 1 + 2 / count
      contraction = 0.75 - 1 / (2 * count)
      shrinkage = 1 - 1 / count
      corners = [(start, function(start))]
      for index in start.indices {
        var point = start
        point[index] += reach
        var value = function(point)
        if !value.isFinite {
          point[index] = start[index] - reach
          value = function(point)
        }
        corners.append((point, Self.comparable(value)))
      }
    }

    /// Not-a-number would break the order of corners.
    private static func comparable(_ value: Double) -> Double { value.isNaN ? .infinity : value }

    mutating func sort() { corners.sort { $0.value < $1.value } }

    func isSmall(_ tolerance: Double) -> Bool {
      let (lowest, highest) = (corners[0], corners[corners.count - 1])
      guard highest.value - lowest.value <= tolerance * max(1, lowest.value.magnitude) else {
        return false
      }
      return corners.allSatisfy { corner in
        zip(corner.point, lowest.point).allSatisfy {
          ($0 - $1).magnitude <= 1e-6 * max(1, $1.magnitude)
        }
      }
    }

    func lowest(isSettled: Bool) -> Minimum {
      Minimum(point: corners[0].point, value: corners[0].value, isSettled: isSettled)
    }

    /// One step; the corners are in order.
    mutating func move(_ function: ([Double]) -> Double) {
      let last = corners.count - 1
      let worst = corners[last]
      var centre = Array(repeating: 0.0, count: worst.point.count)
      for corner in corners.dropLast() {
        for index in centre.indices { centre[index] += corner.point[index] / Double(last) }
      }
      func trial(_ factor: Double) -> (point: [Double], value: Double) {
        let point = zip(centre, worst.point).map { $0 + factor * ($0 - $1) }
        return (point, Self.comparable(function(point)))
      }
      let reflected = trial(1)
      if reflected.value < corners[0].value {
        let stretched = trial(stretch)
        corners[last] = stretched.value < reflected.value ? stretched : reflected
      } else if reflected.value < corners[last - 1].value {
        corners[last] = reflected
      } else {
        let isOutside = reflected.value < worst.value
        let contracted = trial(isOutside ? contraction : -contraction)
        if contracted.value < min(reflected.value, worst.value) {
          corners[last] = contracted
        } else {
          shrink(function)
        }
      }
    }

    private mutating func shrink(_ function: ([Double]) -> Double) {
      let lowest = corners[0].point
      for index in corners.indices.dropFirst() {
        let point = zip(lowest, corners[index].point).map { $0 + shrinkage * ($1 - $0) }
        corners[index] = (point, Self.comparable(function(point)))
      }
    }
  }
}
