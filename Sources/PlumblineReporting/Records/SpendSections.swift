import PlumblineCore

/// Amounts spent, as a list.
public struct SpendSections: Sendable {
  /// How many there are and what they have in common, as a sentence.
  public let headline: String
  /// How the list goes with the number, in sentences.
  public let scope: String

  private let parts: [SpendPart]
  private let texts: TextDictionaries
  private let number: String
  private let provenance: Provenance

  init(
    _ parts: [SpendPart],
    of history: CompanyHistory,
    behind number: String,
    headline: String,
    scope: String,
    _ provenance: Provenance
  ) {
    // By day, then by channel: the order of files says nothing.
    let texts = history.texts
    func order(_ part: SpendPart) -> (CivilDate, CivilDate, String, String) {
      let spend = part.spend
      return (
        spend.firstDay, spend.lastDay, texts[.channel][spend.channel],
        texts[.campaign][spend.campaign]
      )
    }
    self.parts = parts.sorted { order($0) < order($1) }
    self.texts = texts
    self.number = number
    self.headline = headline
    self.scope = scope
    self.provenance = provenance
  }

  private var currency: String { provenance.agreement.currency }

  /// How many there are.
  public var count: Int { parts.count }

  /// Some of them.
  ///
  /// - Parameter range: Their places in the list.
  /// - Returns: The list.
  public func list(_ range: Range<Int>) -> Markup {
    let shown = parts[range.clamped(to: parts.indices)]
    guard !shown.isEmpty else { return .element("p", [:], "There are none.") }
    var table = MarkupTable(
      "spend-table",
      caption: "Spend on record",
      [
        .text("First day"), .text("Last day"), .text("Channel"), .text("Campaign"),
        .number("\(isParted ? "Counts" : "Amount"), \(currency)"),
      ] + (isParted ? [.number("Of an amount of")] : [])
    )
    for part in shown {
      let (spend, (channel, campaign)) = (part.spend, names(part.spend))
      table.add(
        [
          spend.firstDay.description, spend.lastDay.description,
          channel.isEmpty ? Format.absent : channel, campaign.isEmpty ? Format.absent : campaign,
          Format.amount(Double(part.amount), currency),
        ] + (isParted ? [Format.amount(Double(spend.amount), currency)] : [])
      )
    }
    return table.markup
  }

  /// Whether some amount counts in part only, for it is of other days too.
  private var isParted: Bool { parts.contains { $0.amount != $0.spend.amount } }

  private func names(_ spend: CompanyHistory.Spend) -> (channel: String, campaign: String) {
    (texts[.channel][spend.channel], texts[.campaign][spend.campaign])
  }

  /// What the list rests on, and what made the page.
  ///
  /// - Parameter program: What made the page, such as a program and its version.
  /// - Returns: The foot of the page.
  public func footer(generatedBy program: String) -> Markup {
    HTMLPage.footer(provenance.footer, under: provenance.agreement, generatedBy: program)
  }

  /// Some of them as JSON, with the columns of `csv`.
  ///
  /// - Parameter window: Which of them.
  /// - Returns: The JSON, ending in a line break.
  /// - Throws: `EncodingError` for an amount that is not finite.
  public func json(_ window: ListWindow) throws -> String {
    try JSONText.text(
      RecordsWire(
        "spend",
        behind: number,
        provenance,
        count: count,
        window,
        parts[window.range(of: count)].map { part in
          let (spend, (channel, campaign)) = (part.spend, names(part.spend))
          return SpendWire(
            firstDay: spend.firstDay.description,
            lastDay: spend.lastDay.description,
            channel: channel.orNil,
            campaign: campaign.orNil,
            amount: Rounded.amount(Double(part.amount), currency) ?? 0,
            recorded: Rounded.amount(Double(spend.amount), currency) ?? 0
          )
        }
      )
    )
  }

  /// All of them as comma-separated values, each with what the list rests on.
  public var csv: String {
    let agreement = provenance.agreement
    let tail = [
      number, Format.iso8601(provenance.asOf, agreement.calendar), agreement.version,
      agreement.hash,
    ]
    return DelimitedRow.line([
      "first_day", "last_day", "channel", "campaign", "amount", "recorded", "number", "as_of",
      "agreement_version", "agreement_hash",
    ])
      + parts.map { part in
        let (spend, (channel, campaign)) = (part.spend, names(part.spend))
        return DelimitedRow.line(
          [
            spend.firstDay.description, spend.lastDay.description, channel, campaign,
            Rounded.amountText(part.amount, currency), Rounded.amountText(spend.amount, currency),
          ] + tail
        )
      }.joined()
  }
}

/// An amount spent in JSON, as a line of the file says it.
private struct SpendWire: Codable, Hashable, Sendable {
  let firstDay: String
  let lastDay: String
  @OrNull var channel: String?
  @OrNull var campaign: String?
  /// What of it counts for the number.
  let amount: Double
  /// The whole amount as recorded.
  let recorded: Double
}
