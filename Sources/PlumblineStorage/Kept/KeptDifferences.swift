import PlumblineCore

extension KeptHistory {
  /// What this history says otherwise than another, in a few words a column; empty when they agree.
  ///
  /// Examples of gaps may differ: any true ones will do.
  ///
  /// - Throws: What reading events and activities throws.
  func differences(from other: KeptHistory) throws -> [String] {
    var differences: [String] = []
    func compare<Value: Equatable>(_ name: String, _ own: [Value], _ others: [Value]) {
      if own.count != others.count {
        differences.append("\(name) has \(own.count) rows and not \(others.count)")
      } else if own != others {
        let rows = own.indices.filter { own[$0] != others[$0] }
        differences.append("\(name) differs in \(rows.count) rows, first in \(rows[0])")
      }
    }
    if key != other.key { differences.append("it answers for something else") }
    compare("leads.ids", leads.ids, other.leads.ids)
    compare("leads.created", leads.created, other.leads.created)
    compare("leads.channels", leads.channels, other.leads.channels)
    compare("leads.campaigns", leads.campaigns, other.leads.campaigns)
    compare("leads.segments", leads.segments, other.leads.segments)
    compare("leads.owners", leads.owners, other.leads.owners)
    compare("leads.scores", leads.scoresAtHandOff, other.leads.scoresAtHandOff)
    compare("leads.firstAttempts", leads.firstAttempts, other.leads.firstAttempts)
    compare("leads.waiting", waitingLeads, other.waitingLeads)
    compare("journeys.leads", journeys.leads, other.journeys.leads)
    compare("journeys.attempts", journeys.attempts, other.journeys.attempts)
    for (stage, (own, others)) in zip(journeys.reached, other.journeys.reached).enumerated() {
      compare("journeys.reached.\(stage)", own, others)
    }
    compare("journeys.exits", journeys.exits, other.journeys.exits)
    compare("journeys.detours", journeys.detours, other.journeys.detours)
    compare("journeys.activityCounts", journeys.activityCounts, other.journeys.activityCounts)
    compare("meetings", meetings.map(Row.init), other.meetings.map(Row.init))
    compare("deals", wonDeals.map(Row.init), other.wonDeals.map(Row.init))
    compare("spend", spend.map(Row.init), other.spend.map(Row.init))
    let (ownEvents, otherEvents) = (try events.value(), try other.events.value())
    compare("events.starts", ownEvents.starts, otherEvents.starts)
    compare("events.times", ownEvents.times, otherEvents.times)
    compare("events.codes", ownEvents.codes, otherEvents.codes)
    let (own, others) = (try humanActivities.value(), try other.humanActivities.value())
    compare("activities.counts", own.counts, others.counts)
    compare("activities.leads", own.returningLeads, others.returningLeads)
    compare("activities.starts", own.starts, others.starts)
    compare("activities.times", own.times, others.times)
    let (ownDetours, otherDetours) = (
      try repeatedDetours.value(), try other.repeatedDetours.value()
    )
    compare("detours.leads", ownDetours.leads, otherDetours.leads)
    compare("detours.times", ownDetours.times, otherDetours.times)
    compare("detours.detours", ownDetours.detours, otherDetours.detours)
    compare("gaps", notes.gaps.map(\.withoutExamples), other.notes.gaps.map(\.withoutExamples))
    var (ownNotes, otherNotes) = (notes, other.notes)
    ownNotes.gaps = []
    otherNotes.gaps = []
    // When the next fact comes of age is only a bound.
    ownNotes.tally.next = nil
    otherNotes.tally.next = nil
    compare("notes", [ownNotes], [otherNotes])
    return differences
  }

  /// A row that can be compared.
  private struct Row: Equatable {
    var values: [Int64?]

    init(_ meeting: CompanyHistory.Meeting) {
      values = [
        Int64(meeting.lead), meeting.booked.rawValue, meeting.starts.rawValue,
        Int64(meeting.outcome.rawValue),
      ]
    }

    init(_ deal: CompanyHistory.WonDeal) {
      values = [
        Int64(deal.lead), deal.closed.rawValue, deal.amount, deal.rawAmount, Int64(deal.currency),
      ]
    }

    init(_ spend: CompanyHistory.Spend) {
      values = [
        Int64(spend.channel), Int64(spend.campaign), Int64(spend.firstDay.dayNumber),
        Int64(spend.lastDay.dayNumber), spend.amount,
      ]
    }
  }
}

extension CaptureGap {
  /// The gap as a count alone.
  fileprivate var withoutExamples: CaptureGap { CaptureGap(kind, count: count, of: of) }
}
