import PlumblineStatistics

/// Turns cells into a funnel: rates with their interval and maturity, costs, times.
public struct FunnelBuilder: Sendable {
  /// The agreement that the cells were made under.
  public let agreement: Agreement
  /// The stretches whose rates are given.
  public let stretches: Stretches
  let source: any CellSource

  /// A builder that asks a source for cells.
  public init(_ agreement: Agreement, source: any CellSource) {
    self.agreement = agreement
    self.source = source
    stretches = Stretches(agreement)
  }

  /// A question with this path's stretches.
  public func question(
    by dimensions: [FunnelDimension] = [],
    filters: [DimensionFilter] = [],
    firstDay: CivilDate? = nil,
    lastDay: CivilDate? = nil,
    skips: SkipRule? = nil
  ) -> FunnelQuestion {
    FunnelQuestion(
      by: dimensions,
      filters: filters,
      firstDay: firstDay,
      lastDay: lastDay,
      rule: agreement.journeyRule.with(skips),
      pairs: stretches.pairs
    )
  }

  /// The funnel that answers a question of at most one dimension.
  ///
  /// - Parameters:
  ///   - question: The question.
  ///   - comparesSkipRules: Whether the counts under every skip rule are wanted too, which takes
  ///     about as long as all the rest.
  /// - Returns: The funnel.
  /// - Throws: What the source throws.
  public func answer(
    _ question: FunnelQuestion,
    comparesSkipRules: Bool = true
  ) throws -> FunnelAnswer {
    let cells = try source.cells(for: question)
    let coversEverything =
      question.filters.isEmpty && question.firstDay == nil && question.lastDay == nil
      && question.pairs == stretches.pairs
    let horizons = try horizons(
      of: stretches.pairs,
      rule: question.rule,
      pooled: coversEverything ? cells : nil
    )
    let total = cells.total ?? FunnelCell(question, agreement)
    let salesCost = total.spend == nil ? nil : try salesTeamCost(of: question, asOf: cells.asOf)
    func row(_ group: String, _ cell: FunnelCell) -> FunnelRow {
      var builder = RowBuilder(agreement, stretches, horizons, cell)
      builder.salesCost = salesCost?.share(of: cell)
      builder.hasLeads = total.episodes > 0
      return builder.row(group)
    }
    return FunnelAnswer(
      question: question,
      asOf: cells.asOf,
      stages: agreement.path.map(\.id),
      horizons: horizons,
      rows: question.by.isEmpty ? [] : zip(cells.keys, cells.cells).map { row($0[0], $1) },
      total: row("", total),
      skipRules: comparesSkipRules ? try skipRules(question) : []
    )
  }

  /// The days within which each stretch is judged: as agreed, else by when nine tenths of all
  /// conversions on record had happened, over all leads whatever the question.
  ///
  /// - Throws: What the source throws.
  public func horizons(rule: JourneyRule) throws -> [StretchHorizon] {
    try horizons(of: stretches.pairs, rule: rule)
  }

  /// The days within which a stretch is judged that need not be one of the path's own, see
  /// `horizons(rule:)`.
  ///
  /// - Throws: What the source throws.
  public func horizon(of pair: StagePair, rule: JourneyRule) throws -> StretchHorizon {
    try horizons(of: [pair], rule: rule)[0]
  }

  /// Uses `known`, cells of all leads with these stretches, where they are at hand.
  private func horizons(
    of pairs: [StagePair],
    rule: JourneyRule,
    pooled known: FunnelCells? = nil
  ) throws -> [StretchHorizon] {
    let names = pairs.map { (agreement.path[$0.from].id, agreement.path[$0.to].id) }
    let agreed = names.map { agreement.horizonsInDays["\($0)-\($1)"] }
    let isComplete = agreed.allSatisfy { $0 != nil }
    let cells =
      isComplete ? nil : try known ?? source.cells(for: FunnelQuestion(rule: rule, pairs: pairs))
    let pooled = cells?.total
    return names.enumerated().map { index, name in
      let (from, to) = name
      if let days = agreed[index] {
        return StretchHorizon(from: from, to: to, days: days, isAgreed: true)
      }
      let lags = pooled?.pairs[index].lags ?? LagCounts()
      let days = CumulativeIncidence(lags).defaultHorizonInDays() ?? 182
      return StretchHorizon(from: from, to: to, days: days, isAgreed: false)
    }
  }

