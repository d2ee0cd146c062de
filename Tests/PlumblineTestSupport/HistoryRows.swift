public import PlumblineCore

/// A history as lines of text with names instead of codes, so that two of them can be compared
/// whatever numbered their texts.
public struct HistoryRows {
  /// The lines of all parts but gaps, in the order of leads.
  public let lines: [String]
  /// The gaps with their counts.
  public let gaps: [String]

  /// The lines of a history.
  ///
  /// - Parameters:
  ///   - history: The history.
  ///   - only: Only leads with these ids; all when nil.
  public init(_ history: CompanyHistory, leads only: Set<String>? = nil) {
    var lines: [String] = ["as of \(history.asOf.seconds)"]
    let leads = history.leads
    let isWaiting = Set(history.waitingLeads)
    let events = history.events
    let people = history.humanActivities
    func isWanted(_ lead: Int) -> Bool { only?.contains(history.id(ofLead: lead)) ?? true }
    func name(_ domain: TextDomain, _ code: UInt32) -> String { history.texts[domain][code] }
    for lead in leads.ids.indices where isWanted(lead) {
      lines.append(
        "lead \(history.id(ofLead: lead)) \(leads.created[lead].rawValue) "
          + "\(name(.channel, leads.channels[lead]))|\(name(.campaign, leads.campaigns[lead]))|"
          + "\(name(.segment, leads.segments[lead]))|\(name(.owner, leads.owners[lead]))|"
          + "\(leads.scoresAtHandOff[lead]) \(leads.firstAttempts[lead].rawValue) "
          + "\(isWaiting.contains(Int32(lead))) \(people.counts[lead])"
      )
      for place in events.range(of: lead) {
        lines.append("  \(events.codes[place].rawValue) \(events.times[place].rawValue)")
      }
    }
    for (position, lead) in people.returningLeads.enumerated() where isWanted(Int(lead)) {
      let times = people.times[people.starts[position]..<people.starts[position + 1]]
      lines.append("returning \(history.id(ofLead: Int(lead))) \(times.map(\.rawValue))")
    }
    for meeting in history.meetings where isWanted(meeting.lead) {
      lines.append(
        "meeting \(history.id(ofLead: meeting.lead)) \(meeting.booked.rawValue) "
          + "\(meeting.starts.rawValue) \(meeting.outcome)"
      )
    }
    for deal in history.wonDeals where isWanted(deal.lead) {
      lines.append(
        "won \(history.id(ofLead: deal.lead)) \(deal.closed.rawValue) "
          + "\(deal.amount ?? -1) \(deal.rawAmount ?? -1) \(name(.currency, deal.currency))"
      )
    }
    for activity in history.activities where isWanted(activity.lead) {
      lines.append(
        "activity \(history.id(ofLead: activity.lead)) \(activity.time.rawValue) "
          + "\(name(.owner, activity.owner)) \(activity.isAutomated) \(activity.isAttempt) "
          + "\(activity.isReached)"
      )
    }
    for spend in history.spend {
      lines.append(
        "spend \(name(.channel, spend.channel))|\(name(.campaign, spend.campaign)) "
          + "\(spend.firstDay) \(spend.lastDay) \(spend.amount)"
      )
    }
    for (owner, zone) in history.ownerZones.map({ (name(.owner, $0), $1) }).sorted(by: <) {
      lines.append("zone \(owner) \(zone)")
    }
    lines.append("merged \(history.mergedLeadCount)")
    self.lines = lines
    gaps = history.gaps.map {
      "\($0.kind) \($0.count) of \($0.of ?? -1) \($0.examples.joined(separator: ";"))"
    }
  }
}
