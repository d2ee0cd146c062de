/// A number of an answer about promises that opens to the leads behind it.
///
/// Written as `first_touch:settled`, `first_touch:overdue:owner=Kim Lee`, `stale`,
/// `delivered:2026-06-01`, `ideal:2026-06-01` or `factors:2026-06-01`, the day being the first of the
/// period.
public struct SLANumber: Hashable, Sendable {
  /// What is counted.
  public enum Subject: Hashable, Sendable {
    /// Counted hand-offs about which a promise stands in one of some ways.
    case promise(SLAStep.Promise, Standing)
    /// Leads that sit in a stage for too long.
    case stale
    /// Leads that marketing delivered in the period that begins on a day.
    case delivered(Quality?, from: CivilDate)

    /// Whether hand-offs are counted, of which a lead may have several.
    public var isOfHandOffs: Bool {
      switch self {
      case .promise: true
      case .stale, .delivered: false
      }
    }
  }

  /// How a promise stands.
  public enum Standing: Hashable, Sendable {
    /// In any way.
    case all
    /// Settled against the deadline.
    case settled
    /// Past the deadline, and can still be mended.
    case overdue
    /// In one way.
    case only(SLAStatus)

    /// The ways in which it may stand.
    public var statuses: Set<SLAStatus> {
      switch self {
      case .all: Set(SLAStatus.allCases)
      case .settled: Set(SLAStatus.allCases.filter(\.isJudged))
      case .overdue: [.breached, .escalated]
      case .only(let status): [status]
      }
    }

    fileprivate var text: String {
      switch self {
      case .all: "all"
      case .settled: "settled"
      case .overdue: "overdue"
      case .only(let status): status.rawValue
      }
    }

    fileprivate init?(_ text: some StringProtocol) {
      switch text {
      case "all": self = .all
      case "settled": self = .settled
      case "overdue": self = .overdue
      default:
        guard let status = SLAStatus(rawValue: String(text)) else { return nil }
        self = .only(status)
      }
    }
  }

  /// What delivered leads are looked at for.
  public enum Quality: String, Sendable, CaseIterable {
    /// Whether they fit the ideal customer.
    case ideal
    /// Whether all qualifying factors are filled in.
    case factors
  }

  /// A group of a split of the first touches.
  public struct Group: Hashable, Sendable {
    /// What is split by.
    public var dimension: SLAOptions.Dimension
    /// The group's name, see `SLAGroup.name`.
    public var name: String

    /// A group.
    public init(_ dimension: SLAOptions.Dimension, _ name: String) {
      self.dimension = dimension
      self.name = name
    }
  }

  /// What is counted.
  public var subject: Subject
  /// The group of which it is counted, which only first touches have; all when nil.
  public var group: Group?

  /// How a promise stands, of all hand-offs or of a group.
  ///
  /// - Precondition: Only the first touch is asked of a group.
  public init(
    _ promise: SLAStep.Promise,
    _ standing: Standing,
    of group: Group? = nil
  ) {
    precondition(group == nil || promise == .firstTouch, "only first touches are split")
    subject = .promise(promise, standing)
    self.group = group
  }

  private init(_ subject: Subject) { self.subject = subject }

  /// Leads that sit in a stage for too long.
  public static let stale = SLANumber(.stale)

  /// Leads that marketing delivered in a period, with what they are looked at for.
  public static func delivered(_ period: MarketingPeriod, _ quality: Quality? = nil) -> SLANumber {
    SLANumber(.delivered(quality, from: period.days.lowerBound))
  }

