import PlumblineStatistics

/// Says what groups of passes that reached one stage of one side were worth.
struct PassWorthBuilder {
  private let side: DefinitionSide
  private let stage: Int
  private let pair: StagePair
  private let horizon: Int
  private let deals: [Int: [CompanyHistory.WonDeal]]
  private let isRecorded: Bool
  /// Whether a pass was handed to sales as things were, by lead and pass.
  private let isHandedOver: (_ lead: Int, _ attempt: Int) -> Bool

  /// A builder for a stage that is not the last.
  ///
  /// - Parameters:
  ///   - side: The definition under which the passes reached the stage.
  ///   - stage: The stage.
  ///   - deals: Won deals by lead.
  ///   - isHandedOver: Whether a pass was handed to sales as things were.
  /// - Throws: What the source of cells throws.
  init(
    _ side: DefinitionSide,
    stage: Int,
    deals: [Int: [CompanyHistory.WonDeal]],
    isHandedOver: @escaping (_ lead: Int, _ attempt: Int) -> Bool
  ) throws {
    self.side = side
    self.stage = stage
    self.deals = deals
    self.isHandedOver = isHandedOver
    pair = StagePair(from: stage, to: side.journeys.stageCount - 1)
    horizon = try FunnelBuilder(side.agreement, source: side.source)
      .horizon(of: pair, rule: side.agreement.journeyRule).days
    isRecorded = side.history.leads.firstAttempts.contains { $0.isPresent }
  }

  private enum Standing { case old(isWon: Bool), young, undated }

  private func standing(of row: Int) -> Standing {
    let entered = side.journeys.reached[stage][row]
    guard entered.isDated,
      let wait = side.journeys.wait(for: pair, row: row, in: side.history),
      let lag = wait.lagInDays
    else { return .undated }
    let age = side.history.lagInDays(from: entered, to: TimePoint(side.history.asOf))
    guard age >= horizon else { return .young }
    return .old(isWon: wait.outcome == .converted && lag < horizon)
  }

  /// What some passes were worth.
  ///
  /// - Parameters:
  ///   - rows: The passes' rows on the side.
  ///   - mustBeWorked: Whether passes that nobody worked are set apart.
  /// - Returns: Their worth; the numbers of passes add up.
  func worth(of rows: [Int], mustBeWorked: Bool) -> PassWorth {
    var worth = PassWorth(
      passes: rows.count,
      old: 0,
      young: 0,
      undated: 0,
      untested: 0,
      horizonInDays: horizon,
      won: 0,
      revenue: 0,
      dealsWithoutAmount: 0,
      rateBase: 0
    )
    var sizes: [Double] = []
    let tried = mustBeWorked && isRecorded ? tried(among: rows) : []
    for row in rows {
      if mustBeWorked, !(isRecorded ? tried.contains(row) : wasHandedOver(row)) {
        worth.untested += 1
        continue
      }
      switch standing(of: row) {
      case .undated: worth.undated += 1
      case .young: worth.young += 1
      case .old(let isWon):
        worth.old += 1
        guard isWon else { continue }
        worth.won += 1
        addDeals(of: row, to: &worth, &sizes)
      }
    }
    if worth.old > 0 {
      worth.interval = .wilson(successes: Double(worth.won), trials: Double(worth.old))
    }
    estimate(&worth, sizes)
    return worth
  }

  private func addDeals(of row: Int, to worth: inout PassWorth, _ sizes: inout [Double]) {
    let lead = Int(side.journeys.leads[row])
    for deal in deals[lead] ?? []
    where side.journeys.row(ofLead: lead, at: deal.closed) == row {
      guard let amount = deal.amount else {
        worth.dealsWithoutAmount += 1
        continue
      }
      worth.revenue += amount
      sizes.append(Double(amount))
    }
  }

  /// Where attempts are not on record, whether a pass was handed over counts as work.
  private func wasHandedOver(_ row: Int) -> Bool {
    isHandedOver(Int(side.journeys.leads[row]), Int(side.journeys.attempts[row]))
  }

  /// Of some passes those during which a person tried to reach the lead.
  private func tried(among rows: [Int]) -> Set<Int> {
    let wanted = Set(rows)
    let first = side.history.leads.firstAttempts
    var tried: Set<Int> = []
    for row in rows {
      let lead = Int(side.journeys.leads[row])
      // The first attempt is not before the lead was, whatever is left of its day.
      if first[lead].isPresent, side.journeys.row(ofLead: lead, at: first[lead]) == row {
        tried.insert(row)
      }
    }
    let activities = side.history.activities
    for position in activities.indices {
      let lead = Int(activities.leads[position])
      guard first[lead].isPresent, !side.journeys.rows(ofLead: lead).isEmpty else { continue }
      let activity = activities[position]
      guard activity.isAttempt, !activity.isAutomated, activity.time.isDated,
        activity.time.instant >= first[lead].instant,
        let row = side.journeys.row(ofLead: lead, at: activity.time), wanted.contains(row)
      else { continue }
      tried.insert(row)
    }
    return tried
  }

  private func estimate(_ worth: inout PassWorth, _ sizes: [Double]) {
    var (won, base) = (worth.won, worth.old)
    var source = PassWorth.RateSource.group
    if base < side.agreement.thresholds.minimumLeads {
      source = .stage
      (won, base) = (0, 0)
      for row in side.journeys.leads.indices where side.journeys.reached[stage][row].isPresent {
        guard case .old(let isWon) = standing(of: row) else { continue }
        base += 1
        if isWon { won += 1 }
      }
    }
    var young = PassWorth.Estimated(
      value: 0,
      interval: ConfidenceInterval(lower: 0, upper: 0)
    )
    if worth.young > 0 {
      guard base >= side.agreement.thresholds.minimumLeads else { return }
      let rate = Double(won) / Double(base)
      let range = ConfidenceInterval.wilson(successes: Double(won), trials: Double(base))
      let count = Double(worth.young)
      worth.rateSource = source
      worth.rateBase = base
      worth.youngRate = rate
      young = PassWorth.Estimated(
        value: rate * count,
        interval: ConfidenceInterval(lower: range.lower * count, upper: range.upper * count)
      )
    }
    guard worth.old + worth.young > 0 else { return }
    // What such passes bring: the old ones' range is that of their chance, not of what happened.
    let old = Double(worth.old)
    let wins = PassWorth.Estimated(
      value: Double(worth.won) + young.value,
      interval: ConfidenceInterval(
        lower: (worth.interval?.lower ?? 0) * old + young.interval.lower,
        upper: (worth.interval?.upper ?? 0) * old + young.interval.upper
      )
    )
    worth.expectedWins = wins
    guard let size = meanSize(sizes) else { return }
    worth.expectedRevenue = PassWorth.Estimated(
      value: Double(worth.revenue) + young.value * size,
      interval: ConfidenceInterval(
        lower: min(wins.interval.lower * size, Double(worth.revenue)),
        upper: max(wins.interval.upper * size, Double(worth.revenue) + young.value * size)
      )
    )
  }

  /// The mean size of a won deal: the group's own where it has enough, else that of all.
  private func meanSize(_ own: [Double]) -> Double? {
    let group = AmountSummary(own)
    if !group.isUncertain { return group.mean }
    return AmountSummary(side.history.wonDeals.lazy.compactMap { $0.amount.map(Double.init) }).mean
  }
}
