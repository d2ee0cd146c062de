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
  /// unknown day is known not to have gone on by now: like one still open.
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
    let converted = reached[pair.to][row]
    let exit = exits[row]
    let outcome: LagOutcome =
      converted.isPresent ? .converted : exit.isPresent && exit.isDated ? .exited : .open
    let end =
      switch outcome {
      case .converted: converted
      case .exited: exit
      case .open: TimePoint(history.asOf)
      }
    guard entered.isDated, end.isDated else { return StageWait(outcome: outcome) }
    return StageWait(
      outcome: outcome,
      lagInDays: max(0, history.lagInDays(from: entered, to: end))
    )
  }
}