  private func skipRules(_ question: FunnelQuestion) throws -> [SkipComparison] {
    let rules = SkipRule.compared
    let nobody = agreement.path.map { _ in 0 }
    return try zip(rules, source.reached(for: question, under: rules)).map { rule, reached in
      SkipComparison(skips: rule, reached: reached.isEmpty ? nobody : reached)
    }
  }
}

/// Makes one line of a funnel from one cell.
struct RowBuilder {
  let agreement: Agreement
  let stretches: Stretches
  let horizons: [StretchHorizon]
  let cell: FunnelCell
  /// Sales' cost that falls on the cell, minor units.
  var salesCost: Double?
  /// Whether the question has any leads; without them, no customers is no finding.
  var hasLeads = true

  init(
    _ agreement: Agreement,
    _ stretches: Stretches,
    _ horizons: [StretchHorizon],
    _ cell: FunnelCell
  ) {
    self.agreement = agreement
    self.stretches = stretches
    self.horizons = horizons
    self.cell = cell
  }

  func row(_ group: String) -> FunnelRow {
    let last = agreement.path.count - 1
    let whole = stretches.index(from: 0, to: last)
    let firstToLast = rate(pairAt: whole ?? 0, converted: cell.reached[last])
    // With most wins undated, the days of the others say little about how long a win takes.
    let toWin =
      firstToLast.status == .undated
      ? nil : whole.map { CumulativeIncidence(cell.pairs[$0].lags) }
    return FunnelRow(
      group: group,
      episodes: cell.episodes,
      leads: cell.leads,
      reached: cell.reached,
      transitions: cell.transitions.enumerated().map { stage, count in
        TransitionAnswer(
          from: agreement.path[stage].id,
          to: agreement.path[stage + 1].id,
          count: count,
          rate: rate(pairAt: stage, converted: count.advanced)
        )
      },
      firstToLast: firstToLast,
      close: stretches.closingStage.flatMap { closing in
        stretches.index(from: closing, to: last).map {
          rate(pairAt: $0, converted: conversions(pairAt: $0))
        }
      },
      showUp: showUp(),
      money: money(),
      medianDaysToWin: toWin?.daysUntilConverted(share: 0.5),
      ninetiethPercentileDaysToWin: toWin?.daysUntilConverted(share: 0.9)
    )
  }

  func conversions(pairAt index: Int) -> Int {
    cell.pairs[index].lags[.converted].reduce(0, +) + cell.pairs[index].undatedConversions
  }

  func rate(pairAt index: Int, converted: Int) -> RateEstimate {
    let pair = cell.pairs[index]
    let days = horizons[index].days
    let datedConversions = pair.lags[.converted].reduce(0, +)
    let entered = pair.lags.total + pair.undatedConversions + pair.undatedOthers
    var result = RateEstimate(
      withinDays: days,
      entered: entered,
      converted: converted,
      status: .supported
    )
    guard entered > 0 else {
      result.status = .noEntries
      return result
    }
    result.naiveRate = Double(converted) / Double(entered)
    // A few conversions without a date move a rate less than its interval; many would bias it.
    let undated = pair.undatedConversions + pair.undatedOthers
    if pair.lags.total == 0 || Double(undated) > 0.05 * Double(entered)
      || Double(pair.undatedConversions) > 0.05 * Double(datedConversions + pair.undatedConversions)
    {
      result.status = .undated
      return result
    }
    let incidence = CumulativeIncidence(pair.lags)
    let estimate = incidence.estimate(withinDays: days)
    result.maturity = estimate.maturity
    // A quick step empties before its horizon: with nearly everybody's outcome known by then, few
    // are left to be at risk, and the rate stands on those who are decided.
    guard estimate.isSupported || (estimate.maturity ?? 0) >= Self.settledShare else {
      result.status = .notOldEnough
      result.longestSupportedDays = incidence.longestSupportedHorizonInDays
      return result
    }
    result.rate = estimate.rate
    result.interval = estimate.interval
    result.effectiveSampleSize = estimate.effectiveSampleSize
    return result
  }

