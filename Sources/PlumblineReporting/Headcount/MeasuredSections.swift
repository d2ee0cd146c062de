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
    func leads(
      _ entries: [RecordSections.Entry],
      _ headline: String,
      _ dayTitle: String
    ) -> Self {
      .leads(
        RecordSections(
          entries,
          behind: input.rawValue,
          headline: headline,
          scope: scope,
          provenance: provenance,
          summaries: summaries,
          dayTitle: dayTitle
        )
      )
    }
    func id(_ lead: Int) -> String { history.texts[.lead][history.leads.ids[lead]] }
    switch records {
    case .handOffs(let handOffs):
      self = leads(
        handOffs.map { Self.entry($0, id($0.lead)) },
        "\(name): \(Format.count(handOffs.count, "lead")) handed over",
        "Handed over"
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
        "\(name): \(Format.count(deals.count, "won deal"))" + Self.mean(of: deals, agreement),
        "Won on"
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
    guard let mean = AmountSummary(deals.compactMap(\.amount).map(Double.init)).mean else {
      return ""
    }
    return ", \(Format.money(mean, agreement.currency)) on average"
  }
}
