/// One step of an open promise about one lead that somebody should be told of, once.
///
/// Which steps there are is worked out anew for each instant; whether somebody was told already is
/// for the deliverer to remember, by `key`.
public struct SLAStep: Hashable, Sendable {
  /// What sales promised about a lead that it was given.
  public enum Promise: String, Sendable, CaseIterable, Codable {
    /// That somebody turns to the lead in time.
    case firstTouch = "first_touch"
    /// That somebody tries often enough to reach it.
    case attempts
    /// That sales says what became of it.
    case disposition
    /// That it does not sit in a stage for too long.
    case stale
  }

  /// How far a promise is from being kept or broken.
  public enum Step: String, Sendable, CaseIterable, Codable {
    /// The deadline is near.
    case dueSoon = "due_soon"
    /// The deadline has passed, and what was promised has not been done.
    case breached
    /// The breach is old enough that somebody above the owner should know.
    case escalated
  }

  /// The lead's id, as the source writes it.
  public var lead: String
  /// Whose it is to mend: the owner whose clock it is; empty when nobody owns the lead.
  public var owner: String
  /// What was promised.
  public var promise: Promise
  /// How far it is.
  public var step: Step
  /// When it was due, or will be.
  public var due: Instant
  /// From when on it is late to tell of the step: the escalation of an escalated one, the deadline
  /// of any other.
  public var since: Instant
  /// Which episode of the lead it is about, 1 for the first.
  public var episode: Int
  /// Which owner's clock since that hand-off, from 1 on: a reassignment starts the next.
  public var clock: Int
  /// The stage that the lead sits in, for `.stale`; nil for other promises.
  public var stage: String?
  /// The seconds left until it is due, below 0 once it is overdue, as the promise counts time; nil
  /// where nobody said how.
  public var secondsLeft: Int64?
  /// Whether they are working time, on the owner's clock.
  public var isWorkingTime = false

  /// A step; it is since its deadline where nothing else is said.
  public init(
    lead: String,
    owner: String,
    promise: Promise,
    step: Step,
    due: Instant,
    since: Instant? = nil,
    episode: Int = 1,
    clock: Int = 1,
    stage: String? = nil
  ) {
    self.lead = lead
    self.owner = owner
    self.promise = promise
    self.step = step
    self.due = due
    self.since = since ?? due
    self.episode = episode
    self.clock = clock
    self.stage = stage
  }

  /// A text that is the same for the same step of the same promise on every run, and differs for any
  /// other.
  ///
  /// The deadline is left out, so that a corrected date does not alarm a second time.
  public var key: String {
    let parts = [
      promise.rawValue, step.rawValue, lead, String(episode), owner, String(clock), stage ?? "",
    ]
    // The length before each part keeps "a|b" and "c" apart from "a" and "b|c".
    return parts.map { "\($0.utf8.count):\($0)" }.joined(separator: "|")
  }
}

extension SLAStep: Comparable {
  /// Orders steps for output: the gravest first, of equals the one due first, then by lead.
  public static func < (left: SLAStep, right: SLAStep) -> Bool {
    let (leftRank, rightRank) = (left.step.rank, right.step.rank)
    if leftRank != rightRank { return leftRank > rightRank }
    if left.due != right.due { return left.due < right.due }
    if left.lead != right.lead { return left.lead < right.lead }
    if left.promise != right.promise { return left.promise.rawValue < right.promise.rawValue }
    if left.episode != right.episode { return left.episode < right.episode }
    if left.clock != right.clock { return left.clock < right.clock }
    return (left.owner, left.stage ?? "") < (right.owner, right.stage ?? "")
  }
}

extension SLAStep.Step {
  /// How grave it is, more for graver.
  var rank: Int {
    switch self {
    case .dueSoon: 0
    case .breached: 1
    case .escalated: 2
    }
  }
}
