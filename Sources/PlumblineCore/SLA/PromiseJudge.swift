import PlumblineStatistics

/// Judges every promise about the leads handed to sales, each as of one instant and under the
/// version of the agreement in force at its hand-off.
///
/// What follow-up is, is as in `FollowUpJudge`; there a lead is judged once for a verdict, here it
/// is followed until the promise is kept, however late, or has become pointless.
struct PromiseJudge: Sendable {
  let history: CompanyHistory
  let versions: PromiseVersions
  let clocks: VersionedClocks
  let contacts: ContactIndex
  let dispositions: Dispositions?
  let assignments: LeadAssignments
  /// The first attempt of a person on record; nil where there is none.
  let firstContact: Instant?
  /// The first reason that sales gave on record; nil where there is none.
  let firstDisposition: Instant?
  /// How far facts go: of what fell due later nobody knows whether it was done.
  let knownUntil: Instant

  init(
    _ history: CompanyHistory,
    _ versions: PromiseVersions,
    dispositions: Dispositions?,
    assignments: LeadAssignments,
    firstHandOff: Instant,
    knownUntil: Instant
  ) {
    self.knownUntil = knownUntil
    self.history = history
    self.versions = versions
    self.dispositions = dispositions
    self.assignments = assignments
    contacts = ContactIndex(history)
    clocks = VersionedClocks(versions.agreements, history, first: firstHandOff)
    firstContact = contacts.first?.instant
    let said = dispositions?.entries.lazy.map(\.time).filter(\.isDated).map(\.instant).min()
    let given = assignments.firstReason
    firstDisposition = [said, given].compactMap { $0 }.min()
  }

  /// Whether what a promise needs is on record at all.
  func isRecorded(_ promise: SLAStep.Promise) -> Bool {
    switch promise {
    case .firstTouch, .attempts: firstContact != nil
    case .disposition: firstDisposition != nil
    case .stale: true
    }
  }

  /// What became of the promises about one hand-off.
  func record(of passing: PassedLead) -> SLARecord {
    var record = SLARecord(
      lead: passing.lead,
      episode: passing.episode,
      handOff: passing.handOff,
      channel: history.leads.channels[passing.lead],
      owner: history.leads.owners[passing.lead]
    )
    guard passing.handOff.isDated else {
      record.version = versions.present
      record.firstTouch = unknown(.firstTouch)
      record.attempts = unknown(.attempts)
      record.disposition = unknown(.disposition)
      return record
    }
    let start = history.moments(of: passing.handOff)
    record.version = versions.position(at: start.usual)
    record.isByDay = passing.handOff.precision != .exact
    guard let sla = versions.salesSLAs[record.version] else { return record }
    let score = history.leads.scoresAtHandOff[passing.lead]
    if let touch = sla.firstTouch, let from = touch.hotFromScore, touch.hot != nil,
      score != FactColumn.noNumber, score >= Int64(from)
    {
      record.isHot = true
    }
    let owners = OwnerSpans(
      assignments.assignments(of: passing.lead),
      recorded: record.owner,
      handOff: start.usual
    )
    record.owner = owners.spans.last?.owner ?? record.owner
    let work = LeadWork(passing, start, owners.firstOwner, contacts, history)
    record.isByDay = record.isByDay || work.isByDay
    record.attemptCount = work.attempts.count
    if let touch = sla.firstTouch, firstContact != nil {
      let span = record.isHot ? touch.hot ?? touch.usual : touch.usual
      judgeFirstTouch(&record, sla, span, passing, start, owners, work)
    }
    if let agreed = sla.attempts, firstContact != nil {
      record.attempts = outcome(
        ClockedSpan(
          span: .init(seconds: Int64(agreed.withinDays) * 86_400, isWorkingTime: false),
          clock: clocks.clock(of: record.owner, version: record.version)
        ),
        sla,
        from: start.usual,
        done: work.doneTrying(agreed.count),
        closed: passing.closing,
        isByDay: record.isByDay,
        recordedFrom: firstContact
      )
    }
    if let span = sla.disposition, firstDisposition != nil {
      record.disposition = judgeDisposition(record, sla, span, passing, start)
    }
    return record
  }

