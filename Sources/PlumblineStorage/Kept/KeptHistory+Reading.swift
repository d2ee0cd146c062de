import Foundation
import PlumblineCore

extension KeptHistory {
  /// Reads what a funnel needs from a file: everything but events and activities, which are read
  /// when somebody asks for them.
  ///
  /// - Parameters:
  ///   - file: The file, found to answer for the agreement.
  ///   - agreement: The agreement.
  /// - Throws: `KeptProblem.damagedSection` with the first section that is damaged.
  init(reading file: KeptFile, under agreement: Agreement) throws {
    try self.init(companywideOf: file)
    let parts = 0..<file.partCount
    try readLeads(of: file, parts: parts, agreement)
    try readJourneys(of: file, parts: parts, agreement)
  }

  /// Reads what concerns the whole company, and no lead yet.
  ///
  /// - Throws: `KeptProblem.damagedSection`.
  init(companywideOf file: KeptFile) throws {
    key = file.header.key
    notes = try file.read("notes") { reader, _ in
      let bytes = try reader.bytes(reader.remaining)
      return try JSONDecoder().decode(Notes.self, from: Data(bytes))
    }
    spend = try file.read("spend", Self.spend)
  }

  /// Reads what tells which leads there are and what new facts change of the whole: of leads only
  /// their ids, channels and campaigns, and those that wait.
  ///
  /// - Throws: `KeptProblem.damagedSection`.
  init(outlineOf file: KeptFile) throws {
    try self.init(companywideOf: file)
    let columns = KeptColumns(file: file, parts: 0..<file.partCount)
    let rows = try columns.places(of: "leads.created")
    leads.ids = try columns.numbers("leads.ids", rows)
    leads.channels = try columns.numbers("leads.channels", rows)
    leads.campaigns = try columns.numbers("leads.campaigns", rows)
    waitingLeads = try columns.lists("leads.waiting", rows) { try Self.leads(&$0, $1, $2) }
  }

  /// Reads the leads of some parts, which are numbered from the first of them on.
  ///
  /// - Throws: `KeptProblem.damagedSection`.
  mutating func readLeads(of file: KeptFile, parts: Range<Int>, _ agreement: Agreement) throws {
    let columns = KeptColumns(file: file, parts: parts)
    let rows = try columns.places(of: "leads.created")
    leads.created = try columns.times("leads.created", rows)
    leads.ids = try columns.numbers("leads.ids", rows)
    leads.channels = try columns.numbers("leads.channels", rows)
    leads.campaigns = try columns.numbers("leads.campaigns", rows)
    leads.segments = try columns.numbers("leads.segments", rows)
    leads.owners = try columns.numbers("leads.owners", rows)
    leads.scoresAtHandOff = try columns.numbers("leads.scores", rows)
    let created = leads.created
    leads.firstAttempts = try columns.times(
      "leads.firstAttempts",
      rows,
      from: created.map(\.base)
    )
    waitingLeads = try columns.lists("leads.waiting", rows) { try Self.leads(&$0, $1, $2) }
    meetings = try columns.lists("meetings", rows) { try Self.meetings(&$0, $1, $2, created) }
    wonDeals = try columns.lists("deals", rows) { try Self.wonDeals(&$0, $1, $2, created) }
    let (stageCount, detourCount) = (agreement.path.count, agreement.detours.count)
    events = Deferred {
      try Self.events(columns, rows, created, stageCount: stageCount, detourCount: detourCount)
    }
    humanActivities = Deferred { try Self.humanActivities(columns, rows) }
    repeatedDetours = Deferred { try Self.repeatedDetours(columns, rows, created) }
  }

