import PlumblineStatistics

/// Events as they are read, in pieces, until each lead's are put in order.
struct EventCollector {
  private static let pieceSize = 65_536

  private struct Event {
    var lead: Int32
    var code: EventCode
    var time: TimePoint
  }

  private var full: [[Event]] = []
  private var newest: [Event] = []
  private var counts: [Int32] = []

  /// Makes room for the events of so many leads.
  mutating func open(leadCount: Int) { counts = Array(repeating: 0, count: leadCount) }

  @inline(__always)
  mutating func add(_ lead: Int32, _ code: EventCode, _ time: TimePoint) {
    if newest.count == Self.pieceSize { closePiece() }
    newest.append(Event(lead: lead, code: code, time: time))
    counts[Int(lead)] += 1
  }

  private mutating func closePiece() {
    full.append(newest)
    newest = []
    newest.reserveCapacity(Self.pieceSize)
  }

  /// Each lead's events in the order of reading, each list with a place to spare at its end, none
  /// of leads that do not count.
  ///
  /// - Parameters:
  ///   - isDropped: Whether a lead does not count.
  ///   - drop: Called with each event of a lead that does not count.
  /// - Returns: The lists.
  consuming func lists(
    _ isDropped: (Int) -> Bool,
    drop: (Int, EventCode, TimePoint) -> Void
  ) -> CompanyHistory.Events {
    var events = CompanyHistory.Events()
    var next = Array(repeating: 0, count: counts.count)
    events.starts.reserveCapacity(counts.count + 1)
    var end = 0
    for lead in counts.indices {
      if isDropped(lead) {
        next[lead] = -1
      } else {
        next[lead] = end
        end += Int(counts[lead]) + 1
      }
      events.starts.append(end)
    }
    counts = []
    events.times = Array(repeating: .undated, count: end)
    events.codes = Array(repeating: .stage(0), count: end)
    full.append(newest)
    newest = []
    full.reverse()
    while let piece = full.popLast() {
      events.times.withUnsafeMutableBufferPointer { times in
        events.codes.withUnsafeMutableBufferPointer { codes in
          for event in piece {
            let lead = Int(event.lead)
            let place = next[lead]
            if place < 0 {
              drop(lead, event.code, event.time)
              continue
            }
            times[place] = event.time
            codes[place] = event.code
            next[lead] = place + 1
          }
        }
      }
    }
    return events
  }
}

extension HistoryReader {
  /// Puts each lead's events in order; an event known to the day only, on the day the lead came
  /// into being, is not before the lead.
  ///
  /// A lead with a stage dated before its creation was there by then: it begins once, with that
  /// stage, however late it was entered. Examples of gaps are those of the first leads.
  mutating func sortEvents() {
    let created = history.leads.created
    let sorter = EventSorter(history, register, lastTime: lastTime)
    let gaps = gaps
    let collected = events
    events = EventCollector()
    var lists = collected.lists({ sorter.isDropped(created[$0]) }) { lead, code, time in
      if sorter.isBefore(created[lead], time) { gaps.note(.eventBeforeLead, leadID(lead)) }
    }
    let ranges = LeadRanges(count: register.count)
    let results = sorter.sort(&lists, &history.leads.created, ranges)
    for result in results {
      gaps.add(result.gaps)
      for lead in result.droppedLeads { isWaiting[Int(lead)] = true }
    }
    for kind in [
      CaptureGap.Kind.leadWithoutDate, .leadWithoutChannel, .leadWithoutOwner,
    ] { gaps.setTotal(kind, register.count) }
    history.deferredEvents = Deferred(lists)
  }
}

/// Cuts leads into ranges that do not depend on how many processors there are.
struct LeadRanges: Sendable {
  private static let size = 32_768
  let count: Int

  /// What a body gives for each range, in order; ranges are worked on at once.
  func map<Value: Sendable>(_ body: @Sendable (Range<Int>) -> Value) -> [Value] {
    ConcurrentMap.map(count: (count + Self.size - 1) / Self.size) { index in
      body(index * Self.size..<min(count, (index + 1) * Self.size))
    }
  }
}

/// Puts the events of leads in order, each lead by itself.
struct EventSorter: Sendable {
  private let leads: CompanyHistory.Leads
  private let texts: TextDictionaries
  private let idCodes: [UInt32]
  private let calendar: LocalCalendar
  private let lastTime: Int64

  init(_ history: CompanyHistory, _ register: LeadRegister, lastTime: Int64) {
    leads = history.leads
    texts = history.texts
    idCodes = register.idCodes
    calendar = history.agreement.calendar
    self.lastTime = lastTime
  }

  /// What was noted about a range of leads.
  struct Result: Sendable {
    var gaps: GapCounter.Notes
    var droppedLeads: [Int32]
  }

  /// The columns that ranges write, each lead's places by the one task that has its range.
  private struct Columns: @unchecked Sendable {
    let starts: UnsafeBufferPointer<Int>
    let times: UnsafeMutableBufferPointer<TimePoint>
    let codes: UnsafeMutableBufferPointer<EventCode>
    let created: UnsafeMutableBufferPointer<TimePoint>
  }

  /// Whether a lead came into being after the last instant that counts.
  func isDropped(_ created: TimePoint) -> Bool { created.isDated && created.rawValue > lastTime }

  /// Whether something happened before a lead came into being, and not just on the same day.
  func isBefore(_ created: TimePoint, _ time: TimePoint) -> Bool {
    time.isDated && created.isDated && time < created && !isSameDay(created, time)
  }

