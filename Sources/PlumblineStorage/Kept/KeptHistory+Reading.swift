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
    key = file.header.key
    try readLeads(file)
    try readRest(file, agreement)
    let (stageCount, detourCount) = (agreement.path.count, agreement.detours.count)
    let created = leads.created
    events = Deferred {
      try Self.events(file, created, stageCount: stageCount, detourCount: detourCount)
    }
    humanActivities = Deferred { try Self.humanActivities(file, leadCount: created.count) }
  }

  /// Everything that needs nothing else to be known.
  private mutating func readLeads(_ file: KeptFile) throws {
    let ids = Slot<[UInt32]>([])
    let created = Slot<[TimePoint]>([])
    let (channels, campaigns) = (Slot<[UInt32]>([]), Slot<[UInt32]>([]))
    let (segments, owners) = (Slot<[UInt32]>([]), Slot<[UInt32]>([]))
    let scores = Slot<[Int64]>([])
    let rowLeads = Slot<[Int32]>([])
    let attempts = Slot<[UInt16]>([])
    let detours = Slot<[UInt16]>([])
    let counts = Slot<[Int32]>([])
    let waiting = Slot<[Int32]>([])
    let notes = Slot(Notes())
    try concurrently([
      { created.value = try file.read("leads.created") { try $0.times($1, from: { _ in 0 }) } },
      { rowLeads.value = try file.read("journeys.counts", Self.leadsOfRows) },
      { scores.value = try file.read("leads.scores") { try $0.roomyNumbers($1) } },
      { ids.value = try file.read("leads.ids") { try $0.roomyNumbers($1) } },
      { channels.value = try file.read("leads.channels") { try $0.roomyNumbers($1) } },
      { campaigns.value = try file.read("leads.campaigns") { try $0.roomyNumbers($1) } },
      { segments.value = try file.read("leads.segments") { try $0.roomyNumbers($1) } },
      { owners.value = try file.read("leads.owners") { try $0.roomyNumbers($1) } },
      { counts.value = try file.read("journeys.activityCounts") { try $0.roomyNumbers($1) } },
      { attempts.value = try file.read("journeys.attempts") { try $0.roomyNumbers($1) } },
      { detours.value = try file.read("journeys.detours") { try $0.roomyNumbers($1) } },
      { waiting.value = try file.read("leads.waiting") { try $0.roomyNumbers($1) } },
      {
        notes.value = try file.read("notes") { reader, _ in
          let bytes = try reader.bytes(reader.remaining)
          return try JSONDecoder().decode(Notes.self, from: Data(bytes))
        }
      },
    ])
    leads.ids = ids.value
    leads.created = created.value
    leads.channels = channels.value
    leads.campaigns = campaigns.value
    leads.segments = segments.value
    leads.owners = owners.value
    leads.scoresAtHandOff = scores.value
    journeys.leads = rowLeads.value
    journeys.attempts = attempts.value
    journeys.detours = detours.value
    journeys.activityCounts = counts.value
    waitingLeads = waiting.value
    self.notes = notes.value
    try checkLengths()
  }

  /// Sections that do not fit together were not written by us, however right their checksums are.
  private func checkLengths() throws {
    let count = leads.ids.count
    for (name, other) in [
      ("leads.created", leads.created.count), ("leads.channels", leads.channels.count),
      ("leads.campaigns", leads.campaigns.count), ("leads.segments", leads.segments.count),
      ("leads.owners", leads.owners.count), ("leads.scores", leads.scoresAtHandOff.count),
    ] where other != count { throw KeptProblem.damagedSection(name) }
    let rowCount = journeys.leads.count
    for (name, other) in [
      ("journeys.attempts", journeys.attempts.count),
      ("journeys.detours", journeys.detours.count),
      ("journeys.activityCounts", journeys.activityCounts.count),
    ] where other != rowCount { throw KeptProblem.damagedSection(name) }
    if journeys.leads.last.map({ Int($0) >= count }) == true {
      throw KeptProblem.damagedSection("journeys.counts")
    }
    if !waitingLeads.allSatisfy({ (0..<Int32(count)).contains($0) }) {
      throw KeptProblem.damagedSection("leads.waiting")
    }
  }

  /// What is stored as distances from when leads came into being.
  private mutating func readRest(_ file: KeptFile, _ agreement: Agreement) throws {
    let (created, rowLeads) = (leads.created, journeys.leads)
    let firstAttempts = Slot<[TimePoint]>([])
    let exits = Slot<[TimePoint]>([])
    let reached = agreement.path.map { _ in Slot<[TimePoint]>([]) }
    let meetings = Slot<[CompanyHistory.Meeting]>([])
    let wonDeals = Slot<[CompanyHistory.WonDeal]>([])
    let spend = Slot<[CompanyHistory.Spend]>([])
    @Sendable func perRow(_ name: String) throws -> [TimePoint] {
      try file.read(name) { reader, count in
        guard count == rowLeads.count else { throw Malformed() }
        return try created.withUnsafeBufferPointer { created in
          try rowLeads.withUnsafeBufferPointer { leads in
            try reader.times(count, from: { created[Int(leads[$0])].base })
          }
        }
      }
    }
    var work: [@Sendable () throws -> Void] = reached.indices.map { stage in
      { reached[stage].value = try perRow("journeys.reached.\(stage)") }
    }
    work += [
      {
        firstAttempts.value = try file.read("leads.firstAttempts") { reader, count in
          guard count == created.count else { throw Malformed() }
          return try reader.times(count, from: { created[$0].base })
        }
      },
      { exits.value = try perRow("journeys.exits") },
      {
        meetings.value = try file.read("meetings") { try Self.meetings(&$0, $1, created) }
      },
      { wonDeals.value = try file.read("deals") { try Self.wonDeals(&$0, $1, created) } },
      { spend.value = try file.read("spend", Self.spend) },
    ]
    try concurrently(work)
    leads.firstAttempts = firstAttempts.value
    journeys.exits = exits.value
    journeys.reached = reached.map(\.value)
    self.meetings = meetings.value
    self.wonDeals = wonDeals.value
    self.spend = spend.value
  }

  /// From how many rows each lead has, the lead of each row.
  private static func leadsOfRows(
    _ reader: inout ColumnReader,
    _ leadCount: Int
  ) throws -> [Int32] {
    let counts: [UInt32] = try reader.numbers(leadCount)
    let total = counts.reduce(0) { $0 + Int($1) }
    guard total <= PackedColumns.mostValues else { throw Malformed() }
    return [Int32](unsafeUninitializedCapacity: total + total / 64) { buffer, initializedCount in
      var row = 0
      for lead in counts.indices {
        for _ in 0..<counts[lead] {
          buffer.initializeElement(at: row, to: Int32(truncatingIfNeeded: lead))
          row += 1
        }
      }
      initializedCount = row
    }
  }

  private static func leads(
    _ reader: inout ColumnReader,
    _ count: Int,
    _ created: [TimePoint]
  ) throws -> [Int] {
    let leads: [Int32] = try reader.numbers(count)
    let range = 0..<Int32(created.count)
    guard leads.allSatisfy(range.contains) else { throw Malformed() }
    return leads.map(Int.init)
  }

  private static func meetings(
    _ reader: inout ColumnReader,
    _ count: Int,
    _ created: [TimePoint]
  ) throws -> [CompanyHistory.Meeting] {
    let leads = try leads(&reader, count, created)
    let booked = try reader.times(count, from: { created[leads[$0]].base })
    let starts = try reader.times(count, from: { booked[$0].base })
    let outcomes: [UInt8] = try reader.numbers(count)
    return try leads.indices.map { row in
      guard let outcome = CompanyHistory.Meeting.Outcome(rawValue: outcomes[row]) else {
        throw Malformed()
      }
      return .init(of: leads[row], booked[row], starts[row], outcome)
    }
  }

  private static func wonDeals(
    _ reader: inout ColumnReader,
    _ count: Int,
    _ created: [TimePoint]
  ) throws -> [CompanyHistory.WonDeal] {
    let leads = try leads(&reader, count, created)
    let closed = try reader.times(count, from: { created[leads[$0]].base })
    let isRawKnown: [UInt8] = try reader.numbers(count)
    let rawAmounts: [Int64] = try reader.numbers(count)
    let currencies: [UInt32] = try reader.numbers(count)
    let isKnown: [UInt8] = try reader.numbers(count)
    let differences: [Int64] = try reader.numbers(count)
    return leads.indices.map { row in
      .init(
        lead: leads[row],
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
    _ file: KeptFile,
    _ created: [TimePoint],
    stageCount: Int,
    detourCount: Int
  ) throws -> CompanyHistory.Events {
    let starts = Slot<[Int]>([])
    let codes = Slot<[EventCode]>([])
    let times = Slot<[TimePoint]>([])
    let isDistance = Slot(false)
    let total = file.rowCount(of: "events.codes")
    try concurrently([
      {
        starts.value = try file.read("events.counts") { reader, count in
          let counts: [UInt32] = try reader.numbers(count)
          return counts.reduce(into: [0]) { $0.append($0[$0.count - 1] + Int($1)) }
        }
      },
      {
        codes.value = try file.read("events.codes") { reader, count in
          try EventNumbering.codes(
            from: &reader,
            count,
            stageCount: stageCount,
            detourCount: detourCount
          )
        }
      },
      {
        times.value = try file.read("events.times") { reader, count in
          isDistance.value = reader.areDistancesNext
          return try reader.times(count, from: { _ in 0 })
        }
      },
    ])
    guard starts.value.count == created.count + 1, starts.value.last == total,
      times.value.count == total
    else { throw KeptProblem.damagedSection("events.counts") }
    if isDistance.value { Self.sum(&times.value, starts.value, created) }
    return CompanyHistory.Events(listsFrom: starts.value, times.value, codes.value)
  }

  /// Times from their distances from the time before in the same list, the first of which counts
  /// from when the lead came into being.
  private static func sum(_ times: inout [TimePoint], _ starts: [Int], _ created: [TimePoint]) {
    times.withUnsafeMutableBufferPointer { times in
      for lead in created.indices {
        var base = created[lead].base
        for index in starts[lead]..<starts[lead + 1] where times[index].isDated {
          base &+= times[index].rawValue
          times[index] = TimePoint(rawValue: base)
        }
      }
    }
  }

  private static func humanActivities(
    _ file: KeptFile,
    leadCount: Int
  ) throws -> CompanyHistory.HumanActivities {
    var activities = CompanyHistory.HumanActivities(leadCount: 0)
    activities.counts = try file.read("activities.counts") { try $0.numbers($1) }
    let (leads, starts) = try file.read("activities.leads") { reader, count in
      let leads: [Int32] = try reader.numbers(count)
      let counts: [UInt32] = try reader.numbers(count)
      return (leads, counts.reduce(into: [0]) { $0.append($0[$0.count - 1] + Int($1)) })
    }
    activities.returningLeads = leads
    activities.starts = starts
    activities.times = try file.read("activities.times") { try $0.times($1, from: { _ in 0 }) }
    let range = 0..<Int32(leadCount)
    guard activities.counts.count == leadCount, activities.times.count == starts.last,
      leads.allSatisfy(range.contains)
    else { throw KeptProblem.damagedSection("activities.leads") }
    return activities
  }
}
