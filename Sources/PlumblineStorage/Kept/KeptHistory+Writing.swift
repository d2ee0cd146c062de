import Foundation
import PlumblineCore

extension KeptHistory {
  /// A section that is to be written.
  struct Draft: Sendable {
    var name: String
    var part = 0
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
  /// - Parameters:
  ///   - leadsPerPart: How many leads a part has, the last one fewer.
  ///   - others: Sections that stand beside those of a history.
  /// - Returns: The header, then the sections.
  /// - Throws: What reading events or activities throws.
  func encoded(
    leadsPerPart: Int = usualLeadsPerPart,
    with others: [Draft] = []
  ) throws -> [[UInt8]] {
    let drafts = try others + drafts(leadsPerPart)
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
        KeptHeader.checksum($0, name: draft.name, part: draft.part, rowCount: draft.rowCount)
      }
      header.sections.append(
        KeptHeader.Section(
          name: draft.name,
          part: draft.part,
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

  private func drafts(_ leadsPerPart: Int) throws -> [Draft] {
    let events = try events.value()
    let activities = try humanActivities.value()
    let detours = try repeatedDetours.value()
    let count = leads.ids.count
    let companywide = [
      Draft("notes", 1) { writer in
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        writer.putBytes(Array(try encoder.encode(notes)))
      },
      Draft("spend", spend.count, encodeSpend),
    ]
    // A company without leads has one part, which is empty.
    let parts = stride(from: 0, to: max(1, count), by: leadsPerPart).enumerated().flatMap {
      part,
      start in
      let range = start..<min(start + leadsPerPart, count)
      return
        (leadDrafts(range) + journeyDrafts(range) + objectDrafts(range)
        + drafts(of: events, range) + drafts(of: activities, range)
        + [draft(of: detours, range)]).map { draft in
          var draft = draft
          draft.part = part
          return draft
        }
    }
    return companywide + parts
  }

  private func leadDrafts(_ range: Range<Int>) -> [Draft] {
    let leads = leads
    func numbers<Value: FixedWidthInteger & BitwiseCopyable & Sendable>(
      _ name: String,
      _ column: [Value]
    ) -> Draft {
      Draft(name, range.count) { $0.putNumbers(column[range]) }
    }
    return [
      numbers("leads.ids", leads.ids),
      Draft("leads.created", range.count) { $0.put(times: leads.created[range], from: { _ in 0 }) },
      numbers("leads.channels", leads.channels),
      numbers("leads.campaigns", leads.campaigns),
      numbers("leads.segments", leads.segments),
      numbers("leads.owners", leads.owners),
      numbers("leads.scores", leads.scoresAtHandOff),
      Draft("leads.firstAttempts", range.count) {
        $0.put(times: leads.firstAttempts[range], from: { leads.created[$0].base })
      },
    ]
  }

  private func journeyDrafts(_ leads: Range<Int>) -> [Draft] {
    let (journeys, created) = (journeys, self.leads.created)
    let range = journeys.leads.positions(of: leads)
    let base: @Sendable (Int) -> Int64 = { created[Int(journeys.leads[$0])].base }
    var drafts = [
      Draft("journeys.counts", leads.count) { writer in
        var counts = Array(repeating: UInt32(0), count: leads.count)
        for lead in journeys.leads[range] { counts[Int(lead) - leads.lowerBound] += 1 }
        writer.putNumbers(counts)
      },
      Draft("journeys.attempts", range.count) { $0.putNumbers(journeys.attempts[range]) },
      Draft("journeys.exits", range.count) { $0.put(times: journeys.exits[range], from: base) },
      Draft("journeys.detours", range.count) { $0.putNumbers(journeys.detours[range]) },
      Draft("journeys.activityCounts", range.count) {
        $0.putNumbers(journeys.activityCounts[range])
      },
    ]
    for stage in journeys.reached.indices {
      drafts.append(
        Draft("journeys.reached.\(stage)", range.count) {
          $0.put(times: journeys.reached[stage][range], from: base)
        }
      )
    }
    return drafts
  }

  private func objectDrafts(_ range: Range<Int>) -> [Draft] {
    let waiting = waitingLeads[waitingLeads.positions(of: range)]
    let meetings = meetings.of(range)
    let deals = wonDeals.of(range)
    return [
      Draft("leads.waiting", waiting.count) { writer in
        writer.putNumbers(waiting.map { $0 - Int32(range.lowerBound) })
      },
      Draft("meetings", meetings.count) { encode(Array(meetings), of: range, &$0) },
      Draft("deals", deals.count) { encode(Array(deals), of: range, &$0) },
    ]
  }

  private func drafts(of events: CompanyHistory.Events, _ leads: Range<Int>) -> [Draft] {
    let created = self.leads.created
    let range = events.starts[leads.lowerBound]..<events.starts[leads.upperBound]
    return [
      Draft("events.counts", leads.count) { writer in
        writer.putNumbers(leads.map { UInt32(events.starts[$0 + 1] - events.starts[$0]) })
      },
      Draft("events.codes", range.count) { writer in
        writer.putNumbers(events.codes[range].map { EventNumbering.number(of: $0) })
      },
      Draft("events.times", range.count) { writer in
        var lead = leads.lowerBound
        var base = leads.isEmpty ? 0 : created[lead].base
        writer.put(times: events.times[range]) { index in
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

  private func drafts(
    of activities: CompanyHistory.HumanActivities,
    _ leads: Range<Int>
  ) -> [Draft] {
    let lists = activities.returningLeads.positions(of: leads)
    let range = activities.starts[lists.lowerBound]..<activities.starts[lists.upperBound]
    return [
      Draft("activities.counts", leads.count) { $0.putNumbers(activities.counts[leads]) },
      Draft("activities.leads", lists.count) { writer in
        writer.putNumbers(activities.returningLeads[lists].map { $0 - Int32(leads.lowerBound) })
        writer.putNumbers(
          lists.map { UInt32(activities.starts[$0 + 1] - activities.starts[$0]) }
        )
      },
      Draft("activities.times", range.count) {
        $0.put(times: activities.times[range], from: { _ in 0 })
      },
    ]
  }

  private func draft(
    of detours: CompanyHistory.RepeatedDetours,
    _ leads: Range<Int>
  ) -> Draft {
    let created = self.leads.created
    let rows = detours.leads.positions(of: leads)
    return Draft("detours", rows.count) { writer in
      writer.putNumbers(detours.leads[rows].map { $0 - Int32(leads.lowerBound) })
      writer.put(times: detours.times[rows]) { created[Int(detours.leads[$0])].base }
      writer.putNumbers(detours.detours[rows])
    }
  }

  private func encode(
    _ meetings: [CompanyHistory.Meeting],
    of part: Range<Int>,
    _ writer: inout ColumnWriter
  ) {
    writer.putNumbers(meetings.map { Int32($0.lead - part.lowerBound) })
    writer.put(times: meetings.map(\.booked)[...]) { leads.created[meetings[$0].lead].base }
    writer.put(times: meetings.map(\.starts)[...]) { meetings[$0].booked.base }
    writer.putNumbers(meetings.map(\.outcome.rawValue))
  }

  private func encode(
    _ deals: [CompanyHistory.WonDeal],
    of part: Range<Int>,
    _ writer: inout ColumnWriter
  ) {
    writer.putNumbers(deals.map { Int32($0.lead - part.lowerBound) })
    writer.put(times: deals.map(\.closed)[...]) { leads.created[deals[$0].lead].base }
    writer.putNumbers(deals.map { UInt8($0.rawAmount == nil ? 0 : 1) })
    writer.putNumbers(deals.map { $0.rawAmount ?? 0 })
    writer.putNumbers(deals.map(\.currency))
    writer.putNumbers(deals.map { UInt8($0.amount == nil ? 0 : 1) })
    // Mostly the recorded amount itself.
    writer.putNumbers(deals.map { ($0.amount ?? 0) &- ($0.rawAmount ?? 0) })
  }

  private func encodeSpend(_ writer: inout ColumnWriter) {
    writer.putNumbers(spend.map(\.channel))
    writer.putNumbers(spend.map(\.campaign))
    writer.putNumbers(spend.map { Int64($0.firstDay.dayNumber) })
    writer.putNumbers(spend.map { Int64($0.lastDay.dayNumber) - Int64($0.firstDay.dayNumber) })
    writer.putNumbers(spend.map(\.amount))
  }
}

extension [Int32] {
  /// Where the numbers of a range stand in this ascending list.
  ///
  /// - Complexity: O(log count).
  fileprivate func positions(of numbers: Range<Int>) -> Range<Int> {
    firstPosition { $0 >= numbers.lowerBound }..<firstPosition { $0 >= numbers.upperBound }
  }
}

extension Array where Element: OfLead {
  /// What belongs to some leads, of elements in the order of leads.
  ///
  /// - Complexity: O(log count).
  fileprivate func of(_ leads: Range<Int>) -> ArraySlice<Element> {
    self[
      firstPosition { $0.lead >= leads.lowerBound }..<firstPosition { $0.lead >= leads.upperBound }
    ]
  }
}
