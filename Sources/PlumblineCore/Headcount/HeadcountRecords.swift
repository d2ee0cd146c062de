/// The records that an input of a simulation was measured from.
public enum HeadcountRecords: Sendable {
  /// Leads handed to sales.
  case handOffs([HandOffWait])
  /// Won deals.
  case deals([CompanyHistory.WonDeal])
  /// Amounts spent.
  case spend([CompanyHistory.Spend])

  /// How many there are.
  public var count: Int {
    switch self {
    case .handOffs(let handOffs): handOffs.count
    case .deals(let deals): deals.count
    case .spend(let spend): spend.count
    }
  }
}

extension EmbeddedCells {
  /// The records behind a measure of a simulation.
  ///
  /// They are as many as the measure counts; of reps and of their months they are the leads that
  /// these worked.
  ///
  /// - Parameter measure: The measure, as an input's source has it.
  /// - Returns: The records; nil for a measure of a curve through weeks, or of another mix.
  /// - Complexity: O(episodes + deals + spend).
  public func headcountRecords(behind measure: HeadcountMeasure) -> HeadcountRecords? {
    let journeys = journeys(under: history.agreement.journeyRule)
    let counts = HandOffCounts(history, journeys)
    func handOffs(_ isCounted: (HandOffWait) -> Bool) -> HeadcountRecords {
      var found: [HandOffWait] = []
      HandOffWait.forEach(in: history, journeys) { if isCounted($0) { found.append($0) } }
      return .handOffs(found)
    }
    func inMonths(_ count: Int) -> (HandOffWait) -> Bool {
      let months = Set(counts.long.suffix(count))
      return { handOff in handOff.day.map { months.contains(PlanMonth(of: $0)) } ?? false }
    }
    func ofReps(_ months: Int) -> HeadcountRecords {
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
    case .monthlySpend: return .spend(history.spend(in: counts.recent))
    case .weeks, .mix: return nil
    }
  }
}

extension CompanyHistory {
  /// The amounts spent of which some day lies in consecutive months.
  func spend(in months: [PlanMonth]) -> [Spend] {
    guard let first = months.first?.firstDay, let end = months.last?.advanced(by: 1).firstDay
    else { return [] }
    return spend.filter { $0.lastDay >= first && $0.firstDay < end }
  }
}
