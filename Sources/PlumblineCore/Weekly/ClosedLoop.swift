/// What became of every lead that was handed to sales: nothing is handed over and forgotten.
public struct ClosedLoop: Sendable {
  /// What became of a lead.
  public enum Fate: Hashable, Sendable {
    /// Sales took it, and it has reached no later stage.
    case accepted
    /// It stands at a later stage of the path than the hand-off, not at the last.
    case reached(stage: Int)
    /// It was won.
    case won
    /// The deal was lost.
    case lost
    /// Sales gave it back for later.
    case recycled
    /// Sales turned it down.
    case rejected
    /// It waits at the hand-off, and no promise about it is broken.
    case openInTime
    /// It waits at the hand-off, something promised was done after its time, and nothing is overdue.
    case openDoneLate
    /// It waits at the hand-off, somebody turned to it, and something promised is overdue.
    case openPastPromise
    /// It waits at the hand-off, the time for a first touch is over, and nobody turned to it.
    case neverTouched
    /// It waits at the hand-off, and nobody can tell whether it was followed up as agreed.
    case openUnjudged
  }

  /// One hand-off of a lead.
  public struct Entry: Hashable, Sendable {
    /// The lead's dense number.
    public var lead: Int
    /// The lead's id.
    public var id: String
    /// Which episode of the lead it is, from 1 on.
    public var attempt: Int
    /// When it was handed over.
    public var handedOver: TimePoint
    /// Whose it is; `FunnelDimension.none` where nobody said.
    public var owner: String
    /// What became of it.
    public var fate: Fate
    /// Why it was given back, turned down or lost, in the data's words; nil where nobody said.
    public var reason: String?
    /// Whether it has stood at its stage for longer than agreed.
    public var isStale: Bool
    /// Whether it was handed over before the period, and still open when the period began.
    public var isCarriedOver: Bool
  }

  /// Leads with one fate.
  public struct Line: Hashable, Sendable {
    /// What became of them.
    public var fate: Fate
    /// Why, in the data's words; nil where nobody said or nothing is to be said.
    public var reason: String?
    /// The leads of the period, by id, ascending; one that was handed over twice stands twice.
    public var leads: [String]
    /// The leads of the time before that were still open.
    public var carriedOver: [String]
    /// Those of both that have stood at their stage for longer than agreed.
    public var stale: [String]
  }

  /// Every hand-off of the period, and those of the time before that were still open when it began.
  public var entries: [Entry]
  /// Hand-offs on a day that nobody knows; they are in no period.
  public var undatedCount: Int

  /// How many leads were handed over in the period.
  public var handedOverCount: Int { entries.count { !$0.isCarriedOver } }

  /// How many were handed over before and still open when the period began.
  public var carriedOverCount: Int { entries.count(where: \.isCarriedOver) }

  /// What became of them; the leads of all lines add up to the entries.
  public var lines: [Line] {
    struct Key: Hashable {
      var fate: Fate
      var reason: String?
    }
    return Dictionary(grouping: entries) { Key(fate: $0.fate, reason: $0.reason) }
      .map { key, entries in
        Line(
          fate: key.fate,
          reason: key.reason,
          leads: entries.filter { !$0.isCarriedOver }.map(\.id).sorted(),
          carriedOver: entries.filter(\.isCarriedOver).map(\.id).sorted(),
          stale: entries.filter(\.isStale).map(\.id).sorted()
        )
      }
      .sorted(by: Self.precedes)
  }

  /// By fate, the most frequent reason first, none last.
  private static func precedes(_ left: Line, _ right: Line) -> Bool {
    if left.fate != right.fate { return left.fate.rank < right.fate.rank }
    if (left.reason == nil) != (right.reason == nil) { return right.reason == nil }
    let (first, second) = (
      left.leads.count + left.carriedOver.count, right.leads.count + right.carriedOver.count
    )
    return first != second ? first > second : (left.reason ?? "") < (right.reason ?? "")
  }
}

extension ClosedLoop.Fate {
  /// The place in the order of lines.
  var rank: Int {
    switch self {
    case .accepted: 0
    case .reached(let stage): 1 + stage
    case .won: 10_000
    case .lost: 10_001
    case .recycled: 10_002
    case .rejected: 10_003
    case .openInTime: 10_004
    case .openDoneLate: 10_005
    case .openPastPromise: 10_006
    case .neverTouched: 10_007
    case .openUnjudged: 10_008
    }
  }

  /// Whether it waits at the hand-off.
  public var isWaiting: Bool {
    switch self {
    case .openInTime, .openDoneLate, .openPastPromise, .neverTouched, .openUnjudged: true
    default: false
    }
  }

  /// Whether it is still on the path.
  public var isOpen: Bool {
    switch self {
    case .won, .lost, .recycled, .rejected: false
    default: true
    }
  }
}
