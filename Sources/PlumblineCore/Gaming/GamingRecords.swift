/// What the detectors of gaming look at: who recorded what, when.
///
/// Owners are codes in the history's owner dictionary, 0 where nobody wrote one down; leads are the
/// history's dense numbers.
public struct GamingRecords: Sendable {
  /// A record that somebody made on a day of his choosing.
  public struct Edit: Hashable, Sendable {
    /// What was recorded.
    public enum Kind: String, CaseIterable, Sendable, Codable {
      /// A deal won or lost.
      case closing
      /// A lead that came into being.
      case creation
      /// What sales said of a lead.
      case disposition
      /// A lead that reached a stage or left the path.
      case stage
    }

    /// What was recorded.
    public var kind: Kind
    /// Who recorded it.
    public var owner: UInt32
    /// The lead that it is about; -1 where none is on record.
    public var lead: Int
    /// When, to the second or to the day.
    public var time: TimePoint
    /// Whether the lead left the path soon after; nil where that makes no sense or is not yet known.
    public var isReversed: Bool?
    /// Whether nobody had tried to reach the lead by then; nil where that makes no sense.
    public var isUntouched: Bool?

    /// A record.
    public init(
      kind: Kind,
      owner: UInt32,
      lead: Int,
      time: TimePoint,
      isReversed: Bool? = nil,
      isUntouched: Bool? = nil
    ) {
      self.kind = kind
      self.owner = owner
      self.lead = lead
      self.time = time
      self.isReversed = isReversed
      self.isUntouched = isUntouched
    }
  }

  /// A lead with the scores that were recorded of it.
  public struct ScoredLead: Hashable, Sendable {
    /// The lead.
    public var lead: Int
    /// Whose it is.
    public var owner: UInt32
    /// When it was handed to sales, else when it came into being.
    public var time: TimePoint
    /// The newest score on record.
    public var score: Int?
    /// The score at the hand-off.
    public var scoreAtHandOff: Int?
    /// Whether it was won; nil where it was not handed to sales, or so lately that nobody can know.
    public var isWon: Bool?

    /// A lead.
    public init(
      lead: Int,
      owner: UInt32,
      time: TimePoint,
      score: Int?,
      scoreAtHandOff: Int?,
      isWon: Bool?
    ) {
      self.lead = lead
      self.owner = owner
      self.time = time
      self.score = score
      self.scoreAtHandOff = scoreAtHandOff
      self.isWon = isWon
    }
  }

  /// A meeting that was recorded as held or as one to which nobody came.
  public struct Meeting: Hashable, Sendable {
    /// The lead.
    public var lead: Int
    /// Whose meeting it was.
    public var owner: UInt32
    /// The lead's channel, a code in the history's channel dictionary; 0 where nobody wrote one down.
    public var channel: UInt32
    /// When it was booked.
    public var booked: TimePoint
    /// When it began.
    public var starts: TimePoint
    /// Whether it was recorded as held.
    public var isHeld: Bool
    /// Whether an import showed it as held before it began.
    public var wasHeldBefore: Bool
    /// Whether anything about the lead is on record around the meeting; nil where no activities are
    /// on record at that time.
    public var hasTrace: Bool?
    /// Whether the lead was won later; nil so soon after the meeting that nobody can know.
    public var isWon: Bool?

    /// A meeting.
    public init(
      lead: Int,
      owner: UInt32,
      channel: UInt32 = 0,
      booked: TimePoint,
      starts: TimePoint,
      isHeld: Bool,
      wasHeldBefore: Bool = false,
      hasTrace: Bool?,
      isWon: Bool?
    ) {
      self.lead = lead
      self.owner = owner
      self.channel = channel
      self.booked = booked
      self.starts = starts
      self.isHeld = isHeld
      self.wasHeldBefore = wasHeldBefore
      self.hasTrace = hasTrace
      self.isWon = isWon
    }
  }

  /// A lead handed to sales with the first touch that counts as a person's.
  public struct FirstTouch: Hashable, Sendable {
    /// The lead.
    public var lead: Int
    /// Who touched it, else whose it is.
    public var owner: UInt32
    /// When it was handed over, to the second.
    public var handedOff: Instant
    /// When it was touched, to the second; nil where it was not, or not after the hand-off.
    public var touched: Instant?
    /// Whether the hand-off came when the owner works.
    public var isInWorkingTime: Bool

    /// A lead.
    public init(
      lead: Int,
      owner: UInt32,
      handedOff: Instant,
      touched: Instant?,
      isInWorkingTime: Bool
    ) {
      self.lead = lead
      self.owner = owner
      self.handedOff = handedOff
      self.touched = touched
      self.isInWorkingTime = isInWorkingTime
    }
  }

  /// The zone in which days and months begin.
  public var calendar: LocalCalendar
  /// On which days people work.
  public var workingTime: WorkingTime
  /// The instant up to which facts count.
  public var asOf: Instant
  /// What was recorded on a day of somebody's choosing.
  public var edits: [Edit] = []
  /// The score from which a lead passes; nil where none is agreed.
  public var scoreLine: Int?
  /// Leads with scores.
  public var scores: [ScoredLead] = []
  /// Meetings with an outcome.
  public var meetings: [Meeting] = []
  /// First touches.
  public var touches: [FirstTouch] = []

  /// No records.
  public init(
    calendar: LocalCalendar,
    workingTime: WorkingTime = .usual,
    asOf: Instant,
    scoreLine: Int? = nil
  ) {
    self.calendar = calendar
    self.workingTime = workingTime
    self.asOf = asOf
    self.scoreLine = scoreLine
  }
}
