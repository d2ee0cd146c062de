/// The rates by score that rise with it and lie closest to those seen.
public enum IsotonicRates {
  /// For each value of the score the share won, never lower than at a lower score.
  ///
  /// Neighbours whose rates fall are pooled until none do, each weighted by its cases. Values
  /// without cases take the rate of the next lower value that has some, the lowest ones that of
  /// the next higher.
  ///
  /// - Parameter histogram: Outcomes by score.
  /// - Returns: A rate for each of the histogram's values; nil without any case.
  /// - Complexity: O(values).
  /// - SeeAlso: Barlow, Bartholomew, Bremner & Brunk (1972), Statistical Inference under Order
  ///   Restrictions, for the pooling of adjacent violators.
  public static func rates(_ histogram: ScoreHistogram) -> [Double]? {
    var blocks: [(won: Double, total: Double, bins: Int)] = []
    for bin in histogram.bins {
      guard bin.total > 0 || !blocks.isEmpty else {
        blocks.append((0, 0, 1))
        continue
      }
      guard bin.total > 0 else {
        blocks[blocks.count - 1].bins += 1
        continue
      }
      if let last = blocks.last, last.total == 0 {
        blocks[blocks.count - 1] = (bin.won, bin.total, last.bins + 1)
        continue
      }
      blocks.append((bin.won, bin.total, 1))
      while blocks.count > 1 {
        let upper = blocks[blocks.count - 1]
        let lower = blocks[blocks.count - 2]
        guard lower.won * upper.total > upper.won * lower.total else { break }
        blocks.removeLast()
        blocks[blocks.count - 1] = (
          lower.won + upper.won, lower.total + upper.total, lower.bins + upper.bins
        )
      }
    }
    guard blocks.first.map({ $0.total > 0 }) == true else { return nil }
    return blocks.flatMap { Array(repeating: $0.won / $0.total, count: $0.bins) }
  }
}
