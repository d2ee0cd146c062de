/// A number of a funnel's cells that opens to more than leads.
public enum CellNumber: String, Sendable, CaseIterable {
  /// The won deals with an amount; without those of which no lead is on record.
  case deals
  /// What was spent on media.
  case spend
  /// The meetings that took place, and those to which the lead did not come.
  case meetings
  /// The meetings that took place.
  case held
  /// The meetings in the past of which nobody recorded an outcome.
  case unconfirmed
}

extension EmbeddedCells {
  /// The records behind a number of all cells of a question together.
  ///
  /// - Parameters:
  ///   - number: The number.
  ///   - question: The question.
  /// - Returns: The records; no spend where it is not known by what the question asks.
  /// - Complexity: O(episodes + deals + meetings + days with spend).
  public func records(behind number: CellNumber, _ question: FunnelQuestion) -> NumberRecords {
    let journeys = journeys(under: question.rule)
    let pass = CellPass(history, journeys, question)
    func meetings(_ outcomes: Set<CompanyHistory.Meeting.Outcome>) -> NumberRecords {
      let rows = Set(pass.wantedRows())
      return .meetings(
        history.meetings.filter { meeting in
          outcomes.contains(meeting.outcome)
            && journeys.row(ofLead: meeting.lead, at: meeting.booked).map(rows.contains) ?? false
        }
      )
    }
    switch number {
    case .deals: return .deals(history.sizedDeals(in: Set(pass.wantedRows()), of: journeys))
    case .spend: return .spend(pass.spendParts())
    case .meetings: return meetings([.held, .noShow])
    case .held: return meetings([.held])
    case .unconfirmed: return meetings([.unconfirmed])
    }
  }
}

extension EconomicsBuilder {
  /// The question of the cells that have the records behind a number: of cash, deals are asked for
  /// by the day on which they were closed.
  public func recordQuestion(
    _ question: EconomicsQuestion,
    _ number: CellNumber
  ) -> FunnelQuestion {
    let pass = EconomicsPass(self, question)
    return number == .deals && question.view == .cash ? pass.closing : pass.cells
  }
}
