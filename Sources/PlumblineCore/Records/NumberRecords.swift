public import PlumblineStatistics

/// The records behind a number that is more than a count of leads.
public enum NumberRecords: Sendable {
  /// Leads on their way through the path.
  case passages([LeadPassage])
  /// Won deals; or wins, each with all its deals together.
  case deals([CompanyHistory.WonDeal])
  /// Amounts spent.
  case spend([SpendPart])
  /// Meetings.
  case meetings([CompanyHistory.Meeting])
}

/// A lead on its way through the path, once for each time that it came.
public struct LeadPassage: Hashable, Sendable {
  /// The lead's dense number.
  public var lead: Int
  /// The day on which it entered the stage that counts; nil where nobody recorded it.
  public var day: CivilDate?
  /// How its way from there to won ended.
  public var outcome: LagOutcome
  /// Whether anybody worked it; nil where the number does not ask.
  public var isWorked: Bool?

  /// A passage.
  ///
  /// - Parameters:
  ///   - lead: The lead's dense number.
  ///   - day: The day on which it entered the stage that counts.
  ///   - outcome: How its way from there to won ended.
  ///   - isWorked: Whether anybody worked it.
  public init(lead: Int, day: CivilDate?, outcome: LagOutcome, isWorked: Bool? = nil) {
    self.lead = lead
    self.day = day
    self.outcome = outcome
    self.isWorked = isWorked
  }
}

/// What of an amount spent counts for a number.
public struct SpendPart: Sendable {
  /// Its place among the amounts of the history.
  public var position: Int
  /// The amount in the agreement's currency.
  public var spend: CompanyHistory.Spend
  /// What of it falls on the days that count, minor units of the agreement's currency.
  public var amount: Int64
  /// Where it was read; nil where nobody asked, see `NumberRecords.sourced(_:)`.
  public var source: SpendSources.Source?
}

extension CellPass {
  /// The amounts spent that count for the question, each with what of it does; none where spend is
  /// not known by what the question asks.
  ///
  /// - Complexity: O(days with spend).
  func spendParts() -> [SpendPart] {
    guard question.isSpendKnown else { return [] }
    let today = history.agreement.calendar.day(of: history.asOf).dayNumber
    let isByDay = all.contains(where: \.isPeriod)
    return history.spend.enumerated().compactMap { position, spend in
      guard let span = SpendSpan(spend, question, lastDay: today) else { return nil }
      let pieces = isByDay ? span.days.map { $0...$0 } : [span.days]
      let counted = pieces.filter { numbers(of: spend, on: $0.lowerBound) != nil }
      guard !counted.isEmpty else { return nil }
      let amount = counted.reduce(0) { $0 + span.amount(on: $1) }
      return SpendPart(position: position, spend: spend, amount: amount)
    }
  }

  /// The numbers of an amount's values by every dimension of the question; nil where its conditions
  /// leave the amount out.
  func numbers(of spend: CompanyHistory.Spend, on day: Int) -> [Int]? {
    let numbers = all.map { dimension in
      switch dimension.dimension {
      case .channel: Int(dimension.numbers[Int(spend.channel)])
      case .campaign: Int(dimension.numbers[Int(spend.campaign)])
      default: dimension.number(ofDay: day)
      }
    }
    for (number, passes) in zip(numbers.dropFirst(dimensions.count), passing)
    where number >= passes.count || !passes[number] {
      return nil
    }
    return numbers
  }
}

extension EmbeddedCells {
  /// The amounts spent that count for a question, see `CellPass.spendParts()`.
  func spendParts(for question: FunnelQuestion) -> [SpendPart] {
    CellPass(history, journeys(under: question.rule), question).spendParts()
  }
}

extension CompanyHistory {
  /// The won deals with an amount that were won in some episodes.
  ///
  /// - Parameters:
  ///   - rows: The episodes.
  ///   - journeys: The journeys that they are of.
  /// - Returns: The deals, in the order of the history.
  /// - Complexity: O(deals).
  func sizedDeals(in rows: Set<Int>, of journeys: Journeys) -> [WonDeal] {
    wonDeals.filter { deal in
      deal.amount != nil
        && journeys.row(ofLead: deal.lead, at: deal.closed).map(rows.contains) ?? false
    }
  }
}
