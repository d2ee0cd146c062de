import PlumblineStatistics

extension BudgetDivision {
  /// The answer.
  func answer(
    _ situation: BudgetCase,
    _ bystanders: [BudgetBystander],
    deals: AmountSummary
  ) throws(StatisticsError) -> BudgetAnswer {
    let fault = infeasibility
    var best: BudgetAllocation?
    if fault == nil { best = try allocation(budget: budget, hours: hoursLeft) }
    let isValue = objective == .value
    let weeks = situation.units.first?.weeks ?? []
    let spend = best?.spend
    let odds = spend.flatMap { gain($0) }
    let rows = candidates.indices.map { row($0, spend?[$0]) }
    var moreBudget: BudgetStep?
    var moreHours: BudgetStep?
    if let best {
      moreBudget = try self.moreBudget(than: best)
      moreHours = try self.moreHours(than: best)
    }
    return BudgetAnswer(
      asOf: situation.asOf,
      options: options,
      verdict: fault ?? verdict(spend ?? [], odds),
      objective: objective,
      horizon: situation.horizon,
      firstWeek: weeks.first?.start,
      lastWeek: weeks.last?.start,
      lastSpendDay: situation.lastSpendDay,
      rows: rows,
      bystanders: bystanders,
      hours: hours,
      bystanderHours: bystanderHours,
      hoursToday: expectedHours(candidates.map(\.today)),
      hoursProposed: spend.flatMap(expectedHours),
      deals: deals,
      todaysSpend: today,
      budget: budget,
      proposedSpend: spend?.reduce(0, +),
      priceOfMoney: isValue ? best?.priceOfMoney : nil,
      priceOfHour: isValue ? best?.priceOfHour : nil,
      moreBudget: moreBudget,
      moreHours: moreHours,
      gain: odds
    )
  }

  private func verdict(_ spend: [Double], _ gain: BudgetGain?) -> BudgetAnswer.Verdict {
    if budget == 0 { return .stopsEverything }
    if candidates.allSatisfy(\.isHeld) { return .cannotTell }
    let share = gain?.reference == .evenCut ? budget / today : 1
    let moved = zip(candidates, spend).reduce(0) { $0 + abs($1.0.today * share - $1.1) }
    if moved < BudgetAnswer.leastMoved * today { return .nearBest }
    return gain?.chance ?? 0 >= BudgetAnswer.leastChance ? .move : .withinNoise
  }

  private func row(_ index: Int, _ spend: Double?) -> BudgetRow {
    let candidate = candidates[index]
    return BudgetRow(
      name: candidate.unit.name,
      evidence: candidate.evidence,
      worth: candidate.worth,
      winRate: candidate.unit.winRate,
      reservation: candidate.reservation,
      least: candidate.least,
      most: candidate.most,
      recentLeads: candidate.unit.todaysLeads,
      today: point(index, candidate.today),
      proposed: spend.map { point(index, $0) },
      bound: bound(candidate, spend ?? candidate.today)
    )
  }

  private func bound(_ candidate: BudgetCandidate, _ spend: Double) -> BudgetRow.Bound {
    if candidate.isHeld { return .held }
    let slack = 1e-6 * max(candidate.most, 1)
    if spend <= candidate.least + slack { return .least }
    return spend >= candidate.most - slack ? .most : .inside
  }

  /// What a candidate brings at a spend.
  private func point(_ index: Int, _ spend: Double) -> BudgetPoint {
    let candidate = candidates[index]
    let own = draws.map { $0[index] }
    let worth = candidate.worth
    let leads = candidate.response?.leads(spend: spend) ?? 0
    let rate = worth?.winRate.mean ?? 0
    let costPerLead = leads > 0 ? spend / leads : nil
    let next = spend > 0 ? candidate.response?.marginalCost(spend: spend) : nil
    let nextDraws = own.compactMap { spend > 0 ? $0.response?.marginalCost(spend: spend) : nil }
    var nextWin: BudgetSpread?
    if let worth, let cost = next.flatMap(worth.costPerWin) {
      nextWin = BudgetSpread(
        cost,
        draws: own.compactMap { draw in
          guard draw.winRate > 0, let cost = draw.response?.marginalCost(spend: spend) else {
            return nil
          }
          return (cost + (worth.salesCost ?? 0)) / draw.winRate + worth.commission
        }
      )
    }
    return BudgetPoint(
      spend: spend,
      leads: BudgetSpread(leads, draws: own.map { $0.leads(spend: spend) }),
      wins: BudgetSpread(leads * rate, draws: own.map { $0.leads(spend: spend) * $0.winRate }),
      costPerLead: costPerLead,
      costPerWin: costPerLead.flatMap { worth?.costPerWin($0) },
      marginalCostPerLead: next.map { BudgetSpread($0, draws: nextDraws) },
      marginalCostPerWin: nextWin
    )
  }
}
