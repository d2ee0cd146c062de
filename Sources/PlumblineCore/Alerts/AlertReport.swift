/// What one run of the deliverer did, or would do: every step for every destination is in it once.
public struct AlertReport: Hashable, Sendable {
  /// Why something was not sent by this run.
  public enum Held: Hashable, Sendable {
    /// It was told before.
    case told
    /// It is being sent by another run.
    case inProgress
    /// An earlier attempt may or may not have arrived.
    case unknown
    /// An earlier attempt failed, and the time for the next has not come.
    case backOff(until: Instant)
    /// Nobody works now.
    case outOfHours(until: Instant)
    /// It began too long ago.
    case tooOld
    /// The messages of this run have no room for it, or one before it was not taken.
    case nextRun
    /// The settings name nobody who gets it.
    case noRecipient
    /// The destination cannot be used; see `problems`.
    case unusable
  }

  /// Steps that went out together.
  public struct Message: Hashable, Sendable {
    /// The destination's name in the settings.
    public var destination: String
    /// What was told.
    public var steps: [SLAStep]
    /// What became of it; nil in a rehearsal.
    public var outcome: AlertOutcome?

    /// Steps that went out together.
    public init(destination: String, steps: [SLAStep], outcome: AlertOutcome?) {
      self.destination = destination
      self.steps = steps
      self.outcome = outcome
    }
  }

  /// A step that was not sent to a destination.
  public struct HeldStep: Hashable, Sendable {
    /// The destination's name in the settings.
    public var destination: String
    /// The step.
    public var step: SLAStep
    /// Why it was not sent.
    public var reason: Held

    /// A step that was not sent to a destination.
    public init(destination: String, step: SLAStep, reason: Held) {
      self.destination = destination
      self.step = step
      self.reason = reason
    }
  }

  /// The instant for which the steps were worked out.
  public var asOf: Instant
  /// Whether nothing was sent and nothing noted.
  public var isRehearsal: Bool
  /// How many different steps there were.
  public var stepCount = 0
  /// What went out, in the order of the settings.
  public var messages: [Message] = []
  /// What did not, in the order of the settings.
  public var held: [HeldStep] = []
  /// Steps that no destination wants.
  public var unwanted: [SLAStep] = []
  /// How many alerts an earlier run left open when it was stopped.
  public var abandoned = 0
  /// Why destinations could not be used.
  public var problems: [Diagnostic] = []

  /// An empty report.
  public init(asOf: Instant, isRehearsal: Bool) {
    self.asOf = asOf
    self.isRehearsal = isRehearsal
  }

  /// Whether something that should have gone out did not, or may not have.
  public var hasFailures: Bool {
    !problems.isEmpty
      || messages.contains { $0.outcome.map { $0 != .delivered } ?? false }
  }
}
