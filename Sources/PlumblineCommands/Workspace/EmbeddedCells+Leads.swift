public import PlumblineCore

extension EmbeddedCells {
  /// Tells of the leads of a history where they stand under its agreement.
  func summaries(of history: CompanyHistory) -> LeadSummaries {
    LeadSummaries(history, journeys(under: history.agreement.journeyRule))
  }
}

extension Workspace {
  /// Tells of leads where they stand, as of the newest fact.
  ///
  /// - Returns: Their summaries, with the names of owners that the present reader may see.
  /// - Throws: `InputError` when nothing was imported, or what the store throws.
  public func leadSummaries() throws -> LeadSummaries {
    let (history, source) = try cells()
    return source.summaries(of: history)
  }
}
