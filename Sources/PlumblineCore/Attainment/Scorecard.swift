public import PlumblineStatistics

/// What was reached of a measure in a period.
public struct ScorecardResult: Hashable, Sendable {
  /// The number: a count, a share 0...1, or minor units of the agreement's currency.
  public var value: Double
  /// What the data support of it in the long run; nil where nothing says so.
  public var interval: ConfidenceInterval?
  /// How many records it stands on: the leads of a share, the deals of a sum.
  public var base: Int
  /// Whether it may still change though the period is over: leads of it are still open.
  public var isPreliminary: Bool
  /// The share of the leads whose outcome is known; nil for what is counted.
  public var maturity: Double?
  /// The ids of the records that count, sorted: those that met a share, the deals of a sum.
  public var ids: [String]
  /// The ids of the other records that it stands on, sorted: those that did not meet a share.
  public var others: [String]
  /// How often more than once something happened to a lead that counts once.
  public var repeats = 0

  /// A result.
  public init(
    value: Double,
    interval: ConfidenceInterval? = nil,
    base: Int,
    isPreliminary: Bool = false,
    maturity: Double? = nil,
    ids: [String] = [],
    others: [String] = []
  ) {
    self.value = value
    self.interval = interval
    self.base = base
    self.isPreliminary = isPreliminary
    self.maturity = maturity
    self.ids = ids
    self.others = others
  }
}

/// One thing a team is paid for, and what came of it.
public struct ScorecardLine: Hashable, Sendable {
  /// Where a target is written.
  public enum TargetOrigin: String, Sendable, Codable {
    /// With the incentive itself.
    case incentive
    /// Among the promises of the two teams.
    case promise
    /// Among the goals.
    case goal
  }

  /// Why there is no payout.
  public enum Absence: String, Sendable, Codable {
    /// No answer computes a measure of this name.
    case unknownMeasure = "unknown_measure"
    /// Nothing on record says what was reached.
    case notRecorded = "not_recorded"
    /// There was nothing to measure: nobody came, nothing fell due.
    case nothingYet = "nothing_yet"
    /// Nobody said what is to be reached.
    case noTarget = "no_target"
    /// It is paid for periods of another length.
    case otherPeriod = "other_period"
    /// The period has not begun.
    case notBegun = "not_begun"
  }

  /// What was agreed.
  public var incentive: Incentive
  /// What its measure stands for; nil for a word that no answer computes.
  public var measure: ScorecardMeasure?
  /// What is to be reached.
  public var target: Double?
  /// Where that is written.
  public var targetOrigin: TargetOrigin?
  /// What was reached.
  public var result: ScorecardResult?
  /// Why nothing is known of the payout.
  public var absence: Absence?
  /// Whether the period is as long as those for which it is paid.
  public var isForPeriod = true
  /// Whether the period has begun and is not over: what was reached is so far.
  public var isRunning = false

  /// Whether what was reached may still change.
  public var isPreliminary: Bool { result.map { isRunning || $0.isPreliminary } ?? false }

  /// The share of the target that was reached; where less is better, the target over what it was.
  public var shareOfTarget: Double? { result.flatMap { share(of: $0.value) } }

  /// The share of the payout that is due; nil where nothing says so.
  public var paidShare: Double? { shareOfTarget.map(incentive.paidShare(ofReached:)) }

  /// What is due, minor units; while the period runs, what would be if it ended now.
  ///
  /// Nil where no payout is agreed or nothing is known.
  public var payout: Int64? {
    guard let paidShare, let whole = incentive.payout else { return nil }
    return Int64((Double(whole) * paidShare).rounded())
  }

  /// What may be due in the end; nil unless the result is preliminary.
  public var payoutRange: ClosedRange<Int64>? {
    guard let result, result.isPreliminary, let interval = result.interval,
      let whole = incentive.payout, let first = share(of: interval.lower),
      let last = share(of: interval.upper)
    else { return nil }
    let ends = [first, last].map {
      Int64((Double(whole) * incentive.paidShare(ofReached: $0)).rounded())
    }
    return min(ends[0], ends[1])...max(ends[0], ends[1])
  }

  private func share(of value: Double) -> Double? {
    guard absence == nil, let measure, let target, target > 0 else { return nil }
    guard measure.isLessBetter else { return value / target }
    // What costs nothing is paid as much as anything can be.
    return value > 0 ? target / value : .infinity
  }
}

/// All that one team is paid for.
public struct TeamScorecard: Hashable, Sendable {
  /// The team.
  public var team: Stage.Team
  /// Its incentives, in the order of the agreement.
  public var lines: [ScorecardLine]

