/// The events of a history where they stand in memory.
///
/// Unchecked because they are only read, and only while `with(_:_:)` holds the history's columns.
struct EventColumns: @unchecked Sendable {
  let agreement: Agreement
  let leadCount: Int
  let created: UnsafePointer<TimePoint>
  let starts: UnsafePointer<Int>
  let times: UnsafePointer<TimePoint>
  let codes: UnsafePointer<EventCode>

  var stageCount: Int { agreement.path.count }

  /// Calls `body` with the events of a history, or with others of its leads.
  ///
  /// - Precondition: Every lead has a list, and the lists fill the columns.
  static func with<Result>(
    _ history: CompanyHistory,
    _ others: CompanyHistory.Events? = nil,
    _ body: (EventColumns) -> Result
  ) -> Result {
    let (created, events) = (history.leads.created, others ?? history.events)
    let count = created.count
    precondition(
      events.starts.count == count + 1 && events.starts[0] == 0
        && events.starts[count] == events.times.count && events.codes.count == events.times.count
        && zip(events.starts, events.starts.dropFirst()).allSatisfy { $0 <= $1 },
      "every lead has a list of events"
    )
    return created.withAddress { created in
      events.starts.withAddress { starts in
        events.times.withAddress { times in
          events.codes.withAddress { codes in
            body(
              EventColumns(
                agreement: history.agreement,
                leadCount: count,
                created: created,
                starts: starts,
                times: times,
                codes: codes
              )
            )
          }
        }
      }
    }
  }

  /// The events of one lead.
  @inline(__always)
  func list(of lead: Int) -> EventList {
    let start = starts[lead]
    return EventList(times + start, codes + start, starts[lead + 1] - start)
  }
}

/// A lead's events, in order of time with undated ones first.
struct EventList {
  let times: UnsafePointer<TimePoint>
  let codes: UnsafePointer<EventCode>
  let count: Int
  /// The position of the first dated one.
  let firstDated: Int

  @inline(__always)
  init(_ times: UnsafePointer<TimePoint>, _ codes: UnsafePointer<EventCode>, _ count: Int) {
    self.times = times
    self.codes = codes
    self.count = count
    var first = 0
    while first < count, !times[first].isDated { first += 1 }
    firstDated = first
  }
}

extension Array {
  /// Calls `body` with the address of the elements; with one that must not be read when there are
  /// none.
  func withAddress<Result>(_ body: (UnsafePointer<Element>) -> Result) -> Result {
    withUnsafeBufferPointer { buffer in
      if let base = buffer.baseAddress { return body(base) }
      return withUnsafeTemporaryAllocation(of: Element.self, capacity: 1) { spare in
        guard let base = spare.baseAddress else { preconditionFailure("one place has an address") }
        return body(UnsafePointer(base))
      }
    }
  }
}
