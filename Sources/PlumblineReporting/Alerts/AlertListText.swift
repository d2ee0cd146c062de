public import PlumblineCore

/// The alert log as text for people, the newest first.
public struct AlertListText: Sendable {
  private let records: [AlertRecord]
  private let agreement: Agreement
  private let most: Int
  private let layout: TextLayout

  /// A log to be shown.
  ///
  /// - Parameters:
  ///   - records: The alerts.
  ///   - agreement: The agreement whose clock is used.
  ///   - most: How many are listed.
  ///   - layout: How wide, and whether for a terminal.
  public init(
    _ records: [AlertRecord],
    under agreement: Agreement,
    most: Int,
    layout: TextLayout = TextLayout()
  ) {
    self.records = records.sorted { ($0.claimedAt, $0.number) > ($1.claimedAt, $1.number) }
    self.agreement = agreement
    self.most = most
    self.layout = layout
  }

  /// The text, each line ending in a line break.
  public var text: String {
    var page = TextPage(layout)
    let words = AlertWords(agreement: agreement)
    let counts = AlertRecord.State.allCases.compactMap { state -> String? in
      let count = records.count { $0.state == state }
      return count > 0 ? "\(Format.count(count)) \(state.rawValue)" : nil
    }
    page.paragraph(
      records.isEmpty ? "No alerts." : "Alerts: \(counts.joined(separator: ", ")).",
      ink: .strong
    )
    guard !records.isEmpty else { return page.text }
    page.blank()
    var table = TextTable([
      .number("no"), .text("destination", least: 8), .text("lead", least: 8),
      .wrapped("promise", least: 11), .whole("tried"), .wrapped("state", least: 18),
    ])
    for record in records.prefix(most) {
      let step = "\(AlertWords.word(record.step)): \(AlertWords.name(record.promise))"
      table.add(
        [
          String(record.number), record.id.destination, record.lead, step,
          words.time(record.claimedAt), state(record, words),
        ],
        ink: [.unknown, .failed].contains(record.state) ? .bad : .plain
      )
    }
    page.table(table)
    if records.count > most {
      page.paragraph(
        "And \(Format.count(records.count - most)) older; JSON lists them all.",
        indent: 2
      )
    }
    if records.contains(where: { $0.state == .unknown }) {
      page.blank()
      page.paragraph(
        "Unknown: it may have arrived. Ask there; if it has not, let it be sent again with "
          + "plumbline alerts release NUMBER."
      )
    }
    return page.text
  }

  private func state(_ record: AlertRecord, _ words: AlertWords) -> String {
    var text = record.state.rawValue
    if record.attempts > 1 { text += " at attempt \(record.attempts)" }
    if let reason = record.reason, record.state != .released { text += ": \(reason)" }
    if let retryAt = record.retryAt { text += "; again from \(words.time(retryAt))" }
    return text
  }
}
