import PlumblineCore
import PlumblineReporting

extension Workspace {
  /// Plans as they would have been made at past dates, against what came: `plan --backtest`.
  ///
  /// - Parameters:
  ///   - question: The plan asked for today.
  ///   - history: Everything on record.
  ///   - journeys: The journeys of that history.
  ///   - knownBy: The newest import that counts; all when nil.
  ///   - most: The most dates.
  /// - Returns: The plans against what came; each period is as long as the one asked about, from the
  ///   as-of day to the deadline, but at least four weeks.
  /// - Throws: What the workspace throws.
  func replay(
    of question: QuotaQuestion,
    _ history: CompanyHistory,
    _ journeys: Journeys,
    knownBy: Int? = nil,
    most: Int = PlanReplayBuilder.mostReplays
  ) throws -> PlanReplay {
    let agreement = history.agreement
    let today = agreement.calendar.day(of: history.asOf.advanced(bySeconds: 1))
    let days = question.deadline.dayNumber + 1 - today.dayNumber
    return try PlanReplayBuilder(
      history,
      journeys: journeys,
      asking: question,
      past: { instant in
        let past =
          try ReadingShelf.current?.passingCells(
            of: self,
            under: agreement,
            asOf: instant,
            knownBy: knownBy
          ) ?? readCells(under: agreement, asOf: instant, knownBy: knownBy)
        return (past.history, past.source)
      }
    ).replay(days: max(days, PlanReplayBuilder.fewestDays), most: most)
  }
}