  /// Whether the period has begun and is not over.
  public var isRunning: Bool { lines.contains(where: \.isRunning) }

  /// What is due altogether, minor units; while the period runs, what would be if it ended now.
  ///
  /// Nil where no line says.
  public var payout: Int64? {
    let known = lines.compactMap(\.payout)
    return known.isEmpty ? nil : known.reduce(0, +)
  }

  /// What is due when every target of such a period is reached; nil where no payout is agreed.
  public var payoutAtTarget: Int64? {
    let agreed = lines.filter(\.isForPeriod).compactMap(\.incentive.payout)
    return agreed.isEmpty ? nil : agreed.reduce(0, +)
  }

  /// The share of the team's variable pay that is due, by the weights of the lines that say so.
  public var weightedShare: Double? {
    let known = lines.compactMap { line in line.paidShare.map { ($0, line.incentive.weight) } }
    let weight = known.reduce(0) { $0 + $1.1 }
    return weight > 0 ? known.reduce(0) { $0 + $1.0 * $1.1 } / weight : nil
  }

  /// The share of the pay, by weight, that hangs on what leads become: wins, revenue, the share
  /// won, the cost of a win.
  public var outcomeWeight: Double {
    let all = lines.reduce(0) { $0 + $1.incentive.weight }
    let outcome = lines.filter { $0.measure.map(\.isOutcome) ?? false }
    return all > 0 ? outcome.reduce(0) { $0 + $1.incentive.weight } / all : 0
  }
}

extension ScorecardMeasure {
  /// Whether it is about what leads become, and not about how much was done.
  public var isOutcome: Bool {
    switch self {
    case .wins, .wonShare, .revenue, .costPerWin: true
    case .qualifiedLeads, .acceptedShare, .meetingsBooked, .meetingsHeld, .firstTouch: false
    }
  }
}

/// What was reached in a period by every measure, and what each team is paid for it.
public struct Scorecard: Hashable, Sendable {
  /// What was reached, where anything says so.
  public var results: [ScorecardMeasure: ScorecardResult]
  /// Why nothing is known of the others.
  public var absences: [ScorecardMeasure: ScorecardLine.Absence]
  /// Targets that goals and promises say where an incentive does not.
  public var usualTargets: [ScorecardMeasure: (Double, ScorecardLine.TargetOrigin)] {
    get { targets.mapValues { ($0.value, $0.origin) } }
    set { targets = newValue.mapValues { Target(value: $0.0, origin: $0.1) } }
  }
  private var targets: [ScorecardMeasure: Target] = [:]
  private struct Target: Hashable {
    var value: Double
    var origin: ScorecardLine.TargetOrigin
  }

  private let kind: AttainmentPeriod.Kind
  private let pace: PeriodPace

  /// An empty card.
  ///
  /// - Parameters:
  ///   - kind: How long the period is.
  ///   - pace: How much of it is gone.
  init(_ kind: AttainmentPeriod.Kind, _ pace: PeriodPace) {
    (results, absences) = ([:], [:])
    self.kind = kind
    self.pace = pace
  }

  /// Each team's part under some incentives; a team without any is left out.
  public func teams(_ incentives: [Incentive]) -> [TeamScorecard] {
    Stage.Team.allCases.compactMap { team in
      let own = incentives.filter { $0.team == team }
      return own.isEmpty ? nil : TeamScorecard(team: team, lines: own.map(line))
    }
  }

  private func line(_ incentive: Incentive) -> ScorecardLine {
    let measure = incentive.known
    var line = ScorecardLine(
      incentive: incentive,
      measure: measure,
      target: incentive.target,
      targetOrigin: incentive.target == nil ? nil : .incentive
    )
    line.isForPeriod = incentive.period == kind
    line.isRunning = pace.hasBegun && !pace.isOver
    guard let measure else {
      line.absence = .unknownMeasure
      return line
    }
    if line.target == nil, let usual = targets[measure] {
      (line.target, line.targetOrigin) = (usual.value, usual.origin)
    }
    line.result = results[measure]
    line.absence = absence(of: line, measure)
    return line
  }

  private func absence(
    of line: ScorecardLine,
    _ measure: ScorecardMeasure
  ) -> ScorecardLine.Absence? {
    guard pace.hasBegun else { return .notBegun }
    guard line.result != nil else { return absences[measure] ?? .notRecorded }
    // A target of a quarter says nothing of a month.
    guard line.isForPeriod else { return .otherPeriod }
    return line.target.map { $0 > 0 } ?? false ? nil : .noTarget
  }
}
