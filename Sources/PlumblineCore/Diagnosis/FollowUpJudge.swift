/// Judges whether leads were followed up as agreed.
///
/// A lead is followed up when somebody turned to it by the deadline, and either reached it or tried
/// as often as agreed. It is judged at one moment, when the last of the agreed spans is over: what
/// happens after that must not decide to which group a lead belongs (Anderson, Cain & Gelber 1983,
/// "landmark").
///
/// By which promise, and by whose working hours, is said by the version of the agreement that was in
/// force at the hand-off.
struct FollowUpJudge {
  /// What one version promised.
  private struct Promise {
    var sla: SalesSLA
    /// The days for attempts, never more than those within which a lead is to be won.
    var daysForAttempts: Int
    var clocks: OwnerClocks
  }

  private let history: CompanyHistory
  private let contacts: ContactIndex
  private let timeline: AgreementTimeline
  /// One entry a version; nil where it promised nothing that can be judged.
  private let promises: [Promise?]
  /// Owners whose records name a time zone that does not exist.
  let ownersWithUnknownZone: Int

  /// Whether any version of an agreement made a promise by which a follow-up can be judged.
  static func canJudge(under agreement: Agreement) -> Bool {
    sla(of: agreement) != nil || agreement.earlier.contains { sla(of: $0) != nil }
  }

  /// What a version of an agreement promises, if a follow-up can be judged by it.
  static func sla(of agreement: Agreement) -> SalesSLA? {
    guard let sla = agreement.salesSLA, sla.isJudgeable else { return nil }
    let needsWorkingTime = [sla.firstTouch?.usual, sla.firstTouch?.hot].contains {
      $0?.isWorkingTime == true
    }
    return needsWorkingTime && agreement.workingTime.isEmpty ? nil : sla
  }

  /// A judge for some leads.
  ///
  /// - Parameters:
  ///   - history: What happened.
  ///   - contacts: What people did.
  ///   - horizonInDays: The days within which a lead is to be won.
  ///   - firstHandOff: The earliest hand-off, where the clocks' tables begin.
  init(
    _ history: CompanyHistory,
    _ contacts: ContactIndex,
    horizonInDays: Int,
    firstHandOff: Instant
  ) {
    self.history = history
    self.contacts = contacts
    timeline = AgreementTimeline(history.agreement)
    let clocks = VersionedClocks(timeline.versions, history, first: firstHandOff)
    ownersWithUnknownZone = clocks.ownersWithUnknownZone
    promises = timeline.versions.enumerated().map { index, version in
      guard let sla = Self.sla(of: version) else { return nil }
      return Promise(
        sla: sla,
        daysForAttempts: min(sla.attempts?.withinDays ?? 0, horizonInDays),
        clocks: clocks[index]
      )
    }
  }

  private func promise(for handOff: HandOff) -> Promise? {
    promises[timeline.index(at: handOff.time)]
  }

  /// Whether somebody had promised how such a lead is followed up when it was handed off.
  func isPromised(_ handOff: HandOff) -> Bool { promise(for: handOff) != nil }

  /// What was done for a lead.
  ///
  /// Before the hand-off only its own owner's attempts count: a lead that its owner is in touch
  /// with already needs no first touch.
  ///
  /// - Parameters:
  ///   - handOff: A hand-off with a date.
  ///   - episode: From when the episode runs until when the next begins.
  /// - Returns: Nil while the deadline has not passed, or if it never does, or if there was no
  ///   promise.
  func judge(_ handOff: HandOff, during episode: Range<Int64>) -> FollowUp? {
    guard let promise = promise(for: handOff) else { return nil }
    let start = history.moments(of: handOff.time)
    guard let due = deadlines(of: handOff, start, promise), due.usual <= history.asOf else {
      return nil
    }
    // When the last of the agreed spans is over.
    let landmark = max(due.usual, endOfAttempts(start, promise))
    var followUp = FollowUp(deadline: due.usual)
    followUp.isByDay = handOff.time.precision != .exact
    var touched = Promptness()
    for contact in contacts.contacts(of: handOff.lead) {
      let time = history.moments(of: contact.time)
      guard time.latest.seconds >= episode.lowerBound else { continue }
      // Not the last of them: what was seen between two exports may be a week older than it looks.
      guard time.earliest.seconds < episode.upperBound else { continue }
      let isBefore = time.latest < start.earliest
      if isBefore, contact.owner != handOff.owner || contact.owner == 0 { continue }
      let isByDay = contact.time.precision != .exact || handOff.time.precision != .exact
      touched.note(
        isInTime: isBefore || isInTime(time, due.usual, isByDay),
        isSurely: isBefore || time.latest <= due.earliest,
        isPossibly: isBefore || time.earliest <= due.latest
      )
      guard isInTime(time, landmark, isByDay) else { continue }
      let isAttempt = !isBefore && isWithinDaysForAttempts(time, start, isByDay, promise)
      followUp.note(contact, isAttempt: isAttempt, isByDay: isByDay)
    }
    followUp.isReached = followUp.isReached || isMet(handOff.lead, by: landmark, episode)
    decide(&followUp, touched, promise.sla, isOver: landmark <= history.asOf)
    return followUp
  }

