public import PlumblineStatistics

/// What both teams found out about one qualifying factor, side by side.
public struct AnswerTable: Sendable {
  /// The answers in the order of the table's rows and columns: yes, no, not asked.
  public static let answers = QualifyingFactor.Answer.allCases

  /// The factor.
  public let factor: QualifyingFactor
  /// The leads of each cell as dense numbers, ascending: `leads[marketing][sales]`.
  public private(set) var leads: [[[Int32]]]

  /// A table without leads.
  init(_ factor: QualifyingFactor) {
    self.factor = factor
    leads = Array(
      repeating: Array(repeating: [], count: Self.answers.count),
      count: Self.answers.count
    )
  }

  /// Puts a lead into its cell.
  mutating func add(
    _ lead: Int,
    marketing: QualifyingFactor.Answer,
    sales: QualifyingFactor.Answer
  ) {
    leads[marketing.position][sales.position].append(Int32(lead))
  }

  /// The leads of one cell as dense numbers, ascending.
  public func leads(
    marketing: QualifyingFactor.Answer,
    sales: QualifyingFactor.Answer
  ) -> [Int32] {
    leads[marketing.position][sales.position]
  }

  /// How many leads stand in one cell.
  public func count(
    marketing: QualifyingFactor.Answer,
    sales: QualifyingFactor.Answer
  ) -> Int {
    leads(marketing: marketing, sales: sales).count
  }

  /// How many leads stand in the table.
  public var total: Int { leads.joined().reduce(0) { $0 + $1.count } }

  /// How many leads both teams gave a yes or a no.
  public var answeredByBoth: Int { bothAnswered.joined().reduce(0, +) }

  /// For how many of these both gave the same.
  public var agreed: Int { count(marketing: .yes, sales: .yes) + count(marketing: .no, sales: .no) }

  /// The range that the data support for the share of agreement; nil where nobody gave both.
  public var agreementInterval: ConfidenceInterval? {
    answeredByBoth == 0
      ? nil : .wilson(successes: Double(agreed), trials: Double(answeredByBoth))
  }

  /// The agreement beyond chance; nil where nobody gave both, or both gave one answer throughout.
  public var kappa: CohenKappa? { CohenKappa(bothAnswered) }

  private var bothAnswered: [[Int]] {
    let given: [QualifyingFactor.Answer] = [.yes, .no]
    return given.map { marketing in
      given.map { count(marketing: marketing, sales: $0) }
    }
  }
}

extension QualifyingFactor.Answer {
  /// The answer's place in a table.
  var position: Int {
    switch self {
    case .yes: 0
    case .no: 1
    case .notAsked: 2
    }
  }
}
