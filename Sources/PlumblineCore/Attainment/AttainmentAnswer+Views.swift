/// The people whose rows somebody may not see.
public struct HiddenPeople: Hashable, Sendable {
  /// How many there are.
  public var count: Int
  /// How many of them were compared with the team.
  public var compared: Int
  /// What they won together, so that the rows still add up.
  public var won: WonDealSum
}

extension AttainmentAnswer {
  /// The answer as somebody may see it who may not see everybody's numbers.
  ///
  /// All is counted from everybody first, so that the team's numbers and each person's own are the
  /// same for all who see them; then whatever names one of the others is left out.
  ///
  /// - Parameters:
  ///   - owners: Whose rows are shown, as leads, deals or the agreement write them.
  ///   - deals: The deals that it was counted from, which know people's other names.
  /// - Returns: The answer with the rows of these, and of nobody else.
  public func showing(only owners: Set<String>, _ deals: DealRecords) -> AttainmentAnswer {
    let names = OwnerNames(deals.ownerNames)
    let shown = Set(owners.map(names.key))
    func isShown(_ name: String) -> Bool { shown.contains(names.key(name)) }
    func isShown(_ row: AttainmentRow) -> Bool {
      if case .owner(let name) = row.subject { isShown(name) } else { true }
    }
    let others = people.filter { !isShown($0) }
    guard !others.isEmpty else { return self }
    var answer = self
    answer.people = people.filter(isShown)
    answer.hidden = HiddenPeople(
      count: others.count,
      compared: others.count { $0.chance != nil },
      won: others.reduce(WonDealSum()) { $0 + $1.won }
    )
    answer.differences = differences.filter { $0.owner.map(isShown) ?? true }
    return answer
  }

  /// The answer with what both teams would be paid if results had been others.
  ///
  /// - Parameters:
  ///   - question: The other results.
  ///   - agreement: The agreement under which the answer was made.
  /// - Returns: The answer; all else in it is the same.
  public func asking(_ question: PayoutWhatIf, under agreement: Agreement) -> AttainmentAnswer {
    var answer = self
    let incentives = period.agreement(of: agreement, asOf: asOf).incentives
    answer.whatIf = scorecard.whatIf(question, incentives, value)
    return answer
  }
}

extension AttainmentPeriod {
  /// The version of an agreement that says what is paid for in this period.
  func agreement(of agreement: Agreement, asOf: Instant) -> Agreement {
    agreement.inForce(at: min(agreement.calendar.instant(of: days.lowerBound), asOf))
  }
}
