import PlumblineStatistics
import Testing

@Suite struct `Shapley values` {
  @Test func `of nobody are none, and one player takes all`() {
    #expect(ShapleyValues.shares(playerCount: 0) { _ in 7 } == [])
    #expect(ShapleyValues.shares(playerCount: 1) { $0 == 0 ? 2 : 5 } == [3])
  }

  /// The airport game: a runway costs as much as its longest user needs.
  @Test func `share a runway as published`() {
    let needs = [1.0, 2, 3]
    let shares = ShapleyValues.shares(playerCount: 3) { members in
      needs.indices.filter { members & 1 << $0 != 0 }.map { needs[$0] }.max() ?? 0
    }
    for (share, expected) in zip(shares, [1.0 / 3, 5.0 / 6, 11.0 / 6]) {
      #expect(agree(share, expected))
    }
  }

  @Test(arguments: 2...6)
  func `are the mean over all orders of joining`(playerCount: Int) {
    var generator = SeededGenerator(seed: UInt64(playerCount))
    let values = (0..<1 << playerCount).map { _ in generator.uniform() }
    let shares = ShapleyValues.shares(playerCount: playerCount) { values[$0] }
    var sums = Array(repeating: 0.0, count: playerCount)
    var orders = 0
    func join(_ members: Int, _ gains: [Double]) {
      guard members != (1 << playerCount) - 1 else {
        for player in 0..<playerCount { sums[player] += gains[player] }
        orders += 1
        return
      }
      for player in 0..<playerCount where members & 1 << player == 0 {
        var gains = gains
        gains[player] = values[members | 1 << player] - values[members]
        join(members | 1 << player, gains)
      }
    }
    join(0, Array(repeating: 0, count: playerCount))
    for player in 0..<playerCount {
      #expect(agree(shares[player], sums[player] / Double(orders), absolute: 1e-14))
    }
  }

  @Test func `add up to the whole and ask for each subset once, with the most players`() {
    var calls = 0
    let shares = ShapleyValues.shares(playerCount: 12) { members in
      calls += 1
      return Double(members * members % 1_013)
    }
    #expect(calls == 4_096)
    #expect(agree(shares.reduce(0, +), Double(4_095 * 4_095 % 1_013)))
  }
}
