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
    entries(&page)
    episodes(&page)
    page.blank()
    let hash = agreement.hash.isEmpty ? "" : " (\(agreement.hash.prefix(12)))"
    page.paragraph(
      "Times on the clock of \(agreement.calendar.zoneName); agreement "
        + "\(agreement.version)\(hash).",
      ink: .faint
    )
    return page.text
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
    for episode in timeline.episodes {
      let steps = episode.reached.map { part("reached", $0) }
      let end = episode.exit.map { part("left as", $0) }
      let state = end ?? (isWon(episode) ? nil : "still open")
      page.points(
        "Episode \(episode.attempt)",
        steps + [state].compactMap { $0 },
        indent: 2
      )
    }
  }

  private func isWon(_ episode: LeadTimeline.Episode) -> Bool {
    episode.reached.contains { $0.stage == agreement.path.last?.id }
  }

  private func part(_ verb: String, _ reached: LeadTimeline.Reached) -> String {
    "\(verb) \(StageWords(agreement).label(reached.stage)), "
      + Format.time(reached.time, agreement.calendar)
  }
}
