/// What people did for a lead that was handed over.
struct LeadWork {
  /// The first human touch, not before the hand-off; `missing` where there was none.
  private(set) var firstTouch = TimePoint.missing
  /// When people tried to reach it since the hand-off, by time.
  private(set) var attempts: [TimePoint] = []
  /// When it was first reached; `missing` where it was not.
  private(set) var reached = TimePoint.missing
  /// Whether a touch is known to the day only.
  private(set) var isByDay = false

  /// What was done within an episode.
  ///
  /// Before the hand-off only its own owner's attempts count: a lead that its owner is in touch with
  /// already needs no first touch.
  init(
    _ lead: PassedLead,
    _ start: Moments,
    _ owner: UInt32,
    _ contacts: ContactIndex,
    _ history: CompanyHistory
  ) {
    for contact in contacts.contacts(of: lead.lead) {
      let time = history.moments(of: contact.time)
      guard time.latest.seconds >= lead.span.lowerBound else { continue }
      guard time.earliest.seconds < lead.span.upperBound else { continue }
      let isBefore = time.latest < start.earliest
      if isBefore, contact.owner != owner || owner == 0 { continue }
      // A touch before the hand-off ends the wait as the hand-off begins it.
      let counted =
        isBefore ? TimePoint(start.usual, precision: contact.time.precision) : contact.time
      if !firstTouch.isPresent {
        firstTouch = counted
        isByDay = contact.time.precision != .exact
      }
      if contact.isReached { reached = min(reached, counted) }
      if !isBefore { attempts.append(contact.time) }
    }
    for meeting in contacts.meetingsHeld(with: lead.lead) {
      let time = history.moments(of: meeting)
      guard time.latest.seconds >= lead.span.lowerBound,
        time.earliest.seconds < lead.span.upperBound
      else { continue }
      let isBefore = time.latest < start.earliest
      reached = min(reached, isBefore ? TimePoint(start.usual) : meeting)
    }
  }

  /// When it was tried so often, or reached.
  func doneTrying(_ count: Int) -> TimePoint {
    count <= attempts.count && count > 0 ? min(reached, attempts[count - 1]) : reached
  }
}

/// Who had a lead from its hand-off on.
struct OwnerSpans {
  struct Span {
    var owner: UInt32
    var start: Instant
    /// Whether the start was seen between two exports, or is known to the day only.
    var isByDay = false
  }

  /// From the hand-off on, in order of time; never empty.
  ///
  /// The first has no owner, 0, while the lead
  /// is nobody's.
  private(set) var spans: [Span]
  /// Whether times of assignment are on record.
  let isOnRecord: Bool

  init(
    _ assignments: [LeadAssignments.Assignment],
    recorded: UInt32,
    handOff: Instant
  ) {
    isOnRecord = !assignments.isEmpty
    guard isOnRecord else {
      spans = [Span(owner: recorded, start: handOff)]
      return
    }
    let before = assignments.last { !$0.time.isDated || $0.time.instant <= handOff }
    spans = [Span(owner: before?.owner ?? 0, start: handOff)]
    for next in assignments where next.time.isDated && next.time.instant > handOff {
      spans.append(
        Span(
          owner: next.owner,
          start: next.time.instant,
          isByDay: next.time.precision != .exact
        )
      )
    }
  }

  /// The first who had it, 0 when nobody ever did.
  var firstOwner: UInt32 { spans.first { $0.owner != 0 }?.owner ?? 0 }

  /// When somebody first had it since the hand-off; nil when nobody did.
  var assigned: Instant? { spans.first { $0.owner != 0 }?.start }
}
