import PlumblineCore

extension KeptHistory {
  /// Puts the histories of some leads in the place of older ones.
  ///
  /// - Parameters:
  ///   - history: The leads' history, read anew from all their facts.
  ///   - journeys: Their journeys.
  ///   - targets: The number of each among all leads, ascending; new leads follow the known ones.
  mutating func replaceLeads(
    by history: CompanyHistory,
    _ journeys: JourneyColumns,
    at targets: [Int32]
  ) {
    let oldCount = leads.ids.count
    activities = nil
    replaceEvents(by: history, at: targets, oldCount: oldCount)
    replaceActivities(by: history, at: targets)
    replaceDetours(by: history, at: targets, oldCount: oldCount)
    replaceJourneys(by: journeys, at: targets, oldCount: oldCount)
    replaceObjects(by: history, at: targets, oldCount: oldCount)
    let replaced = Set(targets)
    waitingLeads =
      (waitingLeads.filter { !replaced.contains($0) }
      + history.waitingLeads.map { targets[Int($0)] }).sorted()
    replaceColumns(by: history.leads, at: targets)
  }

  private mutating func replaceColumns(by new: CompanyHistory.Leads, at targets: [Int32]) {
    func put<Value>(_ column: WritableKeyPath<CompanyHistory.Leads, [Value]>) {
      let values = new[keyPath: column]
      var old: [Value] = []
      swap(&old, &leads[keyPath: column])
      for (position, target) in targets.enumerated() {
        if Int(target) < old.count {
          old[Int(target)] = values[position]
        } else {
          old.append(values[position])
        }
      }
      swap(&old, &leads[keyPath: column])
    }
    put(\.ids)
    put(\.created)
    put(\.channels)
    put(\.campaigns)
    put(\.segments)
    put(\.owners)
    put(\.scoresAtHandOff)
    put(\.firstAttempts)
  }

  private mutating func replaceJourneys(
    by new: JourneyColumns,
    at targets: [Int32],
    oldCount: Int
  ) {
    let old = journeys.leads
    let patch = ListPatch(
      targets,
      oldLeadCount: oldCount,
      oldCount: old.count,
      oldRange: { old.range(of: Int32($0)) },
      newRange: { new.leads.range(of: Int32($0)) }
    )
    patch.apply(new.leads.map { targets[Int($0)] }, to: &journeys.leads)
    patch.apply(new.attempts, to: &journeys.attempts)
    patch.apply(new.exits, to: &journeys.exits)
    patch.apply(new.detours, to: &journeys.detours)
    patch.apply(new.activityCounts, to: &journeys.activityCounts)
    for stage in journeys.reached.indices {
      patch.apply(new.reached[stage], to: &journeys.reached[stage])
    }
  }

  private mutating func replaceObjects(
    by history: CompanyHistory,
    at targets: [Int32],
    oldCount: Int
  ) {
    func patch(_ old: [Int32], _ new: [Int32]) -> ListPatch {
      ListPatch(
        targets,
        oldLeadCount: oldCount,
        oldCount: old.count,
        oldRange: { old.range(of: Int32($0)) },
        newRange: { new.range(of: Int32($0)) }
      )
    }
    let newMeetings = history.meetings.sortedByLead()
    patch(meetings.map { Int32($0.lead) }, newMeetings.map { Int32($0.lead) }).apply(
      newMeetings.map { meeting in
        var meeting = meeting
        meeting.lead = Int(targets[meeting.lead])
        return meeting
      },
      to: &meetings
    )
    let newDeals = history.wonDeals.sortedByLead()
    patch(wonDeals.map { Int32($0.lead) }, newDeals.map { Int32($0.lead) }).apply(
      newDeals.map { deal in
        var deal = deal
        deal.lead = Int(targets[deal.lead])
        return deal
      },
      to: &wonDeals
    )
  }

