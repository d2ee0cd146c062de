public import PlumblineStatistics

/// Who gets a second chance now, who later, and who is left alone and why.
///
/// Every lead that left the path for a reason with a rule counts once: in `candidates`. Besides them
/// stand the ids that were merged into another lead, once each.
public struct Rebound: Sendable {
  /// Why a lead that a rule would take up is left alone, in the order in which it is asked; the
  /// first that holds counts.
  public enum Exclusion: String, Sendable, CaseIterable, Codable {
    /// It is a customer.
    case customer
    /// It has a deal that is neither won nor lost.
    case openDeal = "open_deal"
    /// It does not want to be written to.
    case unsubscribed
    /// It came back on the path by itself.
    case cameBack = "came_back"
    /// Nobody recorded when it left, so nobody knows when it is due.
    case undated
    /// Somebody turned to it, or it did something, not long ago.
    case touchedLately = "touched_lately"
    /// Somebody decided that it does not go on this list.
    case declined
    /// Somebody put it off to a day that has not come.
    case snoozed

    /// Whether people decided so, and not the agreement.
    public var isDecision: Bool { self == .declined || self == .snoozed }
  }

  /// What becomes of a lead now.
  public enum Fate: Hashable, Sendable {
    /// It is put on its list.
    case listed
    /// It was put on a list before, for the same leaving.
    case listedBefore(CalendarWeek)
    /// Its day has not come.
    case waiting
    /// It is left alone.
    case excluded(Exclusion)
  }

  /// A lead that left the path for a reason with a rule.
  public struct Candidate: Hashable, Sendable {
    /// How it left.
    public var departure: Departure
    /// The rule's position in the agreement.
    public var rule: Int
    /// The first day on which it may be taken up; nil where nobody knows when it left.
    public var due: CivilDate?
    /// What becomes of it.
    public var fate: Fate
  }

  /// An id under which a leaving with a rule was recorded, and whose lead was merged into another.
  public struct MergedAway: Hashable, Sendable {
    /// The id.
    public var id: String
    /// The rule's position in the agreement.
    public var rule: Int
    /// The dense number of the lead that it belongs to now.
    public var lead: Int
  }

  /// A leaving for which there is no rule.
  public struct WithoutRule: Hashable, Sendable {
    /// The detour's position in the agreement.
    public var detour: Int
    /// The reason in the data's words; empty where none is on record.
    public var reason: String
    /// The leads: dense numbers, ascending.
    public var leads: [Int]
  }

  /// The instant up to which facts count.
  public let asOf: Instant
  /// The week of the lists.
  public let week: CalendarWeek
  /// The agreement's rules.
  public let rules: [RecycleRule]
  /// Who is left alone.
  public let suppression: RecycleSuppression
  /// Leads that left for a reason with a rule, in order of leads.
  public internal(set) var candidates: [Candidate] = []
  /// Ids merged into another lead.
  public internal(set) var mergedAway: [MergedAway] = []
  /// Leads off the path for a reason without a rule, the most first.
  public internal(set) var withoutRule: [WithoutRule] = []
  /// What to add to the record when the lists are written.
  public internal(set) var newEntries: [ReboundRecord.Entry] = []
  /// What became of those listed before, by list in the order of the alphabet.
  public internal(set) var earlier: [ListCourse] = []
  /// Entries of the record whose lead the data no longer know.
  public internal(set) var unknownEntries = 0
  /// Who has been forgotten, by stage of the path.
  public internal(set) var forgotten: [ForgottenStage] = []
  /// What the first pass along the path brought, and later ones.
  public internal(set) var passes: PassRevenue

  /// How many ids left for a reason with a rule, by rule or altogether.
  public func matchedCount(rule: Int? = nil) -> Int {
    candidates.count { rule == nil || $0.rule == rule }
      + mergedAway.count { rule == nil || $0.rule == rule }
  }

  /// The leads with one fate under a rule, or altogether: dense numbers, ascending.
  public func leads(_ fate: Fate, rule: Int? = nil) -> [Int] {
    candidates.filter { candidate in
      guard rule == nil || candidate.rule == rule else { return false }
      switch (candidate.fate, fate) {
      case (.listedBefore, .listedBefore): return true
      default: return candidate.fate == fate
      }
    }.map(\.departure.lead)
  }
}

/// What became of the leads that were put on one list.
public struct ListCourse: Sendable {
  /// The list.
  public let list: String
  /// The entries, oldest first.
  public let entries: [EntryCourse]

  /// What became of one entry.
  public struct EntryCourse: Sendable {
    /// The entry.
    public let entry: ReboundRecord.Entry
    /// The dense number of its lead.
    public let lead: Int
    /// When the lead came back on the path afterwards; `missing` where it has not.
    public internal(set) var returned: TimePoint
    /// How many deals were won after it was listed, and before it was listed again.
    public internal(set) var wonDeals = 0
    /// What they brought, in minor units of the agreement's currency.
    public internal(set) var amount: Int64 = 0
    /// How many of them have no amount.
    public internal(set) var withoutAmount = 0
  }

  /// How many came back.
  public var returned: Int { entries.count { $0.returned.isPresent } }
  /// How many won afterwards.
  public var won: Int { entries.count { $0.wonDeals > 0 } }
  /// How many deals were won.
  public var wonDeals: Int { entries.reduce(0) { $0 + $1.wonDeals } }
  /// How many of these have no amount.
  public var withoutAmount: Int { entries.reduce(0) { $0 + $1.withoutAmount } }
  /// What they brought, in minor units of the agreement's currency.
  public var amount: Int64 { entries.reduce(0) { $0 + $1.amount } }
  /// The range that the data support for the share that came back.
  public var returnedInterval: ConfidenceInterval {
    .wilson(successes: Double(returned), trials: Double(entries.count))
  }
  /// The range that the data support for the share that won.
  public var wonInterval: ConfidenceInterval {
    .wilson(successes: Double(won), trials: Double(entries.count))
  }
}
