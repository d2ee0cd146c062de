import PlumblineStatistics
import PlumblineTestSupport
import Testing

@Suite struct `Product attribution` {
  @Test func `of no factors is nothing`() {
    #expect(ProductAttribution.shares(from: [], to: []) == [])
    #expect(ProductAttribution.logMeanShares(from: [], to: []) == [])
  }

  @Test func `agrees with the mean over all orders`() throws {
    let table = try ReferenceTable("product-attribution")
    #expect(table.rows.count == 13)
    for row in table.rows {
      let (base, actual) = (row.numbers("base"), row.numbers("actual"))
      let shares = ProductAttribution.shares(from: base, to: actual)
      let expected = row.numbers("shares")
      #expect(shares.count == expected.count)
      for (share, value) in zip(shares, expected) {
        #expect(agree(share, value, relative: 1e-12, absolute: 1e-8), "\(row)")
      }
      #expect(
        agree(
          shares.reduce(0, +),
          actual.reduce(1, *) - base.reduce(1, *),
          relative: 1e-12,
          absolute: 1e-8
        ),
        "\(row)"
      )
      let logMean = ProductAttribution.logMeanShares(from: base, to: actual)
      #expect((logMean == nil) == row.text("logmean").isEmpty, "\(row)")
      for (share, value) in zip(logMean ?? [], row.numbers("logmean")) {
        #expect(agree(share, value, relative: 1e-9, absolute: 1e-9), "\(row)")
      }
    }
  }

  @Test(arguments: UInt64(0)..<40)
  func `agrees with all subsets, and does not mind the order of factors`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let count = 1 + generator.integer(below: 7)
    let base = (0..<count).map { _ in generator.normal(mean: 1, standardDeviation: 2) }
    let actual = (0..<count).map { _ in generator.normal(mean: 1, standardDeviation: 2) }
    let subsets = ShapleyValues.shares(playerCount: count) { members in
      (0..<count).reduce(1) { $0 * (members & 1 << $1 != 0 ? actual[$1] : base[$1]) }
    }
    let shares = ProductAttribution.shares(from: base, to: actual)
    let reversed = ProductAttribution.shares(from: base.reversed(), to: actual.reversed())
    for index in shares.indices {
      #expect(agree(shares[index], subsets[index], relative: 1e-9, absolute: 1e-9))
      #expect(
        agree(shares[index], reversed[count - 1 - index], relative: 1e-9, absolute: 1e-9)
      )
    }
  }

  @Test func `logarithmic shares keep their digits where hardly anything moved`() throws {
    let base = [1_000.0, 0.3, 5_000]
    let actual = [1_000.0, 0.3 * (1 + 1e-9), 5_000 * (1 - 1e-9)]
    let shares = try #require(ProductAttribution.logMeanShares(from: base, to: actual))
    #expect(agree(shares[1], 1.5e6 * 1e-9, relative: 1e-6))
    #expect(agree(shares[2], -1.5e6 * 1e-9, relative: 1e-6))
  }
}
