#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The lower triangular factor L of a symmetric positive definite matrix, A = L·Lᵀ.
///
/// Dense and unblocked: for the few hundred dimensions that are needed here.
///
/// - SeeAlso: Golub & Van Loan (2013), Matrix Computations, 4th edition, section 4.2.
public struct CholeskyFactor: Sendable {
  /// The number of rows of the matrix.
  public let dimension: Int
  /// The factor by rows; entries above the diagonal mean nothing.
  let entries: [Double]

  /// The factor of a matrix, or nil when the matrix is not positive definite.
  ///
  /// - Parameters:
  ///   - matrix: The matrix by rows; only the lower triangle is read.
  ///   - dimension: The number of rows.
  /// - Precondition: The matrix holds `dimension` squared entries.
  /// - Complexity: O(n³).
  public init?(_ matrix: [Double], dimension: Int) {
    precondition(matrix.count == dimension * dimension, "a square matrix")
    var entries = matrix
    let isPositive = entries.withUnsafeMutableBufferPointer { factor in
      for row in 0..<dimension {
        let start = row * dimension
        for column in 0...row {
          let other = column * dimension
          var sum = factor[start + column]
          for inner in 0..<column { sum -= factor[start + inner] * factor[other + inner] }
          if column < row {
            factor[start + column] = sum / factor[other + column]
          } else {
            guard sum > 0, sum.isFinite else { return false }
            factor[start + column] = sum.squareRoot()
          }
        }
      }
      return true
    }
    guard isPositive else { return nil }
    self.dimension = dimension
    self.entries = entries
  }

  /// The factor of the identity matrix.
  public static func identity(_ dimension: Int) -> CholeskyFactor {
    var entries = Array(repeating: 0.0, count: dimension * dimension)
    for row in 0..<dimension { entries[row * dimension + row] = 1 }
    return CholeskyFactor(entries: entries, dimension: dimension)
  }

  private init(entries: [Double], dimension: Int) {
    self.dimension = dimension
    self.entries = entries
  }

  /// The natural logarithm of the matrix's determinant.
  public var logDeterminant: Double {
    var sum = 0.0
    for row in 0..<dimension { sum += log(entries[row * dimension + row]) }
    return 2 * sum
  }

  /// The vector x with L·x = `vector`.
  ///
  /// Its square length is vectorᵀ·A⁻¹·vector, the variance of a linear combination where A is a
  /// precision matrix.
  public func forwardSolution(_ vector: [Double]) -> [Double] {
    precondition(vector.count == dimension, "one number for each row")
    var solution = vector
    entries.withUnsafeBufferPointer { factor in
      for row in 0..<dimension {
        let start = row * dimension
        var sum = solution[row]
        for inner in 0..<row { sum -= factor[start + inner] * solution[inner] }
        solution[row] = sum / factor[start + row]
      }
    }
    return solution
  }

  /// The vector x with Lᵀ·x = `vector`.
  ///
  /// For independent standard normal numbers in `vector` x has the covariance A⁻¹.
  public func backwardSolution(_ vector: [Double]) -> [Double] {
    precondition(vector.count == dimension, "one number for each row")
    var solution = vector
    entries.withUnsafeBufferPointer { factor in
      for row in (0..<dimension).reversed() {
        let start = row * dimension
        let value = solution[row] / factor[start + row]
        solution[row] = value
        for inner in 0..<row { solution[inner] -= factor[start + inner] * value }
      }
    }
    return solution
  }

  /// The vector x with A·x = `vector`.
  public func solution(_ vector: [Double]) -> [Double] {
    backwardSolution(forwardSolution(vector))
  }

  /// The inverse of the matrix, by rows.
  ///
  /// - Complexity: O(n³).
  public var inverse: [Double] {
    var inverse = Array(repeating: 0.0, count: dimension * dimension)
    for column in 0..<dimension {
      var unit = Array(repeating: 0.0, count: dimension)
      unit[column] = 1
      let solved = solution(unit)
      for row in column..<dimension {
        inverse[row * dimension + column] = solved[row]
        inverse[column * dimension + row] = solved[row]
      }
    }
    return inverse
  }
}
