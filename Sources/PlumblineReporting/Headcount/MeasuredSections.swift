public import PlumblineCore
import PlumblineStatistics

/// The records that an input of a simulation was measured from, a page at a time, and as lines for
/// a spreadsheet.
public enum MeasuredSections: Sendable {
  /// Leads handed to sales, or those of won deals.
  case leads(RecordSections)
  /// Amounts spent.
  case spend(SpendSections)

  /// The records of an input.
  ///
  /// - Parameters:
  ///   - records: The records.
  ///   - input: The input.
  ///   - measure: How it was measured.
  ///   - history: The history that they are of.
  ///   - summaries: Tells of leads what their line says.
  public init(
    _ records: HeadcountRecords,
    behind input: HeadcountInput,
    _ measure: HeadcountMeasure,
    of history: CompanyHistory,
    _ summaries: LeadSummaries
  ) {
    let agreement = history.agreement
    let provenance = Provenance(
      agreement: agreement,
      asOf: history.asOf,
      question: FunnelQuestion(rule: agreement.journeyRule, pairs: []),
      horizons: []
    )
    let name = HeadcountWords.name(input).capitalizedFirst
    let source = HeadcountWords.source(.measured(measure), of: input)
    let scope = "\(source.capitalizedFirst), \(provenance.asOfText)."
    func leads(_ entries: [RecordSections.Entry], _ headline: String) -> Self {
      .leads(
        RecordSections(
          entries,
          behind: input.rawValue,
          headline: headline,
          scope: scope,
          provenance: provenance,
          summaries: summaries
        )
      )
    }
    func id(_ lead: Int) -> String { history.texts[.lead][history.leads.ids[lead]] }
    switch records {
    case .handOffs(let handOffs):
      self = leads(
        handOffs.map { Self.entry($0, id($0.lead)) },
        "\(name): \(Format.count(handOffs.count, "lead")) handed over"
      )
    case .deals(let deals):
      self = leads(
        deals.map { deal in
          RecordSections.Entry(
            id: id(deal.lead),
            day: deal.closed.isDated ? agreement.calendar.day(of: deal.closed.instant) : nil,
            amount: deal.amount
          )
        },
        "\(name): \(Format.count(deals.count, "won deal"))" + Self.mean(of: deals, agreement)
      )
    case .spend(let spend):
      self = .spend(
        SpendSections(
          spend,
          of: history,
          behind: input.rawValue,
          headline: "\(name): \(Format.count(spend.count, "amount")) spent, "
            + "\(Format.money(spend.reduce(0) { $0 + Double($1.amount) }, agreement.currency)) in all",
          scope: scope,
          provenance
        )
      )
    }
  }

  private static func entry(_ handOff: HandOffWait, _ id: String) -> RecordSections.Entry {
    let (outcome, label) =
      switch handOff.wait.outcome {
      case .converted: ("won", "won")
      case .exited: ("left", "left the path")
      case .open: ("open", "still open")
      }
    return RecordSections.Entry(
      id: id,
      outcome: outcome,
      labelled: label,
      followUp: handOff.isWorked ? "worked" : "not_worked",
      day: handOff.day
    )
  }

  /// What the deals come to on average; nothing where none has an amount.
  private static func mean(of deals: [CompanyHistory.WonDeal], _ agreement: Agreement) -> String {
    let amounts = deals.compactMap(\.amount).map(Double.init)
    guard !amounts.isEmpty else { return "" }
    let mean = amounts.reduce(0, +) / Double(amounts.count)
    return ", \(Format.money(mean, agreement.currency)) on average"
  }
}

/// Amounts spent, as a list.
public struct SpendSections: Sendable {
  /// How many there are and what they have in common, as a sentence.
  public let headline: String
  /// How the list goes with the number, in sentences.
  public let scope: String

  private let spend: [CompanyHistory.Spend]
  private let texts: TextDictionaries
  private let number: String
  private let provenance: Provenance

  init(
    _ spend: [CompanyHistory.Spend],
    of history: CompanyHistory,
    behind number: String,
    headline: String,
    scope: String,
    _ provenance: Provenance
  ) {
    // By day, then by channel: the order of files says nothing.
    let texts = history.texts
    self.spend = spend.sorted { left, right in
      (left.firstDay, left.lastDay, texts[.channel][left.channel], texts[.campaign][left.campaign])
        < (
          right.firstDay, right.lastDay, texts[.channel][right.channel],
          texts[.campaign][right.campaign]
        )
    }
    self.texts = texts
    self.number = number
    self.headline = headline
    self.scope = scope
    self.provenance = provenance
  }

  private var currency: String { provenance.agreement.currency }

  /// How many there are.
  public var count: Int { spend.count }

  /// Some of them.
  ///
  /// - Parameter range: Their places in the list.
  /// - Returns: The list.
  public func list(_ range: Range<Int>) -> Markup {
    let shown = spend[range.clamped(to: spend.indices)]
    guard !shown.isEmpty else { return .element("p", [:], "There are none.") }
    var table = MarkupTable(
      "spend-table",
      caption: "Spend on record",
      [
        .text("First day"), .text("Last day"), .text("Channel"), .text("Campaign"),
        .number("Amount, \(currency)"),
      ]
    )
    for spend in shown {
      let (channel, campaign) = names(spend)
      table.add([
        spend.firstDay.description, spend.lastDay.description,
        channel.isEmpty ? Format.absent : channel, campaign.isEmpty ? Format.absent : campaign,
        Format.amount(Double(spend.amount), currency),
      ])
    }
    return table.markup
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
    let agreement = provenance.agreement
    return try JSONText.text(
      SpendWire(
        agreement: AgreementWire(agreement),
        asOf: Format.iso8601(provenance.asOf, agreement.calendar),
        number: number,
        total: count,
        offset: window.offset,
        limit: window.limit,
        next: window.next(of: count),
        spend: spend[window.range(of: count)].map { spend in
          let (channel, campaign) = names(spend)
          return SpendWire.Record(
            firstDay: spend.firstDay.description,
            lastDay: spend.lastDay.description,
            channel: channel.orNil,
            campaign: campaign.orNil,
            amount: Rounded.amount(Double(spend.amount), currency) ?? 0
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
      "first_day", "last_day", "channel", "campaign", "amount", "number", "as_of",
      "agreement_version", "agreement_hash",
    ])
      + spend.map { spend in
        let (channel, campaign) = names(spend)
        return DelimitedRow.line(
          [
            spend.firstDay.description, spend.lastDay.description, channel, campaign,
            Rounded.amountText(spend.amount, currency),
          ] + tail
        )
      }.joined()
  }
}

private struct SpendWire: Codable, Hashable, Sendable {
  struct Record: Codable, Hashable, Sendable {
    let firstDay: String
    let lastDay: String
    @OrNull var channel: String?
    @OrNull var campaign: String?
    let amount: Double
  }

  var format = JSONText.format
  var kind = "spend"
  let agreement: AgreementWire
  let asOf: String
  let number: String
  let total: Int
  let offset: Int
  let limit: Int
  @OrNull var next: String?
  let spend: [Record]
}
