import PlumblineCore

/// The leads of a patch that are put into a history, and their places there.
private struct PlacedLeads: Sendable {
  /// Which leads of the patch, by their numbers in it.
  let range: Range<Int>
  /// The number of each among the leads of the history, ascending; new leads follow the known ones.
  let targets: [Int32]

  /// The number among the leads of the history of a lead of the patch; 0 for one that is not put in.
  func target(of lead: Int32) -> Int32 {
    range.contains(Int(lead)) ? targets[Int(lead) - range.lowerBound] : 0
  }

  /// How the lists of these leads take the place of older ones.
  ///
  /// - Parameters:
  ///   - oldLeadCount: How many leads the history had.
  ///   - oldCount: How many elements all old lists have.
  ///   - oldRange: Where an old list stands, by the lead's number in the history.
  ///   - newRange: Where a new list stands, by the lead's number in the patch.
  /// - Returns: What to apply to the columns of the lists.
  func patch(
    oldLeadCount: Int,
    oldCount: Int,
    oldRange: (Int) -> Range<Int>,
    newRange: (Int) -> Range<Int>
  ) -> ListPatch {
    ListPatch(
      targets,
      oldLeadCount: oldLeadCount,
      oldCount: oldCount,
      oldRange: oldRange,
      newRange: { newRange(range.lowerBound + $0) }
    )
  }

  /// The same for lists whose elements name their leads, in the order of leads.
  func patch(oldLeadCount: Int, _ old: [Int32], _ new: [Int32]) -> ListPatch {
    patch(
      oldLeadCount: oldLeadCount,
      oldCount: old.count,
      oldRange: { old.range(of: Int32($0)) },
      newRange: { new.range(of: Int32($0)) }
    )
  }

  /// Puts what belongs to these leads in the place of what was theirs; both in the order of leads.
  func replace<Element: OfLead>(
    _ old: inout [Element],
    by new: [Element],
    oldLeadCount: Int
  ) {
    let leads = (old.map { Int32($0.lead) }, new.map { Int32($0.lead) })
    let placed = new.map { element in
      var element = element
      element.lead = Int(target(of: Int32(element.lead)))
      return element
    }
    patch(oldLeadCount: oldLeadCount, leads.0, leads.1).apply(placed, to: &old)
  }
}

extension KeptHistory {
  /// Puts a patch into the whole history that it was made for.
  mutating func put(_ patch: HistoryPatch) {
    put(patch, fromLead: 0, isLast: true)
    putCompanywide(patch)
  }

  /// Puts in what a patch says of the whole company.
  mutating func putCompanywide(_ patch: HistoryPatch) {
    (key, notes, spend) = (patch.history.key, patch.history.notes, patch.history.spend)
  }

  /// Puts in what a patch says of the leads of this history.
  ///
  /// - Parameters:
  ///   - patch: The patch.
  ///   - first: The number of the first lead of this history among all.
  ///   - isLast: Whether it holds the last leads of all: new ones come behind them.
  mutating func put(_ patch: HistoryPatch, fromLead first: Int, isLast: Bool) {
    let end = Int32(first + leads.ids.count)
    let lower = patch.targets.firstPosition { $0 >= Int32(first) }
    let upper = isLast ? patch.targets.count : patch.targets.firstPosition { $0 >= end }
    let placed = PlacedLeads(
      range: lower..<upper,
      targets: patch.targets[lower..<upper].map { $0 - Int32(first) }
    )
    guard !placed.range.isEmpty else { return }
    replaceLeads(by: patch.history, placed)
  }

  private mutating func replaceLeads(by new: KeptHistory, _ placed: PlacedLeads) {
    let oldCount = leads.ids.count
    activities = nil
    replaceEvents(by: new, placed, oldCount: oldCount)
    replaceActivities(by: new, placed)
    replaceDetours(by: new, placed, oldCount: oldCount)
    replaceJourneys(by: new.journeys, placed, oldCount: oldCount)
    replaceObjects(by: new, placed, oldCount: oldCount)
    let replaced = Set(placed.targets)
    waitingLeads =
      (waitingLeads.filter { !replaced.contains($0) }
      + new.waitingLeads.filter { placed.range.contains(Int($0)) }.map(placed.target(of:))).sorted()
    replaceColumns(by: new.leads, placed)
  }

