public import PlumblineCore

extension NumberSections {
  /// The won deals behind a number of a plan.
  ///
  /// - Parameters:
  ///   - records: The deals.
  ///   - number: The number.
  ///   - question: What was asked.
  ///   - rule: How events were read.
  ///   - history: The history that they are of.
  ///   - summaries: Tells of leads what their line says.
  public init(
    _ records: NumberRecords,
    behind number: PlanNumber,
    of question: QuotaQuestion,
    rule: JourneyRule,
    _ history: CompanyHistory,
    _ summaries: LeadSummaries
  ) {
    let telling =
      switch number {
      case .booked:
        Telling(
          number: number.rawValue,
          name: "Booked",
          scope: "Won deals of leads on record, closed since \(question.since)"
        )
      case .wins:
        Telling(
          number: number.rawValue,
          name: "Mean win",
          scope: "Every win of which all deals have an amount, each with all its deals together",
          deal: "win"
        )
      }
    self.init(
      records,
      telling,
      of: history,
      under: FunnelQuestion(filters: question.filters, rule: rule, pairs: []),
      summaries
    )
  }
}
