import PlumblineStatistics

extension GapBuilder {
  typealias Named = (name: String, cell: FunnelCell)

  /// A cohort as one side.
  private func draft(_ cell: FunnelCell?, of group: String?, _ completer: RateCompleter) -> GapDraft
  {
    GapDraft(
      volume: Double(cell?.episodes ?? 0),
      rates: steps.map { completer.rate(cell, of: group, from: $0) },
      cell: cell,
      isCounted: true
    )
  }

  /// Each channel in one period and in the other.
  func rows(base: [Named], actual: [Named], _ completer: RateCompleter) -> [GapRow] {
    let before = Dictionary(base) { first, _ in first }
    let now = Dictionary(actual) { first, _ in first }
    return Set(before.keys).union(now.keys).sorted().map { name in
      GapRow(
        name: name,
        base: draft(before[name], of: name, completer),
        actual: draft(now[name], of: name, completer)
      )
    }
  }

  /// Each channel that the plan names, the others together; all together where it names none.
  func rows(
    plan: GapPlan,
    actual: [Named],
    _ period: GapPeriod,
    _ completer: RateCompleter
  ) -> [GapRow] {
    let planned = plan.channels.sorted { $0.key < $1.key }
    func line(of name: String) -> String? {
      planned.first { WordKey.of($0.key) == WordKey.of(name) }?.key
    }
    guard !planned.isEmpty else {
      let cell = Self.sum(actual.map(\.cell))
      let own = draft(cell, of: nil, completer)
      let base = self.planned(plan.total, plan.total, plan.total.leadsPerMonth, own, period)
      return [GapRow(name: Self.allChannels, base: base, actual: own)]
    }
    var rows = planned.map { name, own in
      let cell = Self.sum(actual.filter { line(of: $0.name) == name }.map(\.cell))
      let side = draft(cell, of: name, completer)
      return GapRow(
        name: name,
        base: self.planned(own, plan.total, own.leadsPerMonth, side, period),
        actual: side
      )
    }
    let others = actual.filter { line(of: $0.name) == nil }
    let named = planned.compactMap { $0.value.leadsPerMonth }.reduce(0, +)
    let rest = plan.total.leadsPerMonth.map { max(0, $0 - named) }
    if !others.isEmpty || (rest ?? 0) > 0 {
      let side = draft(Self.sum(others.map(\.cell)), of: nil, completer)
      rows.append(
        GapRow(
          name: Self.otherChannels,
          base: self.planned(plan.total, plan.total, rest, side, period),
          actual: side
        )
      )
    }
    return rows
  }

  /// What is planned for a channel; what is not, as it came out.
  private func planned(
    _ own: GapPlan.Line,
    _ total: GapPlan.Line,
    _ leadsPerMonth: Double?,
    _ actual: GapDraft,
    _ period: GapPeriod
  ) -> GapDraft {
    let rates = steps.map { stage -> GapRate in
      let name = "\(agreement.path[stage].id)-\(agreement.path[stage + 1].id)"
      let rate = own.rates[name] ?? total.rates[name]
      return GapRate(
        basis: rate == nil ? .notPlanned : .planned,
        rate: rate,
        withinDays: actual.rates[stage].withinDays,
        entered: 0,
        converted: 0
      )
    }
    let deal = (own.meanDeal ?? total.meanDeal).map {
      GapDeal(basis: .planned, mean: Double($0), standardError: 0, deals: 0)
    }
    return GapDraft(
      volume: leadsPerMonth.map { $0 * period.months } ?? actual.volume,
      rates: rates,
      deal: deal
    )
  }

  /// Each channel as it is, and with the best channel's rates.
  func rows(best rates: [GapRate], actual: [Named], _ completer: RateCompleter) -> [GapRow] {
    actual.map { name, cell in
      let own = draft(cell, of: name, completer)
      return GapRow(
        name: name,
        base: GapDraft(volume: own.volume, rates: rates),
        actual: own
      )
    }
  }

  /// The channel whose leads, by shrunk rates over everything on record, are won most often.
  func best(_ record: FunnelCells, _ completer: RateCompleter) throws -> (GapBest, [GapRate]) {
    let channels = record.grouped(by: .channel).map { Named($0.key, $0.cell) }.filter {
      $0.name != FunnelDimension.none && $0.cell.episodes >= agreement.thresholds.minimumLeads
    }
    let rates = channels.map { channel in
      steps.map { completer.rate(channel.cell, of: channel.name, from: $0) }
    }
    var shrunk = rates
    for stage in steps {
      let samples = rates.map { row -> RateSample in
        guard let rate = row[stage].rate, let size = row[stage].effectiveSampleSize,
          let sample = try? RateSample(successes: min(rate, 1) * size, trials: size)
        else { return .noTrials }
        return sample
      }
      for (channel, estimate) in ShrunkRate.estimates(samples).enumerated() {
        shrunk[channel][stage].basis = .shrunk
        shrunk[channel][stage].rate = estimate.mean
        shrunk[channel][stage].effectiveSampleSize = Self.size(estimate)
      }
    }
    let winRates = shrunk.map { row in row.reduce(1) { $0 * ($1.rate ?? 0) } }
    let order = channels.indices.sorted {
      winRates[$0] != winRates[$1] ? winRates[$0] > winRates[$1] : $0 < $1
    }
    guard order.count > 1 else {
      throw InputError(
        code: "gap.no-best-channel",
        "there is no best channel: fewer than two have "
          + "\(agreement.thresholds.minimumLeads) leads.",
        remedy: "Compare with --against previous or --against plan."
      )
    }
    let (first, second) = (order[0], order[1])
    let best = GapBest(
      channel: channels[first].name,
      entered: channels[first].cell.episodes,
      winRate: winRates[first],
      runnerUp: channels[second].name,
      runnerUpWinRate: winRates[second],
      considered: channels.count
    )
    return (best, shrunk[first])
  }

  /// The trials of a beta distribution as wide as a shrunk rate's interval.
  private static func size(_ rate: ShrunkRate) -> Double {
    let deviation = rate.interval.width / (2 * StandardNormal.z95)
    guard deviation > 0 else { return 1 }
    return max(rate.mean * (1 - rate.mean) / (deviation * deviation) - 1, 1)
  }

  /// Gives every side its mean deal, or counts customers where no deal has an amount.
  func price(_ rows: inout [GapRow]) -> GapAnswer.Unit {
    let pooled = DealSum(rows.flatMap { [$0.base.cell, $0.actual.cell] }.compactMap { $0 })
    let hasPlan = rows.contains { $0.base.deal != nil }
    guard pooled.count > 0 || hasPlan else { return .customers }
    for index in rows.indices {
      for side in [\GapRow.base, \GapRow.actual] {
        guard rows[index][keyPath: side].deal == nil, let cell = rows[index][keyPath: side].cell
        else { continue }
        rows[index][keyPath: side].deal = DealSum([cell]).estimate(.observed, pooled: pooled)
      }
      if rows[index].base.deal == nil, rows[index].actual.deal == nil {
        rows[index].actual.deal = pooled.estimate(.allChannels, pooled: pooled)
      }
    }
    return .money
  }
}