  /// Reads the journeys of some parts, whose leads were read before.
  ///
  /// - Throws: `KeptProblem.damagedSection`.
  mutating func readJourneys(of file: KeptFile, parts: Range<Int>, _ agreement: Agreement) throws {
    let columns = KeptColumns(file: file, parts: parts)
    let leadRows = try columns.places(of: "leads.created")
    let created = leads.created
    let rows = try columns.places(of: "journeys.attempts")
    let rowLeads = try columns.column("journeys.counts", leadRows, into: rows) {
      try Self.leadsOfRows(&$0, leadRows[$1], $2)
    }
    let bases = rowLeads.map { created[Int($0)].base }
    journeys.leads = rowLeads
    journeys.attempts = try columns.numbers("journeys.attempts", rows)
    journeys.detours = try columns.numbers("journeys.detours", rows)
    journeys.activityCounts = try columns.numbers("journeys.activityCounts", rows)
    journeys.exits = try columns.times("journeys.exits", rows, from: bases)
    journeys.reached = try agreement.path.indices.map { stage in
      try columns.times("journeys.reached.\(stage)", rows, from: bases)
    }
  }

  /// From how many rows each lead has, the lead of each row.
  private static func leadsOfRows(
    _ reader: inout ColumnReader,
    _ leads: Range<Int>,
    _ room: UnsafeMutableBufferPointer<Int32>
  ) throws {
    let counts: [UInt32] = try reader.numbers(leads.count)
    guard counts.reduce(0, { $0 + Int($1) }) == room.count else { throw Malformed() }
    var row = 0
    for lead in counts.indices {
      for _ in 0..<counts[lead] {
        room.initializeElement(at: row, to: Int32(truncatingIfNeeded: leads.lowerBound + lead))
        row += 1
      }
    }
  }

  /// A column of leads, stored by their numbers in the part.
  private static func leads(
    _ reader: inout ColumnReader,
    _ count: Int,
    _ part: Range<Int>
  ) throws -> [Int32] {
    let leads: [Int32] = try reader.numbers(count)
    let range = 0..<Int32(part.count)
    guard leads.allSatisfy(range.contains) else { throw Malformed() }
    let first = Int32(part.lowerBound)
    return first == 0 ? leads : leads.map { first + $0 }
  }

  private static func meetings(
    _ reader: inout ColumnReader,
    _ count: Int,
    _ part: Range<Int>,
    _ created: [TimePoint]
  ) throws -> [CompanyHistory.Meeting] {
    let leads = try leads(&reader, count, part)
    let booked = try reader.times(count, from: { created[Int(leads[$0])].base })
    let starts = try reader.times(count, from: { booked[$0].base })
    let outcomes: [UInt8] = try reader.numbers(count)
    return try leads.indices.map { row in
      guard let outcome = CompanyHistory.Meeting.Outcome(rawValue: outcomes[row]) else {
        throw Malformed()
      }
      return .init(of: Int(leads[row]), booked[row], starts[row], outcome)
    }
  }

  private static func wonDeals(
    _ reader: inout ColumnReader,
    _ count: Int,
    _ part: Range<Int>,
    _ created: [TimePoint]
  ) throws -> [CompanyHistory.WonDeal] {
    let leads = try leads(&reader, count, part)
    let closed = try reader.times(count, from: { created[Int(leads[$0])].base })
    let isRawKnown: [UInt8] = try reader.numbers(count)
    let rawAmounts: [Int64] = try reader.numbers(count)
    let currencies: [UInt32] = try reader.numbers(count)
    let isKnown: [UInt8] = try reader.numbers(count)
    let differences: [Int64] = try reader.numbers(count)
    return leads.indices.map { row in
      .init(
        lead: Int(leads[row]),
        closed: closed[row],
        amount: isKnown[row] == 1 ? rawAmounts[row] &+ differences[row] : nil,
        rawAmount: isRawKnown[row] == 1 ? rawAmounts[row] : nil,
        currency: currencies[row]
      )
    }
  }

  private static func spend(
    _ reader: inout ColumnReader,
    _ count: Int
  ) throws -> [CompanyHistory.Spend] {
    let channels: [UInt32] = try reader.numbers(count)
    let campaigns: [UInt32] = try reader.numbers(count)
    let days: [Int64] = try reader.numbers(count)
    let lengths: [Int64] = try reader.numbers(count)
    let amounts: [Int64] = try reader.numbers(count)
    guard lengths.allSatisfy({ (0...1 << 32).contains($0) }) else { throw Malformed() }
    return channels.indices.map { row in
      let first = CivilDate(dayNumber: Int(days[row]))
      let last = CivilDate(dayNumber: Int(days[row] &+ lengths[row]))
      return .init(on: channels[row], campaigns[row], first...max(first, last), amounts[row])
    }
  }

