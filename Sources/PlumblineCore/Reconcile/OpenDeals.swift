/// The open deals, apart by what may speak against their being won.
///
/// The one place that says which open deals count: the coverage of a quota, attainment and the
/// definitions that circulate all go by it.
struct OpenDeals {
  /// Positions of deals that can still be won: neither of the following.
  var active: [Int] = []
  /// Positions of deals whose expected closing day has passed.
  var overdue: [Int] = []
  /// Positions of deals that are not overdue, but whose lead has left the path.
  var offThePath: [Int] = []

  /// All of them.
  var all: [Int] { active + overdue + offThePath }

  /// The open deals of a history.
  ///
  /// - Parameters:
  ///   - deals: The deals.
  ///   - history: The history.
  ///   - journeys: Its journeys, as the question reads them.
  ///   - leadCount: How many leads the history has.
  /// - Complexity: O(leads + deals).
  init(_ deals: DealRecords, _ history: CompanyHistory, journeys: Journeys, leadCount: Int) {
    let calendar = history.agreement.calendar
    let today = calendar.day(of: history.asOf)
    func hasLeft(_ lead: Int) -> Bool {
      guard lead < leadCount, let row = journeys.rows(ofLead: lead).last else { return false }
      return journeys.exits[row].isPresent
    }
    for (number, deal) in deals.deals.enumerated() where deal.outcome == .open {
      if deal.closed.isDated, calendar.day(of: deal.closed.instant) < today {
        overdue.append(number)
      } else if let lead = deal.lead, hasLeft(lead) {
        offThePath.append(number)
      } else {
        active.append(number)
      }
    }
  }
}
