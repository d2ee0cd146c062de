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
