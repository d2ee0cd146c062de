public import PlumblineCore

/// A lead's history as text for people.
public struct LeadTimelineText: Sendable {
  private let timeline: LeadTimeline
  private let agreement: Agreement
  private let layout: TextLayout

  /// A history to be shown.
  ///
  /// - Parameters:
  ///   - timeline: The lead's history.
  ///   - agreement: The agreement that gave its episodes their meaning, and the time zone.
  ///   - layout: How wide, and whether for a terminal.
  public init(
    _ timeline: LeadTimeline,
    under agreement: Agreement,
    layout: TextLayout = TextLayout()
  ) {
    self.timeline = timeline
    self.agreement = agreement
    self.layout = layout
  }

  /// The text, each line ending in a line break.
  public var text: String {
    var page = TextPage(layout)
    page.heading("Lead \(timeline.id)")
    for attribute in timeline.attributes {
      page.fact(attribute.name.printable, attribute.value, indent: 2, labelWidth: 14)
    }
    known(&page)
    entries(&page)
    episodes(&page)
    page.blank()
    page.paragraph(LeadTimelineWords(agreement).footer, ink: .faint)
    return page.text
  }

  private func known(_ page: inout TextPage) {
    guard let known = timeline.known else { return }
    page.heading(LeadTimelineWords(agreement).title(known))
    for fact in LeadTimelineWords(agreement).facts(known) {
      page.fact(fact.name.printable, fact.value, indent: 2, labelWidth: 26)
    }
    if known.isEmpty { page.paragraph(LeadTimelineWords.nothingKnown, indent: 2) }
  }

  private func entries(_ page: inout TextPage) {
    page.heading("What happened")
    guard !timeline.entries.isEmpty else {
      page.paragraph("Nothing is on record.", indent: 2)
      return
    }
    let places = timeline.entries.map { entry in
      entry.file + (entry.line.map { ":\($0)" } ?? "")
    }
    // A line number broken in two reads as another one, so usual names of files stay whole.
    let areShort = places.allSatisfy { DisplayWidth.of($0) <= 28 }
    var table = TextTable([
      .whole("when"), .text("what", least: 8), .wrapped("detail", least: 8),
      areShort ? .whole("read from") : .wrapped("read from", least: 12),
    ])
    for (entry, place) in zip(timeline.entries, places) {
      table.add([
        Format.time(entry.time, agreement.calendar), entry.what, entry.detail, place,
      ])
    }
    page.table(table)
  }

  private func episodes(_ page: inout TextPage) {
    guard !timeline.episodes.isEmpty else { return }
    page.heading("How the agreement reads it")
    let words = LeadTimelineWords(agreement)
    for episode in timeline.episodes {
      page.points("Episode \(episode.attempt)", words.steps(of: episode), indent: 2)
    }
  }
}
