import PlumblineStatistics

/// The time until somebody first turns to a lead, counted in the ways that circulate.
///
/// Ours begins at the hand-off, runs while the owner works, and counts leads that nobody has
/// touched as waiting still. Times known to the day only have no part in any of them.
struct SpeedReconciliation {
  /// A lead that waits, or waited.
  private struct Wait: Hashable {
    var lead: Int
    var attempt: Int
    var start: Int64
    /// Nil where nobody has touched it.
    var touch: Int64?
    var seconds: Int64
  }

  /// One way to sum up waits.
  private enum Summary { case censoredMedian, median, mean }

  let scope: ReconcileScope
  private let clocks: WaitClock
  private let contacts: ContactIndex
  private var history: CompanyHistory { scope.history }

  init(_ scope: ReconcileScope) {
    self.scope = scope
    contacts = ContactIndex(scope.history)
    clocks = WaitClock(scope.history)
  }

  /// The definitions, ours first, and how many hand-offs have no time of day.
  func definitions() -> (definitions: [ReconciledDefinition], untimed: Int) {
    let (handOffs, untimed) = handOffs()
    let all = handOffs.map { working($0) }
    guard contacts.first != nil else {
      let nothing = MetricReading(.seconds, 0, 0, records: all.count, absence: .noActivities)
      return ([ReconciledDefinition(name: .ours, reading: nothing, steps: [])], untimed)
    }
    var steps: [BridgeStep] = []
    var reading = reading(all, .censoredMedian)
    var waits = all
    func definition(_ name: ReconciledDefinition.Name) -> ReconciledDefinition {
      ReconciledDefinition(name: name, reading: reading, steps: steps)
    }
    func move(_ rule: ReconcileRule, to next: [Wait], _ summary: Summary) {
      let after = self.reading(next, summary)
      let changed = Set(waits).symmetricDifference(next).map(\.lead)
      let ids = rule == .average ? next.map(\.lead) : changed
      if ids.isEmpty, after == reading { return }
      steps.append(
        BridgeStep(
          rule: rule,
          before: reading,
          after: after,
          recordIDs: Set(ids).map(scope.id).sorted()
        )
      )
      (waits, reading) = (next, after)
    }
    let ours = definition(.ours)
    move(.neverTouched, to: waits.filter { $0.touch != nil }, .median)
    let touched = definition(.touchedWorking)
    move(.aroundTheClock, to: waits.map(calendar), .median)
    move(.laterHandOffs, to: waits.filter { $0.attempt == 1 }, .median)
    // From here on each lead once, from the moment it came into being.
    let created = created(automated: false)
    let handedOver = Set(waits.map(\.lead))
    let others = created.filter { !handedOver.contains($0.lead) }
    move(.notHandedOver, to: waits + others, .median)
    move(.fromCreation, to: created, .median)
    let fromCreation = definition(.touchedFromCreation)
    let (soFar, trunk, last) = (steps, waits, reading)
    move(.average, to: waits, .mean)
    let average = definition(.averageFromCreation)
    (steps, waits, reading) = (soFar, trunk, last)
    move(.automation, to: self.created(automated: true), .median)
    return ([ours, touched, fromCreation, average, definition(.anyActivity)], untimed)
  }

  private func reading(_ waits: [Wait], _ summary: Summary) -> MetricReading {
    if summary == .mean {
      let sum = waits.reduce(Int128(0)) { $0 + Int128($1.seconds) }
      return MetricReading(.seconds, sum, Int128(waits.count), records: waits.count)
    }
    let found = MedianTime(waits.map { ($0.seconds, $0.touch == nil) })
    guard let median = found.median else {
      return MetricReading(
        .seconds,
        0,
        0,
        records: waits.count,
        absence: waits.isEmpty ? .nothingToCount : .notReached
      )
    }
    return MetricReading(
      .seconds,
      Int128(median),
      1,
      records: waits.count,
      interval: found.lower.flatMap { lower in
        found.upper.map { ConfidenceInterval(lower: Double(lower), upper: Double($0)) }
      }
    )
  }

  // MARK: Waits

