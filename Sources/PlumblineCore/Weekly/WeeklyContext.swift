/// What the parts of a page for both teams share, read once.
struct WeeklyContext {
  /// One lead handed over: how its promises stand, and where it is in the journeys.
  struct Passed {
    var row: Int
    var record: SLARecord
  }

  let history: CompanyHistory
  let agreement: Agreement
  private(set) var period: WeeklyPeriod
  let records: WeeklyRecords
  let journeys: Journeys
  let work: WorkRecords
  let contacts: ContactIndex
  /// The promises, judged as `plumbline sla` judges them.
  let sla: SLAAnswer
  /// Every hand-off, in order of leads.
  let passed: [Passed]
  /// The period from its beginning to its end, in seconds since 1970.
  private(set) var seconds: Range<Int64>

  init(_ source: EmbeddedCells, _ period: WeeklyPeriod, _ records: WeeklyRecords) throws {
    history = source.history
    agreement = source.history.agreement
    self.period = period
    self.records = records
    journeys = source.journeys(under: agreement.journeyRule)
    let everything = FunnelBuilder(agreement, source: source).question()
    work = try source.workRecords(for: everything)
    contacts = ContactIndex(history)
    seconds = period.seconds(agreement.calendar)
    let builder = SLABuilder(
      source,
      dispositions: records.dispositions,
      attributes: records.attributes,
      assignments: records.assignments
    )
    sla = builder.answer()
    let judged = sla.sales?.records ?? Self.handOffs(history, journeys)
    passed = judged.map { [journeys] record in
      // A lead's episodes are numbered from 1 on and stand in this order.
      let row = journeys.rows(ofLead: record.lead).lowerBound + record.episode - 1
      return Passed(row: row, record: record)
    }
  }

  /// The same for another period, without reading anything anew.
  func over(_ period: WeeklyPeriod) -> WeeklyContext {
    var other = self
    other.period = period
    other.seconds = period.seconds(agreement.calendar)
    return other
  }

  /// Whether the period was over at the history's instant.
  var isOver: Bool { seconds.upperBound <= history.asOf.seconds + 1 }

  /// Whether it can be told of any lead whether it was followed up as agreed.
  var isFollowUpJudged: Bool {
    passed.contains { $0.record.firstTouch != nil || $0.record.attempts != nil }
  }

  /// The name of an owner.
  func name(ofOwner code: UInt32) -> String {
    code == 0 ? FunnelDimension.none : history.texts[.owner][code]
  }

  /// Whether a time lies in the period.
  func isInPeriod(_ time: TimePoint) -> Bool {
    time.isDated && seconds.contains(time.instant.seconds)
  }

  /// What sales said of a lead in an episode; undated words count for the last episode, and what
  /// the system filled in by itself says nothing.
  func dispositions(of passed: Passed) -> [Dispositions.Entry] {
    guard let dispositions = records.dispositions else { return [] }
    let span = PassedLead(journeys, row: passed.row, stage: agreement.handOffStage).span
    return dispositions[passed.record.lead].filter { entry in
      if let reason = entry.reason, dispositions.reasons[reason].isDefault { return false }
      return entry.time.isDated
        ? span.contains(entry.time.instant.seconds) : span.upperBound == .max
    }
  }

  /// The hand-offs where sales promised nothing.
  private static func handOffs(_ history: CompanyHistory, _ journeys: Journeys) -> [SLARecord] {
    let entries = journeys.reached[history.agreement.handOffStage]
    return journeys.leads.indices.filter { entries[$0].isPresent }.map { row in
      let lead = Int(journeys.leads[row])
      return SLARecord(
        lead: lead,
        episode: Int(journeys.attempts[row]),
        handOff: entries[row],
        channel: history.leads.channels[lead],
        owner: history.leads.owners[lead]
      )
    }
  }
}
