import Foundation
import PlumblineStatistics

/// One division of a budget among candidates, with its odds.
struct BudgetDivision {
  let candidates: [BudgetCandidate]
  /// By draw, then by candidate; none where nothing says how often leads become customers.
  let draws: [[BudgetDraws.Draw]]
  let objective: BudgetAnswer.Objective
  let hours: SalesHours
  let bystanderHours: Double
  let options: BudgetOptions

  /// What is spent a week today.
  var today: Double { candidates.reduce(0) { $0 + $1.today } }

  /// The budget a week.
  var budget: Double { options.budgetPerMonth.map { $0 / BudgetOptions.weeksPerMonth } ?? today }

  /// The hours that are left for the candidates' leads; nil where hours do not limit.
  var hoursLeft: Double? {
    hours.areLimited ? hours.limit.map { $0 - bystanderHours } : nil
  }

  /// Why nothing can be divided; nil when something can.
  var infeasibility: BudgetAnswer.Verdict? {
    guard !candidates.isEmpty else { return .nothingSpent }
    let leasts = candidates.map(\.least)
    let least = leasts.reduce(0, +)
    if least > budget * (1 + 1e-9) {
      return .leastAboveBudget(least: least, budget: budget)
    }
    if let hoursLeft, let limit = hours.limit, let needed = expectedHours(leasts),
      needed > hoursLeft * (1 + 1e-9)
    {
      return .leastAboveHours(needed: needed + bystanderHours, limit: limit)
    }
    return nil
  }

  /// The best division; nil when there is none.
  func allocation(
    budget: Double,
    hours limit: Double?
  ) throws(StatisticsError) -> BudgetAllocation? {
    let worthOfWin = worthOfWin
    let nothing = try SpendResponse(scale: 0, elasticity: 0)
    var channels: [BudgetChannel] = []
    for candidate in candidates {
      let value =
        objective == .value
        ? candidate.worth?.value ?? 0 : (candidate.worth?.winRate.mean ?? 0) * worthOfWin
      channels.append(
        try BudgetChannel(
          response: candidate.response ?? nothing,
          valuePerLead: value,
          hoursPerLead: limit == nil ? 0 : candidate.worth?.hours ?? 0,
          leastSpend: candidate.least,
          mostSpend: max(candidate.most, candidate.least)
        )
      )
    }
    return BudgetAllocation(channels, budget: budget, hours: limit)
  }

  /// What a customer is taken to bring where nothing says it: so much that the budget is spent
  /// whatever the next customer costs.
  private var worthOfWin: Double {
    let dearest = candidates.compactMap { candidate -> Double? in
      guard let rate = candidate.worth?.winRate.mean, rate > 0 else { return nil }
      return candidate.response?.marginalCost(spend: candidate.most).map { $0 / rate }
    }.max()
    return 1000 * max(dearest ?? 1, 1)
  }

  /// The hours that the candidates' leads are expected to take a week; nil where nobody said.
  func expectedHours(_ spend: [Double]) -> Double? {
    guard hours.leadBasis != .unknown else { return nil }
    return zip(candidates, spend).reduce(0) { sum, pair in
      sum + (pair.0.worth?.hours ?? 0) * (pair.0.response?.leads(spend: pair.1) ?? 0)
    }
  }

  /// The customers that are expected of a week's spend.
  func expectedWins(_ spend: [Double]) -> Double {
    zip(candidates, spend).reduce(0) { sum, pair in
      let leads = pair.0.response?.leads(spend: pair.1) ?? 0
      return sum + (pair.0.worth?.winRate.mean ?? 0) * leads
    }
  }

  // MARK: What more would bring

  /// What another twentieth of the budget would bring, as a round amount a month; nil while the
  /// budget does not bind.
  func moreBudget(than best: BudgetAllocation) throws(StatisticsError) -> BudgetStep? {
    guard best.priceOfMoney > 0 else { return nil }
    let perMonth = Self.round(max(budget, 1) * BudgetOptions.weeksPerMonth / 20)
    let step = perMonth / BudgetOptions.weeksPerMonth
    let more = try allocation(budget: budget + step, hours: hoursLeft)
    return more.map { self.step(step, from: best, to: $0) }
  }

  /// What another ten hours a month would bring; nil while hours do not bind.
  func moreHours(than best: BudgetAllocation) throws(StatisticsError) -> BudgetStep? {
    guard best.priceOfHour > 0, let hoursLeft else { return nil }
    let step = 10 / BudgetOptions.weeksPerMonth
    let more = try allocation(budget: budget, hours: hoursLeft + step)
    return more.map { self.step(step, from: best, to: $0) }
  }

  private func step(
    _ step: Double,
    from best: BudgetAllocation,
    to more: BudgetAllocation
  ) -> BudgetStep {
    BudgetStep(
      step: step,
      wins: expectedWins(more.spend) - expectedWins(best.spend),
      net: objective == .value ? more.net - best.net : nil
    )
  }

  /// The next lower of 1, 2 or 5 times a power of ten.
  private static func round(_ value: Double) -> Double {
    guard value > 0 else { return 0 }
    let power = pow(10, (log10(value) + 1e-9).rounded(.down))
    return power * ([5.0, 2, 1].first { $0 * power <= value * (1 + 1e-9) } ?? 1)
  }

  // MARK: Odds

  /// Whether the budget is below today's spend.
  var isCut: Bool { budget > 0 && budget < today * (1 - 1e-9) }

  /// What a division is held against: today's spends, or the same cut for all.
  var reference: [Double] {
    candidates.map { isCut ? $0.today * budget / today : $0.today }
  }

  /// What a division would leave over beyond going on as today, or beyond an even cut; nil without
  /// draws.
  func gain(_ spend: [Double]) -> BudgetGain? {
    guard !draws.isEmpty else { return nil }
    let before = reference
    let gains = draws.map { worth(spend, $0) - worth(before, $0) }
    let sorted = gains.sorted()
    func quantile(_ share: Double) -> Double { BudgetSpread.quantile(share, of: sorted) ?? 0 }
    return BudgetGain(
      reference: isCut ? .evenCut : .today,
      expected: gains.reduce(0, +) / Double(gains.count),
      low: quantile(0.1),
      median: quantile(0.5),
      high: quantile(0.9),
      chance: Double(gains.count { $0 > 0 }) / Double(gains.count)
    )
  }

  /// What a week's spend leaves over in one draw; leads for whom there are no hours bring nothing.
  private func worth(_ spend: [Double], _ draw: [BudgetDraws.Draw]) -> Double {
    let leads = zip(draw, spend).map { $0.leads(spend: $1) }
    let isValue = objective == .value
    var (value, needed) = (0.0, 0.0)
    for (index, candidate) in candidates.enumerated() {
      let salesCost = isValue ? candidate.worth?.salesCost ?? 0 : 0
      value += leads[index] * (draw[index].winRate * draw[index].valueOfWin - salesCost)
      needed += leads[index] * (candidate.worth?.hours ?? 0)
    }
    if let hoursLeft, needed > hoursLeft { value *= max(hoursLeft, 0) / needed }
    return isValue ? value - spend.reduce(0, +) : value
  }
}
