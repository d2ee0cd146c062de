/// One step for one destination: what is told at most once.
public struct AlertID: Hashable, Sendable, Comparable {
  /// The destination's name in the settings.
  public let destination: String
  /// The step's `SLAStep.key`.
  public let key: String

  /// One step for one destination.
  public init(destination: String, key: String) {
    self.destination = destination
    self.key = key
  }

  /// Orders by destination, then by key.
  public static func < (left: AlertID, right: AlertID) -> Bool {
    (left.destination, left.key) < (right.destination, right.key)
  }
}

/// What became of an attempt to deliver.
public enum AlertOutcome: Hashable, Sendable {
  /// The other side took it.
  case delivered
  /// It was certainly not taken; a later run tries again, not before the instant.
  case failed(retryAt: Instant, reason: String)
  /// Nobody can tell: it was sent whole, and no answer came. It is not sent again by itself.
  case unknown(reason: String)
}

/// What is known of one alert.
public struct AlertRecord: Hashable, Sendable {
  /// How far an alert is.
  public enum State: String, Sendable, CaseIterable, Codable {
    /// Somebody is delivering it, or was when the program was stopped.
    case claimed
    /// The other side took it.
    case delivered
    /// It was not delivered and is tried again.
    case failed
    /// Whether it was delivered is not known; not sent again unless released.
    case unknown
    /// Somebody decided that it may be sent again.
    case released
  }

  /// The alert's number in the log, from 1; what people name it by.
  public var number: Int
  /// Which step, and for whom.
  public var id: AlertID
  /// The lead's id.
  public var lead: String
  /// What was promised about it.
  public var promise: SLAStep.Promise
  /// How far the promise was.
  public var step: SLAStep.Step
  /// How far the alert is.
  public var state: State
  /// How often delivery was tried.
  public var attempts: Int
  /// The run that tried last.
  public var run: String
  /// When it tried.
  public var claimedAt: Instant
  /// When it was settled or released, nil while it is claimed.
  public var settledAt: Instant?
  /// When it is tried again, for `.failed` and `.released`.
  public var retryAt: Instant?
  /// Why it was not delivered, without personal data.
  public var reason: String?

  /// A record.
  public init(
    number: Int,
    id: AlertID,
    lead: String,
    promise: SLAStep.Promise,
    step: SLAStep.Step,
    state: State,
    attempts: Int,
    run: String,
    claimedAt: Instant,
    settledAt: Instant? = nil,
    retryAt: Instant? = nil,
    reason: String? = nil
  ) {
    self.number = number
    self.id = id
    self.lead = lead
    self.promise = promise
    self.step = step
    self.state = state
    self.attempts = attempts
    self.run = run
    self.claimedAt = claimedAt
    self.settledAt = settledAt
    self.retryAt = retryAt
    self.reason = reason
  }
}
