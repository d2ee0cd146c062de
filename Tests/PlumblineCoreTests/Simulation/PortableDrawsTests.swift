import Foundation
import PlumblineStatistics
import Testing

@testable import PlumblineCore

@Suite struct PortableDrawsTests {
  @Test(arguments: [0, 1, -1, 0.125, 5.5, -5.5])
  func `the exponential agrees with the system's`(power: Double) {
    let expected = exp(power)
    #expect(abs(SeededGenerator.portableExponential(power) / expected - 1) < 1e-13)
  }

  @Test func `normal draws have mean 0, variance 1 and quartiles of the normal`() {
    var generator = SeededGenerator(seed: 3)
    let draws = (0..<40_000).map { _ in generator.portableNormal() }
    let mean = draws.reduce(0, +) / 40_000
    let variance = draws.reduce(0) { $0 + $1 * $1 } / 40_000 - mean * mean
    // Four standard errors: 1/200 of the mean, √2/200 of the variance.
    #expect(abs(mean) < 4.0 / 200)
    #expect(abs(variance - 1) < 4 * 2.0.squareRoot() / 200)
    let inside = draws.count { abs($0) < 0.6745 }
    #expect(abs(Double(inside) - 20_000) < 4 * 100)
  }

  @Test func `half of the log-normal draws exceed the median`() {
    var generator = SeededGenerator(seed: 4)
    let above = (0..<10_000).count { _ in generator.portableLogNormal(median: 30, spread: 0.6) > 30
    }
    #expect(abs(above - 5000) < 200)
  }
}
