public import PlumblineCore

extension NumberSections {
  /// The records that an input of a simulation was measured from.
  ///
  /// - Parameters:
  ///   - records: The records.
  ///   - input: The input.
  ///   - measure: How it was measured.
  ///   - history: The history that they are of.
  ///   - summaries: Tells of leads what their line says.
  public init(
    _ records: NumberRecords,
    behind input: HeadcountInput,
    _ measure: HeadcountMeasure,
    of history: CompanyHistory,
    _ summaries: LeadSummaries
  ) {
    self.init(
      records,
      Telling(
        number: input.rawValue,
        name: HeadcountWords.name(input).capitalizedFirst,
        scope: HeadcountWords.source(.measured(measure), of: input).capitalizedFirst,
        passing: "Handed over"
      ),
      of: history,
      summaries
    )
  }
}
