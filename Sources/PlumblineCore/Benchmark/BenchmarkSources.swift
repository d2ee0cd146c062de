/// The columns of some journeys and their leads from which the question's records are made.
struct BenchmarkSources: Sendable {
  private let rows: Range<Int>
  let leads: CompanyHistory.Leads
  private let repeatedDetours: CompanyHistory.RepeatedDetours
  private let journeyLeads: [Int32]
  private let attempts: [UInt16]
  /// When each of the path's steps was taken, the first one aside.
  private let reached: [[TimePoint]]
  private let exits: [TimePoint]
  private let detours: [UInt16]
  private let asOf: Int64
  /// The detours that end a step.
  private let lost: UInt16
  private let recycled: UInt16
  private let clock: WorkingClock

  /// Where working time is read from.
  private enum WorkingClock: Sendable {
    case week(WeekClock)
    case calendar(BusinessClock)
  }

  /// - Throws: `InputError` where the agreement has another path or other detours than the question;
  ///   what the store throws where events have still to be read.
  init(_ history: CompanyHistory, _ journeys: Journeys, rows: Range<Int>) throws {
    self.rows = rows
    let agreement = history.agreement
    let detours = agreement.detours.map(\.id)
    guard agreement.path.count == BenchmarkAsk.stepCount + 1,
      let lost = detours.firstIndex(of: BenchmarkAsk.exits.lost),
      let recycled = detours.firstIndex(of: BenchmarkAsk.exits.recycled)
    else {
      throw InputError(
        code: "bench.agreement",
        "the benchmark asks about a path of seven stages with the detours lost and recycled, which "
          + "this agreement does not have.",
        remedy: "Make a workspace for it with plumbline bench generate."
      )
    }
    try history.load([.repeatedDetours])
    leads = history.leads
    repeatedDetours = history.repeatedDetours
    journeyLeads = journeys.leads
    attempts = journeys.attempts
    reached = Array(journeys.reached.dropFirst())
    exits = journeys.exits
    self.detours = journeys.detours
    asOf = history.asOf.seconds
    (self.lost, self.recycled) = (UInt16(clamping: lost), UInt16(clamping: recycled))
    let dated = leads.created.lazy.filter { $0.isDated }
    let first = dated.min()?.instant.seconds ?? 0
    let range = min(first, asOf)..<asOf + 1
    if let week = WeekClock(agreement.workingTime, calendar: agreement.calendar, over: range) {
      clock = .week(week)
    } else {
      clock = .calendar(
        BusinessClock(
          agreement.workingTime,
          calendar: agreement.calendar,
          firstDay: agreement.calendar.day(of: Instant(seconds: range.lowerBound)),
          lastDay: agreement.calendar.day(of: history.asOf)
        )
      )
    }
  }

  /// The leads of the journeys: each lead is of the rows that begin with its first one.
  var leadRange: Range<Int> {
    guard !rows.isEmpty else { return 0..<0 }
    let first = rows.lowerBound == 0 ? 0 : Int(journeyLeads[rows.lowerBound - 1]) + 1
    let isLast = rows.upperBound == journeyLeads.count
    let end = isLast ? leads.created.count : Int(journeyLeads[rows.upperBound - 1]) + 1
    return first..<end
  }

  /// The lead of a journey; nil where it does not count, because nobody said when it came into
  /// being or because the journey is not the lead's first.
  @inline(__always)
  private func lead(ofRow row: Int) -> Int? {
    let lead = Int(journeyLeads[row])
    return attempts[row] == 1 && counts(lead) ? lead : nil
  }

  /// Whether a lead had come into being by the end of the question.
  @inline(__always)
  func counts(_ lead: Int) -> Bool {
    let created = leads.created[lead]
    return created.isDated && created.rawValue >> 2 <= asOf
  }

  /// How many leads each channel and segment has.
  func pairCounts(_ names: BenchmarkNames) -> [Int] {
    var counts = Array(repeating: 0, count: names.pairCount)
    for row in rows {
      guard let lead = lead(ofRow: row) else { continue }
      let channel = Int(names.channels.ranks[Int(leads.channels[lead])])
      let segment = Int(names.segments.ranks[Int(leads.segments[lead])])
      counts[channel * names.segments.count + segment] += 1
    }
    return counts
  }

