import PlumblineStatistics

/// Counts what was reached in a period by every measure that an incentive may name.
///
/// Each measure is the one that another answer of the same name gives: hand-offs, first touches
/// and acceptances as `plumbline weekly` counts them, month by month.
struct ScorecardBuilder {
  let context: WeeklyContext
  let deals: DealRecords
  let period: AttainmentPeriod
  /// What was won in the period, and by which deals.
  let won: WonDealSum
  /// The share of the period's leads that close.
  let closing: ClosingCohort
  /// The ids of the period's leads that were won so far.
  let wonLeads: [String]
  /// The ids of its other leads, sorted.
  let otherLeads: [String]
  /// What the period's leads cost and bring, as `plumbline economics` has it; nil where nothing
  /// was spent.
  let costs: EconomicsRow?
  /// How much of the period is gone.
  let pace: PeriodPace
  /// Whether the record reaches back into the period.
  let isOnRecord: Bool
  /// The agreement in force when the period began.
  let agreed: Agreement

  private var history: CompanyHistory { context.history }

  /// The scorecard.
  ///
  /// - Parameter quota: What the team is to win, the target of revenue where nothing else is said.
  /// - Returns: What was reached, and the targets that goals and promises say.
  func scorecard(quota: QuotaFigure?) -> Scorecard {
    var card = Scorecard(period.kind, pace)
    guard pace.hasBegun, isOnRecord else {
      for measure in ScorecardMeasure.allCases {
        card.absences[measure] = pace.hasBegun ? .notRecorded : .notBegun
      }
      addTargets(&card, quota)
      return card
    }
    func add(_ measure: ScorecardMeasure, _ result: ScorecardResult?, _ why: Absence) {
      if let result { card.results[measure] = result } else { card.absences[measure] = why }
    }
    let months = period.months.compactMap { WeeklyPeriod($0.description) }.map(context.over)
    let promises = months.map { PromiseBuilder(context: $0).lines() }
    add(.qualifiedLeads, qualified(promises), .notRecorded)
    add(.firstTouch, firstTouch(promises), hasFirstTouch(promises) ? .nothingYet : .notRecorded)
    let accepted = accepted(months)
    add(.acceptedShare, accepted, .nothingYet)
    let meetings = meetings()
    add(.meetingsBooked, meetings?.booked, .notRecorded)
    add(.meetingsHeld, meetings?.held, .notRecorded)
    add(.wins, wins(), .notRecorded)
    add(.revenue, revenue(), .notRecorded)
    add(.wonShare, wonShare(), .nothingYet)
    add(.costPerWin, costPerWin(), costs == nil ? .notRecorded : .nothingYet)
    addTargets(&card, quota)
    return card
  }

  private typealias Absence = ScorecardLine.Absence

  // MARK: Promises

  /// A lead counts once in the period, however many months it was handed over in.
  private func qualified(_ promises: [[PromiseLine]]) -> ScorecardResult {
    let ids = promises.joined().filter { $0.promise == .qualifiedLeads }.flatMap(\.keptLeads)
    var result = count(Set(ids).sorted())
    result.repeats = ids.count - result.base
    return result
  }

  private func hasFirstTouch(_ promises: [[PromiseLine]]) -> Bool {
    promises.joined().contains { $0.promise == .firstTouch }
  }

  private func firstTouch(_ promises: [[PromiseLine]]) -> ScorecardResult? {
    let lines = promises.joined().filter { $0.promise == .firstTouch }
    let kept = lines.flatMap(\.keptLeads)
    let missed = lines.flatMap(\.missedLeads)
    return share(of: kept, others: missed)
  }

  // MARK: Acceptance

  /// Of the leads handed over in the period on which sales has decided, those it took: not given
  /// back, not turned down.
  private func accepted(_ months: [WeeklyContext]) -> ScorecardResult? {
    var (taken, refused): ([String], [String]) = ([], [])
    var waiting = 0
    for entry in months.flatMap({ ClosedLoopBuilder($0).loop().entries })
    where !entry.isCarriedOver {
      switch entry.fate {
      case .accepted, .reached, .won, .lost: taken.append(entry.id)
      case .recycled, .rejected: refused.append(entry.id)
      case .openInTime, .openDoneLate, .openPastPromise, .neverTouched, .openUnjudged: waiting += 1
      }
    }
    guard var result = share(of: taken, others: refused) else { return nil }
    result.isPreliminary = waiting > 0
    result.maturity = Double(result.base) / Double(result.base + waiting)
    return result
  }

  // MARK: Meetings

