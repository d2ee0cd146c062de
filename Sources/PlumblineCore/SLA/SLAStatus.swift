/// How a promise about one lead stands, or ended.
public enum SLAStatus: String, Sendable, CaseIterable, Codable {
  /// It was done in time.
  case kept
  /// It was done, but after the deadline.
  case keptLate = "kept_late"
  /// The deadline has passed, it has not been done, and somebody above the owner should know.
  case escalated
  /// The deadline has passed, and it has not been done.
  case breached
  /// The deadline had passed when the lead went on, left or went to another owner, and it was never
  /// done.
  case closedLate = "closed_late"
  /// The deadline is near.
  case dueSoon = "due_soon"
  /// There is time.
  case dueLater = "due_later"
  /// The lead went on, left or went to another owner before the deadline: nothing is due any more.
  case closedBefore = "closed_before"
  /// Nobody knows: a date is missing, or it was due before anything of the kind is on record, or
  /// after facts end.
  case unknown

  /// Whether it is settled against the deadline, so that it counts in a share of promises kept.
  public var isJudged: Bool {
    switch self {
    case .kept, .keptLate, .escalated, .breached, .closedLate: true
    case .dueSoon, .dueLater, .closedBefore, .unknown: false
    }
  }

  /// Whether there still is something to do.
  public var isOpen: Bool { step != nil || self == .dueLater }

  /// The step of which somebody should be told, if any.
  public var step: SLAStep.Step? {
    switch self {
    case .dueSoon: .dueSoon
    case .breached: .breached
    case .escalated: .escalated
    case .kept, .keptLate, .closedLate, .dueLater, .closedBefore, .unknown: nil
    }
  }
}

/// What became of one promise about one lead.
public struct SLAOutcome: Hashable, Sendable {
  /// How it stands.
  public var status: SLAStatus
  /// When it was due; nil where nobody knows.
  public var due: Instant?
  /// When it was done; `missing` when it was not.
  public var done: TimePoint

  /// An outcome.
  public init(status: SLAStatus, due: Instant? = nil, done: TimePoint = .missing) {
    self.status = status
    self.due = due
    self.done = done
  }
}

/// How many promises stand how.
public struct SLATally: Hashable, Sendable {
  private var counts = [Int](repeating: 0, count: SLAStatus.allCases.count)

  /// No promises.
  public init() {}

  /// How many stand so.
  public subscript(status: SLAStatus) -> Int { counts[status.position] }

  /// Takes in a promise.
  public mutating func add(_ status: SLAStatus) { counts[status.position] += 1 }

  /// All of them.
  public var total: Int { counts.reduce(0, +) }

  /// Those settled against the deadline.
  public var judged: Int { SLAStatus.allCases.filter(\.isJudged).reduce(0) { $0 + self[$1] } }

  /// Those past the deadline that can still be mended.
  public var overdue: Int { self[.breached] + self[.escalated] }
}

extension SLAStatus {
  fileprivate var position: Int {
    switch self {
    case .kept: 0
    case .keptLate: 1
    case .escalated: 2
    case .breached: 3
    case .closedLate: 4
    case .dueSoon: 5
    case .dueLater: 6
    case .closedBefore: 7
    case .unknown: 8
    }
  }
}
