import PlumblineStatistics

extension LeakJudge {
  /// Pearson's test of owner by score band inside each channel, summed over channels.
  ///
  /// Nil without score bands. Owners and bands without leads in a channel do not count.
  func routingTest() -> RoutingTest? {
    let bands = cells.scoreBandCount
    guard bands > 1 else { return nil }
    var test = IndependenceTest()
    for channel in cells.channels.indices {
      var counts = Array(repeating: 0.0, count: cells.owners.count * bands)
      for cell in cells.cells where cell.channel == channel && cell.leads > 0 {
        guard cells.owners.indices.contains(cell.owner), (0..<bands).contains(cell.scoreBand)
        else { continue }
        counts[cell.owner * bands + cell.scoreBand] += Double(cell.leads)
      }
      test.add(counts, columns: bands)
    }
    return RoutingTest(
      chiSquare: test.chiSquare,
      degreesOfFreedom: test.degreesOfFreedom,
      pValue: test.pValue,
      isUneven: test.pValue < thresholds.routingChance
    )
  }
}
