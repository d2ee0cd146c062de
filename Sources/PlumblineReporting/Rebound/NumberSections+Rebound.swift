public import PlumblineCore

extension NumberSections {
  /// The records behind a number of an answer about second chances.
  ///
  /// - Parameters:
  ///   - rebound: The answer.
  ///   - number: The number.
  ///   - history: The history that it was made from.
  ///   - summaries: Tells of leads what their line says.
  public init(
    _ rebound: Rebound,
    behind number: ReboundNumber,
    of history: CompanyHistory,
    _ summaries: LeadSummaries
  ) {
    let agreement = history.agreement
    let words = ReboundWords(rebound: rebound, history: history)
    let name = words.name(number)
    if case .deals(let pass) = number {
      self.init(
        .deals(rebound.deals(pass, in: history)),
        Telling(
          number: number.text(agreement),
          name: name.capitalizedFirst,
          scope: "Each deal belongs to the pass during which it was won"
        ),
        of: history,
        summaries
      )
      return
    }
    let ids = rebound.leads(behind: number, in: history).map(words.id)
    let provenance = Provenance(
      agreement: agreement,
      asOf: rebound.asOf,
      question: FunnelQuestion(rule: agreement.journeyRule, pairs: []),
      horizons: []
    )
    self = .leads(
      RecordSections(
        ids,
        behind: number.text(agreement),
        headline: "\(Format.count(ids.count, "lead")): \(name)",
        scope: "Second chances of week \(rebound.week), \(provenance.asOfText).",
        provenance: provenance,
        summaries: summaries
      )
    )
  }
}

extension ReboundWords {
  /// What the records of a number have in common.
  func name(_ number: ReboundNumber) -> String {
    switch number {
    case .listed: return "may go on a list this week"
    case .waiting: return "not due yet"
    case .listedBefore: return "on a list already"
    case .mergedAway: return "another lead was merged into it"
    case .excluded(let exclusion): return Self.exclusion(exclusion)
    case .standing(let stage, let group):
      return "at \(StageWords(agreement).label(stage))"
        + (group.map { ", \(Self.group($0))" } ?? "")
    case .passes(let pass, let outcome):
      let end =
        switch outcome {
        case .won: ", won"
        case .left: ", left the path"
        case .open: ", still open"
        case nil: ""
        }
      return "\(Self.pass(pass))\(end), one for each pass"
    case .deals(let pass): return "deals won on \(Self.pass(pass))"
    case .course(let list, let outcome):
      let end =
        switch outcome {
        case .all: ""
        case .returned: ", came back"
        case .won: ", won afterwards"
        }
      return "put on \(list.printable) before\(end)"
    }
  }

  private static func pass(_ pass: PassRevenue.Pass) -> String {
    switch pass {
    case .first: "the first pass"
    case .later: "later passes"
    case .none: "no pass on record"
    }
  }

  private static func group(_ group: ForgottenStage.Group) -> String {
    switch group {
    case .withinTime: "within its time"
    case .answered: "answered by sales"
    case .worked: "worked"
    case .undated: "since an unknown day"
    case .forgotten: "forgotten"
    }
  }
}
