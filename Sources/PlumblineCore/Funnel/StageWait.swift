public import PlumblineStatistics

/// How an episode's wait between two stages ended, and after how long.
public struct StageWait: Hashable, Sendable {
  /// How the wait ended.
  public var outcome: LagOutcome
  /// Whole days until then, at least 0; nil where nobody knows when it began or ended.
  public var lagInDays: Int?
}

extension Journeys {
  /// The wait of an episode from one stage to another; nil when it did not enter the first.
  ///
  /// Reaching the second stage counts before leaving the path, and an episode that left on an
  /// unknown day is known not to have gone on by now: like one still open. So is one that had left
  /// and come back before it entered the first stage.
  ///
  /// - Parameters:
  ///   - pair: The two stages.
  ///   - row: The episode.
  ///   - history: The history that the journeys were read from.
  /// - Returns: The wait.
  /// - Precondition: The path has both stages.
  public func wait(for pair: StagePair, row: Int, in history: CompanyHistory) -> StageWait? {
    let entered = reached[pair.from][row]
    guard entered.isPresent else { return nil }
    let (outcome, end) = StageWait.end(
      entered: entered,
      converted: reached[pair.to][row],
      exit: exits[row],
      asOf: TimePoint(history.asOf)
    )
    guard entered.isDated, end.isDated else { return StageWait(outcome: outcome) }
    return StageWait(
      outcome: outcome,
      lagInDays: max(0, history.lagInDays(from: entered, to: end))
    )
  }
}

extension StageWait {
  /// How and when a wait ended.
  @inline(__always)
  static func end(
    entered: TimePoint,
    converted: TimePoint,
    exit: TimePoint,
    asOf: TimePoint
  ) -> (LagOutcome, TimePoint) {
    if converted.isPresent { return (.converted, converted) }
    if exit.isDated, !exit.precedes(entered) { return (.exited, exit) }
    return (.open, asOf)
  }
}

extension TimePoint {
  /// Whether both are dated and this instant is the earlier one.
  @inline(__always)
  func precedes(_ other: TimePoint) -> Bool {
    isDated && other.isDated && rawValue >> 2 < other.rawValue >> 2
  }
}
