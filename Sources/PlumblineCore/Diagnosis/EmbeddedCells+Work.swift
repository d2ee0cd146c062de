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

  /// The same, with every hand-off behind it.
  public func workRecords(for question: FunnelQuestion) throws -> WorkRecords {
    try WorkCellBuilder(history, cells: self).records(
      filters: question.filters,
      firstDay: question.firstDay.map { CivilDate(dayNumber: $0) },
      lastDay: question.lastDay.map { CivilDate(dayNumber: $0) },
      skips: question.skips
    )
  }
}
