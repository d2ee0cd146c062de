import Foundation
import PlumblineStatistics
import Testing

@Suite struct `Minimisation` {
  private static func rosenbrock(_ x: [Double]) -> Double {
    100 * pow(x[1] - x[0] * x[0], 2) + pow(1 - x[0], 2)
  }

  /// Six variables whose scales differ by a million.
  private static func bowl(_ x: [Double]) -> Double {
    zip(x.indices, x).reduce(0) { $0 + pow(10, Double($1.0)) * pow($1.1 - Double($1.0), 2) }
  }

  @Test func `without variables the start is the end`() {
    #expect(BFGS.minimum(from: []) { _ in 7 }.value == 7)
    #expect(NelderMead.minimum(from: []) { _ in 7 }.value == 7)
    #expect(Minimum.search(from: [[]]) { _ in 7 }?.isSettled == true)
  }

  @Test func `finds nothing where no start is allowed`() {
    #expect(Minimum.search(from: []) { $0[0] } == nil)
    #expect(Minimum.search(from: [[1], [2]]) { _ in .infinity } == nil)
    #expect(Minimum.search(from: [[1]]) { _ in .nan } == nil)
    #expect(!BFGS.minimum(from: [1]) { _ in .nan }.isSettled)
  }

  @Test func `stays where the function is flat`() {
    let found = BFGS.minimum(from: [3, 4]) { _ in 1 }
    #expect(found.point == [3, 4])
    #expect(found.isSettled)
    #expect(NelderMead.minimum(from: [3, 4]) { _ in 1 }.value == 1)
  }

  @Test(arguments: [[-1.2, 1], [0, 0], [1, 1], [-5, 10]])
  func `follows a bent valley to its end`(start: [Double]) throws {
    for found in [
      BFGS.minimum(from: start, Self.rosenbrock),
      NelderMead.minimum(from: start, Self.rosenbrock),
      try #require(Minimum.search(from: [start], Self.rosenbrock)),
    ] {
      #expect(agree(found.point[0], 1, relative: 1e-4))
      #expect(agree(found.point[1], 1, relative: 1e-4))
      #expect(found.value < 1e-8)
      #expect(found.isSettled)
    }
  }

  @Test func `copes with scales that differ by a million`() throws {
    let found = try #require(
      Minimum.search(from: [Array(repeating: -1, count: 6)], Self.bowl)
    )
    for (index, value) in found.point.enumerated() {
      #expect(agree(value, Double(index), relative: 1e-3, absolute: 1e-3))
    }
    #expect(found.value < 1e-9)
  }

  @Test func `does not leave what is allowed`() throws {
    // The lowest allowed point is on the border at 2.
    func walled(_ x: [Double]) -> Double { x[0] < 2 ? .infinity : x[0] * x[0] }
    let found = try #require(Minimum.search(from: [[5]], walled))
    #expect(agree(found.point[0], 2, relative: 1e-5))
    #expect(found.point[0] >= 2)
  }

  @Test func `takes the lowest of several valleys`() throws {
    func valleys(_ x: [Double]) -> Double { pow(x[0] * x[0] - 4, 2) + x[0] }
    let near = try #require(Minimum.search(from: [[1.5]], valleys))
    let both = try #require(Minimum.search(from: [[1.5], [-1.5]], valleys))
    #expect(near.point[0] > 0)
    #expect(both.point[0] < 0)
    #expect(both.value < near.value)
  }

  @Test(arguments: UInt64(0)..<50)
  func `is never higher than the start`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let start = (0..<4).map { _ in generator.normal(standardDeviation: 3) }
    func rough(_ x: [Double]) -> Double {
      x.reduce(0) { $0 + abs($1) + sin(5 * $1) } + x[0] * x[1] * x[2] * x[3] * 0.01
    }
    for most in [0, 1, 3, 40] {
      #expect(BFGS.minimum(from: start, mostSteps: most, rough).value <= rough(start))
      #expect(NelderMead.minimum(from: start, mostSteps: most, rough).value <= rough(start))
    }
  }
}