  private static func events(
    _ columns: KeptColumns,
    _ leads: [Range<Int>],
    _ created: [TimePoint],
    stageCount: Int,
    detourCount: Int
  ) throws -> CompanyHistory.Events {
    let rows = try columns.places(of: "events.codes")
    let counts: [UInt32] = try columns.numbers("events.counts", leads)
    let starts = starts(counts)
    for (leads, rows) in zip(leads, rows) {
      guard starts[leads.lowerBound] == rows.lowerBound, starts[leads.upperBound] == rows.upperBound
      else { throw KeptProblem.damagedSection("events.counts") }
    }
    let codes: [EventCode] = try columns.column("events.codes", rows) { reader, _, room in
      try EventNumbering.fill(room, from: &reader, stageCount: stageCount, detourCount: detourCount)
    }
    let times: [TimePoint] = try columns.column("events.times", rows) { reader, part, room in
      let areDistances = reader.areDistancesNext
      try reader.fill(room, from: { _ in 0 })
      if areDistances { sum(room, starts, leads[part], created) }
    }
    return CompanyHistory.Events(listsFrom: starts, times, codes)
  }

  /// Where lists of so many elements begin; one more than there are lists.
  private static func starts(_ counts: [UInt32]) -> [Int] {
    [Int](unsafeUninitializedCapacity: counts.count + 1) { buffer, initializedCount in
      var start = 0
      buffer.initializeElement(at: 0, to: 0)
      for list in counts.indices {
        start += Int(counts[list])
        buffer.initializeElement(at: list + 1, to: start)
      }
      initializedCount = counts.count + 1
    }
  }

  /// Times from their distances from the time before in the same list, the first of which counts
  /// from when the lead came into being.
  private static func sum(
    _ times: UnsafeMutableBufferPointer<TimePoint>,
    _ starts: [Int],
    _ leads: Range<Int>,
    _ created: [TimePoint]
  ) {
    let first = starts[leads.lowerBound]
    for lead in leads {
      var base = created[lead].base
      for index in starts[lead] - first..<starts[lead + 1] - first where times[index].isDated {
        base &+= times[index].rawValue
        times[index] = TimePoint(rawValue: base)
      }
    }
  }

  private static func repeatedDetours(
    _ columns: KeptColumns,
    _ leads: [Range<Int>],
    _ created: [TimePoint]
  ) throws -> CompanyHistory.RepeatedDetours {
    var detours = CompanyHistory.RepeatedDetours()
    let lists = try columns.lists("detours", leads) { reader, count, part in
      let leads = try Self.leads(&reader, count, part)
      let times = try reader.times(count, from: { created[Int(leads[$0])].base })
      let numbers: [UInt16] = try reader.numbers(count)
      return [(leads, times, numbers)]
    }
    for (leads, times, numbers) in lists { detours.append(leads, times, numbers) }
    return detours
  }

  private static func humanActivities(
    _ columns: KeptColumns,
    _ leads: [Range<Int>]
  ) throws -> CompanyHistory.HumanActivities {
    var activities = CompanyHistory.HumanActivities(leadCount: 0)
    activities.counts = try columns.numbers("activities.counts", leads)
    let rows = try columns.places(of: "activities.times")
    let returning = try columns.lists("activities.leads", leads) { reader, count, part in
      let leads = try Self.leads(&reader, count, part)
      let counts: [UInt32] = try reader.numbers(count)
      return zip(leads, counts).map { Returning(lead: $0, count: $1) }
    }
    activities.returningLeads = returning.map(\.lead)
    activities.starts = starts(returning.map(\.count))
    activities.times = try columns.times("activities.times", rows)
    guard activities.times.count == activities.starts.last else {
      throw KeptProblem.damagedSection("activities.leads")
    }
    return activities
  }

  /// A lead that came back, and how many activities of people it had.
  private struct Returning: Sendable {
    var lead: Int32
    var count: UInt32
  }
}
