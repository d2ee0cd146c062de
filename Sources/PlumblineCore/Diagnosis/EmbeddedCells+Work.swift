extension EmbeddedCells {
  /// The leads handed to sales among a question's episodes, with the counts made of them.
  ///
  /// - Complexity: O(episodes + activities log activities of a lead).
  public func work(
    for question: FunnelQuestion
  ) throws -> (summary: WorkSummary, cells: WorkCells) {
    let records = try workRecords(for: question)
    return (records.summary, records.cells)
  }

  /// The hand-offs of a question's episodes, how they were followed up, and the counts of them.
  ///
  /// - Parameter question: Which episodes; its dimensions and stretches do not matter.
  /// - Returns: The records; their summary says why there are no counts, when there are none.
  /// - Throws: What the source of cells throws.
  /// - Complexity: O(episodes + activities log activities of a lead).
  public func workRecords(for question: FunnelQuestion) throws -> WorkRecords {
    let agreement = history.agreement
    let pair = StagePair(from: agreement.handOffStage, to: agreement.path.count - 1)
    guard pair.from < pair.to else {
      let horizon = StretchHorizon(from: "", to: "", days: 0, isAgreed: false)
      return WorkTally(history, horizon, question.skips).records(of: HandOffs())
    }
    let horizon = try FunnelBuilder(agreement, source: self)
      .horizon(of: pair, rule: question.rule)
    let pass = CellPass(history, journeys(under: question.rule), question)
    let handOffs = HandOffs(history, pass, pair, horizonInDays: horizon.days)
    return WorkTally(history, horizon, question.skips).records(of: handOffs)
  }

  /// The days on which somebody seems to have tidied up, oldest first.
  public func bulkExitDays() -> [BulkExitDay] {
    journeys(under: history.agreement.journeyRule).bulkExitDays(in: history)
  }
}
