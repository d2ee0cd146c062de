import PlumblineCore

/// A company's history and the journeys of its agreement's rule, as a file can hold them.
///
/// Events and counts of people's activities are read when somebody asks for them.
struct KeptHistory: Sendable {
  /// The episodes as columns, see `Journeys`.
  struct JourneyColumns: Equatable, Sendable {
    var leads: [Int32] = []
    var attempts: [UInt16] = []
    var reached: [[TimePoint]] = []
    var exits: [TimePoint] = []
    var detours: [UInt16] = []
    var activityCounts: [Int32] = []

    /// No episodes.
    init() {}

    /// The columns of journeys.
    init(_ journeys: Journeys) {
      leads = journeys.leads
      attempts = journeys.attempts
      reached = journeys.reached
      exits = journeys.exits
      detours = journeys.detours
      activityCounts = journeys.activityCounts
    }

    /// The journeys that these columns hold; nil when they do not fit together.
    func journeys(_ rule: JourneyRule, leadCount: Int, detourCount: Int) -> Journeys? {
      Journeys(
        rule: rule,
        leadCount: leadCount,
        detourCount: detourCount,
        leads: leads,
        attempts: attempts,
        reached: reached,
        exits: exits,
        detours: detours,
        activityCounts: Deferred(activityCounts)
      )
    }
  }

  /// The small rest, stored as JSON.
  struct Notes: Codable, Equatable, Sendable {
    /// The time zones of owners, by their code.
    var ownerZones: [UInt32: String] = [:]
    /// What nobody recorded.
    var gaps: [CaptureGap] = []
    /// How many leads were merged into another.
    var mergedLeadCount = 0
    /// How many texts the store's dictionary of channels had.
    var channelCount = 1
    /// The agreed names that the store's dictionary did not hold, with the codes from there on.
    var agreedChannels: [String] = []
    /// How many facts there are, and what the default instant follows from.
    var tally = FactTally()
  }

  /// How many leads a part of a file has, the last one fewer: so few that what is read of them
  /// stays near the processor, so many that their columns pack well.
  static let usualLeadsPerPart = 1 << 16

  /// What all this answers for.
  var key: KeptKey
  var leads = CompanyHistory.Leads.none
  var meetings: [CompanyHistory.Meeting] = []
  var wonDeals: [CompanyHistory.WonDeal] = []
  var spend: [CompanyHistory.Spend] = []
  var waitingLeads: [Int32] = []
  var journeys = JourneyColumns()
  var notes = Notes()
  var events = Deferred(CompanyHistory.Events.none)
  var humanActivities = Deferred(CompanyHistory.HumanActivities(leadCount: 0))
  var repeatedDetours = Deferred(CompanyHistory.RepeatedDetours())
  /// All activities, where they are at hand; a file does not hold them.
  var activities: Deferred<CompanyHistory.Activities>?
}

extension KeptHistory {
  /// What a file would hold of a history.
  ///
  /// Meetings and deals are kept in the order of leads.
  init(
    _ history: CompanyHistory,
    _ journeys: Journeys,
    _ key: KeptKey,
    _ tally: FactTally,
    _ texts: KeptTexts
  ) {
    self.key = key
    leads = history.leads
    meetings = history.meetings.sortedByLead()
    wonDeals = history.wonDeals.sortedByLead()
    spend = history.spend
    waitingLeads = history.waitingLeads
    self.journeys = JourneyColumns(journeys)
    notes.ownerZones = history.ownerZones
    notes.gaps = history.gaps
    notes.mergedLeadCount = history.mergedLeadCount
    notes.tally = tally
    events = history.deferredEvents
    humanActivities = Deferred { history.humanActivities }
    repeatedDetours = Deferred {
      try history.load([.repeatedDetours])
      return history.repeatedDetours
    }
    activities = history.deferredActivities
    noteChannels(texts)
  }

  /// The history that this stands for, without events and activities.
  func unreadHistory(under agreement: Agreement, _ texts: KeptTexts) -> CompanyHistory {
    var history = CompanyHistory(
      agreement: agreement,
      asOf: Instant(seconds: key.asOf),
      texts: texts.agreed
    )
    history.leads = leads
    history.ownerZones = notes.ownerZones
    history.meetings = meetings
    history.wonDeals = wonDeals
    history.spend = spend
    history.gaps = notes.gaps
    history.mergedLeadCount = notes.mergedLeadCount
    history.waitingLeads = waitingLeads
    return history
  }

  /// The journeys that this holds.
  ///
  /// - Throws: `KeptProblem.damagedSection` when their columns do not fit together.
  func keptJourneys(under agreement: Agreement) throws -> Journeys {
    let journeys = journeys.journeys(
      key.rule,
      leadCount: leads.ids.count,
      detourCount: agreement.detours.count
    )
    guard let journeys else { throw KeptProblem.damagedSection("journeys") }
    return journeys
  }
}
