import PlumblineCore

extension DraftBuilder {
  /// What a campaign cost.
  mutating func spend() -> RecordDraft {
    var record = RecordDraft(kind: .spend)
    picker.fill("account", of: &record, FieldNames(profile?.fields["account"] ?? []), .label)
    picker.fill("campaign", of: &record, .campaign, .label)
    picker.fill("channel", of: &record, .channel, .label)
    fillDays(of: &record)
    picker.fill("amount", of: &record, .spend, .number)
    picker.fill("currency", of: &record, .currency, .category)
    picker.fill("impressions", of: &record, .impressions, .number)
    picker.fill("clicks", of: &record, .clicks, .number)
    picker.fill("leads", of: &record, .spendLeads, .number)
    picker.fill("orders", of: &record, .spendOrders, .number)
    picker.fill("revenue", of: &record, .spendRevenue, .number)
    if let clicks = record.source("clicks"), HeaderWords(clicks).isNamed("interactions") {
      record["clicks"]?.notes.append("unsure: interactions are more than clicks")
    }
    if record["channel"] == nil { fillChannel(of: &record) }
    return record
  }

  private mutating func fillChannel(of record: inout RecordDraft) {
    let words = Set(table.fileNames.flatMap { HeaderWords($0).words })
    let networks = [
      ("google", "Google Ads"), ("facebook", "Meta"), ("meta", "Meta"), ("linkedin", "LinkedIn"),
      ("bing", "Microsoft Ads"), ("microsoft", "Microsoft Ads"), ("tiktok", "TikTok"),
    ]
    if let network = networks.first(where: { words.contains($0.0) })?.1 {
      record.set("channel", constant: network, notes: ["unsure: taken from the file's name"])
      return
    }
    picker.fill(
      "channel",
      of: &record,
      FieldNames(["category", "medium", "type", "kategorie"]),
      .category
    )
    if let channel = record.source("channel") {
      record["channel"]?.notes.append("unsure: no column is named like a channel but \(channel)")
    } else {
      record.notes.append("unsure: no column says which channel was paid; set one as a constant")
    }
  }

  /// The days from columns, or from the report's range above the header.
  private mutating func fillDays(of record: inout RecordDraft) {
    picker.fill("from", of: &record, .from, .date, isShared: true)
    picker.fill("to", of: &record, .to, .date, isShared: true)
    guard let from = record.source("from") else {
      guard let range = DateRange.first(in: table.preamble) else {
        record["to"] = nil
        return
      }
      let notes = [
        "unsure: the report has no column of days; every row covers its range. Export it by day "
          + "to compare it week by week"
      ]
      record.set("from", constant: range.first.description, notes: notes)
      record.set("to", constant: range.last.description)
      return
    }
    let words = Set(HeaderWords(from).words)
    if record["to"] == nil, !words.isDisjoint(with: ["month", "quarter", "week"]) {
      record["from"]?.notes.append("unsure: each row counts on this day alone; \"to\" is missing")
    } else if record["to"] == nil, words.contains("start") || words.contains("starts") {
      record["from"]?.notes.append("unsure: each row counts on its first day alone")
    }
    if record["to"] == nil { record.set("to", from: from) }
  }
}

/// A range of days written in a report's title lines.
struct DateRange: Equatable {
  let first: CivilDate
  let last: CivilDate

  /// The first range in lines such as `July 8, 2025 - July 31, 2025`.
  static func first(in lines: [String]) -> DateRange? {
    for line in lines {
      for separator in [" - ", " – ", " — ", " to "] {
        let parts = line.components(separatedBy: separator)
        guard parts.count == 2, let first = day(parts[0]), let last = day(parts[1]), first <= last
        else { continue }
        return DateRange(first: first, last: last)
      }
    }
    return nil
  }

  private static func day(_ text: String) -> CivilDate? {
    var text = ValueRenames.trimmed(text)
    return text.withUTF8 { bytes in
      DateCell(TextBytes.trimmed(UnsafeRawBufferPointer(bytes))).flatMap { $0.date(nil) }
    }
  }
}
