import PlumblineStatistics
import PlumblineTestSupport
import Testing

@Suite struct `Shrunk rates` {
  @Test func `agree with a grid ten times as fine`() throws {
    let table = try ReferenceTable("shrunk-rates")
    #expect(table.rows.count == 10)
    for row in table.rows {
      let samples = try zip(row.numbers("successes"), row.numbers("trials")).map {
        try RateSample(successes: $0, trials: $1)
      }
      let shrunk = ShrunkRate.estimates(samples)
      #expect(shrunk.count == samples.count)
      for (index, rate) in shrunk.enumerated() {
        #expect(agree(rate.mean, row.numbers("mean")[index], absolute: 0.003), "\(row)")
        let (lower, upper) = (row.numbers("lower")[index], row.numbers("upper")[index])
        #expect(agree(rate.interval.lower, lower, absolute: 0.006), "\(row)")
        #expect(agree(rate.interval.upper, upper, absolute: 0.006), "\(row)")
      }
    }
  }

  @Test func `of no groups are none`() { #expect(ShrunkRate.estimates([]) == []) }

  @Test func `draw a small group further than a large one`() throws {
    let small = try RateSample(successes: 0, trials: 10)
    let large = try RateSample(successes: 0, trials: 300)
    let rest = try RateSample(successes: 90, trials: 300)
    let withSmall = ShrunkRate.estimates([small, rest, rest])[0]
    let withLarge = ShrunkRate.estimates([large, rest, rest])[0]
    #expect(withSmall.mean > 0.05)
    #expect(withLarge.mean < 0.01)
  }
}