  private func unknown(_ promise: SLAStep.Promise) -> SLAOutcome? {
    guard isRecorded(promise), let sla = versions.salesSLAs[versions.present] else {
      return nil
    }
    let isAgreed =
      switch promise {
      case .firstTouch: sla.firstTouch != nil
      case .attempts: sla.attempts != nil
      case .disposition: sla.disposition != nil
      case .stale: false
      }
    return isAgreed ? SLAOutcome(status: .unknown) : nil
  }

  // MARK: The first touch

  private func judgeFirstTouch(
    _ record: inout SLARecord,
    _ sla: SalesSLA,
    _ span: SalesSLA.Span,
    _ passing: PassedLead,
    _ start: Moments,
    _ owners: OwnerSpans,
    _ work: LeadWork
  ) {
    let version = record.version
    func clocked(_ owner: UInt32) -> ClockedSpan {
      ClockedSpan(span: span, clock: clocks.clock(of: owner, version: version))
    }
    // The lead waits from the hand-off, on the clock of whoever gets it first.
    let whole = clocked(owners.firstOwner)
    guard whole.isPossible else { return }
    let outcome = outcome(
      whole,
      sla,
      from: start.usual,
      done: work.firstTouch,
      closed: passing.closing,
      isByDay: record.isByDay,
      recordedFrom: firstContact
    )
    record.firstTouch = outcome
    guard outcome.status != .unknown else { return }
    let end = end(work.firstTouch, passing.closing)
    record.wait = wait(whole, from: start.usual, to: end)
    if owners.isOnRecord {
      let assigned = owners.assigned
      let isFirst = assigned.map { $0 <= end.instant ?? history.asOf } ?? false
      record.systemDelay = wait(
        whole,
        from: start.usual,
        to: isFirst ? (assigned, .ended) : (end.instant, end.outcome == .open ? .open : .prevented)
      )
      if isFirst, let assigned { record.humanDelay = wait(whole, from: assigned, to: end) }
    }
    // One clock for each owner; who gets the lead after it was touched has none.
    for (position, own) in owners.spans.enumerated() {
      if position > 0, let instant = end.instant,
        own.start > instant || (own.start == instant && end.outcome != .ended)
      {
        break
      }
      let next = position + 1 < owners.spans.count ? owners.spans[position + 1].start : nil
      let isTheirs = work.firstTouch.isDated && (next.map { end.instant ?? .distant < $0 } ?? true)
      let clock = clocked(own.owner)
      let ownEnd: (instant: Instant?, outcome: WaitingTimes.Outcome) =
        if let next, end.instant.map({ next <= $0 }) ?? true { (next, .prevented) } else { end }
      let closing: Closing? =
        if let next, passing.closing.map({ next <= $0.instant ?? .distant }) ?? true {
          Closing(time: TimePoint(next))
        } else {
          passing.closing
        }
      record.clocks.append(
        SLAClock(
          owner: own.owner,
          start: own.start,
          outcome: self.outcome(
            clock,
            sla,
            from: own.start,
            done: isTheirs ? work.firstTouch : .missing,
            closed: closing,
            isByDay: record.isByDay || own.isByDay,
            recordedFrom: firstContact
          ),
          wait: wait(clock, from: own.start, to: ownEnd)
        )
      )
    }
  }

  /// When waiting for a touch ended, and how.
  private func end(
    _ touch: TimePoint,
    _ closing: Closing?
  ) -> (instant: Instant?, outcome: WaitingTimes.Outcome) {
    if touch.isDated { return (history.moments(of: touch).usual, .ended) }
    guard let closing else { return (nil, .open) }
    return (closing.instant, .prevented)
  }

  /// How long something was waited for; nil when its end has no date.
  private func wait(
    _ span: ClockedSpan,
    from start: Instant,
    to end: (instant: Instant?, outcome: WaitingTimes.Outcome)
  ) -> WaitingTimes.Wait? {
    guard let instant = end.outcome == .open ? knownUntil : end.instant else { return nil }
    return WaitingTimes.Wait(
      seconds: span.seconds(from: start, to: max(start, instant)),
      outcome: end.outcome
    )
  }

  // MARK: The disposition

