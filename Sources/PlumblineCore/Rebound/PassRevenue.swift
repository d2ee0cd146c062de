public import PlumblineStatistics

/// What leads bring on their first pass along the path, and what on later ones, both kept apart.
///
/// A pass is an episode: it begins when a lead comes in or comes back, and ends when it leaves. Each
/// won deal belongs to the pass during which it was won, so the two parts add up to the total.
public struct PassRevenue: Hashable, Sendable {
  /// What became of a pass.
  public enum Outcome: String, Sendable, CaseIterable {
    case won, left, open
  }

  /// Which passes.
  public enum Pass: String, Sendable, CaseIterable {
    case first, later
    /// None on record: of deals alone.
    case none
  }

  /// The passes of one kind.
  public subscript(pass: Pass) -> Part {
    switch pass {
    case .first: first
    case .later: later
    case .none: withoutPass
    }
  }

  /// First passes together, or all later ones.
  public struct Part: Hashable, Sendable {
    /// How many leads made such a pass.
    public internal(set) var leads = 0
    /// The lead of each pass by what became of the pass: dense numbers, ascending.
    public internal(set) var leadsOfPasses: [Outcome: [Int32]] = [:]
    /// The deals that were won: positions among the history's.
    public internal(set) var positions: [Int] = []
    /// How many deals were won.
    public var deals: Int { positions.count }
    /// How many of them have no amount, or none that could be exchanged.
    public internal(set) var withoutAmount = 0
    /// How many were won on an unknown day, and counted for the lead's last pass.
    public internal(set) var undated = 0
    /// What they brought, in minor units of the agreement's currency.
    public internal(set) var amount: Int64 = 0
    /// The leads with a won deal: dense numbers, ascending.
    public internal(set) var wonLeads: [Int] = []

    /// How many passes there were.
    public var passes: Int { leadsOfPasses.values.reduce(0) { $0 + $1.count } }
    /// How many of them reached the end of the path.
    public var won: Int { count(.won) }
    /// How many others left the path.
    public var left: Int { count(.left) }
    /// How many passes go on.
    public var open: Int { count(.open) }

    private func count(_ outcome: Outcome) -> Int { leadsOfPasses[outcome]?.count ?? 0 }

    /// The share won of passes that are decided; nil where none is.
    public var wonShare: Double? { won + left == 0 ? nil : Double(won) / Double(won + left) }
    /// The range that the data support for it.
    public var wonInterval: ConfidenceInterval {
      .wilson(successes: Double(won), trials: Double(won + left))
    }
  }

  /// First passes.
  public private(set) var first = Part()
  /// Passes of leads that came back.
  public private(set) var later = Part()
  /// Won deals of leads without any pass.
  public private(set) var withoutPass = Part()

  /// How many deals were won in all.
  public var deals: Int { first.deals + later.deals + withoutPass.deals }
  /// What they brought in all, in minor units of the agreement's currency.
  public var amount: Int64 { first.amount + later.amount + withoutPass.amount }

  /// Whether passes were won and none is on record as lost or given up, so that the share won of
  /// decided ones says nothing.
  public var hasNoLoss: Bool {
    first.won + later.won > 0 && first.left + later.left == 0
  }

  /// What passes brought.
  ///
  /// - Parameters:
  ///   - history: The leads and their deals.
  ///   - journeys: Their episodes, returns being episodes of their own.
  /// - Precondition: The journeys' rule counts a return as a new episode.
  /// - Complexity: O(episodes + deals log deals).
  public init(_ history: CompanyHistory, _ journeys: Journeys) {
    precondition(journeys.rule.returns == .newEpisode, "a return is an episode of its own")
    let end = journeys.stageCount - 1
    var lastLead: Int32 = -1
    var lastReturned: Int32 = -1
    for row in 0..<journeys.count {
      let lead = journeys.leads[row]
      let isFirst = journeys.attempts[row] == 1
      let hasWon = end >= 0 && journeys.reached[end][row].isPresent
      let hasLeft = !hasWon && journeys.exits[row].isPresent
      Self.change(&self, isFirst) { part in
        part.leadsOfPasses[hasWon ? .won : hasLeft ? .left : .open, default: []].append(lead)
      }
      if isFirst, lead != lastLead { first.leads += 1 }
      if !isFirst, lead != lastReturned {
        later.leads += 1
        lastReturned = lead
      }
      lastLead = lead
    }
    for (position, deal) in history.wonDeals.enumerated() {
      let row = journeys.row(ofLead: deal.lead, at: deal.closed)
      func add(_ part: inout Part) {
        part.positions.append(position)
        part.amount += deal.amount ?? 0
        if deal.amount == nil { part.withoutAmount += 1 }
        if !deal.closed.isDated { part.undated += 1 }
        part.wonLeads.append(deal.lead)
      }
      if let row {
        Self.change(&self, journeys.attempts[row] == 1, add)
      } else {
        add(&withoutPass)
      }
    }
    first.wonLeads = Set(first.wonLeads).sorted()
    later.wonLeads = Set(later.wonLeads).sorted()
    withoutPass.wonLeads = Set(withoutPass.wonLeads).sorted()
  }

  private static func change(
    _ revenue: inout PassRevenue,
    _ isFirst: Bool,
    _ body: (inout Part) -> Void
  ) {
    if isFirst { body(&revenue.first) } else { body(&revenue.later) }
  }
}
