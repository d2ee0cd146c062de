public import PlumblineCore
import PlumblineStatistics

/// Plans of past dates against what came, as text for people.
public struct PlanReplayText: Sendable {
  private let words: PlanReplayWords
  private let layout: TextLayout

  /// Plans to be shown.
  ///
  /// - Parameters:
  ///   - replay: The plans against what came.
  ///   - agreement: The agreement under which they were made.
  ///   - layout: How wide, and whether for a terminal.
  public init(
    _ replay: PlanReplay,
    under agreement: Agreement,
    layout: TextLayout = TextLayout()
  ) {
    words = PlanReplayWords(replay: replay, agreement: agreement)
    self.layout = layout
  }

  /// The verdict as one sentence that can be read aloud.
  public var headline: String {
    words.replay.rows.isEmpty ? words.noneText : words.headline
  }

  /// The text, each line ending in a line break.
  public var text: String {
    var page = TextPage(layout)
    let replay = words.replay
    guard !replay.rows.isEmpty else {
      page.paragraph(words.noneText, ink: .strong)
      foot(&page)
      return page.text
    }
    page.paragraph(words.headline, ink: .strong)
    page.blank()
    page.paragraph(words.scope)
    page.blank()
    for (label, text) in words.shares { page.fact(label, text) }
    if let text = words.comparisonText { page.fact("Worth it?", text) }
    page.blank()
    page.table(rows)
    page.paragraph(
      "Amounts in \(words.agreement.currency). P90: reached with a chance of 90 %. Share below: "
        + "the chance that the plan gave to no more than what came. * outside P10 to P90.",
      indent: 2
    )
    chances(&page)
    page.heading("How plans are replayed")
    page.bullets(words.notes)
    foot(&page)
    return page.text
  }

  private func foot(_ page: inout TextPage) {
    page.blank()
    for line in words.provenance.footer { page.paragraph(line, ink: .faint) }
  }

  private var rows: TextTable {
    var table = TextTable([
      .whole("made on"), .number("leads a week"), .number("P90"), .number("expected"),
      .number("P10"), .number("came"), .number("wins"), .number("share below"),
    ])
    for row in words.replay.rows {
      let isOutside = row.isWithinRange == false
      let forecast = row.forecast
      func amount(_ value: Double?) -> String { value.map(words.amount) ?? Format.absent }
      table.add(
        [
          row.date.description, Format.fixed(row.leadsPerWeek, decimals: 1),
          amount(forecast?.low), amount(forecast?.mean), amount(forecast?.high),
          amount(Double(row.actual)) + (isOutside ? "*" : ""), Format.count(row.wins),
          row.position.map { Format.percent($0) } ?? "no plan",
        ],
        ink: isOutside ? .bad : .plain
      )
    }
    return table
  }

  private func chances(_ page: inout TextPage) {
    let groups = words.replay.chancesGiven
    guard !groups.isEmpty else { return }
    page.heading("Chances given to winning more than in the period before")
    var table = TextTable([
      .whole("chance given"), .number("plans"), .number("mean chance"), .number("won more"),
      .number("share, 95 %"),
    ])
    for group in groups {
      table.add([
        "\(Format.percent(group.chances.lowerBound)) to "
          + Format.percent(min(group.chances.upperBound, 1)),
        Format.count(group.replays), group.meanChance.map(Format.percent) ?? Format.absent,
        Format.count(group.came),
        Format.percent(Double(group.came) / Double(group.replays), group.interval),
      ])
    }
    page.table(table)
  }
}
