/// Says what became of every lead that was handed over.
struct ClosedLoopBuilder {
  let context: WeeklyContext
  private let handOffStage: Int
  private let lastStage: Int
  private let agreed: AgreedOverTime

  init(_ context: WeeklyContext) {
    self.context = context
    handOffStage = context.agreement.handOffStage
    lastStage = context.agreement.path.count - 1
    agreed = AgreedOverTime(context.history)
  }

  private var history: CompanyHistory { context.history }
  private var journeys: Journeys { context.journeys }

  /// The loop of the context's period.
  ///
  /// - Complexity: O(hand-offs + activities of those that are shown).
  func loop() -> ClosedLoop {
    var loop = ClosedLoop(entries: [], undatedCount: 0)
    for passed in context.passed {
      guard passed.record.handOff.isDated else {
        loop.undatedCount += 1
        continue
      }
      let second = passed.record.handOff.instant.seconds
      guard second < context.seconds.upperBound else { continue }
      let isCarriedOver = second < context.seconds.lowerBound
      if isCarriedOver, !isOpen(passed, at: context.seconds.lowerBound) { continue }
      loop.entries.append(entry(passed, isCarriedOver))
    }
    return loop
  }

  /// Whether an episode was neither won nor left, nor given back, before a second.
  private func isOpen(_ passed: WeeklyContext.Passed, at second: Int64) -> Bool {
    func isBefore(_ time: TimePoint) -> Bool {
      time.isPresent && (!time.isDated || time.instant.seconds < second)
    }
    let row = passed.row
    if isBefore(journeys.reached[lastStage][row]) || isBefore(journeys.exits[row]) { return false }
    let said = context.dispositions(of: passed).last { isBefore($0.time) }
    return said.flatMap { verdict($0, row) }.map { $0.fate == .accepted } ?? true
  }

  private func entry(_ passed: WeeklyContext.Passed, _ isCarriedOver: Bool) -> ClosedLoop.Entry {
    let (fate, reason) = fate(passed)
    let record = passed.record
    return ClosedLoop.Entry(
      lead: record.lead,
      id: history.id(ofLead: record.lead),
      attempt: record.episode,
      handedOver: record.handOff,
      owner: context.name(ofOwner: record.owner),
      fate: fate,
      reason: reason,
      isStale: fate.isOpen && isStale(passed.row),
      isCarriedOver: isCarriedOver
    )
  }

  // MARK: Fates

  private typealias Fate = (fate: ClosedLoop.Fate, reason: String?)

  private func fate(_ passed: WeeklyContext.Passed) -> Fate {
    let row = passed.row
    if journeys.reached[lastStage][row].isPresent { return (.won, nil) }
    let said = context.dispositions(of: passed).last
    let exit = journeys.exits[row]
    if exit.isPresent {
      let detour = history.agreement.detours[Int(journeys.detours[row])]
      let reason =
        context.records.exitReasons?.reason(of: passed.record.lead, leaving: exit) ?? said?.text
      return (Self.fate(ofDetour: detour), reason)
    }
    let verdict = said.flatMap { self.verdict($0, row) }
    if let verdict, verdict.fate != .accepted { return verdict }
    let stage = journeys.furthestStage(of: row)
    if stage > handOffStage { return (.reached(stage: stage), nil) }
    return verdict ?? (waiting(passed), nil)
  }

  /// What sales said, unless the lead went on later, or the word is not on the agreed list.
  private func verdict(_ said: Dispositions.Entry, _ row: Int) -> Fate? {
    guard let index = said.reason, let reasons = context.records.dispositions?.reasons else {
      return nil
    }
    let stage = journeys.furthestStage(of: row)
    let reached = journeys.reached[stage][row]
    if stage > handOffStage, said.time.isDated, reached.isDated, said.time.precedes(reached) {
      return nil
    }
    switch reasons[index].outcome {
    case .accepted: return (.accepted, nil)
    case .recycled: return (.recycled, reasons[index].id)
    case .rejected: return (.rejected, reasons[index].id)
    }
  }

  /// Which way off the path a detour is: by what shows it, else by its name; any other is a
  /// rejection.
  private static func fate(ofDetour detour: Stage) -> ClosedLoop.Fate {
    if detour.evidence.contains(.dealLost) || detour.id == "lost" { return .lost }
    return ["recycled", "nurture"].contains(detour.id) ? .recycled : .rejected
  }

  // MARK: Waiting leads

  private func waiting(_ passed: WeeklyContext.Passed) -> ClosedLoop.Fate {
    let record = passed.record
    let isStale = isStale(passed.row)
    let promises = [record.firstTouch, record.attempts, record.disposition].compactMap(\.self)
    guard !promises.isEmpty else { return isStale ? .openPastPromise : .openUnjudged }
    func isOverdue(_ outcome: SLAOutcome?) -> Bool {
      outcome?.status == .breached || outcome?.status == .escalated
    }
    let isUntouched =
      record.firstTouch.map { isOverdue($0) }
      ?? (isOverdue(record.attempts) && record.attemptCount == 0)
    if isUntouched { return .neverTouched }
    if isStale || promises.contains(where: isOverdue) { return .openPastPromise }
    // What was done late can be mended no more: it is no reason to call anybody today.
    if promises.contains(where: { $0.status == .keptLate }) { return .openDoneLate }
    return promises.allSatisfy { $0.status == .unknown } ? .openUnjudged : .openInTime
  }

  /// Whether an episode has stood at its stage for longer than agreed when it got there.
  private func isStale(_ row: Int) -> Bool {
    let stage = journeys.furthestStage(of: row)
    let reached = journeys.reached[stage][row]
    guard reached.isDated, let days = agreed.staleAfterDays(stage, entered: reached) else {
      return false
    }
    let due = history.moments(of: reached).latest.advanced(bySeconds: Int64(days) * 86_400)
    return due <= history.asOf
  }
}