  /// A lead that went on was accepted by deed; one that left still wants a reason.
  private func judgeDisposition(
    _ record: SLARecord,
    _ sla: SalesSLA,
    _ span: SalesSLA.Span,
    _ passing: PassedLead,
    _ start: Moments
  ) -> SLAOutcome? {
    let clocked = ClockedSpan(
      span: span,
      clock: clocks.clock(of: record.owner, version: record.version)
    )
    guard clocked.isPossible else { return nil }
    var times: [TimePoint] = assignments.reasons(of: passing.lead).map { $0 }
    if let dispositions {
      for entry in dispositions[passing.lead] {
        // What the CRM fills in by itself says nothing until somebody changes it.
        if let reason = entry.reason, dispositions.reasons[reason].isDefault { continue }
        if entry.text.isEmpty { continue }
        // Said, but nobody knows when.
        guard entry.time.isDated else { return SLAOutcome(status: .unknown) }
        times.append(entry.time)
      }
    }
    let first = times.filter {
      let moments = history.moments(of: $0)
      return moments.latest >= start.earliest && moments.earliest.seconds < passing.span.upperBound
    }.min()
    return outcome(
      clocked,
      sla,
      from: start.usual,
      done: first ?? .missing,
      closed: passing.movedOn,
      isByDay: record.isByDay || first.map { $0.precision != .exact } == true,
      recordedFrom: firstDisposition
    )
  }

  // MARK: One promise

  private func outcome(
    _ span: ClockedSpan,
    _ sla: SalesSLA,
    from start: Instant,
    done: TimePoint,
    closed: Closing?,
    isByDay: Bool,
    recordedFrom: Instant?
  ) -> SLAOutcome {
    func result(_ status: SLAStatus, _ due: Instant?) -> SLAOutcome {
      SLAOutcome(status: status, due: due, done: done)
    }
    // Most young hand-offs are not due yet, and for those the clock runs ahead of the table.
    guard let due = span.end(after: start) else { return result(.dueLater, nil) }
    let isByDay = isByDay || (done.isDated && done.precision != .exact)
    if done.isDated {
      let moment = history.moments(of: done).usual
      if isInTime(moment, due, isByDay) { return result(.kept, due) }
    }
    if let recordedFrom, due < recordedFrom { return result(.unknown, due) }
    if let closed {
      guard let instant = closed.instant else {
        return result(done.isDated ? .keptLate : .unknown, due)
      }
      if isInTime(instant, due, isByDay || closed.time.precision != .exact) {
        return result(.closedBefore, due)
      }
    }
    if done.isDated { return result(.keptLate, due) }
    if closed != nil { return result(.closedLate, due) }
    return result(openStatus(span, sla, start, due, isByDay), due)
  }

  private func openStatus(
    _ span: ClockedSpan,
    _ sla: SalesSLA,
    _ start: Instant,
    _ due: Instant,
    _ isByDay: Bool
  ) -> SLAStatus {
    let now = history.asOf
    if isPast(due, isByDay) {
      guard due <= knownUntil else { return .unknown }
      guard let after = sla.escalateAfter else { return .breached }
      let grace = ClockedSpan(span: after, clock: span.clock)
      guard grace.isPossible else { return .breached }
      // Whether it has been done since facts end, nobody knows.
      return grace.seconds(from: due, to: knownUntil, enough: after.seconds) >= after.seconds
        ? .escalated : .breached
    }
    guard now < due else { return .dueSoon }
    let reminder =
      sla.remindBefore
      ?? SalesSLA.Span(seconds: span.span.seconds / 4, isWorkingTime: span.span.isWorkingTime)
    let ahead = ClockedSpan(span: reminder, clock: span.clock)
    let left = ahead.seconds(from: now, to: due, enough: reminder.seconds + 1)
    return left <= reminder.seconds ? .dueSoon : .dueLater
  }

  /// Whether something happened by a deadline; by whole days, not later than on its day.
  private func isInTime(_ instant: Instant, _ due: Instant, _ isByDay: Bool) -> Bool {
    guard isByDay else { return instant <= due }
    let calendar = history.agreement.calendar
    return calendar.day(of: instant) <= calendar.day(of: due)
  }

  /// Whether a deadline has passed; by whole days, its day has.
  private func isPast(_ due: Instant, _ isByDay: Bool) -> Bool {
    guard isByDay else { return due <= history.asOf }
    let calendar = history.agreement.calendar
    let next = CivilDate(dayNumber: calendar.day(of: due).dayNumber + 1)
    return calendar.instant(of: next).seconds - 1 <= history.asOf.seconds
  }
}

extension Instant {
  /// Later than anything on record.
  fileprivate static let distant = Instant(seconds: .max)
}
