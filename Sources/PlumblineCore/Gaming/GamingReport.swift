/// What the detectors of gaming look for.
public enum GamingDetector: String, CaseIterable, Sendable, Codable {
  /// Words on leads given in bulk that nobody had tried to reach.
  case dispositions
  /// First touches that come as a machine makes them, though none is marked as one.
  case firstTouch = "first_touch"
  /// Meetings recorded as held that may not have been.
  case meetings
  /// Records that pile up at the end of months or quarters, or do not last.
  case periodEnd = "period_end"
  /// Scores that pile up just over the line.
  case scoreLine = "score_line"
}

/// Something that is worth a look: more of it than chance and the stated margin explain.
///
/// It says where to look. It does not say that anybody did wrong: each sign has innocent causes.
public struct GamingFinding: Hashable, Sendable {
  /// What stands out.
  public enum Sign: String, CaseIterable, Sendable, Codable {
    /// More records in the last working days of months than everybody else's calendar explains.
    case monthEnd = "month_end"
    /// The same of quarters.
    case quarterEnd = "quarter_end"
    /// Records of the last working days of months are undone more often than others.
    case reversedAfterwards = "reversed_afterwards"
    /// More leads just over the line, and fewer just below it, than the curve of scores explains.
    case overTheLine = "over_the_line"
    /// Nearly no meeting to which nobody came.
    case alwaysHeld = "always_held"
    /// More meetings held than others', of which less else is on record.
    case heldWithoutTrace = "held_without_trace"
    /// More meetings held than others', and fewer won after them.
    case heldNotWon = "held_not_won"
    /// Meetings recorded as held that were made after they began, many at once, or held before.
    case madeAfterwards = "made_afterwards"
    /// First touches within the same few seconds after the hand-off again and again.
    case regularLag = "regular_lag"
    /// First touches within minutes when nobody works.
    case outOfHours = "out_of_hours"
    /// Words on many untouched leads within one minute.
    case untouchedInBulk = "untouched_in_bulk"
  }

  /// A record to look at.
  public struct Evidence: Hashable, Sendable {
    /// The lead; -1 where the record names none.
    public var lead: Int
    /// When.
    public var time: TimePoint

    /// A record.
    public init(lead: Int, time: TimePoint) {
      self.lead = lead
      self.time = time
    }
  }

  /// Which detector found it.
  public var detector: GamingDetector
  /// What stands out.
  public var sign: Sign
  /// Which records it is about, where the detector knows several kinds.
  public var kind: GamingRecords.Edit.Kind?
  /// Whose records; nil where it is about all together.
  public var owner: UInt32?
  /// How many records show the sign.
  public var observed: Int
  /// Of how many.
  public var of: Int
  /// How many would show it as everybody else's do, without any margin.
  public var expected: Double
  /// The sign in seconds, where it is one: the lag that returns.
  public var seconds: Int64?
  /// The chance of so many, or more, if all were well.
  public var pValue: Double
  /// The same with all owners and signs of the detector taken together, by Holm's method.
  public var adjustedPValue: Double
  /// The records to look at, in order of time.
  public var evidence: [Evidence]

  /// Something that is worth a look.
  package init(
    detector: GamingDetector,
    sign: Sign,
    kind: GamingRecords.Edit.Kind? = nil,
    owner: UInt32?,
    observed: Int,
    of: Int,
    expected: Double,
    seconds: Int64? = nil,
    pValue: Double,
    adjustedPValue: Double,
    evidence: [Evidence]
  ) {
    self.detector = detector
    self.sign = sign
    self.kind = kind
    self.owner = owner
    self.observed = observed
    self.of = of
    self.expected = expected
    self.seconds = seconds
    self.pValue = pValue
    self.adjustedPValue = adjustedPValue
    self.evidence = evidence
  }
}

/// What the detectors found, and what they could look at.
public struct GamingReport: Hashable, Sendable {
  /// What a detector could do.
  public enum Standing: Hashable, Sendable {
    /// So many tests were made.
    case judged(tests: Int)
    /// There are records, but too few of any owner.
    case notEnoughData(have: Int, need: Int)
    /// Nothing of the kind is on record.
    case notRecorded
    /// No line is agreed.
    case notAgreed
  }

  /// What each detector could do, in the order of their names.
  public var standings: [GamingDetector: Standing]
  /// What is worth a look, the least likely first within each detector.
  public var findings: [GamingFinding]

  /// A report.
  package init(standings: [GamingDetector: Standing], findings: [GamingFinding]) {
    self.standings = standings
    self.findings = findings
  }
}

/// One test of one detector, before all are taken together.
struct GamingTest {
  var sign: GamingFinding.Sign
  var kind: GamingRecords.Edit.Kind?
  var owner: UInt32?
  var pValue: Double
  var observed: Int
  var of: Int
  var expected: Double
  var seconds: Int64?
  /// The records, which are only gathered for tests that are told.
  var evidence: () -> [GamingFinding.Evidence]
}

/// What a detector made of its records.
struct GamingTests {
  var standing: GamingReport.Standing
  var tests: [GamingTest] = []
}
