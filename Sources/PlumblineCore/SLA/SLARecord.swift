public import PlumblineStatistics

/// A lead handed to sales, with what became of each promise about it.
public struct SLARecord: Sendable {
  /// The lead's dense number.
  public var lead: Int
  /// 1 for the lead's first episode, then 2 and so on.
  public var episode: Int
  /// When it was handed over; `undated` where nobody said.
  public var handOff: TimePoint
  /// The channel's code, 0 where nobody said.
  public var channel: UInt32
  /// Whose it is now, or was last: an owner's code, 0 for nobody.
  public var owner: UInt32
  /// Whether the promise for hot leads holds.
  public var isHot = false
  /// The position among the versions of the agreement, oldest first, of the one in force then, or
  /// now where nobody said when it was handed over.
  public var version = 0
  /// Whether it was judged by whole days, a time being known to the day only.
  public var isByDay = false
  /// The first touch; nil where it is not agreed or not on record.
  public var firstTouch: SLAOutcome?
  /// How long the first touch took or has been waited for since the hand-off, as the promise counts
  /// time; nil where nobody knows.
  public var wait: WaitingTimes.Wait?
  /// How long it took to assign the lead to somebody; nil where that is not on record.
  public var systemDelay: WaitingTimes.Wait?
  /// How long its first owner, or those who came after, took from that on; nil where that is not on
  /// record.
  public var humanDelay: WaitingTimes.Wait?
  /// One clock for each owner until the first touch, in order of time.
  public var clocks: [SLAClock] = []
  /// Trying often enough; nil where it is not agreed or not on record.
  public var attempts: SLAOutcome?
  /// The attempts of people to reach it since the hand-off.
  public var attemptCount = 0
  /// Saying what became of it; nil where it is not agreed or not on record.
  public var disposition: SLAOutcome?

  /// What became of a promise; nil where it is not agreed or not on record, and for `.stale`, which
  /// is not about the hand-off.
  public func outcome(of promise: SLAStep.Promise) -> SLAOutcome? {
    switch promise {
    case .firstTouch: firstTouch
    case .attempts: attempts
    case .disposition: disposition
    case .stale: nil
    }
  }
}

/// The time during which a lead was one owner's to touch first.
public struct SLAClock: Sendable {
  /// The owner's code; 0 while it is nobody's.
  public var owner: UInt32
  /// When the clock starts: at the hand-off, or at the assignment.
  public var start: Instant
  /// What became of it.
  ///
  /// `.closedBefore` and `.closedLate` also say that it went to another owner.
  public var outcome: SLAOutcome
  /// How long the owner took or has had, as the promise counts time; nil where nobody knows.
  public var wait: WaitingTimes.Wait?
}
