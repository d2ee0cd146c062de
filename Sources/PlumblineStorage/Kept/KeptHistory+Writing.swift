import Foundation
import PlumblineCore

extension KeptHistory {
  /// A section that is to be written.
  struct Draft: Sendable {
    var name: String
    var rowCount: Int
    var encode: @Sendable (inout ColumnWriter) throws -> Void

    init(
      _ name: String,
      _ rowCount: Int,
      _ encode: @escaping @Sendable (inout ColumnWriter) throws -> Void
    ) {
      self.name = name
      self.rowCount = rowCount
      self.encode = encode
    }
  }

  /// All bytes of a kept file.
  ///
  /// - Throws: What reading events or activities throws.
  func encoded() throws -> [[UInt8]] {
    let drafts = try drafts()
    let slots = drafts.map { _ in Slot<[UInt8]>([]) }
    try concurrently(
      drafts.indices.map { index in
        {
          var writer = ColumnWriter()
          try drafts[index].encode(&writer)
          slots[index].value = writer.bytes
        }
      }
    )
    var header = KeptHeader(key: key)
    for (draft, slot) in zip(drafts, slots) {
      let checksum = slot.value.withUnsafeBytes {
        KeptHeader.checksum($0, name: draft.name, rowCount: draft.rowCount)
      }
      header.sections.append(
        KeptHeader.Section(
          name: draft.name,
          offset: 0,
          length: slot.value.count,
          rowCount: draft.rowCount,
          checksum: checksum
        )
      )
    }
    // The header's length does not depend on the numbers in it.
    var offset = header.bytes.count
    for index in header.sections.indices {
      header.sections[index].offset = offset
      offset += header.sections[index].length
    }
    header.fileLength = offset
    return [header.bytes] + slots.map(\.value)
  }

  private func drafts() throws -> [Draft] {
    let events = try events.value()
    let humanActivities = try humanActivities.value()
    return leadDrafts + journeyDrafts + [
      Draft("leads.waiting", waitingLeads.count) { $0.putNumbers(waitingLeads) },
      Draft("notes", 1) { writer in
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        writer.putBytes(Array(try encoder.encode(notes)))
      },
      Draft("meetings", meetings.count, encodeMeetings),
      Draft("deals", wonDeals.count, encodeDeals),
      Draft("spend", spend.count, encodeSpend),
    ] + drafts(of: events) + drafts(of: humanActivities)
  }

  private var leadDrafts: [Draft] {
    let leads = leads
    let count = leads.ids.count
    return [
      Draft("leads.ids", count) { $0.putNumbers(leads.ids) },
      Draft("leads.created", count) { $0.put(times: leads.created, from: { _ in 0 }) },
      Draft("leads.channels", count) { $0.putNumbers(leads.channels) },
      Draft("leads.campaigns", count) { $0.putNumbers(leads.campaigns) },
      Draft("leads.segments", count) { $0.putNumbers(leads.segments) },
      Draft("leads.owners", count) { $0.putNumbers(leads.owners) },
      Draft("leads.scores", count) { $0.putNumbers(leads.scoresAtHandOff) },
      Draft("leads.firstAttempts", count) {
        $0.put(times: leads.firstAttempts, from: { leads.created[$0].base })
      },
    ]
  }

  private var journeyDrafts: [Draft] {
    let (journeys, created) = (journeys, leads.created)
    let count = journeys.leads.count
    let base: @Sendable (Int) -> Int64 = { created[Int(journeys.leads[$0])].base }
    var drafts = [
      Draft("journeys.counts", leads.ids.count) { writer in
        var counts = Array(repeating: UInt32(0), count: created.count)
        for lead in journeys.leads { counts[Int(lead)] += 1 }
        writer.putNumbers(counts)
      },
      Draft("journeys.attempts", count) { $0.putNumbers(journeys.attempts) },
      Draft("journeys.exits", count) { $0.put(times: journeys.exits, from: base) },
      Draft("journeys.detours", count) { $0.putNumbers(journeys.detours) },
      Draft("journeys.activityCounts", count) { $0.putNumbers(journeys.activityCounts) },
    ]
    for stage in journeys.reached.indices {
      drafts.append(
        Draft("journeys.reached.\(stage)", count) {
          $0.put(times: journeys.reached[stage], from: base)
        }
      )
    }
    return drafts
  }

  private func drafts(of events: CompanyHistory.Events) -> [Draft] {
    let created = leads.created
    return [
      Draft("events.counts", created.count) { writer in
        writer.putNumbers(
          created.indices.map { UInt32(events.starts[$0 + 1] - events.starts[$0]) }
        )
      },
      Draft("events.codes", events.codes.count) { writer in
        writer.putNumbers(events.codes.map { EventNumbering.number(of: $0) })
      },
      Draft("events.times", events.times.count) { writer in
        var lead = 0
        var base = created.first?.base ?? 0
        writer.put(times: events.times) { index in
          while index >= events.starts[lead + 1] {
            lead += 1
            base = created[lead].base
          }
          defer { base = events.times[index].rawValue }
          return base
        }
      },
    ]
  }

  private func drafts(of activities: CompanyHistory.HumanActivities) -> [Draft] {
    [
      Draft("activities.counts", activities.counts.count) {
        $0.putNumbers(activities.counts)
      },
      Draft("activities.leads", activities.returningLeads.count) { writer in
        writer.putNumbers(activities.returningLeads)
        writer.putNumbers(
          activities.returningLeads.indices.map {
            UInt32(activities.starts[$0 + 1] - activities.starts[$0])
          }
        )
      },
      Draft("activities.times", activities.times.count) {
        $0.put(times: activities.times, from: { _ in 0 })
      },
    ]
  }

  private func encodeMeetings(_ writer: inout ColumnWriter) {
    writer.putNumbers(meetings.map { Int32($0.lead) })
    writer.put(times: meetings.map(\.booked), from: { leads.created[meetings[$0].lead].base })
    writer.put(times: meetings.map(\.starts), from: { meetings[$0].booked.base })
    writer.putNumbers(meetings.map(\.outcome.rawValue))
  }

  private func encodeDeals(_ writer: inout ColumnWriter) {
    writer.putNumbers(wonDeals.map { Int32($0.lead) })
    writer.put(times: wonDeals.map(\.closed), from: { leads.created[wonDeals[$0].lead].base })
    writer.putNumbers(wonDeals.map { UInt8($0.rawAmount == nil ? 0 : 1) })
    writer.putNumbers(wonDeals.map { $0.rawAmount ?? 0 })
    writer.putNumbers(wonDeals.map(\.currency))
    writer.putNumbers(wonDeals.map { UInt8($0.amount == nil ? 0 : 1) })
    // Mostly the recorded amount itself.
    writer.putNumbers(wonDeals.map { ($0.amount ?? 0) &- ($0.rawAmount ?? 0) })
  }

  private func encodeSpend(_ writer: inout ColumnWriter) {
    writer.putNumbers(spend.map(\.channel))
    writer.putNumbers(spend.map(\.campaign))
    writer.putNumbers(spend.map { Int64($0.firstDay.dayNumber) })
    writer.putNumbers(spend.map { Int64($0.lastDay.dayNumber) - Int64($0.firstDay.dayNumber) })
    writer.putNumbers(spend.map(\.amount))
  }
}
