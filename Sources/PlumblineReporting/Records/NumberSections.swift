import PlumblineCore
import PlumblineStatistics

/// The records behind a number, a page at a time, and as lines for a spreadsheet.
public enum NumberSections: Sendable {
  /// Leads.
  case leads(RecordSections)
  /// Won deals or meetings, by their leads.
  case occasions(RecordSections)
  /// Amounts spent.
  case spend(SpendSections)

  /// What is said of the records of a number.
  struct Telling {
    /// The number, in a word for programs.
    var number: String
    /// The same in words, at the beginning of a sentence.
    var name: String
    /// How the list goes with the number, in sentences.
    var scope: String
    /// What leads did on their day, such as `Handed over`.
    var passing = "Came in"
    /// What a won deal counts as: a `won deal`, or a `win` of several.
    var deal = "won deal"
  }

  /// The records of a number.
  ///
  /// - Parameters:
  ///   - records: The records.
  ///   - telling: What is said of them.
  ///   - history: The history that they are of.
  ///   - question: The conditions and rules under which they count; the agreement's when nil.
  ///   - summaries: Tells of leads what their line says.
  init(
    _ records: NumberRecords,
    _ telling: Telling,
    of history: CompanyHistory,
    under question: FunnelQuestion? = nil,
    _ summaries: LeadSummaries
  ) {
    let agreement = history.agreement
    let provenance = Provenance(
      agreement: agreement,
      asOf: history.asOf,
      question: question ?? FunnelQuestion(rule: agreement.journeyRule, pairs: []),
      horizons: []
    )
    let conditions = provenance.filterText.map { ", where \($0)" } ?? ""
    let scope = "\(telling.scope)\(conditions), \(provenance.asOfText)."
    func id(_ lead: Int) -> String { history.texts[.lead][history.leads.ids[lead]] }
    func list(
      _ entries: [RecordSections.Entry],
      _ counted: String,
      _ dayTitle: String
    ) -> RecordSections {
      RecordSections(
        entries,
        behind: telling.number,
        headline: "\(telling.name): \(counted)",
        scope: scope,
        provenance: provenance,
        summaries: summaries,
        dayTitle: dayTitle
      )
    }
    switch records {
    case .passages(let passages):
      self = .leads(
        list(
          passages.map { Self.entry($0, id($0.lead)) },
          Format.count(passages.count, "lead"),
          telling.passing
        )
      )
    case .deals(let deals):
      self = .occasions(
        list(
          deals.map { deal in
            RecordSections.Entry(
              id: id(deal.lead),
              day: Self.day(deal.closed, agreement),
              amount: deal.amount
            )
          },
          Format.count(deals.count, telling.deal) + Self.mean(of: deals, agreement),
          "Won on"
        )
      )
    case .meetings(let meetings):
      self = .occasions(
        list(
          meetings.map { meeting in
            let (outcome, label) = Self.outcome(of: meeting)
            return RecordSections.Entry(
              id: id(meeting.lead),
              outcome: outcome,
              labelled: label,
              day: Self.day(meeting.starts, agreement)
            )
          },
          Format.count(meetings.count, "meeting"),
          "Meeting on"
        )
      )
    case .spend(let parts):
      let sum = parts.reduce(0) { $0 + $1.amount }
      self = .spend(
        SpendSections(
          parts,
          of: history,
          behind: telling.number,
          headline: "\(telling.name): \(Format.count(parts.count, "amount")) spent, "
            + "\(Format.money(Double(sum), agreement.currency)) in all",
          scope: scope,
          provenance
        )
      )
    }
  }

  private static func entry(_ passage: LeadPassage, _ id: String) -> RecordSections.Entry {
    let (outcome, label) =
      switch passage.outcome {
      case .converted: ("won", "won")
      case .exited: ("left", "left the path")
      case .open: ("open", "still open")
      }
    return RecordSections.Entry(
      id: id,
      outcome: outcome,
      labelled: label,
      followUp: passage.isWorked.map { $0 ? "worked" : "not_worked" } ?? "",
      day: passage.day
    )
  }

  private static func day(_ time: TimePoint, _ agreement: Agreement) -> CivilDate? {
    time.isPresent && time.isDated ? agreement.calendar.day(of: time.instant) : nil
  }

  /// What came of a meeting, as JSON says it and in words.
  private static func outcome(of meeting: CompanyHistory.Meeting) -> (String, String) {
    switch meeting.outcome {
    case .held: ("held", "held")
    case .noShow: ("no_show", "no show")
    case .cancelled: ("cancelled", "cancelled")
    case .rescheduled: ("rescheduled", "rescheduled")
    case .unconfirmed: ("unconfirmed", "unconfirmed")
    case .upcoming: ("upcoming", "upcoming")
    }
  }

  /// What the deals come to on average; nothing where none has an amount.
  private static func mean(of deals: [CompanyHistory.WonDeal], _ agreement: Agreement) -> String {
    guard let mean = AmountSummary(deals.compactMap(\.amount).map(Double.init)).mean else {
      return ""
    }
    return ", \(Format.money(mean, agreement.currency)) on average"
  }

  /// How many records there are.
  public var count: Int {
    switch self {
    case .leads(let sections), .occasions(let sections): sections.count
    case .spend(let sections): sections.count
    }
  }

  /// All of them as comma-separated values, each with what the list rests on.
  public var csv: String {
    switch self {
    case .leads(let sections), .occasions(let sections): sections.csv
    case .spend(let sections): sections.csv
    }
  }

  /// Some of them as JSON, with the columns of `csv`.
  ///
  /// - Parameter window: Which of them.
  /// - Returns: The JSON, ending in a line break.
  /// - Throws: `EncodingError` for an amount that is not finite.
  public func json(_ window: ListWindow) throws -> String {
    switch self {
    case .leads(let sections), .occasions(let sections): try sections.json(window)
    case .spend(let sections): try sections.json(window)
    }
  }

  /// What `--ids` prints: the ids of leads, a line each; won deals, meetings and amounts spent, which
  /// are more than an id, as comma-separated values.
  public var lines: String {
    if case .leads(let sections) = self { sections.idLines } else { csv }
  }
}
