/// What became of every hand-off on its way into the verdict, and how follow-up was judged.
public struct WorkSummary: Sendable {
  /// How follow-up was judged.
  public enum FollowUpRecord: String, Sendable, Codable, CaseIterable {
    /// Every time is known to the second.
    case exact
    /// Some times are known to the day only, and those leads are judged by whole days.
    case byDay = "by_day"
    /// So many times are known to the day only that too many leads could be judged either way.
    case ambiguous
    /// Activities are not on record, or only those of a part of the time.
    case notRecorded = "not_recorded"
    /// The agreement does not say what following up means.
    case notAgreed = "not_agreed"
  }

  /// Why the question cannot be asked at all.
  public enum ClosedReason: String, Sendable, Codable, CaseIterable {
    /// No lead was handed to sales.
    case nobodyHandedOff = "nobody_handed_off"
    /// The hand-offs of most winners are known from the win alone: whoever was handed off and not
    /// won is not on record.
    case handOffImplied = "hand_off_implied"
    /// Too many hand-offs have no date.
    case undated
    /// No hand-off is old enough.
    case tooYoung = "too_young"
    /// No lead has an owner.
    case withoutOwner = "without_owner"
    /// No lead has a channel.
    case withoutChannel = "without_channel"
    /// No lead was handed off under an agreement that promises a follow-up.
    case withoutPromise = "without_promise"
  }

  /// The stage that hands leads to sales, the last one, and the days between them that count.
  public var horizon: StretchHorizon
  /// The skip rule under which stages were counted.
  public var skips: SkipRule
  /// Leads by what became of their first hand-off; those of `laterEpisode` came back and were handed
  /// off again.
  ///
  /// All but the later episodes add up to `handedOff`.
  public var leadsByStanding: [HandOff.Standing: Int]
  /// Leads among the counted that were won within the horizon.
  public var wins: Int
  /// Counted leads whose hand-off is known from a later stage only.
  public var implied: Int
  /// Wins among the counted whose hand-off is known from the win only.
  public var impliedByWin: Int
  /// How follow-up was judged.
  public var followUp: FollowUpRecord
  /// Counted leads that were followed up as agreed.
  public var followedUp: Int
  /// Counted leads that were judged by whole days.
  public var judgedByDay: Int
  /// Counted leads that are judged one way though known days could mean either.
  public var couldBeEither: Int
  /// Counted leads whose deadline had passed before the first activity on record.
  public var beforeActivities: Int
  /// Counted leads with a score at hand-off.
  public var withScore: Int
  /// Owners whose records name a time zone that does not exist; the agreement's holds for them.
  public var ownersWithUnknownZone: Int
  /// Why the question cannot be asked; nil when it can.
  public var closed: ClosedReason?

  /// Leads whose first episode reached the stage that hands them to sales.
  public var handedOff: Int {
    leadsByStanding.reduce(0) { $0 + ($1.key == .laterEpisode ? 0 : $1.value) }
  }

  /// Leads in the verdict.
  public var leads: Int { leadsByStanding[.counted] ?? 0 }

  /// Whether the data tell which leads were followed up.
  public var followUpIsRecorded: Bool { followUp == .exact || followUp == .byDay }
}
