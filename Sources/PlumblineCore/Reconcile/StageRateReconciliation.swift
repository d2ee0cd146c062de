import PlumblineStatistics

/// The share of those at a stage who reached the next, counted in the ways that circulate.
///
/// Ours is the rate of `METHODS` 1 (Aalen–Johansen, within the horizon). All stages in order, and
/// any stages: the two kinds of funnel report that HubSpot's knowledge base tells apart
/// ("Differences between funnel report types"). Every count but ours and that of first passes takes
/// each lead once, whatever the returns.
struct StageRateReconciliation {
  let scope: ReconcileScope
  let pair: StagePair
  let horizon: StretchHorizon

  private var history: CompanyHistory { scope.history }
  private var nobody: CountedRecords {
    CountedRecords(.leads, .leads, count: scope.leadCount)
  }

  /// The definitions, ours first.
  func definitions() -> [ReconciledDefinition] {
    let (ours, trunk) = scope.trunk(pair, horizon)
    var once = trunk
    var rule = scope.rule
    if !rule.confirmations.isEmpty {
      rule.confirmations = []
      once.move(to: passed(under: rule), .confirmations, name: scope.id)
    }
    if rule.returns == .newEpisode {
      rule.returns = .sameEpisode
      once.move(to: passed(under: rule), .cameBack, name: scope.id)
    }
    let reached = scope.source.journeys(
      under: JourneyRule(skips: .any, returns: .sameEpisode)
    )
    func under(_ skips: SkipRule) -> CountBridge {
      var bridge = once
      bridge.move(
        to: reachedEither(under: JourneyRule(skips: skips, returns: .sameEpisode)),
        [.straightPast, .earlierStageMissing, .outOfOrder],
        name: scope.id
      ) { passedOver($0, reached) }
      return bridge
    }
    let any = under(.any)
    return [
      ours, scope.firstPass(ours, pair, horizon), under(.filled).definition(.filled),
      under(.strict).definition(.allStages), any.definition(.anyStages),
      statusToday(from: once).definition(.statusToday),
      stageDates(from: any, reached).definition(.stageDates),
    ]
  }

  /// Episodes by a rule that entered the first stage; above the line those that went on.
  private func passed(under rule: JourneyRule) -> CountedRecords {
    let passages = scope.passages(under: rule)
    var counted = nobody
    for row in passages.rows {
      guard let wait = passages.journeys.wait(for: pair, row: row, in: history) else { continue }
      counted.add(
        Int(passages.journeys.leads[row]),
        above: wait.outcome == .converted ? 1 : 0,
        below: 1
      )
    }
    return counted
  }

  /// Leads that reached the second stage over leads that reached the first, each by itself.
  private func reachedEither(under rule: JourneyRule) -> CountedRecords {
    let passages = scope.passages(under: rule)
    var counted = nobody
    for row in passages.rows {
      counted.add(
        Int(passages.journeys.leads[row]),
        above: passages.journeys.reached[pair.to][row].isPresent ? 1 : 0,
        below: passages.journeys.reached[pair.from][row].isPresent ? 1 : 0
      )
    }
    return counted
  }

  /// Why a lead counts otherwise where stages are skipped; `reached` takes them in any order.
  private func passedOver(_ lead: Int, _ reached: Journeys) -> ReconcileRule {
    guard let row = reached.rows(ofLead: lead).first else { return .outOfOrder }
    func isReached(_ stage: Int) -> Bool { reached.reached[stage][row].isPresent }
    if !isReached(pair.from) { return .straightPast }
    let isWhole = (0..<pair.to).allSatisfy(isReached)
    return isWhole ? .outOfOrder : .earlierStageMissing
  }

  /// Leads by the stage they are in now; who left the path is at none.
  private func statusToday(from once: CountBridge) -> CountBridge {
    let journeys = scope.source.journeys(under: JourneyRule(skips: .filled))
    let asked = scope.passages(under: JourneyRule(skips: .filled, returns: .sameEpisode))
    var counted = nobody
    var hasLeft = Array(repeating: false, count: scope.leadCount)
    for row in asked.rows {
      let lead = Int(asked.journeys.leads[row])
      guard let last = journeys.rows(ofLead: lead).last else { continue }
      hasLeft[lead] = journeys.exits[last].isPresent
      guard !hasLeft[lead] else { continue }
      let stage = journeys.furthestStage(of: last)
      counted.add(lead, above: stage >= pair.to ? 1 : 0, below: stage >= pair.from ? 1 : 0)
    }
    var bridge = once
    bridge.move(to: counted, [.leftThePath, .presentStage], name: scope.id) {
      hasLeft[$0] ? .leftThePath : .presentStage
    }
    return bridge
  }

  /// Leads that reached a stage in the period, whenever they came in.
  private func stageDates(from any: CountBridge, _ reached: Journeys) -> CountBridge {
    let passes = scope.leadsThatPass()
    var counted = nobody
    for row in 0..<reached.count where passes[Int(reached.leads[row])] {
      counted.add(
        Int(reached.leads[row]),
        above: scope.contains(reached.reached[pair.to][row]) ? 1 : 0,
        below: scope.contains(reached.reached[pair.from][row]) ? 1 : 0
      )
    }
    var bridge = any
    let inCohort = any.counted
    bridge.move(to: counted, [.otherCohort, .reachedOutside], name: scope.id) {
      inCohort.above[$0] == 0 && inCohort.below[$0] == 0 ? .otherCohort : .reachedOutside
    }
    return bridge
  }
}
