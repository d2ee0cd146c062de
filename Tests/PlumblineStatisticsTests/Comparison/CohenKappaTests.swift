import PlumblineStatistics
import Testing

struct CohenKappaTests {
  @Test(arguments: [[], [[0, 0], [0, 0]], [[7, 0], [0, 0]], [[5]]])
  func `without two answers there is nothing beyond chance`(table: [[Int]]) {
    #expect(CohenKappa(table) == nil)
  }

  /// The worked example of Cohen (1960): two diagnosticians, 200 patients, three diagnoses.
  @Test func `agrees with Cohen's own example`() throws {
    let kappa = try #require(CohenKappa([[88, 10, 2], [14, 40, 6], [18, 10, 12]]))
    #expect(abs(kappa.observed - 0.70) < 1e-12)
    #expect(abs(kappa.expected - 0.41) < 1e-12)
    #expect(abs(kappa.value - 0.492) < 0.0005)
    // The range that the package psych of R gives for it: 0.39 to 0.59.
    #expect(abs(kappa.interval().lower - 0.39) < 0.005)
    #expect(abs(kappa.interval().upper - 0.59) < 0.005)
  }

  @Test(arguments: [
    ([[20, 5], [10, 15]], 0.4), ([[10, 10], [10, 10]], 0.0), ([[0, 10], [10, 0]], -1.0),
    ([[10, 0], [0, 10]], 1.0),
  ])
  func `two by two`(table: [[Int]], expected: Double) throws {
    #expect(abs(try #require(CohenKappa(table)).value - expected) < 1e-12)
  }

  @Test func `agreement in every case keeps a width`() throws {
    let few = try #require(CohenKappa([[3, 0], [0, 2]])).interval()
    let many = try #require(CohenKappa([[300, 0], [0, 200]])).interval()
    #expect(few.upper == 1)
    #expect(few.lower < 0.5)
    #expect(many.lower > 0.97)
  }
}
