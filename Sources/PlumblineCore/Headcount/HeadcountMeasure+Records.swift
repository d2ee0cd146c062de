extension EmbeddedCells {
  /// The records behind a measure of a simulation.
  ///
  /// They are as many as the measure counts; of reps and of their months they are the leads that
  /// these worked.
  ///
  /// - Parameter measure: The measure, as an input's source has it.
  /// - Returns: The records; nil for a measure of a curve through weeks, or of another mix.
  /// - Complexity: O(episodes + deals + spend).
  public func records(behind measure: HeadcountMeasure) -> NumberRecords? {
    let journeys = journeys(under: history.agreement.journeyRule)
    let counts = HandOffCounts(history, journeys)
    func handOffs(_ isCounted: (HandOffWait) -> Bool) -> NumberRecords {
      var found: [LeadPassage] = []
      HandOffWait.forEach(in: history, journeys) { handOff in
        guard isCounted(handOff) else { return }
        found.append(
          LeadPassage(
            lead: handOff.lead,
            day: handOff.day,
            outcome: handOff.wait.outcome,
            isWorked: handOff.isWorked
          )
        )
      }
      return .passages(found)
    }
    func inMonths(_ count: Int) -> (HandOffWait) -> Bool {
      let months = Set(counts.long.suffix(count))
      return { handOff in handOff.day.map { months.contains(PlanMonth(of: $0)) } ?? false }
    }
    func ofReps(_ months: Int) -> NumberRecords {
      let isLate = inMonths(months)
      return handOffs { $0.isWorked && history.leads.owners[$0.lead] != 0 && isLate($0) }
    }
    switch measure.kind {
    case .workedLeads: return handOffs { $0.isWorked && $0.wait.lagInDays != nil }
    case .unworkedLeads: return handOffs { !$0.isWorked && $0.wait.lagInDays != nil }
    case .monthlyLeads: return handOffs(inMonths(measure.span ?? 0))
    case .activeReps, .busiestReps: return ofReps(measure.span ?? 0)
    case .wonDeals: return .deals(MeasuredDeals(counts, history).sized)
    case .customers: return .deals(MeasuredDeals(counts, history).won)
    case .monthlySpend: return .spend(spendParts(in: counts.recent))
    case .weeks, .mix: return nil
    }
  }
}

extension EmbeddedCells {
  /// What was spent in consecutive months, amount by amount.
  func spendParts(in months: [PlanMonth]) -> [SpendPart] {
    guard let first = months.first?.firstDay, let end = months.last?.advanced(by: 1).firstDay
    else { return [] }
    return spendParts(
      for: FunnelQuestion(
        firstDay: first,
        lastDay: CivilDate(dayNumber: end.dayNumber - 1),
        rule: history.agreement.journeyRule,
        pairs: []
      )
    )
  }
}