  /// Every hand-off that is asked about, with the first attempt of a person to reach the lead in
  /// the same episode; before the hand-off only its owner's own counts, and takes no time.
  private func handOffs() -> (waits: [Wait], untimed: Int) {
    let passages = scope.passages(under: scope.rule)
    let journeys = passages.journeys
    let stage = history.agreement.handOffStage
    var (waits, untimed): ([Wait], Int) = ([], 0)
    for row in passages.rows where journeys.reached[stage][row].isPresent {
      let time = journeys.reached[stage][row]
      guard time.isDated, time.precision == .exact else {
        untimed += 1
        continue
      }
      let lead = Int(journeys.leads[row])
      let start = time.instant.seconds
      let end = nextBeginning(row, journeys)
      let begin = journeys.attempts[row] == 1 ? .min : beginning(row, journeys) ?? .min
      let owner = history.leads.owners[lead]
      let touch = contacts.contacts(of: lead).first { contact in
        let moment = contact.time.instant.seconds
        guard contact.time.precision == .exact, moment >= begin, moment < end else { return false }
        return moment >= start || (owner != 0 && contact.owner == owner)
      }
      waits.append(
        Wait(
          lead: lead,
          attempt: Int(journeys.attempts[row]),
          start: start,
          touch: touch.map { max(start, $0.time.instant.seconds) },
          seconds: 0
        )
      )
    }
    return (waits, untimed)
  }

  private func beginning(_ row: Int, _ journeys: Journeys) -> Int64? {
    let time = journeys.reached[0][row]
    return time.isDated ? time.instant.seconds : nil
  }

  private func nextBeginning(_ row: Int, _ journeys: Journeys) -> Int64 {
    guard row + 1 < journeys.count, journeys.leads[row + 1] == journeys.leads[row] else {
      return .max
    }
    return beginning(row + 1, journeys) ?? .max
  }

  /// Leads that came in in the period, each once, with the first thing that was done for it.
  private func created(automated: Bool) -> [Wait] {
    var once = scope.rule
    once.returns = .sameEpisode
    let passages = scope.passages(under: once)
    let earliest = automated ? firstActivities() : [:]
    return passages.rows.compactMap { row in
      let lead = Int(passages.journeys.leads[row])
      let time = history.leads.created[lead]
      guard time.isDated, time.precision == .exact else { return nil }
      let start = time.instant.seconds
      let person = contacts.contacts(of: lead).first {
        $0.time.precision == .exact && $0.time.instant.seconds >= start
      }?.time.instant.seconds
      let touches = [person, earliest[lead]].compactMap { $0 }
      guard let touch = touches.min() else { return nil }
      return Wait(lead: lead, attempt: 1, start: start, touch: touch, seconds: touch - start)
    }
  }

  /// When anything was first done for a lead after it came in, machines included.
  private func firstActivities() -> [Int: Int64] {
    var first: [Int: Int64] = [:]
    let (activities, created) = (history.activities, history.leads.created)
    for index in activities.indices where activities.times[index].isDated {
      let time = activities.times[index]
      let lead = Int(activities.leads[index])
      guard time.precision == .exact, created[lead].isDated,
        time.instant >= created[lead].instant
      else { continue }
      first[lead] = min(first[lead] ?? .max, time.instant.seconds)
    }
    return first
  }

  /// A wait while the lead's owner works; until now where nobody has touched it.
  private func working(_ wait: Wait) -> Wait {
    var wait = wait
    wait.seconds = max(
      0,
      clocks.seconds(
        from: Instant(seconds: wait.start),
        to: wait.touch.map { Instant(seconds: $0) } ?? history.asOf,
        owner: history.leads.owners[wait.lead]
      )
    )
    return wait
  }

  private func calendar(_ wait: Wait) -> Wait {
    var wait = wait
    wait.seconds = (wait.touch ?? history.asOf.seconds) - wait.start
    return wait
  }
}

/// How a wait is timed: on each owner's clock, or every second where the agreement promises a first
/// touch around the clock or has no working time.
private struct WaitClock {
  /// Nil where every second counts.
  private let clocks: OwnerClocks?

  init(_ history: CompanyHistory) {
    let agreement = history.agreementInForce
    let isWorking = agreement.salesSLA?.firstTouch?.usual.isWorkingTime ?? true
    let earliest = history.leads.created.lazy.filter(\.isDated).min()?.instant
    clocks =
      isWorking && !agreement.workingTime.isEmpty
      ? OwnerClocks(
        agreement.workingTime,
        OwnerZones(history),
        history,
        first: earliest ?? history.asOf
      ) : nil
  }

  /// Whether only working time counts.
  var isWorkingTime: Bool { clocks != nil }

  func seconds(from start: Instant, to end: Instant, owner: UInt32) -> Int64 {
    clocks?.clock(of: owner).workingSeconds(from: start, to: end) ?? end.seconds - start.seconds
  }
}
