/// A number of money of a funnel's cells, or of an answer about costs, that opens to records.
public enum MoneyNumber: String, Sendable, CaseIterable {
  /// The won deals with an amount; without those of which no lead is on record.
  case deals
  /// What was spent on media.
  case spend
}

extension EmbeddedCells {
  /// The records behind a number of money of all cells of a question together.
  ///
  /// - Parameters:
  ///   - number: The number.
  ///   - question: The question.
  /// - Returns: The records; no spend where it is not known by what the question asks.
  /// - Complexity: O(episodes + deals + days with spend).
  public func records(behind number: MoneyNumber, _ question: FunnelQuestion) -> NumberRecords {
    switch number {
    case .deals:
      let journeys = journeys(under: question.rule)
      let rows = Set(CellPass(history, journeys, question).wantedRows())
      return .deals(history.sizedDeals(in: rows, of: journeys))
    case .spend:
      return .spend(spendParts(for: question))
    }
  }
}

extension EconomicsBuilder {
  /// The question of the cells that have the records behind a number: of cash, deals are asked for
  /// by the day on which they were closed.
  public func recordQuestion(
    _ question: EconomicsQuestion,
    _ number: MoneyNumber
  ) -> FunnelQuestion {
    let pass = EconomicsPass(self, question)
    return number == .deals && question.view == .cash ? pass.closing : pass.cells
  }
}