  /// The number as it is written; nil where it names none.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    switch (parts.first, parts.count) {
    case ("stale", 1): self = .stale
    case ("delivered", 2), ("ideal", 2), ("factors", 2):
      guard let day = CivilDate(String(parts[1])) else { return nil }
      subject = .delivered(Quality(rawValue: String(parts[0])), from: day)
    case (let name?, 2...):
      guard let promise = SLAStep.Promise(rawValue: String(name)), promise != .stale,
        let standing = Standing(parts[1])
      else { return nil }
      subject = .promise(promise, standing)
      guard parts.count == 3 else { return }
      let group = parts[2].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard promise == .firstTouch, group.count == 2,
        let dimension = SLAOptions.Dimension(rawValue: String(group[0]))
      else { return nil }
      self.group = Group(dimension, String(group[1]))
    default: return nil
    }
  }

  /// The number as it is written.
  public var text: String {
    switch subject {
    case .promise(let promise, let standing):
      "\(promise.rawValue):\(standing.text)"
        + (group.map { ":\($0.dimension.rawValue)=\($0.name)" } ?? "")
    case .stale: "stale"
    case .delivered(let quality, let day): "\(quality?.rawValue ?? "delivered"):\(day)"
    }
  }
}

extension SLAAnswer {
  /// What became of a lead, for the number that it is behind.
  public enum Outcome: Hashable, Sendable {
    /// How a promise about it stands.
    case status(SLAStatus)
    /// Whether it is so; nil where that is not on record.
    case known(Bool?)
  }

  /// The leads behind a number, sorted by id, each once, with what became of them.
  ///
  /// Of a lead that was handed over several times the gravest outcome is told.
  ///
  /// - Parameter number: The number; it counts the hand-offs of the days that the answer is about.
  /// - Returns: The leads, with nil where there is nothing to be told; none where the answer has no
  ///   such period or group.
  /// - Complexity: O(hand-offs log hand-offs).
  public func leads(behind number: SLANumber) -> [(id: String, outcome: Outcome?)] {
    var outcomes: [Int: Outcome?] = [:]
    switch number.subject {
    case .stale:
      for lead in sales?.staleStages.flatMap(\.stale) ?? [] { outcomes[lead] = .some(nil) }
    case .delivered(let quality, let day):
      guard let period = marketing?.periods.first(where: { $0.days.lowerBound == day }) else {
        break
      }
      let answers =
        switch quality {
        case .ideal: period.isIdeal
        case .factors: period.hasFactors
        case nil: [Bool?]?.none
        }
      for (place, lead) in period.leads.enumerated() {
        outcomes[lead] = .some(answers.map { .known($0[place]) })
      }
    case .promise(let promise, let standing):
      outcomes = statuses(promise, standing, number.group).mapValues { $0.map(Outcome.status) }
    }
    return outcomes.map { (history.id(ofLead: $0.key), $0.value) }.sorted { $0.0 < $1.0 }
  }

  /// The leads of the counted hand-offs about which a promise stands so, with the gravest outcome.
  private func statuses(
    _ promise: SLAStep.Promise,
    _ standing: SLANumber.Standing,
    _ group: SLANumber.Group?
  ) -> [Int: SLAStatus?] {
    guard let sales else { return [:] }
    let grouping = group.map { SLAGrouping(history, by: $0.dimension) }
    let statuses = standing.statuses
    var found: [Int: SLAStatus?] = [:]
    for record in sales.counted.lazy.map({ sales.records[$0] }) {
      var outcomes = record.outcome(of: promise).map { [$0] } ?? []
      if let grouping, let group {
        guard
          let place = grouping.places(of: record).first(where: {
            grouping.name($0.key) == group.name
          })
        else { continue }
        outcomes = place.firstTouches
      }
      let gravest = outcomes.map(\.status).filter(statuses.contains).max {
        $0.gravity < $1.gravity
      }
      // A group counts every hand-off in it, also one of which nothing else is to be told.
      guard gravest != nil || (standing == .all && group != nil) else { continue }
      let known = found[record.lead] ?? nil
      found[record.lead] = .some(
        [known, gravest].compactMap(\.self).max {
          $0.gravity < $1.gravity
        }
      )
    }
    return found
  }
}

extension SLAStatus {
  /// How bad it is, for the one of several that is told.
  fileprivate var gravity: Int {
    switch self {
    case .escalated: 8
    case .breached: 7
    case .closedLate: 6
    case .keptLate: 5
    case .dueSoon: 4
    case .dueLater: 3
    case .unknown: 2
    case .closedBefore: 1
    case .kept: 0
    }
  }
}
