import PlumblineStatistics
import PlumblineTestSupport
import Testing

@Suite struct `Standard normal` {
  @Test func `agrees with many-digit numbers`() throws {
    let table = try ReferenceTable("normal")
    #expect(table.rows.count == 26)
    for row in table.rows {
      let argument = row.number("argument")
      let value =
        row.text("function") == "cumulative"
        ? StandardNormal.cumulative(argument) : StandardNormal.quantile(argument)
      #expect(agree(value, row.number("value"), relative: 2e-14), "\(row)")
    }
  }

  @Test func `reaches infinity at the ends`() {
    #expect(StandardNormal.quantile(0) == -.infinity)
    #expect(StandardNormal.quantile(1) == .infinity)
    #expect(StandardNormal.cumulative(-.infinity) == 0)
    #expect(StandardNormal.cumulative(.infinity) == 1)
  }

  @Test func `has the usual quantiles by name`() {
    #expect(agree(StandardNormal.quantile(0.975), StandardNormal.z95, relative: 1e-15))
    #expect(agree(StandardNormal.quantile(0.95), StandardNormal.z90, relative: 1e-15))
  }

  @Test(arguments: [0, 0.3, -0.3, 2.5, -2.5, 30])
  func `counts both tails alike`(z: Double) {
    let tail = StandardNormal.twoSidedTail(z)
    #expect(agree(tail, 2 * StandardNormal.cumulative(-z.magnitude), relative: 1e-13))
  }

  @Test(arguments: [0.0, -1.2, 3])
  func `has the density as the slope of the probability`(z: Double) {
    let step = 1e-5
    let slope =
      (StandardNormal.cumulative(z + step) - StandardNormal.cumulative(z - step)) / (2 * step)
    #expect(agree(StandardNormal.density(z), slope, relative: 1e-8))
  }
}
