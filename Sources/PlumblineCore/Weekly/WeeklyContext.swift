/// What the parts of a page for both teams share, read once.
struct WeeklyContext {
  let history: CompanyHistory
  let agreement: Agreement
  let period: WeeklyPeriod
  let records: WeeklyRecords
  let journeys: Journeys
  let work: WorkRecords
  let contacts: ContactIndex
  let clocks: PromiseClocks
  /// The episodes that were handed over, in order of leads.
  let rows: [Int]
  /// The hand-off of each such episode.
  private let handOffs: [Int: HandOff]
  /// The period from its beginning to its end, in seconds since 1970.
  let seconds: Range<Int64>

  init(_ source: EmbeddedCells, _ period: WeeklyPeriod, _ records: WeeklyRecords) throws {
    history = source.history
    agreement = source.history.agreement
    self.period = period
    self.records = records
    journeys = source.journeys(under: agreement.journeyRule)
    let everything = FunnelBuilder(agreement, source: source).question()
    work = try source.workRecords(for: everything)
    contacts = ContactIndex(history)
    clocks = PromiseClocks(history)
    seconds = period.seconds(agreement.calendar)
    var rows: [Int] = []
    var handOffs: [Int: HandOff] = [:]
    for handOff in work.handOffs {
      let row = journeys.rows(ofLead: handOff.lead).lowerBound + handOff.attempt - 1
      rows.append(row)
      handOffs[row] = handOff
    }
    self.rows = rows
    self.handOffs = handOffs
  }

  /// The hand-off of an episode of `rows`.
  func handOff(of row: Int) -> HandOff? { handOffs[row] }

  /// Whether the period was over at the history's instant.
  var isOver: Bool { seconds.upperBound <= history.asOf.seconds + 1 }

  /// Whether the data tell which leads were followed up.
  var isFollowUpRecorded: Bool { work.summary.followUpIsRecorded }

  /// The name of an owner.
  func name(ofOwner code: UInt32) -> String {
    code == 0 ? FunnelDimension.none : history.texts[.owner][code]
  }

  /// Whether a time lies in the period.
  func isInPeriod(_ time: TimePoint) -> Bool {
    time.isDated && seconds.contains(time.instant.seconds)
  }

  /// From when an episode runs until when the lead's next one begins, in seconds since 1970.
  func span(of row: Int) -> Range<Int64> {
    func beginning(_ row: Int) -> Int64? {
      let time = journeys.reached[0][row]
      return time.isDated ? time.instant.seconds : nil
    }
    let start = journeys.attempts[row] == 1 ? .min : beginning(row) ?? .min
    let hasNext = row + 1 < journeys.count && journeys.leads[row + 1] == journeys.leads[row]
    let end = hasNext ? beginning(row + 1) ?? .max : .max
    return start..<max(start, end)
  }

  /// Whether a person ever turned to a lead that was handed over: its owner at any time of the
  /// episode, anybody since the hand-off.
  func isTouched(_ handOff: HandOff, row: Int) -> Bool {
    let span = span(of: row)
    let start = history.moments(of: handOff.time)
    let isContacted = contacts.contacts(of: handOff.lead).contains { contact in
      let time = history.moments(of: contact.time)
      guard time.latest.seconds >= span.lowerBound, time.earliest.seconds < span.upperBound else {
        return false
      }
      return time.latest >= start.earliest || (contact.owner == handOff.owner && contact.owner != 0)
    }
    return isContacted
      || contacts.meetingsHeld(with: handOff.lead).contains { span.contains($0.instant.seconds) }
  }

  /// What sales said of a lead in an episode; undated words count for the last episode, and what
  /// the system filled in by itself says nothing.
  func dispositions(of handOff: HandOff, row: Int) -> [Dispositions.Entry] {
    guard let dispositions = records.dispositions else { return [] }
    let span = span(of: row)
    let isLast = span.upperBound == .max
    return dispositions[handOff.lead].filter { entry in
      if let reason = entry.reason, dispositions.reasons[reason].isDefault { return false }
      return entry.time.isDated ? span.contains(entry.time.instant.seconds) : isLast
    }
  }
}
