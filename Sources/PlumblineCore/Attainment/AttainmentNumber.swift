/// A number of an answer about attainment that opens to its records.
public enum AttainmentNumber: Hashable, Sendable {
  /// The records that met a measure of the scorecards, or that it counts.
  case met(ScorecardMeasure)
  /// All records that a share or a mean of the scorecards stands on.
  case base(ScorecardMeasure)
  /// The deals that somebody won, in a month of the period or in all of it.
  case won(AttainmentRow.Subject, AttainmentPeriod?)
  /// The open deals of somebody that can still be won.
  case open(AttainmentRow.Subject)

  /// A name for addresses, such as `first_touch`, `base:first_touch`, `won:team:2026-05` or
  /// `open:owner:Ann`.
  public var text: String {
    switch self {
    case .met(let measure): measure.rawValue
    case .base(let measure): "base:\(measure.rawValue)"
    case .won(let subject, let month):
      "won:\(subject.text)" + (month.map { ":\($0)" } ?? "")
    case .open(let subject): "open:\(subject.text)"
    }
  }

  /// The number of a name; nil where the answer has none such, or does not show it.
  ///
  /// - Parameters:
  ///   - text: The name, see `text`.
  ///   - answer: The answer, with the rows that its reader may see.
  public init?(_ text: String, of answer: AttainmentAnswer) {
    let measures = ScorecardMeasure.allCases.flatMap { [Self.met($0), .base($0)] }
    let rows = answer.rows.flatMap { row in
      [Self.won(row.subject, nil), .open(row.subject)]
        + row.months.map { .won(row.subject, $0.month) }
    }
    guard let number = (measures + rows).first(where: { $0.text == text }) else { return nil }
    self = number
  }

  /// Whether its records are deals, and not leads.
  public var isOfDeals: Bool {
    switch self {
    case .met(let measure), .base(let measure): measure == .wins || measure == .revenue
    case .won, .open: true
    }
  }
}

extension AttainmentRow.Subject {
  /// A name for addresses; people's begin with `owner:`, so that nobody is taken for the team.
  fileprivate var text: String {
    switch self {
    case .team: "team"
    case .owner(let name): "owner:\(name)"
    case .nobody: "nobody"
    }
  }
}

extension AttainmentAnswer {
  /// All rows that are shown.
  fileprivate var rows: [AttainmentRow] { people + [nobody, team] }

  /// The ids of the records behind a number, sorted.
  public func ids(behind number: AttainmentNumber) -> [String] {
    let (ids, others) = lists(behind: number)
    return others.isEmpty ? ids : (ids + others).sorted()
  }

  /// How many records are behind a number.
  public func count(behind number: AttainmentNumber) -> Int {
    let (ids, others) = lists(behind: number)
    return ids.count + others.count
  }

  /// The ids of the records behind a number, in two lists, each sorted.
  private func lists(behind number: AttainmentNumber) -> (ids: [String], others: [String]) {
    func row(_ subject: AttainmentRow.Subject) -> AttainmentRow? {
      rows.first { $0.subject == subject }
    }
    switch number {
    case .met(let measure): return (scorecard.results[measure]?.ids ?? [], [])
    case .base(let measure):
      return scorecard.results[measure].map { ($0.ids, $0.others) } ?? ([], [])
    case .won(let subject, let month?):
      return (row(subject)?.months.first { $0.month == month }?.won.ids ?? [], [])
    case .won(let subject, nil): return (row(subject)?.won.ids ?? [], [])
    case .open(let subject): return (row(subject)?.open.ids ?? [], [])
    }
  }
}
