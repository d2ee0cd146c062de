/// Says what became of every lead that was handed over.
struct ClosedLoopBuilder {
  let context: WeeklyContext
  private let handOffStage: Int
  private let lastStage: Int

  init(_ context: WeeklyContext) {
    self.context = context
    handOffStage = context.agreement.handOffStage
    lastStage = context.agreement.path.count - 1
  }

  private var history: CompanyHistory { context.history }
  private var journeys: Journeys { context.journeys }

  /// The loop of the context's period.
  ///
  /// - Complexity: O(hand-offs + activities of those that are shown).
  func loop() -> ClosedLoop {
    var loop = ClosedLoop(entries: [], undatedCount: 0)
    for row in context.rows {
      guard let handOff = context.handOff(of: row) else { continue }
      guard handOff.time.isDated else {
        loop.undatedCount += 1
        continue
      }
      let second = handOff.time.instant.seconds
      guard second < context.seconds.upperBound else { continue }
      let isCarriedOver = second < context.seconds.lowerBound
      if isCarriedOver, !isOpen(handOff, row: row, at: context.seconds.lowerBound) { continue }
      loop.entries.append(entry(handOff, row, isCarriedOver))
    }
    return loop
  }

  /// Whether an episode was neither won nor left, nor given back, before a second.
  private func isOpen(_ handOff: HandOff, row: Int, at second: Int64) -> Bool {
    func isBefore(_ time: TimePoint) -> Bool {
      time.isPresent && (!time.isDated || time.instant.seconds < second)
    }
    if isBefore(journeys.reached[lastStage][row]) || isBefore(journeys.exits[row]) { return false }
    let said = context.dispositions(of: handOff, row: row).filter { isBefore($0.time) }
    guard let last = said.last else { return true }
    return verdict(last, row).map { $0.fate == .accepted } ?? true
  }

  private func entry(_ handOff: HandOff, _ row: Int, _ isCarriedOver: Bool) -> ClosedLoop.Entry {
    let (fate, reason) = fate(handOff, row)
    return ClosedLoop.Entry(
      lead: handOff.lead,
      id: history.id(ofLead: handOff.lead),
      attempt: handOff.attempt,
      handedOver: handOff.time,
      owner: context.name(ofOwner: handOff.owner),
      fate: fate,
      reason: reason,
      isStale: fate.isOpen && isStale(row),
      isCarriedOver: isCarriedOver
    )
  }

  // MARK: Fates

  private typealias Fate = (fate: ClosedLoop.Fate, reason: String?)

  private func fate(_ handOff: HandOff, _ row: Int) -> Fate {
    if journeys.reached[lastStage][row].isPresent { return (.won, nil) }
    let said = context.dispositions(of: handOff, row: row).last
    let exit = journeys.exits[row]
    if exit.isPresent {
      let detour = history.agreement.detours[Int(journeys.detours[row])]
      let reason =
        context.records.exitReasons?.reason(of: handOff.lead, leaving: exit) ?? said?.text
      return (Self.fate(ofDetour: detour), reason)
    }
    if let said, let verdict = verdict(said, row), verdict.fate != .accepted { return verdict }
    let stage = journeys.furthestStage(of: row)
    if stage > handOffStage { return (.reached(stage: stage), nil) }
    if let said, let verdict = verdict(said, row) { return verdict }
    return (waiting(handOff, row), nil)
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

  private func waiting(_ handOff: HandOff, _ row: Int) -> ClosedLoop.Fate {
    guard context.isFollowUpRecorded else { return .openUnjudged }
    let isStale = isStale(row)
    guard let followUp = handOff.followUp else { return isStale ? .openPastPromise : .openInTime }
    if let first = context.contacts.first, followUp.deadline < first.instant {
      return .openUnjudged
    }
    guard context.isTouched(handOff, row: row) else { return .neverTouched }
    let isKept =
      followUp.isMetAtDeadline && followUp.isMet != false && !isStale
      && !isUnsaid(handOff, row)
    return isKept ? .openInTime : .openPastPromise
  }

  /// Whether sales should have said by now what became of a lead, and has not.
  private func isUnsaid(_ handOff: HandOff, _ row: Int) -> Bool {
    guard let dispositions = context.records.dispositions, !dispositions.entries.isEmpty,
      let span = history.agreement.salesSLA?.disposition,
      let due = context.clocks.deadline(
        span,
        after: history.moments(of: handOff.time).usual,
        owner: handOff.owner
      )
    else { return false }
    return due <= history.asOf && context.dispositions(of: handOff, row: row).isEmpty
  }

  /// Whether an episode has stood at its stage for longer than agreed.
  private func isStale(_ row: Int) -> Bool {
    let stage = journeys.furthestStage(of: row)
    let reached = journeys.reached[stage][row]
    guard let days = history.agreement.path[stage].staleAfterDays, reached.isDated else {
      return false
    }
    return history.lagInDays(from: reached, to: TimePoint(history.asOf)) > days
  }
}
