/// The episodes of those leads that another rule, or other events, read otherwise, beside journeys
/// that hold for all others.
///
/// What is counted adds up: cells under the other rule are those under the journeys' own, less what
/// these leads counted, plus what they count now. So a what-if costs what it changes.
struct JourneyPatch: Sendable {
  /// The journeys that hold for all other leads.
  let base: Journeys
  /// The episodes of the leads that are read otherwise; others have no rows.
  let changed: Journeys
  /// These leads, in ranges, ascending.
  let leads: [[Int32]]
  /// Their events, where some are not those of the history; others have none.
  let events: CompanyHistory.Events?

  /// So large a part of the leads read otherwise makes a patch no cheaper than journeys.
  static let largestShare = 0.5

  /// What changes; nil where that is most of it.
  ///
  /// - Parameters:
  ///   - base: Journeys of the history.
  ///   - rule: The other rule.
  ///   - history: The history.
  ///   - changes: The events of leads that have others than in the history.
  ///   - largestShare: So large a part of the leads may be read otherwise, a fraction 0...1.
  ///   - pieces: How many ranges the leads are divided into; the episodes do not depend on it.
  /// - Complexity: O(events) where the rule is not that of the journeys, O(leads) where it is, and
  ///   O(events x stages) of the leads read otherwise.
  init?(
    of base: Journeys,
    to rule: JourneyRule,
    in history: CompanyHistory,
    changes: EventChanges? = nil,
    largestShare: Double = Self.largestShare,
    pieces: Int? = nil
  ) {
    let leadCount = history.leads.ids.count
    let ranges = ParallelRanges.divide(leadCount, into: pieces)
    let leads = Self.leads(ranges, from: base.rule, to: rule, history, changes)
    let count = leads.reduce(0) { $0 + $1.count }
    guard Double(count) <= largestShare * Double(leadCount) else { return nil }
    self.base = base
    self.leads = leads
    events = changes?.events(of: leads, in: history)
    let parts = zip(ranges, leads).map { ($0, Optional($1)) }
    let columns = EventColumns.with(history, events) { JourneyColumns($0, rule, parts) }
    changed = Journeys(history, rule, columns)
  }

  private static func leads(
    _ ranges: [Range<Int>],
    from rule: JourneyRule,
    to other: JourneyRule,
    _ history: CompanyHistory,
    _ changes: EventChanges?
  ) -> [[Int32]] {
    if rule == other {
      return ranges.map { range in changes.map { Array($0.leads(in: range)) } ?? [] }
    }
    return EventColumns.with(history) { events in
      ParallelRanges.map(ranges) { _, range in
        let comparison = RuleComparison(events, rule, other)
        var rest = changes?.leads(in: range) ?? []
        return range.compactMap { lead in
          if let next = rest.first, next == lead {
            rest.removeFirst()
            return next
          }
          return comparison.mayDiffer(lead) ? Int32(lead) : nil
        }
      }
    }
  }

  /// The rows that the leads have in the journeys, in the ranges of `leads`.
  var replacedRows: [[Int]] {
    leads.map { leads in leads.flatMap { base.rows(ofLead: Int($0)) } }
  }

  /// The rows that the leads have instead, in parts of about the same length.
  var changedRows: [Range<Int>] { ParallelRanges.divide(changed.count) }
}

/// Events that some leads have instead of those of a history.
struct EventChanges: Sendable {
  /// The leads, ascending.
  private(set) var leads: [Int32] = []
  /// Where the list of each of them begins; one more than there are leads.
  private var starts = [0]
  private var times: [TimePoint] = []
  private var codes: [EventCode] = []

  /// Adds the list of a lead, whose number is higher than those of all before.
  mutating func append(_ lead: Int, _ list: [(time: TimePoint, code: EventCode)]) {
    leads.append(Int32(lead))
    for event in list {
      times.append(event.time)
      codes.append(event.code)
    }
    starts.append(times.count)
  }

  /// Adds the lists of leads whose numbers are all higher.
  mutating func append(_ other: EventChanges) {
    leads += other.leads
    let first = times.count
    starts += other.starts.dropFirst().map { first + $0 }
    times += other.times
    codes += other.codes
  }

  /// These changes with those of some leads taken off, and others of them in their place.
  ///
  /// - Parameters:
  ///   - read: The leads, ascending.
  ///   - others: What is put in their place, of no other leads.
  /// - Returns: The changes.
  func replacing(_ read: [Int32], with others: EventChanges) -> EventChanges {
    var result = EventChanges()
    var (place, other) = (0, 0)
    for (index, lead) in leads.enumerated() {
      while place < read.count, read[place] < lead { place += 1 }
      if place < read.count, read[place] == lead { continue }
      while other < others.leads.count, others.leads[other] < lead {
        result.append(others, at: other)
        other += 1
      }
      result.append(self, at: index)
    }
    for index in other..<others.leads.count { result.append(others, at: index) }
    return result
  }

  private mutating func append(_ other: EventChanges, at index: Int) {
    leads.append(other.leads[index])
    times.append(contentsOf: other.times[other.starts[index]..<other.starts[index + 1]])
    codes.append(contentsOf: other.codes[other.starts[index]..<other.starts[index + 1]])
    starts.append(times.count)
  }