  /// Events are put together when somebody asks for them.
  private mutating func replaceEvents(
    by history: CompanyHistory,
    at targets: [Int32],
    oldCount: Int
  ) {
    let (oldEvents, newEvents) = (events, history.deferredEvents)
    events = Deferred {
      let (old, new) = (try oldEvents.value(), try newEvents.value())
      let patch = ListPatch(
        targets,
        oldLeadCount: oldCount,
        oldCount: old.codes.count,
        oldRange: { old.range(of: $0) },
        newRange: { new.range(of: $0) }
      )
      var counts = (0..<oldCount).map { old.range(of: $0).count }
      for (position, target) in targets.enumerated() {
        let count = new.range(of: position).count
        if Int(target) < oldCount { counts[Int(target)] = count } else { counts.append(count) }
      }
      var (times, codes) = (old.times, old.codes)
      patch.apply(new.times, to: &times)
      patch.apply(new.codes, to: &codes)
      let starts = counts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
      return CompanyHistory.Events(listsFrom: starts, times, codes)
    }
  }

  private mutating func replaceDetours(
    by history: CompanyHistory,
    at targets: [Int32],
    oldCount: Int
  ) {
    let oldDetours = repeatedDetours
    repeatedDetours = Deferred {
      var (result, new) = (try oldDetours.value(), history.repeatedDetours)
      let (old, newLeads) = (result.leads, new.leads)
      let patch = ListPatch(
        targets,
        oldLeadCount: oldCount,
        oldCount: old.count,
        oldRange: { old.range(of: Int32($0)) },
        newRange: { newLeads.range(of: Int32($0)) }
      )
      for index in new.leads.indices { new.leads[index] = targets[Int(new.leads[index])] }
      patch.apply(new.leads, to: &result.leads)
      patch.apply(new.times, to: &result.times)
      patch.apply(new.detours, to: &result.detours)
      return result
    }
  }

  private mutating func replaceActivities(by history: CompanyHistory, at targets: [Int32]) {
    let old = humanActivities
    humanActivities = Deferred { try old.value().replacing(history.humanActivities, at: targets) }
  }
}

extension CompanyHistory.HumanActivities {
  /// The activities after those of some leads were replaced.
  fileprivate func replacing(_ new: Self, at targets: [Int32]) -> Self {
    var result = CompanyHistory.HumanActivities(leadCount: 0)
    result.counts = counts
    for (position, target) in targets.enumerated() {
      if Int(target) < counts.count {
        result.counts[Int(target)] = new.counts[position]
      } else {
        result.counts.append(new.counts[position])
      }
    }
    let replaced = Set(targets)
    var next = 0
    func appendNew(before lead: Int32) {
      while next < new.returningLeads.count {
        let target = targets[Int(new.returningLeads[next])]
        guard target < lead else { return }
        result.append(target, new.times[new.starts[next]..<new.starts[next + 1]])
        next += 1
      }
    }
    for (position, lead) in returningLeads.enumerated() where !replaced.contains(lead) {
      appendNew(before: lead)
      result.append(lead, times[starts[position]..<starts[position + 1]])
    }
    appendNew(before: .max)
    return result
  }

  private mutating func append(_ lead: Int32, _ times: ArraySlice<TimePoint>) {
    returningLeads.append(lead)
    self.times.append(contentsOf: times)
    starts.append(self.times.count)
  }
}

/// Something that belongs to a lead.
protocol OfLead {
  /// The lead's dense number.
  var lead: Int { get }
}

extension CompanyHistory.Meeting: OfLead {}
extension CompanyHistory.WonDeal: OfLead {}

extension Array where Element: OfLead {
  /// The elements in the order of leads; those of one lead in the order they were in.
  func sortedByLead() -> [Element] {
    var isSorted = true
    for index in indices.dropFirst() where self[index].lead < self[index - 1].lead {
      isSorted = false
      break
    }
    if isSorted { return self }
    return enumerated().sorted {
      ($0.element.lead, $0.offset) < ($1.element.lead, $1.offset)
    }.map(\.element)
  }
}