  /// Writes the records.
  ///
  /// - Parameters:
  ///   - room: Room for all of them.
  ///   - places: For each channel and segment, where its first record goes.
  ///   - names: What the codes of channels, segments and owners stand for.
  /// - Returns: What they showed.
  func write(
    to room: UnsafeMutableBufferPointer<BenchmarkRecord>,
    at places: [Int],
    _ names: BenchmarkNames
  ) -> BenchmarkTally {
    var tally = BenchmarkTally()
    var places = places
    let times = [leads.created, leads.firstAttempts, exits] + reached
    var repeated = 0
    var block = BenchmarkBlock()
    defer { block.deallocate() }
    let blockCount = BenchmarkBlock.mostRows
    let codes = [leads.channels, leads.segments, leads.owners]
    let (channelRanks, segmentRanks) = (names.channels.ranks, names.segments.ranks)
    let (ownerRanks, segmentCount) = (names.owners.ranks, names.segments.count)
    Self.withPointers(to: times) { times in
      Self.withPointers(to: codes) { codes in
        let columns = Columns(times: times, codes: codes)
        withBlockColumns(columns) { blockColumns in
          places.withUnsafeMutableBufferPointer { next in
            withUnsafeTemporaryAllocation(of: Int64.self, capacity: BenchmarkSteps.room) {
              scratch in
              for start in stride(from: rows.lowerBound, to: rows.upperBound, by: blockCount) {
                let blockRows = start..<min(start + blockCount, rows.upperBound)
                let isRead = block.read(blockRows, blockColumns, until: asOf + 1)
                if isRead { tally.mostDays = max(tally.mostDays, block.mostDays) }
                for row in blockRows {
                  guard let lead = lead(ofRow: row) else { continue }
                  let channel = Int(channelRanks[Int(columns.channels[lead])])
                  let segment = Int(segmentRanks[Int(columns.segments[lead])])
                  let owner = ownerRanks[Int(columns.owners[lead])]
                  let pair = channel &* segmentCount &+ segment
                  let list = repeatedDetours.range(of: lead, from: &repeated)
                  let record =
                    isRead && list.isEmpty
                    ? record(lead, block, row &- start, columns, owner, &tally)
                    : record(lead, row, columns, scratch, owner, channel, list, &tally)
                  room.baseAddress?.advanced(by: next[pair]).initialize(to: record)
                  next[pair] &+= 1
                }
              }
            }
          }
        }
      }
    }
    return tally
  }

  /// The columns that every lead is looked up in, without checks of bounds in a release build.
  private struct Columns {
    let created: UnsafeBufferPointer<TimePoint>
    let firstAttempts: UnsafeBufferPointer<TimePoint>
    let exits: UnsafeBufferPointer<TimePoint>
    let reached: InlineArray<6, UnsafeBufferPointer<TimePoint>>
    let channels: UnsafeBufferPointer<UInt32>
    let segments: UnsafeBufferPointer<UInt32>
    let owners: UnsafeBufferPointer<UInt32>

    init(
      times: [UnsafeBufferPointer<TimePoint>],
      codes: [UnsafeBufferPointer<UInt32>]
    ) {
      (created, firstAttempts, exits) = (times[0], times[1], times[2])
      reached = InlineArray { times[3 + $0] }
      (channels, segments, owners) = (codes[0], codes[1], codes[2])
    }
  }

  private func withBlockColumns(_ columns: Columns, _ body: (BenchmarkBlock.Columns) -> Void) {
    journeyLeads.withUnsafeBufferPointer { leads in
      detours.withUnsafeBufferPointer { detours in
        body(
          BenchmarkBlock.Columns(
            leads: leads,
            created: columns.created,
            reached: columns.reached,
            exits: columns.exits,
            detours: detours,
            lost: lost,
            recycled: recycled
          )
        )
      }
    }
  }

  /// The record of a journey whose steps were worked out with others.
  @inline(__always)
  private func record(
    _ lead: Int,
    _ block: BenchmarkBlock,
    _ index: Int,
    _ columns: Columns,
    _ owner: Int32,
    _ tally: inout BenchmarkTally
  ) -> BenchmarkRecord {
    let created = columns.created[lead].rawValue >> 2
    let day = Int32(clamping: created.wholeDays)
    tally.firstDay = min(tally.firstDay, day)
    tally.lastDay = max(tally.lastDay, day)
    let (touchLag, touch) = firstTouch(columns.firstAttempts[lead], created)
    let mark = BenchmarkRecord.mark(reached: block.reached(index) >> 1, touch: touch)
    return BenchmarkRecord(
      owner: UInt32(truncatingIfNeeded: owner),
      day: day,
      touchLag: touchLag,
      wonLag: block.wonLag(index),
      outcomes: block.outcomes(index, mark: mark)
    )
  }