  /// The leads of a range.
  func leads(in range: Range<Int>) -> ArraySlice<Int32> {
    leads[place(of: range.lowerBound)..<place(of: range.upperBound)]
  }

  /// How many of the leads have lower numbers than this.
  private func place(of lead: Int) -> Int {
    var (low, high) = (0, leads.count)
    while low < high {
      let middle = (low + high) / 2
      if leads[middle] < lead { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The events of some leads, among them all of these; other leads have none.
  ///
  /// - Complexity: O(leads of the history).
  func events(of wanted: [[Int32]], in history: CompanyHistory) -> CompanyHistory.Events {
    var result = EventLists(history.leads.ids.count)
    var next = 0
    for lead in wanted.joined() {
      if next < leads.count, leads[next] == lead {
        result.append(times, codes, starts[next]..<starts[next + 1], of: Int(lead))
        next += 1
      } else {
        let events = history.events
        result.append(events.times, events.codes, events.range(of: Int(lead)), of: Int(lead))
      }
    }
    return result.events
  }

  /// All events of a history with these in place of its own.
  ///
  /// - Complexity: O(events).
  func applied(to events: CompanyHistory.Events) -> CompanyHistory.Events {
    var result = EventLists(events.starts.count - 1)
    var first = 0
    for (index, lead) in leads.enumerated() {
      result.append(events, leads: first..<Int(lead))
      result.append(times, codes, starts[index]..<starts[index + 1], of: Int(lead))
      first = Int(lead) + 1
    }
    result.append(events, leads: first..<events.starts.count - 1)
    return result.events
  }
}

/// Lists of events put together in the order of leads.
private struct EventLists {
  private let leadCount: Int
  private var starts: [Int] = []
  private var times: [TimePoint] = []
  private var codes: [EventCode] = []

  init(_ leadCount: Int) {
    self.leadCount = leadCount
    starts.reserveCapacity(leadCount + 1)
  }

  /// Adds the list of a lead; leads between it and the last one have none.
  mutating func append(
    _ otherTimes: [TimePoint],
    _ otherCodes: [EventCode],
    _ range: Range<Int>,
    of lead: Int
  ) {
    starts.append(contentsOf: repeatElement(times.count, count: lead + 1 - starts.count))
    times.append(contentsOf: otherTimes[range])
    codes.append(contentsOf: otherCodes[range])
  }

  /// Adds the lists of leads that follow the last one.
  mutating func append(_ events: CompanyHistory.Events, leads: Range<Int>) {
    let range = events.starts[leads.lowerBound]..<events.starts[leads.upperBound]
    let shift = times.count - range.lowerBound
    for lead in leads { starts.append(events.starts[lead] + shift) }
    times.append(contentsOf: events.times[range])
    codes.append(contentsOf: events.codes[range])
  }

  var events: CompanyHistory.Events {
    let rest = repeatElement(times.count, count: leadCount + 1 - starts.count)
    return CompanyHistory.Events(starts: starts + rest, times: times, codes: codes)
  }
}

/// Whether two rules may read the events of a lead otherwise; for one thread.
private struct RuleComparison {
  private let events: EventColumns
  private let walker: EpisodeWalker
  private let filters: (ConfirmationFilter, ConfirmationFilter)
  private let views: (ConfirmationFilter.View, ConfirmationFilter.View)
  private let confirmsAlike: Bool
  private let readsAlike: Bool
  private let returnsAlike: Bool
  private let isOneEpisode: Bool
  private let plain: PlainPaths

  init(_ events: EventColumns, _ rule: JourneyRule, _ other: JourneyRule) {
    self.events = events
    walker = EpisodeWalker(events, rule)
    let calendar = events.agreement.calendar
    filters = (
      ConfirmationFilter(rule.confirmations, calendar),
      ConfirmationFilter(other.confirmations, calendar)
    )
    views = (filters.0.view, filters.1.view)
    confirmsAlike = rule.confirmations == other.confirmations
    returnsAlike = rule.returns == other.returns
    readsAlike = returnsAlike && rule.skips == other.skips
    isOneEpisode = rule.returns == .sameEpisode
    plain = PlainPaths(events.stageCount)
  }

  /// Whether they may; false only where both give the same episodes.
  @inline(__always)
  func mayDiffer(_ lead: Int) -> Bool {
    guard events.starts[lead] < events.starts[lead + 1] else { return false }
    if !confirmsAlike {
      let all = events.list(of: lead)
      for index in 0..<all.count
      where views.0.isConfirmed(index, all) != views.1.isConfirmed(index, all) {
        return true
      }
    }
    return !readsAlike && !isReadAlike(lead)
  }

  /// Whether a lead went one way forward without a gap, in one pass: that is read alike under every
  /// skip rule and, where it began when it was created, whatever a return is.
  @inline(__always)
  private func isReadAlike(_ lead: Int) -> Bool {
    let list = walker.list(of: lead)
    let created = events.created[lead]
    if returnsAlike {
      let path = plain.path(of: list, created: isOneEpisode ? created : .missing, isOneEpisode)
      return path.map { $0.path & ($0.path + 1) == 0 } ?? false
    }
    guard let (path, entry) = plain.path(of: list, created: .missing, false) else { return false }
    return path & (path + 1) == 0 && (!created.isDated || created == entry)
  }
}