  /// The share of known outcomes from which a rate stands though hardly anybody is still at risk.
  static let settledShare = 0.95

  func showUp() -> ShowUp? {
    func count(_ outcome: CompanyHistory.Meeting.Outcome) -> Int {
      cell.meetings[Int(outcome.rawValue)]
    }
    if cell.meetings.contains(where: { $0 > 0 }) {
      return ShowUp(
        source: .meetings,
        held: count(.held),
        noShow: count(.noShow),
        calledOff: count(.cancelled) + count(.rescheduled),
        unconfirmed: count(.unconfirmed),
        upcoming: count(.upcoming)
      )
    }
    guard let booked = agreement.path.firstIndex(where: { $0.evidence.contains(.meetingBooked) }),
      booked + 1 < agreement.path.count,
      agreement.path[booked + 1].evidence.contains(.meetingHeld)
    else { return nil }
    let transition = cell.transitions[booked]
    guard transition.entered > 0 else { return nil }
    return ShowUp(
      source: .stages,
      held: transition.advanced + transition.residual,
      noShow: 0,
      calledOff: transition.detoured.reduce(0, +),
      unconfirmed: transition.open,
      upcoming: 0
    )
  }

  private func money() -> MoneyAnswer {
    let wins = cell.reached[agreement.path.count - 1]
    let withAmount = cell.wonDeals - cell.wonDealsWithoutAmount
    var money = MoneyAnswer(
      spend: cell.spend,
      wins: wins,
      wonDeals: cell.wonDeals,
      wonDealsWithoutAmount: cell.wonDealsWithoutAmount,
      revenue: cell.revenue,
      verdict: .cannotTell
    )
    if withAmount > 0 { money.meanDeal = Double(cell.revenue) / Double(withAmount) }
    money.breakEvenCAC = money.meanDeal.flatMap(agreement.economics.lifetimeValue(ofDeal:))
    guard hasLeads, let spend = cell.spend.map(Double.init), spend > 0 else { return money }
    let showUp = showUp()
    if let booked = bookedCount(showUp), booked > 0 {
      money.costPerMeetingBooked = spend / Double(booked)
    }
    if let held = showUp?.held, held > 0 {
      let counts = ConfidenceInterval.garwood(count: held)
      money.costPerMeetingHeld = spend / Double(held)
      money.costPerMeetingHeldLower = spend / counts.upper
      money.costPerMeetingHeldUpper = spend / counts.lower
    }
    let supported = ConfidenceInterval.garwood(count: wins)
    money.mediaCACLower = spend / supported.upper
    if wins > 0 {
      money.mediaCAC = spend / Double(wins)
      money.mediaCACUpper = spend / supported.lower
      money.loadedCAC = salesCost.map { (spend + $0) / Double(wins) }
      money.loadedCACLower = salesCost.map { (spend + $0) / supported.upper }
      money.loadedCACUpper = salesCost.map { (spend + $0) / supported.lower }
    }
    if let ceiling = money.breakEvenCAC {
      if let upper = money.mediaCACUpper, upper <= ceiling { money.verdict = .profitable }
      if let lower = money.mediaCACLower, lower > ceiling { money.verdict = .unprofitable }
    }
    return money
  }

  private func bookedCount(_ showUp: ShowUp?) -> Int? {
    guard let showUp else { return nil }
    return showUp.held + showUp.noShow + showUp.calledOff + showUp.unconfirmed + showUp.upcoming
  }
}
