import PlumblineStatistics

/// Counts judged hand-offs, together or in groups.
struct SLATallies {
  /// One promise to be counted, and what was waited for.
  private struct Sum {
    var handOffs = 0
    /// The newest hand-off's time and version, and whether another share was agreed at another.
    var newest: (time: TimePoint, version: Int)?
    var targets: Set<Double> = []
    var tallies: [SLAStep.Promise: SLATally] = [:]
    var waits: [WaitingTimes.Wait] = []
    var system: [WaitingTimes.Wait] = []
    var human: [WaitingTimes.Wait] = []

    mutating func add(_ promise: SLAStep.Promise, _ outcome: SLAOutcome?) {
      if let outcome { tallies[promise, default: SLATally()].add(outcome.status) }
    }
  }

  private let history: CompanyHistory
  private let versions: PromiseVersions
  private let thresholds: VerdictThresholds

  init(_ history: CompanyHistory, _ versions: PromiseVersions) {
    self.history = history
    self.versions = versions
    thresholds = versions.agreements[versions.present].thresholds
  }

  /// Counts under which version a lead was handed over.
  private func date(_ record: SLARecord, _ sum: inout Sum) {
    sum.targets.insert(versions.compliance(of: record.version))
    if sum.newest.map({ $0.time < record.handOff }) ?? true {
      sum.newest = (record.handOff, record.version)
    }
  }

  /// The share agreed at the newest hand-off.
  private func target(_ sum: Sum?) -> Double {
    versions.compliance(of: sum?.newest?.version ?? versions.present)
  }

  /// All together.
  func all(_ records: some Sequence<SLARecord>) -> SLAGroup {
    var sum = Sum()
    for record in records { add(record, at: SLAGrouping.Place(whole: record), to: &sum) }
    return group("", sum, judging: [:], isAlone: true)
  }

  /// By a dimension, in order of names; weeks in order of time.
  ///
  /// An owner's first touches are those of the owner's own clocks.
  func groups(
    _ records: some Sequence<SLARecord>,
    by dimension: SLAOptions.Dimension
  ) -> [SLAGroup] {
    var sums: [UInt32: Sum] = [:]
    let grouping = SLAGrouping(history, by: dimension)
    for record in records {
      for place in grouping.places(of: record) {
        add(record, at: place, to: &sums[place.key, default: Sum()])
      }
    }
    // Weeks before 1970 are numbers below 0.
    let keys = sums.keys.sorted {
      dimension == .week
        ? Int32(bitPattern: $0) < Int32(bitPattern: $1) : grouping.name($0) < grouping.name($1)
    }
    var judging: [SLAStep.Promise: [Double?]] = [:]
    for promise in SLAStep.Promise.allCases {
      judging[promise] = BenjaminiHochberg.qValues(
        keys.map { key in
          chance(sums[key]?.tallies[promise] ?? SLATally(), target(sums[key]))
        }
      )
    }
    return keys.enumerated().map { index, key in
      group(
        grouping.name(key),
        sums[key] ?? Sum(),
        judging: judging.mapValues { $0[index] },
        isAlone: false
      )
    }
  }

  private func add(_ record: SLARecord, at place: SLAGrouping.Place, to sum: inout Sum) {
    sum.handOffs += 1
    date(record, &sum)
    for outcome in place.firstTouches { sum.add(.firstTouch, outcome) }
    sum.waits += place.waits
    if place.isLast {
      sum.add(.attempts, record.attempts)
      sum.add(.disposition, record.disposition)
    }
    guard place.isWhole else { return }
    if let delay = record.systemDelay { sum.system.append(delay) }
    if let delay = record.humanDelay { sum.human.append(delay) }
  }

  /// The chance of so few kept, or fewer, where the share agreed is kept; nil for too few.
  private func chance(_ tally: SLATally, _ target: Double) -> Double? {
    let (kept, judged) = (tally[.kept], tally.judged)
    guard judged >= max(1, thresholds.minimumLeads) else { return nil }
    if kept >= judged || target <= 0 { return 1 }
    if target >= 1 { return 0 }
    // P(X ≤ k) of a binomial: the beta tail with shapes n−k and k+1 at 1−p.
    return BetaDistribution(alpha: Double(judged - kept), beta: Double(kept) + 1)
      .cumulative(1 - target)
  }

  private func group(
    _ name: String,
    _ sum: Sum,
    judging: [SLAStep.Promise: Double?],
    isAlone: Bool
  ) -> SLAGroup {
    func times(_ waits: [WaitingTimes.Wait]) -> WaitingTimes? {
      waits.isEmpty ? nil : WaitingTimes(waits)
    }
    var promises: [SLAStep.Promise: SLACompliance] = [:]
    let target = target(sum)
    for (promise, tally) in sum.tallies {
      let value = isAlone ? chance(tally, target) : judging[promise] ?? nil
      promises[promise] = SLACompliance(
        tally: tally,
        target: target,
        hasOtherTargets: sum.targets.count > 1,
        verdict: verdict(tally, target, value)
      )
    }
    return SLAGroup(
      name: name,
      handOffs: sum.handOffs,
      promises: promises,
      waits: times(sum.waits),
      systemDelays: times(sum.system),
      humanDelays: times(sum.human)
    )
  }

  private func verdict(_ tally: SLATally, _ target: Double, _ chance: Double?) -> SLAVerdict {
    guard let chance else { return .tooFew }
    if Double(tally[.kept]) >= target * Double(tally.judged) - 1e-9 { return .met }
    return chance <= thresholds.falseDiscoveryRate ? .below : .unclear
  }
}