  private mutating func replaceColumns(by new: CompanyHistory.Leads, _ placed: PlacedLeads) {
    func put<Value>(_ column: WritableKeyPath<CompanyHistory.Leads, [Value]>) {
      leads[keyPath: column].replace(by: new[keyPath: column][placed.range], at: placed.targets)
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
    _ placed: PlacedLeads,
    oldCount: Int
  ) {
    // Journeys are read apart from leads, and need not be there.
    guard !journeys.reached.isEmpty else { return }
    let patch = placed.patch(oldLeadCount: oldCount, journeys.leads, new.leads)
    patch.apply(new.leads.map(placed.target(of:)), to: &journeys.leads)
    patch.apply(new.attempts, to: &journeys.attempts)
    patch.apply(new.exits, to: &journeys.exits)
    patch.apply(new.detours, to: &journeys.detours)
    patch.apply(new.activityCounts, to: &journeys.activityCounts)
    for stage in journeys.reached.indices {
      patch.apply(new.reached[stage], to: &journeys.reached[stage])
    }
  }

  private mutating func replaceObjects(
    by new: KeptHistory,
    _ placed: PlacedLeads,
    oldCount: Int
  ) {
    placed.replace(&meetings, by: new.meetings, oldLeadCount: oldCount)
    placed.replace(&wonDeals, by: new.wonDeals, oldLeadCount: oldCount)
  }

  /// Events are put together when somebody asks for them.
  private mutating func replaceEvents(
    by new: KeptHistory,
    _ placed: PlacedLeads,
    oldCount: Int
  ) {
    let (oldEvents, newEvents) = (events, new.events)
    events = Deferred {
      let (old, new) = (try oldEvents.value(), try newEvents.value())
      let patch = placed.patch(
        oldLeadCount: oldCount,
        oldCount: old.codes.count,
        oldRange: { old.range(of: $0) },
        newRange: { new.range(of: $0) }
      )
      let newCounts = placed.range.map { new.range(of: $0).count }
      var counts = (0..<oldCount).map { old.range(of: $0).count }
      counts.replace(by: newCounts, at: placed.targets)
      var (times, codes) = (old.times, old.codes)
      patch.apply(new.times, to: &times)
      patch.apply(new.codes, to: &codes)
      let starts = counts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
      return CompanyHistory.Events(listsFrom: starts, times, codes)
    }
  }

  private mutating func replaceDetours(
    by new: KeptHistory,
    _ placed: PlacedLeads,
    oldCount: Int
  ) {
    let (oldDetours, newDetours) = (repeatedDetours, new.repeatedDetours)
    repeatedDetours = Deferred {
      var (result, new) = (try oldDetours.value(), try newDetours.value())
      let patch = placed.patch(oldLeadCount: oldCount, result.leads, new.leads)
      for index in new.leads.indices { new.leads[index] = placed.target(of: new.leads[index]) }
      patch.apply(new.leads, to: &result.leads)
      patch.apply(new.times, to: &result.times)
      patch.apply(new.detours, to: &result.detours)
      return result
    }
  }

  private mutating func replaceActivities(by new: KeptHistory, _ placed: PlacedLeads) {
    let (old, new) = (humanActivities, new.humanActivities)
    humanActivities = Deferred { try old.value().replacing(try new.value(), placed) }
  }
}

extension Array {
  /// Puts others in the place of some elements.
  ///
  /// - Parameters:
  ///   - new: The others.
  ///   - targets: Where each goes, ascending; those behind the last element are appended.
  mutating func replace(by new: some Sequence<Element>, at targets: some Sequence<Int32>) {
    let count = count
    for (element, target) in zip(new, targets) {
      if Int(target) < count { self[Int(target)] = element } else { append(element) }
    }
  }
}

extension CompanyHistory.HumanActivities {
  /// The activities after those of some leads were replaced.
  fileprivate func replacing(_ new: Self, _ placed: PlacedLeads) -> Self {
    var result = CompanyHistory.HumanActivities(leadCount: 0)
    result.counts = counts
    result.counts.replace(by: new.counts[placed.range], at: placed.targets)
    let replaced = Set(placed.targets)
    var next = new.returningLeads.firstPosition { $0 >= Int32(placed.range.lowerBound) }
    let end = new.returningLeads.firstPosition { $0 >= Int32(placed.range.upperBound) }
    func appendNew(before lead: Int32) {
      while next < end {
        let target = placed.target(of: new.returningLeads[next])
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
  var lead: Int { get set }
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
