import PlumblineStatistics
import Testing

@Suite struct `Lag buckets` {
  @Test(
    arguments: [
      (-3, 0), (0, 0), (1, 1), (13, 13), (14, 14), (20, 14), (21, 15), (181, 37), (182, 38),
      (209, 38), (210, 39), (741, 57), (742, 58), (100_000, 58),
    ])
  func `put a wait into the standard bucket`(lag: Int, bucket: Int) {
    #expect(LagBuckets.standard.bucket(ofLagInDays: lag) == bucket)
  }

  @Test func `are 14 days, 24 weeks, 20 months of 28 days and the rest`() {
    let buckets = LagBuckets.standard
    let widths = (0..<buckets.count).map { bucket in
      buckets.end(of: bucket).map { $0 - buckets.edges[bucket] }
    }
    let expected: [Int?] =
      Array(repeating: 1, count: 14) + Array(repeating: 7, count: 24)
      + Array(repeating: 28, count: 20) + [nil]
    #expect(widths == expected)
    #expect((0..<59).map(buckets.isWide) == (0..<59).map { $0 >= 14 })
  }

  @Test(arguments: [(0, 0), (1, 0), (14, 13), (15, 14), (21, 14), (28, 15), (742, 57), (743, 58)])
  func `find the bucket that ends at a horizon`(horizon: Int, bucket: Int) {
    #expect(LagBuckets.standard.bucket(ofHorizonInDays: horizon) == bucket)
  }

  @Test func `may be a single open-ended one`() throws {
    let buckets = try LagBuckets(edges: [0])
    #expect(buckets.bucket(ofLagInDays: 0) == 0)
    #expect(buckets.bucket(ofLagInDays: 400) == 0)
    #expect(buckets.end(of: 0) == nil)
    #expect(buckets.isWide(0))
  }

  @Test(arguments: [[], [1], [-1, 0], [0, 0], [0, 5, 4], [0, 36_526]])
  func `refuse edges that do not rise from 0`(edges: [Int]) {
    #expect(throws: StatisticsError.invalidBucketEdges) { try LagBuckets(edges: edges) }
  }
}

@Suite struct `Lag counts` {
  @Test func `start empty`() {
    let counts = LagCounts()
    #expect(counts.total == 0)
    #expect(counts[.open].count == 59)
  }

  @Test func `count a wait in its row and bucket`() {
    var counts = LagCounts()
    counts.add(.converted, lagInDays: 15)
    counts.add(.exited, lagInDays: 0, count: 3)
    counts.add(.open, lagInDays: 5_000, count: 2)
    #expect(counts[.converted, bucket: 14] == 1)
    #expect(counts[.exited, bucket: 0] == 3)
    #expect(counts[.open, bucket: 58] == 2)
    #expect(LagOutcome.allCases.map(counts.total) == [1, 3, 2])
    #expect(counts.total == 6)
  }

  @Test(arguments: UInt64(0)..<10)
  func `add up over any partition`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var whole = LagCounts()
    var parts = [LagCounts(), LagCounts(), LagCounts()]
    for _ in 0..<200 {
      let outcome = LagOutcome.allCases[generator.integer(below: 3)]
      let lag = generator.integer(below: 900)
      whole.add(outcome, lagInDays: lag)
      parts[generator.integer(below: 3)].add(outcome, lagInDays: lag)
    }
    #expect(parts[0] + parts[1] + parts[2] == whole)
    #expect(parts[2] + parts[0] + parts[1] == whole)
  }

  @Test func `refuse rows of the wrong length and negative counts`() throws {
    let buckets = try LagBuckets(edges: [0, 1])
    #expect(throws: StatisticsError.bucketCountMismatch(expected: 2, found: 1)) {
      try LagCounts(buckets: buckets, converted: [0, 0], exited: [0], open: [0, 0])
    }
    #expect(throws: StatisticsError.negativeOrNotFinite(-4)) {
      try LagCounts(buckets: buckets, converted: [0, 0], exited: [0, -4], open: [0, 0])
    }
  }
}
