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
    func order(_ part: SpendPart) -> (CivilDate, CivilDate, String, String, Int) {
      let spend = part.spend
      return (
        spend.firstDay, spend.lastDay, texts[.channel][spend.channel],
        texts[.campaign][spend.campaign], part.position
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
    // Some amount counts in part only, for it is of other days too.
    let isParted = parts.contains { $0.amount != $0.spend.amount }
    let isForeign = parts.contains { $0.source.map { $0.currency != currency } ?? false }
    let isSourced = parts.contains { $0.source != nil }
    var table = MarkupTable(
      "spend-table",
      caption: "Spend on record",
      [
        .text("First day"), .text("Last day"), .text("Channel"), .text("Campaign"),
        .number("\(isParted ? "Counts" : "Amount"), \(currency)"),
      ] + (isParted ? [.number("Of an amount of")] : [])
        + (isForeign ? [.number("As recorded")] : []) + (isSourced ? [.text("Read from")] : [])
    )
    for part in shown {
      let (spend, (channel, campaign)) = (part.spend, names(part.spend))
      table.add(
        [
          spend.firstDay.description, spend.lastDay.description,
          channel.isEmpty ? Format.absent : channel, campaign.isEmpty ? Format.absent : campaign,
          Format.exactAmount(part.amount, currency),
        ] + (isParted ? [Format.exactAmount(spend.amount, currency)] : [])
          + (isForeign ? [part.source.map(Self.recorded) ?? Format.absent] : [])
          + (isSourced ? [part.source.map(Self.place) ?? Format.absent] : [])
      )
    }
    return table.markup
  }

  /// An amount as it was recorded: `GBP 400.00`.
  private static func recorded(_ source: SpendSources.Source) -> String {
    "\(source.currency) \(Format.exactAmount(source.amount, source.currency))"
  }

  /// Where an amount was read: `spend.csv:12`.
  private static func place(_ source: SpendSources.Source) -> String {
    "\(source.file.printable):\(source.line)"
  }

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
            wholeAmount: Rounded.amount(Double(spend.amount), currency) ?? 0,
            recordedAmount: part.source.flatMap {
              Rounded.amount(Double($0.amount), $0.currency)
            },
            recordedCurrency: part.source?.currency,
            file: part.source?.file.orNil,
            line: part.source?.line
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
      "first_day", "last_day", "channel", "campaign", "amount", "whole_amount", "recorded_amount",
      "recorded_currency", "file", "line", "number", "as_of", "agreement_version",
      "agreement_hash",
    ])
      + parts.map { part in
        let (spend, (channel, campaign)) = (part.spend, names(part.spend))
        return DelimitedRow.line(
          [
            spend.firstDay.description, spend.lastDay.description, channel, campaign,
            Rounded.amountText(part.amount, currency), Rounded.amountText(spend.amount, currency),
            part.source.map { Rounded.amountText($0.amount, $0.currency) } ?? "",
            part.source?.currency ?? "", part.source?.file ?? "",
            part.source.map { String($0.line) } ?? "",
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
  /// The whole of it.
  let wholeAmount: Double
  /// The amount as it was recorded.
  @OrNull var recordedAmount: Double?
  @OrNull var recordedCurrency: String?
  @OrNull var file: String?
  @OrNull var line: Int?
}