  private func decide(
    _ followUp: inout FollowUp,
    _ touched: Promptness,
    _ sla: SalesSLA,
    isOver: Bool
  ) {
    let isTriedEnough = followUp.isReached || followUp.attempts >= sla.attempts?.count ?? 0
    if sla.firstTouch == nil {
      followUp.isMetAtDeadline = isTriedEnough
    } else {
      followUp.isMetAtDeadline = touched.isInTime
      followUp.couldBeEither = touched.couldBeEither
      followUp.isByDay = followUp.isByDay || touched.couldBeEither
    }
    if isOver { followUp.isMet = followUp.isMetAtDeadline && isTriedEnough }
  }

  /// Whether the deadline that week by week is watched has passed; by whole days, the day has.
  func isDue(_ followUp: FollowUp) -> Bool {
    guard followUp.isByDay else { return followUp.deadline <= history.asOf }
    let calendar = history.agreement.calendar
    let next = CivilDate(dayNumber: calendar.day(of: followUp.deadline).dayNumber + 1)
    return calendar.instant(of: next).seconds - 1 <= history.asOf.seconds
  }

  // MARK: Times

  /// Nil while the usual deadline has surely not passed, or if it never does.
  private func deadlines(
    of handOff: HandOff,
    _ start: Moments,
    _ promise: Promise
  ) -> Moments? {
    guard let touch = promise.sla.firstTouch else {
      return start.mapped { $0.advanced(bySeconds: Int64(promise.daysForAttempts) * 86_400) }
    }
    let span = touch.span(forScore: handOff.score)
    guard span.isWorkingTime else {
      return start.mapped { $0.advanced(bySeconds: span.seconds) }
    }
    let clock = promise.clocks.clock(of: handOff.owner)
    // Most young hand-offs are not due yet; the clock need not run past today to know it.
    guard start.usual <= history.asOf,
      clock.workingSeconds(from: start.usual, to: history.asOf, enough: span.seconds)
        >= span.seconds
    else { return nil }
    return start.mapped { clock.deadline(after: $0, workingSeconds: span.seconds) }
  }

  private func endOfAttempts(_ start: Moments, _ promise: Promise) -> Instant {
    start.usual.advanced(bySeconds: Int64(promise.daysForAttempts) * 86_400)
  }

  /// Whether something happened by a deadline; by whole days, not later than on its day.
  private func isInTime(_ time: Moments, _ deadline: Instant, _ isByDay: Bool) -> Bool {
    guard isByDay else { return time.usual <= deadline }
    let calendar = history.agreement.calendar
    return calendar.day(of: time.usual) <= calendar.day(of: deadline)
  }

  private func isWithinDaysForAttempts(
    _ time: Moments,
    _ start: Moments,
    _ isByDay: Bool,
    _ promise: Promise
  ) -> Bool {
    promise.sla.attempts == nil || isInTime(time, endOfAttempts(start, promise), isByDay)
  }

  /// Whether a meeting with the lead was held by a moment.
  private func isMet(_ lead: Int, by landmark: Instant, _ episode: Range<Int64>) -> Bool {
    contacts.meetingsHeld(with: lead).contains { start in
      let time = history.moments(of: start)
      return time.latest.seconds >= episode.lowerBound
        && time.earliest.seconds < episode.upperBound
        && isInTime(time, landmark, start.precision != .exact)
    }
  }
}

extension FollowUp {
  /// Takes in one attempt to reach the lead.
  fileprivate mutating func note(_ contact: ContactIndex.Contact, isAttempt: Bool, isByDay: Bool) {
    if !firstTouch.isPresent {
      firstTouch = contact.time
      self.isByDay = self.isByDay || isByDay
    }
    if contact.isReached { isReached = true }
    if isAttempt { attempts += 1 }
  }
}

/// Whether a lead was touched in time, and how sure that is.
private struct Promptness {
  var isInTime = false
  var isSurely = false
  var isPossibly = false

  mutating func note(isInTime: Bool, isSurely: Bool, isPossibly: Bool) {
    self.isInTime = self.isInTime || isInTime
    self.isSurely = self.isSurely || isSurely
    self.isPossibly = self.isPossibly || isPossibly
  }

  var couldBeEither: Bool { isPossibly && !isSurely }
}
