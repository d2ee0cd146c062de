extension HistoryReader {
  /// Counts activities and finds each lead's first attempt; the activities themselves are read when
  /// somebody asks for them.
  mutating func readActivities() throws {
    let facts = facts
    var tally = ActivityTally(history)
    var words = AttemptWords(texts[.other])
    var total = 0
    try facts.forEachPiece(of: .activity) { table in
      let (leads, times, automated) = (table["lead"], table["at"], table["automated"])
      let kinds = table["kind"]
      tally.open { tally in
        for row in 0..<table.rowCount {
          guard let lead = register.number(of: leads[row]) else {
            gaps.note(.activityWithoutLead)
            continue
          }
          var time = time(times[row])
          if !time.isPresent { time = .undated }
          guard counts(time, lead), automated[row] != 1 else { continue }
          tally.add(lead, time, isAttempt: time.isDated && words.isAttempt(kinds[row]))
        }
      }
      total += table.rowCount
    }
    gaps.setTotal(.activityWithoutLead, total)
    history.leads.firstAttempts = tally.firstAttempts
    history.deferredHumanActivities = Deferred(tally.people())
    let loader = ActivityLoader(
      facts: facts.keeping(.activity),
      register: register,
      lastTime: lastTime,
      calendar: agreement.calendar
    )
    history.deferredActivities = Deferred { try loader.activities() }
  }

  mutating func readTouches() throws {
    let facts = facts
    var total = 0
    try facts.forEachPiece(of: .touch) { table in
      for lead in table["lead"] where register.number(of: lead) == nil {
        gaps.note(.touchWithoutLead)
      }
      total += table.rowCount
    }
    gaps.setTotal(.touchWithoutLead, total)
  }
}

/// What people did for each lead, while activities stream by.
private struct ActivityTally {
  /// All that an activity touches of its lead, side by side in memory.
  fileprivate struct Lead {
    let created: TimePoint
    var firstAttempt = TimePoint.missing
    var count: Int32 = 0
    /// The position among the leads that may come back, or -1.
    var position: Int32
  }

  /// The tally while a piece is added.
  struct Opened: ~Copyable {
    fileprivate let leads: UnsafeMutableBufferPointer<Lead>
    fileprivate var times: ReturningTimes
    fileprivate let calendar: LocalCalendar

    /// Counts what a person did.
    @inline(__always)
    mutating func add(_ lead: Int, _ time: TimePoint, isAttempt: Bool) {
      leads[lead].count += 1
      let position = leads[lead].position
      if position >= 0 { times.add(position, time) }
      guard isAttempt, time < leads[lead].firstAttempt else { return }
      let created = leads[lead].created
      if !created.isDated || time >= created {
        leads[lead].firstAttempt = time
      } else if time.precision != .exact || created.precision != .exact {
        addImprecise(lead, time, created)
      }
    }

    /// An attempt on the day on which a lead came into being, where only the day of one of the two
    /// is known, is not before the lead.
    private func addImprecise(_ lead: Int, _ time: TimePoint, _ created: TimePoint) {
      guard calendar.day(of: time.instant) == calendar.day(of: created.instant) else { return }
      leads[lead].firstAttempt = min(
        leads[lead].firstAttempt,
        TimePoint(created.instant, precision: time.precision)
      )
    }
  }

  private var leads: [Lead]
  private var times = ReturningTimes()
  private let returning: [Int32]
  private let calendar: LocalCalendar

  init(_ history: CompanyHistory) {
    let events = history.events
    returning = history.leads.created.indices.filter(events.mayReturn).map(Int32.init)
    leads = history.leads.created.map { Lead(created: $0, position: -1) }
    for (position, lead) in returning.enumerated() { leads[Int(lead)].position = Int32(position) }
    calendar = history.agreement.calendar
  }

  /// Calls `body` with the tally open for many additions.
  mutating func open(_ body: (inout Opened) -> Void) {
    let (times, calendar) = (self.times, calendar)
    self.times = ReturningTimes()
    self.times = leads.withUnsafeMutableBufferPointer { leads in
      var opened = Opened(leads: leads, times: times, calendar: calendar)
      body(&opened)
      return opened.times
    }
  }

  var firstAttempts: [TimePoint] { leads.map(\.firstAttempt) }

  func people() -> CompanyHistory.HumanActivities {
    var people = CompanyHistory.HumanActivities(leadCount: 0)
    people.counts = leads.map(\.count)
    people.returningLeads = returning
    (people.starts, people.times) = times.lists(returning.count)
    return people
  }
}

/// Which kinds of activity are attempts, each word looked at once.
private struct AttemptWords {
  private let texts: TextDictionary
  private var known = CodeMap()

  init(_ texts: TextDictionary) { self.texts = texts }

  @inline(__always)
  mutating func isAttempt(_ kind: Int64) -> Bool {
    if let known = known[kind] { return known == 1 }
    let isAttempt = ActivityWords.isAttempt(kind: texts[UInt32(kind)])
    known[kind] = isAttempt ? 1 : 0
    return isAttempt
  }
}

/// Reads the activities of a history.
struct ActivityLoader: Sendable {
  let facts: HistoryFacts
  let register: LeadRegister
  let lastTime: Int64
  let calendar: LocalCalendar

  func activities() throws -> CompanyHistory.Activities {
    var activities = CompanyHistory.Activities()
    var meanings = ActivityMeanings(facts.ledger.texts[.other])
    var days = DayRebaser(calendar)
    try facts.forEachPiece(of: .activity) { table in
      let (leads, times, automated) = (table["lead"], table["at"], table["automated"])
      let (owners, kinds, outcomes) = (table["owner"], table["kind"], table["outcome"])
      for row in 0..<table.rowCount {
        guard let lead = register.number(of: leads[row]) else { continue }
        let time = days.rebased(times[row])
        guard time.rawValue <= lastTime || !time.isPresent else { continue }
        var marks = meanings.marks(kind: kinds[row], outcome: outcomes[row])
        if automated[row] == 1 { marks.insert(.automated) }
        activities.leads.append(Int32(lead))
        activities.times.append(time)
        activities.owners.append(UInt32(owners[row]))
        activities.marks.append(marks)
      }
    }
    return activities
  }
}

/// What activities' words mean, each pair of words looked at once.
private struct ActivityMeanings {
  private let texts: TextDictionary
  private var known: [UInt64: CompanyHistory.Activities.Marks] = [:]
  private var newest: (key: UInt64, marks: CompanyHistory.Activities.Marks)?

  init(_ texts: TextDictionary) { self.texts = texts }

  mutating func marks(kind: Int64, outcome: Int64) -> CompanyHistory.Activities.Marks {
    let key = UInt64(kind) << 32 | UInt64(outcome)
    if let newest, newest.key == key { return newest.marks }
    let marks = known[key] ?? read(UInt32(kind), UInt32(outcome))
    known[key] = marks
    newest = (key, marks)
    return marks
  }

  private func read(_ kind: UInt32, _ outcome: UInt32) -> CompanyHistory.Activities.Marks {
    let (kind, outcome) = (texts[kind], texts[outcome])
    var marks: CompanyHistory.Activities.Marks = []
    if ActivityWords.isAttempt(kind: kind) { marks.insert(.attempt) }
    if ActivityWords.isReached(outcome: outcome, kind: kind) { marks.insert(.reached) }
    return marks
  }
}
