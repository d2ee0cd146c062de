/// Finds the leads that were handed to sales, judges how they were followed up, and counts them.
public struct WorkCellBuilder: Sendable {
  private let history: CompanyHistory
  private let cells: EmbeddedCells

  /// A builder over a history and its cells.
  public init(_ history: CompanyHistory, cells: EmbeddedCells) {
    self.history = history
    self.cells = cells
  }

  /// The hand-offs of a question's episodes, and the counts made of them.
  ///
  /// - Parameters:
  ///   - filters: Conditions on the episodes.
  ///   - firstDay: The first day on which an episode may have begun.
  ///   - lastDay: The last such day.
  ///   - skips: The skip rule; the agreement's when nil.
  /// - Returns: The records; their summary says why there are no counts, when there are none.
  /// - Throws: What the source of cells throws.
  /// - Complexity: O(episodes + activities log activities of a lead).
  public func records(
    filters: [DimensionFilter] = [],
    firstDay: CivilDate? = nil,
    lastDay: CivilDate? = nil,
    skips: SkipRule? = nil
  ) throws -> WorkRecords {
    let agreement = history.agreement
    let question = FunnelQuestion(
      filters: filters,
      firstDay: firstDay,
      lastDay: lastDay,
      skips: skips ?? agreement.skips,
      pairs: []
    )
    let pair = StagePair(from: agreement.handOffStage, to: agreement.path.count - 1)
    guard pair.from < pair.to else {
      let horizon = StretchHorizon(from: "", to: "", days: 0, isAgreed: false)
      return WorkTally(history, horizon, question.skips).records(of: HandOffs())
    }
    let horizon = try FunnelBuilder(agreement, source: cells)
      .horizon(of: pair, skips: question.skips)
    let pass = CellPass(history, cells.journeys(under: question.skips), question)
    let handOffs = HandOffs(history, pass, pair, horizonInDays: horizon.days)
    return WorkTally(history, horizon, question.skips).records(of: handOffs)
  }
}
