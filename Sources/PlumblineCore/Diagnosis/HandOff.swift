/// A lead handed to sales: who got it, what was done in the agreed time, and what came of it.
public struct HandOff: Hashable, Sendable {
  /// Whether a hand-off counts in the verdict, and if not, why.
  public enum Standing: String, Sendable, Codable, CaseIterable {
    /// It counts.
    case counted
    /// The lead came back: only first episodes count.
    case laterEpisode = "later_episode"
    /// Nobody knows when the lead was handed off, or when it was won.
    case undated
    /// The outcome, or the follow-up, cannot be known yet.
    case tooYoung = "too_young"
    /// Nobody says whose lead it is.
    case withoutOwner = "without_owner"
    /// Nobody says where the lead came from.
    case withoutChannel = "without_channel"
    /// The agreement of that time promised no follow-up, while that of another time does.
    case withoutPromise = "without_promise"
  }

  /// How the entry into the stage came on record.
  public enum Source: String, Sendable, Codable {
    /// By itself.
    case recorded
    /// By a later stage, which implies it.
    case implied
    /// By the last stage of the path alone.
    case impliedByWin = "implied_by_win"
  }

  /// The lead's dense number.
  public var lead: Int
  /// 1 for the lead's first episode, then 2 and so on.
  public var attempt: Int
  /// The channel's code, 0 where nobody said.
  public var channel: UInt32
  /// The owner's code, 0 where nobody said.
  public var owner: UInt32
  /// The segment's code, 0 where nobody said.
  public var segment: UInt32
  /// The score at hand-off; nil where nobody said.
  public var score: Int?
  /// When the lead was handed off; `undated` where nobody said.
  public var time: TimePoint
  /// How that came on record.
  public var source: Source
  /// Whether it counts.
  public var standing = Standing.counted
  /// Whether the lead was won within the horizon.
  public var isWon = false
  /// What was done for the lead; nil where that is not agreed, not on record or not yet due.
  public var followUp: FollowUp?
}

/// What was done for a lead that was handed off, by the time at which it is judged.
///
/// What happened later has no part in it.
public struct FollowUp: Hashable, Sendable {
  /// When the lead was to be touched, or, where only attempts are agreed, to be tried often enough.
  public var deadline: Instant
  /// The first human touch; `missing` where there was none by the time of judging.
  public var firstTouch = TimePoint.missing
  /// The human attempts within the agreed days.
  public var attempts = 0
  /// Whether somebody spoke with the lead, or the lead answered.
  public var isReached = false
  /// Whether the promise whose deadline this is was kept.
  public var isMetAtDeadline = false
  /// Whether the whole promise was kept: the first touch, and reached or tried often enough; nil
  /// while there is time to try again.
  public var isMet: Bool?
  /// Whether it was judged by whole days, a time being known to the day only.
  public var isByDay = false
  /// Whether it is judged met, or missed, only because somebody had to choose: the times known to
  /// the day could mean either.
  public var couldBeEither = false
}
