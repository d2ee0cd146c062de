/// Outcomes by score: how many were won and lost at each value.
///
/// Counts may be weights: cases of which only a random one in twenty was worked count twenty
/// times. Rates, areas and thresholds are then right, but standard errors too small, since a weight
/// passes for that many cases.
public struct ScoreHistogram: Hashable, Sendable {
  /// One value of the score.
  public struct Bin: Hashable, Sendable {
    /// The score.
    public let score: Double
    /// Cases that were won.
    public let won: Double
    /// Cases that were lost.
    public let lost: Double

    /// All cases.
    public var total: Double { won + lost }
  }

  /// The values that occur, rising.
  public let bins: [Bin]
  /// All cases that were won.
  public let won: Double
  /// All cases that were lost.
  public let lost: Double

  /// Outcomes by score; values may come in any order and more than once.
  ///
  /// - Parameters:
  ///   - scores: The values.
  ///   - won: The cases won at each value.
  ///   - lost: The cases lost at each value.
  /// - Throws: `StatisticsError` for lists of different lengths, a score that is not finite or a
  ///   count that is not finite or negative.
  public init(scores: [Double], won: [Double], lost: [Double]) throws(StatisticsError) {
    for list in [won, lost] where list.count != scores.count {
      throw .lengthMismatch(expected: scores.count, found: list.count)
    }
    for score in scores where !score.isFinite { throw .notFinite(score) }
    for count in won + lost where !(count >= 0 && count.isFinite) {
      throw .negativeOrNotFinite(count)
    }
    var bins: [Bin] = []
    bins.reserveCapacity(scores.count)
    for index in scores.indices.sorted(by: { scores[$0] < scores[$1] }) {
      if let last = bins.last, last.score == scores[index] {
        bins[bins.count - 1] = Bin(
          score: last.score,
          won: last.won + won[index],
          lost: last.lost + lost[index]
        )
      } else {
        bins.append(Bin(score: scores[index], won: won[index], lost: lost[index]))
      }
    }
    self.bins = bins
    self.won = bins.reduce(0) { $0 + $1.won }
    self.lost = bins.reduce(0) { $0 + $1.lost }
  }

  /// All cases.
  public var total: Double { won + lost }

  /// The share that was won; nil without cases.
  public var rate: Double? { total > 0 ? won / total : nil }
}
