/// A number of a divided budget that opens to records.
public enum BudgetNumber: Hashable, Sendable {
  /// The won deals behind the mean deal.
  case deals
  /// A number of a channel or campaign, by its name.
  case of(Measure, String)

  /// What a channel or campaign has a number of.
  public enum Measure: String, CaseIterable, Sendable {
    /// What was spent in the weeks that say how leads answer to spend.
    case spend
    /// What was spent in the newest of them, which is today's spend.
    case today
    /// The leads of the weeks in which anything was spent.
    case leads
    /// The leads behind the rate at which they are won.
    case rate
  }

  private static let dealsText = "deals"

  /// The number as it is written, `deals` or such as `spend:Google Ads`; nil where it names none.
  public init?(_ text: String) {
    if text == Self.dealsText {
      self = .deals
      return
    }
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2, let measure = Measure(rawValue: parts[0]) else { return nil }
    self = .of(measure, parts[1])
  }

  /// The number as it is written.
  public var text: String {
    switch self {
    case .deals: Self.dealsText
    case .of(let measure, let name): "\(measure.rawValue):\(name)"
    }
  }
}

/// The records behind a number of a budget.
public struct BudgetRecords: Sendable {
  /// The records.
  public var records: NumberRecords
  /// The days that they are of; nil where they are of all times.
  public let days: ClosedRange<CivilDate>?
}

extension BudgetBuilder {
  /// The channels or campaigns of which a budget has numbers.
  ///
  /// - Parameter options: What was asked.
  /// - Returns: Their names.
  /// - Throws: What the engine throws.
  public func names(_ options: BudgetOptions) throws -> [String] {
    try keptSituation(options).units.map(\.name)
  }

  /// The records behind a number.
  ///
  /// - Parameters:
  ///   - number: The number.
  ///   - options: What was asked; by what money is divided, and the weeks, choose the records.
  ///   - engine: The engine that the builder asks.
  /// - Returns: The records; nil where there is no channel or campaign of that name.
  /// - Throws: What the engine throws.
  /// - Complexity: O(episodes + deals + days with spend).
  public func records(
    behind number: BudgetNumber,
    _ options: BudgetOptions,
    of engine: EmbeddedCells
  ) throws -> BudgetRecords? {
    let history = engine.history
    let rule = history.agreement.journeyRule
    let journeys = engine.journeys(under: rule)
    guard case .of(let measure, let name) = number else {
      let deals = history.sizedDeals(in: Set(0..<journeys.count), of: journeys)
      return BudgetRecords(records: .deals(deals), days: nil)
    }
    guard let unit = try keptSituation(options).units.first(where: { $0.name == name }) else {
      return nil
    }
    var asked = FunnelQuestion(
      filters: [DimensionFilter(options.by, values: [name])],
      rule: rule,
      pairs: []
    )
    func days(of weeks: ArraySlice<BudgetWeek>) -> ClosedRange<CivilDate>? {
      guard let first = weeks.first, let last = weeks.last else { return nil }
      return first.start...CivilDate(dayNumber: last.start.dayNumber + 6)
    }
    func spend(in weeks: ArraySlice<BudgetWeek>) -> BudgetRecords {
      guard let days = days(of: weeks) else { return BudgetRecords(records: .spend([]), days: nil) }
      asked.firstDay = days.lowerBound.dayNumber
      asked.lastDay = days.upperBound.dayNumber
      return BudgetRecords(records: .spend(engine.spendParts(for: asked)), days: days)
    }
    func firstPassages() -> [LeadPassage] {
      asked.filters.append(DimensionFilter(.attempt, values: ["1"]))
      let pair = StagePair(from: 0, to: history.agreement.path.count - 1)
      return CellPass(history, journeys, asked).wantedRows().compactMap { row in
        history.passage(row, pair, of: journeys)
      }
    }
    switch measure {
    case .spend: return spend(in: unit.weeks[...])
    case .today: return spend(in: unit.weeksOfToday)
    case .rate: return BudgetRecords(records: .passages(firstPassages()), days: nil)
    case .leads:
      let paid = Set(unit.weeks.lazy.filter { $0.effectiveSpend > 0 }.map(\.start))
      return BudgetRecords(
        records: .passages(
          firstPassages().filter { $0.day.map { paid.contains($0.startOfWeek) } ?? false }
        ),
        days: days(of: unit.weeks[...])
      )
    }
  }
}

extension CompanyHistory {
  /// An episode as a passage from a stage on; nil where it did not enter that.
  fileprivate func passage(_ row: Int, _ pair: StagePair, of journeys: Journeys) -> LeadPassage? {
    guard let wait = journeys.wait(for: pair, row: row, in: self) else { return nil }
    let entered = journeys.reached[pair.from][row]
    return LeadPassage(
      lead: Int(journeys.leads[row]),
      day: entered.isDated ? agreement.calendar.day(of: entered.instant) : nil,
      outcome: wait.outcome
    )
  }
}
