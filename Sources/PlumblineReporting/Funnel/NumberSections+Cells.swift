public import PlumblineCore

extension NumberSections {
  /// The records behind a number of a funnel's cells.
  ///
  /// - Parameters:
  ///   - records: The records.
  ///   - number: The number.
  ///   - question: The question of the cells that have them.
  ///   - history: The history that they are of.
  ///   - summaries: Tells of leads what their line says.
  public init(
    _ records: NumberRecords,
    behind number: CellNumber,
    of question: FunnelQuestion,
    _ history: CompanyHistory,
    _ summaries: LeadSummaries
  ) {
    let (name, scope) =
      switch number {
      case .deals where question.datedBy == 0:
        ("Mean deal", "Won deals with an amount, of leads that came in")
      case .deals: ("Mean deal", "Won deals with an amount, of leads won")
      case .spend: ("Media", "What was spent")
      case .meetings: ("Show-up", "Meetings held or missed, of leads that came in")
      case .held: ("Meetings held", "Meetings that took place, of leads that came in")
      case .unconfirmed:
        ("Unconfirmed", "Past meetings without a recorded outcome, of leads that came in")
      }
    let days = [
      question.firstDay.map { "from \(CivilDate(dayNumber: $0))" },
      question.lastDay.map { "to \(CivilDate(dayNumber: $0))" },
    ].compactMap { $0 }.joined(separator: " ")
    self.init(
      records,
      Telling(
        number: number.rawValue,
        name: name,
        scope: "\(scope) \(days.isEmpty ? "at any time" : days)"
      ),
      of: history,
      under: question,
      summaries
    )
  }
}