  @inline(__always)
  private func record(
    _ lead: Int,
    _ row: Int,
    _ columns: Columns,
    _ scratch: UnsafeMutableBufferPointer<Int64>,
    _ owner: Int32,
    _ channel: Int,
    _ repeated: Range<Int>,
    _ tally: inout BenchmarkTally
  ) -> BenchmarkRecord {
    let created = columns.created[lead].rawValue >> 2
    var steps = BenchmarkSteps(created: created, columns.reached, row, scratch)
    let exit = columns.exits[row]
    if !repeated.isEmpty {
      readExits(repeated, &steps)
    } else if exit.isDated {
      let detour = detours[row]
      steps.setExit(exit.rawValue >> 2, isLost: detour == lost, isRecycled: detour == recycled)
    } else {
      steps.hasNoExits()
    }
    let day = Int32(clamping: created.wholeDays)
    tally.firstDay = min(tally.firstDay, day)
    tally.lastDay = max(tally.lastDay, day)
    var outcomes = PackedOutcomes()
    steps.forEachOutcome(until: asOf + 1) { step, days, outcome in
      if days <= BenchmarkRecord.mostDays {
        tally.mostDays = max(tally.mostDays, days)
        outcomes.set(step, UInt16(truncatingIfNeeded: days << 2 | Int64(outcome.rawValue)))
      } else {
        tally.longSteps.append(
          LongStep(channel: channel, step: step, days: Int(days), outcome: outcome.rawValue)
        )
      }
    }
    let (touchLag, touch) = firstTouch(columns.firstAttempts[lead], created)
    outcomes.set(6, BenchmarkRecord.mark(reached: steps.reached >> 1, touch: touch))
    return BenchmarkRecord(
      owner: UInt32(truncatingIfNeeded: owner),
      day: day,
      touchLag: touchLag,
      wonLag: UInt32(clamping: steps.won &- created),
      outcomes: outcomes.lanes
    )
  }

  /// How long the first touch took, and what is to be said of it in the mark.
  @inline(__always)
  private func firstTouch(_ time: TimePoint, _ created: Int64) -> (lag: UInt32, mark: Int) {
    guard time.isDated else { return (.max, 0) }
    let second = time.rawValue >> 2
    let lag = second &- created
    guard lag >= 0 else { return (.max, 0) }
    let isPrompt: Bool
    if lag <= 3600 {
      // No more time is worked than passes.
      isPrompt = true
    } else {
      switch clock {
      case .week(let clock): isPrompt = clock.workingSeconds(from: created, to: second) <= 3600
      case .calendar(let clock):
        isPrompt =
          clock.workingSeconds(
            from: Instant(seconds: created),
            to: Instant(seconds: second),
            enough: 3601
          ) <= 3600
      }
    }
    return (UInt32(clamping: min(lag, Int64(UInt32.max) - 1)), isPrompt ? 2 : 1)
  }

  /// Notes for each step the first exit of each sort that is not before it, going back in time.
  @inline(__always)
  private func readExits(_ list: Range<Int>, _ steps: inout BenchmarkSteps) {
    var index = list.upperBound
    var (lost, recycled) = (Int64.max, Int64.max)
    var step = BenchmarkAsk.stepCount
    while step > 0 {
      step &-= 1
      guard steps.reached & 1 << step != 0 else { continue }
      let start = steps.time(of: step)
      while index > list.lowerBound {
        let second = repeatedDetours.times[index &- 1].rawValue >> 2
        guard second >= start else { break }
        index &-= 1
        let detour = repeatedDetours.detours[index]
        if detour == self.lost { lost = second }
        if detour == self.recycled { recycled = second }
      }
      steps.setExits(step, lost: lost, recycled: recycled)
    }
  }

  private static func withPointers<Value, Result>(
    to columns: [[Value]],
    _ body: ([UnsafeBufferPointer<Value>]) -> Result
  ) -> Result {
    func open(_ index: Int, _ opened: [UnsafeBufferPointer<Value>]) -> Result {
      guard index < columns.count else { return body(opened) }
      return columns[index].withUnsafeBufferPointer { open(index + 1, opened + [$0]) }
    }
    return open(0, [])
  }
}

extension Int64 {
  /// Whole days of so many seconds, rounded down; the divisor being known, no division is needed.
  @inline(__always)
  fileprivate var wholeDays: Int64 {
    let (quotient, rest) = (self / 86_400, self % 86_400)
    return rest < 0 ? quotient - 1 : quotient
  }
}
