public import PlumblineStatistics

/// What sales found out about leads, beside what marketing believed of them.
public struct BeliefTable: Hashable, Sendable {
  /// Leads that sales turned down or gave back with one reason.
  public struct Reason: Hashable, Sendable {
    /// The reason: the agreement's word, else the data's.
    public var reason: String
    /// What it amounts to; nil where the reason is not on the agreement's list.
    public var outcome: DispositionReason.Outcome?
    /// The leads that marketing's data call ideal customers, by id.
    public var ideal: [String]
    /// Those that are none.
    public var notIdeal: [String]
    /// Those of which that is not known.
    public var unknown: [String]

    /// How many leads.
    public var count: Int { ideal.count + notIdeal.count + unknown.count }
  }

  /// One qualifying factor: marketing's word and that of sales.
  public struct Factor: Hashable, Sendable {
    /// The factor's id.
    public var id: String
    /// How many leads both sides answered alike.
    public var agreed: Int
    /// The leads where one side says yes and the other no, by id.
    public var contradicted: [String]
    /// How many leads one side, or both, did not ask about.
    public var notAsked: Int
    /// The share of leads answered alike among those answered by both, with its range; nil where
    /// there is none.
    public var interval: ConfidenceInterval?
  }

  /// Reasons, the most frequent first.
  public var reasons: [Reason]
  /// Factors that both sides answered for some lead, in the agreement's order.
  public var factors: [Factor]

  /// Whether there is anything to show.
  public var isEmpty: Bool { reasons.isEmpty && factors.isEmpty }

  /// The leads that marketing's data call ideal and sales turned down as no fit, or whose factors the
  /// sides answer differently.
  public var contradictedLeads: [String] {
    let wrong = reasons.filter { $0.outcome == .rejected }.flatMap(\.ideal)
    return Set(wrong + factors.flatMap(\.contradicted)).sorted()
  }
}

extension WeeklyContext {
  /// What sales said in the period, beside what marketing believed of the same leads.
  ///
  /// - Complexity: O(dispositions + leads of the loop x factors).
  func beliefs(of loop: ClosedLoop) -> BeliefTable {
    BeliefTable(reasons: reasons(), factors: factors(of: loop))
  }

  /// Each lead counts once: with the last word of the period, or with the reason recorded with the
  /// stage or deal by which it left in the period, where sales said nothing of that pass.
  private func reasons() -> [BeliefTable.Reason] {
    guard let dispositions = records.dispositions else { return [] }
    let agreed = AgreedOverTime(history)
    let handOffs = Dictionary(grouping: passed.lazy.map(\.record), by: \.lead)
    // Whom both teams wanted at the hand-off of which the word is, which may follow on its day.
    func criteria(_ lead: Int, _ time: TimePoint) -> [AttributeCriterion] {
      let own = handOffs[lead, default: []].map(\.handOff).filter(\.isDated)
      let handOff = own.filter { !time.precedes($0) }.max() ?? own.min()
      return agreed.version(at: handOff ?? time).idealCustomer
    }
    typealias Word = (name: String, outcome: DispositionReason.Outcome?, time: TimePoint)
    var last: [Int: Word] = [:]
    for passed in self.passed {
      let (lead, exit) = (passed.record.lead, journeys.exits[passed.row])
      guard isInPeriod(exit), self.dispositions(of: passed).isEmpty,
        let text = records.exitReasons?.reason(of: lead, leaving: exit)
      else { continue }
      let reason = dispositions.position(of: text).map { dispositions.reasons[$0] }
      last[lead] = (reason?.id ?? text, reason?.outcome, exit)
    }
    for entry in dispositions.entries where isInPeriod(entry.time) {
      if let index = entry.reason, dispositions.reasons[index].isDefault { continue }
      last[entry.lead] = (
        dispositions.name(of: entry), dispositions.outcome(of: entry), entry.time
      )
    }
    var found: [String: BeliefTable.Reason] = [:]
    for (lead, word) in last.sorted(by: { $0.key < $1.key }) where word.outcome != .accepted {
      var reason =
        found[word.name]
        ?? BeliefTable.Reason(
          reason: word.name,
          outcome: word.outcome,
          ideal: [],
          notIdeal: [],
          unknown: []
        )
      let id = history.id(ofLead: lead)
      let wanted = criteria(lead, word.time)
      switch records.attributes?.isIdeal(lead, wanted, believedBy: .marketing) {
      case true?: reason.ideal.append(id)
      case false?: reason.notIdeal.append(id)
      case nil: reason.unknown.append(id)
      }
      found[word.name] = reason
    }
    return found.values.sorted {
      $0.count != $1.count ? $0.count > $1.count : $0.reason < $1.reason
    }
  }

  private func factors(of loop: ClosedLoop) -> [BeliefTable.Factor] {
    guard let attributes = records.attributes, !attributes.isEmpty else { return [] }
    let leads = Set(loop.entries.filter { !$0.isCarriedOver }.map(\.lead)).sorted()
    return agreement.qualifyingFactors.compactMap { factor in
      var row = BeliefTable.Factor(id: factor.id, agreed: 0, contradicted: [], notAsked: 0)
      for lead in leads {
        let believed = attributes.answer(factor, of: lead, believedBy: .marketing)
        let found = attributes.answer(factor, of: lead, by: .sales)
        if believed == .notAsked || found == .notAsked {
          row.notAsked += 1
        } else if believed == found {
          row.agreed += 1
        } else {
          row.contradicted.append(history.id(ofLead: lead))
        }
      }
      let both = row.agreed + row.contradicted.count
      guard both > 0 else { return nil }
      row.contradicted.sort()
      row.interval = .wilson(successes: Double(row.agreed), trials: Double(both))
      return row
    }
  }
}
