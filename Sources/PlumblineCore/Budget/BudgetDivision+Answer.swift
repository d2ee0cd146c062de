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
    let known = best?.spend
    let odds = known.flatMap { gain($0) }
    let verdict = fault ?? verdict(known ?? [], odds)
    let isRejected = known.map { rejects($0, verdict) } ?? false
    let spend = isRejected ? reference : known
    let rows = candidates.indices.map { index in
      row(index, spend?[index], best: isRejected ? known?[index] : nil)
    }
    var moreBudget: BudgetStep?
    var moreHours: BudgetStep?
    if let best {
      moreBudget = try self.moreBudget(than: best)
      moreHours = try self.moreHours(than: best)
    }
    return BudgetAnswer(
      asOf: situation.asOf,
      options: options,
      verdict: verdict,
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
      hoursBest: isRejected ? known.flatMap(expectedHours) : nil,
      deals: deals,
      todaysSpend: today,
      budget: budget,
      proposedSpend: spend?.reduce(0, +),
      bestSpend: isRejected ? known?.reduce(0, +) : nil,
      priceOfMoney: isValue ? best?.priceOfMoney : nil,
      priceOfHour: isValue ? best?.priceOfHour : nil,
      moreBudget: moreBudget,
      moreHours: moreHours,
      gain: odds,
      crossing: crossing(rows)
    )
  }

  /// Whether the best known division is not advised, so that what it was held against is proposed.
  private func rejects(_ best: [Double], _ verdict: BudgetAnswer.Verdict) -> Bool {
    guard verdict == .withinNoise || verdict == .nearBest else { return false }
    return zip(best, reference).contains { abs($0 - $1) > 1e-6 * max($1, 1) }
  }

  private func verdict(_ spend: [Double], _ gain: BudgetGain?) -> BudgetAnswer.Verdict {
    if budget == 0 { return .stopsEverything }
    let isBetter = gain?.chance ?? 0 >= BudgetAnswer.leastChance
    let before = reference
    guard zip(candidates, before).allSatisfy({ $0.allows($1) }) else {
      return isBetter ? .move : .asBoundsAsk
    }
    if candidates.allSatisfy(\.isHeld) { return .cannotTell }
    let moved = zip(before, spend).reduce(0) { $0 + abs($1.0 - $1.1) }
    if moved < BudgetAnswer.leastMoved * today { return .nearBest }
    return isBetter ? .move : .withinNoise
  }

  private func row(_ index: Int, _ spend: Double?, best: Double?) -> BudgetRow {
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
      bound: best == nil
        ? bound(candidate, spend ?? candidate.today)
        : candidate.isHeld && !isCut ? .held : .reference,
      best: best.map { point(index, $0) },
      bestBound: best.map { bound(candidate, $0) }
    )
  }

  private func bound(_ candidate: BudgetCandidate, _ spend: Double) -> BudgetRow.Bound {
    let slack = 1e-6 * max(candidate.most, 1)
    let isAsToday = abs(spend - candidate.today) <= slack
    if candidate.isHeld, isAsToday { return .held }
    if !isAsToday, budget > 0, candidate.most - candidate.least <= slack {
      // A bound that was asked for leaves no choice, and lies on one side of today's spend.
      return spend < candidate.today ? .most : .least
    }
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
      marginalCostPerWin: nextWin,
      lossChance: nextWin == nil ? nil : lossChance(index, spend)
    )
  }

  /// The share of draws in which the next customer costs more than it brings.
  private func lossChance(_ index: Int, _ spend: Double) -> Double? {
    guard let worth = candidates[index].worth, worth.breakEven != nil, !draws.isEmpty else {
      return nil
    }
    let losses = draws.count { draw in
      guard let cost = draw[index].response?.marginalCost(spend: spend) else { return true }
      return cost + (worth.salesCost ?? 0) > draw[index].winRate * draw[index].valueOfWin
    }
    return Double(losses) / Double(draws.count)
  }

  // MARK: Average against next

  /// What a customer costs in each draw, on average and the next; none in a draw without customers.
  private func drawnCosts(_ index: Int) -> [(average: Double, next: Double)?] {
    let candidate = candidates[index]
    guard let worth = candidate.worth, candidate.today > 0 else { return draws.map { _ in nil } }
    return draws.map { draw in
      let own = draw[index]
      let leads = own.leads(spend: candidate.today)
      guard leads > 0, own.winRate > 0,
        let next = own.response?.marginalCost(spend: candidate.today)
      else { return nil }
      func perWin(_ cost: Double) -> Double {
        (cost + (worth.salesCost ?? 0)) / own.winRate + worth.commission
      }
      return (perWin(candidate.today / leads), perWin(next))
    }
  }

  /// The two rows of which average and next cost most likely say the opposite.
  private func crossing(_ rows: [BudgetRow]) -> BudgetCrossing? {
    guard !draws.isEmpty else { return nil }
    let drawn = candidates.indices.map(drawnCosts)
    var likeliest: BudgetCrossing?
    for first in rows.indices {
      for second in rows.indices {
        guard let average = rows[first].today.costPerWin,
          let other = rows[second].today.costPerWin,
          let next = rows[first].today.marginalCostPerWin?.expected,
          let otherNext = rows[second].today.marginalCostPerWin?.expected,
          average < other, next > otherNext
        else { continue }
        let crossed = zip(drawn[first], drawn[second]).count { one, two in
          guard let one, let two else { return false }
          return one.average < two.average && one.next > two.next
        }
        let chance = Double(crossed) / Double(draws.count)
        guard chance > likeliest?.chance ?? 0.5 else { continue }
        let canTell = rows[first].reservation == nil && rows[second].reservation == nil
        likeliest = BudgetCrossing(
          cheaperOnAverage: first,
          cheaperNext: second,
          chance: chance,
          isSure: canTell && chance >= BudgetAnswer.sureChance
        )
      }
    }
    return likeliest
  }
}
