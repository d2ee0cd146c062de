import PlumblineStatistics
import Testing

@Suite struct `Cholesky factor` {
  @Test func `the empty matrix has determinant 1 and nothing to solve`() throws {
    let factor = try #require(CholeskyFactor([], dimension: 0))
    #expect(factor.logDeterminant == 0)
    #expect(factor.solution([]) == [])
    #expect(factor.inverse == [])
  }

  @Test func `one number is its own matrix`() throws {
    let factor = try #require(CholeskyFactor([4], dimension: 1))
    #expect(agree(factor.logDeterminant, 1.3862943611198906))
    #expect(factor.solution([2]) == [0.5])
    #expect(factor.inverse == [0.25])
  }

  @Test(
    arguments: [[0], [-1], [.nan], [.infinity], [1, 2, 2, 1], [1, 1, 1, 1], [0, 0, 0, 1]]
      as [[Double]]
  )
  func `a matrix that is not positive definite has none`(matrix: [Double]) {
    #expect(CholeskyFactor(matrix, dimension: matrix.count == 1 ? 1 : 2) == nil)
  }

  @Test(arguments: [2, 3, 7, 40])
  func `solutions, inverse and determinant fit the Hilbert-like matrix`(size: Int) throws {
    // 1/(i+j+1) plus the identity, exactly symmetric and well conditioned.
    var matrix = Array(repeating: 0.0, count: size * size)
    for row in 0..<size {
      for column in 0..<size {
        matrix[row * size + column] = 1 / Double(row + column + 1) + (row == column ? 1 : 0)
      }
    }
    let factor = try #require(CholeskyFactor(matrix, dimension: size))
    let wanted = (0..<size).map { Double($0 % 5) - 1.5 }
    let image = (0..<size).map { row in
      (0..<size).reduce(0) { $0 + matrix[row * size + $1] * wanted[$1] }
    }
    for (value, expected) in zip(factor.solution(image), wanted) {
      #expect(agree(value, expected, relative: 1e-11, absolute: 1e-12))
    }
    let inverse = factor.inverse
    for row in 0..<size {
      for column in 0..<size {
        let product = (0..<size).reduce(0) {
          $0 + matrix[row * size + $1] * inverse[$1 * size + column]
        }
        #expect(agree(product, row == column ? 1 : 0, absolute: 1e-12))
      }
    }
    let half = factor.forwardSolution(image)
    let square = half.reduce(0) { $0 + $1 * $1 }
    #expect(agree(square, zip(image, wanted).reduce(0) { $0 + $1.0 * $1.1 }, relative: 1e-11))
  }

  @Test func `the determinant of a known matrix is right`() throws {
    // Determinant 4·5·6 − 4·1 − 5·1 − 6·1 + 2 = 107.
    let factor = try #require(
      CholeskyFactor([4, 1, 1, 1, 5, 1, 1, 1, 6], dimension: 3)
    )
    #expect(agree(factor.logDeterminant, 4.672828834461906))
  }

  @Test func `only the lower triangle is read`() throws {
    let one = try #require(CholeskyFactor([2, 99, 1, 3], dimension: 2))
    let other = try #require(CholeskyFactor([2, 1, 1, 3], dimension: 2))
    #expect(one.inverse == other.inverse)
  }

  @Test func `the identity solves to what is given`() {
    #expect(CholeskyFactor.identity(3).solution([1, 2, 3]) == [1, 2, 3])
  }
}