  /// Meetings as they are on record; without any, leads that reached the path's stages.
  private func meetings() -> (booked: ScorecardResult, held: ScorecardResult)? {
    let calendar = history.agreement.calendar
    func isIn(_ time: TimePoint) -> Bool {
      time.isDated && period.contains(calendar.day(of: time.instant))
    }
    if !history.meetings.isEmpty {
      let booked = history.meetings.filter { isIn($0.booked) }
      let held = history.meetings.filter { $0.outcome == .held && isIn($0.starts) }
      return (
        count(booked.map { history.id(ofLead: $0.lead) }.sorted()),
        count(held.map { history.id(ofLead: $0.lead) }.sorted())
      )
    }
    let path = history.agreement.path
    func leads(_ evidence: Stage.Evidence) -> [String]? {
      guard let stage = path.firstIndex(where: { $0.evidence.contains(evidence) }) else {
        return nil
      }
      let reached = context.journeys.reached[stage]
      return reached.indices.filter { isIn(reached[$0]) }
        .map { history.id(ofLead: Int(context.journeys.leads[$0])) }.sorted()
    }
    guard let booked = leads(.meetingBooked), let held = leads(.meetingHeld) else { return nil }
    return (count(booked), count(held))
  }

  // MARK: Wins and money

  private func wins() -> ScorecardResult? {
    guard !deals.deals.isEmpty else { return nil }
    return ScorecardResult(
      value: Double(won.count),
      interval: .garwood(count: won.count),
      base: won.count,
      ids: won.ids
    )
  }

  private func revenue() -> ScorecardResult? {
    guard !deals.deals.isEmpty else { return nil }
    let amounts = deals.deals.lazy.filter { deal in
      deal.outcome == .won && deal.closed.isDated
        && period.contains(history.agreement.calendar.day(of: deal.closed.instant))
    }.compactMap { $0.amount.map(Double.init) }
    // A sum of a random number of random amounts: its variance is the sum of squares.
    let squares = amounts.reduce(0) { $0 + $1 * $1 }
    return ScorecardResult(
      value: Double(won.amount),
      interval: won.amount > 0
        ? .gamma(mean: Double(won.amount), variance: squares) : nil,
      base: won.count + won.refunds,
      ids: won.ids
    )
  }

  private func wonShare() -> ScorecardResult? {
    guard let rate = closing.rate.rate, closing.rate.entered > 0 else { return nil }
    return ScorecardResult(
      value: rate,
      interval: closing.interval,
      base: closing.rate.entered,
      isPreliminary: closing.isPreliminary,
      maturity: closing.rate.maturity,
      ids: wonLeads,
      others: otherLeads
    )
  }

  /// The period's media over the wins that its leads bring, those to come included.
  private func costPerWin() -> ScorecardResult? {
    guard let costs, let cost = costs.mediaCostPerWin,
      let lowest = costs.lowestMediaCostPerWin
    else { return nil }
    let open = costs.wins.expected > 0 ? costs.wins.open : 0
    return ScorecardResult(
      value: cost,
      interval: costs.highestMediaCostPerWin.map {
        ConfidenceInterval(lower: lowest, upper: $0)
      },
      base: costs.leads,
      isPreliminary: open > 0,
      maturity: 1 - Double(open) / Double(max(1, costs.leads)),
      ids: wonLeads,
      others: otherLeads
    )
  }

  // MARK: Targets

  /// What goals and promises say is to be reached.
  private func addTargets(_ card: inout Scorecard, _ quota: QuotaFigure?) {
    if let quota { card.usualTargets[.revenue] = (Double(quota.amount), .goal) }
    if let volume = agreed.marketingSLA?.qualifiedLeads {
      let months = period.months.compactMap { WeeklyPeriod($0.description) }
      let target = months.reduce(0) { $0 + PromiseBuilder.target(volume, over: $1) }
      // Days and their shares are not exact in binary; a promise is a whole number of leads.
      card.usualTargets[.qualifiedLeads] = ((target * 1e6).rounded() / 1e6, .promise)
    }
    if let target = agreed.salesSLA?.compliance, agreed.salesSLA?.firstTouch != nil {
      card.usualTargets[.firstTouch] = (target, .promise)
    }
  }

  // MARK: Results

  private func count(_ ids: [String]) -> ScorecardResult {
    ScorecardResult(
      value: Double(ids.count),
      interval: .garwood(count: ids.count),
      base: ids.count,
      ids: ids
    )
  }

  private func share(of ids: [String], others: [String]) -> ScorecardResult? {
    let all = ids.count + others.count
    guard all > 0 else { return nil }
    return ScorecardResult(
      value: Double(ids.count) / Double(all),
      interval: .wilson(successes: Double(ids.count), trials: Double(all)),
      base: all,
      ids: ids.sorted(),
      others: others.sorted()
    )
  }
}