  private func isSameDay(_ created: TimePoint, _ time: TimePoint) -> Bool {
    (time.precision != .exact || created.precision != .exact)
      && calendar.day(of: time.instant) == calendar.day(of: created.instant)
  }

  func sort(
    _ events: inout CompanyHistory.Events,
    _ created: inout [TimePoint],
    _ ranges: LeadRanges
  ) -> [Result] {
    events.starts.withUnsafeBufferPointer { starts in
      events.times.withUnsafeMutableBufferPointer { times in
        events.codes.withUnsafeMutableBufferPointer { codes in
          created.withUnsafeMutableBufferPointer { created in
            let columns = Columns(starts: starts, times: times, codes: codes, created: created)
            return ranges.map { sort($0, columns) }
          }
        }
      }
    }
  }

  private func sort(_ range: Range<Int>, _ columns: Columns) -> Result {
    let gaps = GapCounter()
    var dropped: [Int32] = []
    for lead in range {
      let places = columns.starts[lead]..<columns.starts[lead + 1]
      adoptBeginning(lead, places, columns)
      let created = columns.created[lead]
      noteGaps(lead, created, gaps)
      if places.isEmpty {
        dropped.append(Int32(lead))
        gaps.note(.eventAfterAsOf, id(lead))
        continue
      }
      let others = places.dropLast()
      let beginning = begin(lead, others, created, columns, gaps)
      columns.codes[others.endIndex] = .stage(0)
      columns.times[others.endIndex] = beginning
      order(places, columns)
      noteUndated(lead, places, columns, gaps)
    }
    return Result(gaps: gaps.notes, droppedLeads: dropped)
  }

  private func id(_ lead: Int) -> String { texts.text(idCodes[lead], of: .lead) }

  private func noteGaps(_ lead: Int, _ created: TimePoint, _ gaps: GapCounter) {
    if !created.isDated { gaps.note(.leadWithoutDate, id(lead)) }
    if leads.channels[lead] == 0 { gaps.note(.leadWithoutChannel, id(lead)) }
    if leads.owners[lead] == 0 { gaps.note(.leadWithoutOwner, id(lead)) }
  }

  /// A dated event of the first stage says when a lead came into being, where nothing else does.
  private func adoptBeginning(_ lead: Int, _ places: Range<Int>, _ columns: Columns) {
    guard !columns.created[lead].isDated else { return }
    var beginning: TimePoint?
    for place in places.dropLast() where columns.codes[place] == .stage(0) {
      let time = columns.times[place]
      guard time.isDated, time.precision != .betweenExports else { continue }
      beginning = min(beginning ?? time, time)
    }
    if let beginning { columns.created[lead] = beginning }
  }

  /// Moves what happened on the day of creation behind it; gives when the lead began.
  private func begin(
    _ lead: Int,
    _ places: Range<Int>,
    _ created: TimePoint,
    _ columns: Columns,
    _ gaps: GapCounter
  ) -> TimePoint {
    var beginning = created
    guard created.isDated else { return beginning }
    for place in places {
      let time = columns.times[place]
      guard time < created, time.isDated else { continue }
      if isSameDay(created, time) {
        columns.times[place] = TimePoint(created.instant, precision: time.precision)
      } else {
        gaps.note(.eventBeforeLead, id(lead))
        if columns.codes[place].stageIndex != nil { beginning = min(beginning, time) }
      }
    }
    return beginning
  }

  private static let mostInserted = 32

  /// Orders by time, then by what happened, then as read.
  private func order(_ places: Range<Int>, _ columns: Columns) {
    if places.count > Self.mostInserted { return orderMany(places, columns) }
    for place in places.dropFirst() {
      let (time, code) = (columns.times[place], columns.codes[place])
      let key = time.sortKey
      var hole = place
      while hole > places.lowerBound {
        let other = columns.times[hole - 1]
        let isBehind =
          other.sortKey != key ? other.sortKey > key : columns.codes[hole - 1] > code
        guard isBehind else { break }
        columns.times[hole] = other
        columns.codes[hole] = columns.codes[hole - 1]
        hole -= 1
      }
      columns.times[hole] = time
      columns.codes[hole] = code
    }
  }

  private func orderMany(_ places: Range<Int>, _ columns: Columns) {
    let sorted = places.map { ($0, columns.times[$0], columns.codes[$0]) }.sorted { left, right in
      if left.1.sortKey != right.1.sortKey { return left.1.sortKey < right.1.sortKey }
      return left.2 != right.2 ? left.2 < right.2 : left.0 < right.0
    }
    for (place, event) in zip(places, sorted) {
      columns.times[place] = event.1
      columns.codes[place] = event.2
    }
  }

  /// An undated stage is a gap when no dated event shows the same or a later stage.
  private func noteUndated(
    _ lead: Int,
    _ places: Range<Int>,
    _ columns: Columns,
    _ gaps: GapCounter
  ) {
    guard let first = places.first, !columns.times[first].isDated else { return }
    var furthestDated = 0
    var furthestUndated = 0
    for place in places {
      let stage = columns.codes[place].stageIndex ?? 0
      if columns.times[place].isDated {
        furthestDated = max(furthestDated, stage)
      } else {
        furthestUndated = max(furthestUndated, stage)
      }
    }
    if furthestUndated > furthestDated { gaps.note(.eventWithoutDate, id(lead)) }
  }
}
