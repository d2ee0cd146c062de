import PlumblineStatistics

/// Judges whose leak it is from counts of leads by channel, owner, segment and follow-up.
///
/// The method is described on the page `whose-leak` of the documentation.
public struct LeakJudge: Sendable {
  let cells: WorkCells
  let complianceTarget: Double
  let routing: RoutingRule?
  let followUpIsRecorded: Bool
  let thresholds: LeakThresholds

  /// A judge of some cells.
  ///
  /// - Parameters:
  ///   - cells: The counts; a combination may come more than once.
  ///   - complianceTarget: The share of leads to be followed up as agreed, 0...1.
  ///   - routing: How leads reach owners, where the agreement says so.
  ///   - followUpIsRecorded: Whether the data tell which leads were followed up.
  ///   - thresholds: From where on somebody is named or cleared.
  public init(
    _ cells: WorkCells,
    complianceTarget: Double,
    routing: RoutingRule? = nil,
    followUpIsRecorded: Bool = true,
    thresholds: LeakThresholds = LeakThresholds()
  ) {
    self.cells = cells
    self.complianceTarget = complianceTarget
    self.routing = routing
    self.followUpIsRecorded = followUpIsRecorded
    self.thresholds = thresholds
  }

  /// The verdict.
  ///
  /// The same whatever the order of the cells and the number of threads.
  public func verdict() -> LeakVerdict { judge().verdict }

  /// The verdict, with the units' rates under other circumstances and the parts of gaps.
  ///
  /// - Returns: Both, from the same fits; no attribution where too few outcomes leave no fit.
  public func verdictWithAttribution() -> (verdict: LeakVerdict, attribution: LeakAttribution?) {
    let (verdict, analysis) = judge()
    return (
      verdict,
      analysis.map {
        LeakAttribution(
          cells,
          $0.counts,
          outcome: $0.models.evenOutcome,
          followUp: $0.models.evenFollowUp,
          complianceTarget: complianceTarget
        )
      }
    )
  }

  private func judge() -> (verdict: LeakVerdict, analysis: LeakAnalysis?) {
    let counts = LeakCounts(cells, followUpIsRecorded: followUpIsRecorded)
    let routingTest = routingTest()
    let (wins, losses) = (counts.total.wins, counts.total.leads - counts.total.wins)
    guard wins >= thresholds.minimumWins, losses >= thresholds.minimumWins else {
      let undecided = verdict(counts, routingTest, nil) {
        LeakVerdict.PartyAnswer(
          party: $0,
          answer: .undetermined,
          reasons: [
            .tooFewOutcomes(wins: wins, losses: losses, minimum: thresholds.minimumWins)
          ],
          named: [],
          withheld: [],
          lossShare: 0,
          remedies: []
        )
      }
      return (undecided, nil)
    }
    let analysis = LeakAnalysis(self, counts)
    let decision = LeakDecision(self, analysis, routingTest)
    var verdict = verdict(counts, routingTest, decision, decision.answer)
    let named = verdict.evidence.indices.filter { verdict.evidence[$0].isNamed }
    let recovered = LeakRecovery(named.map { verdict.evidence[$0] }, decision).wins()
    for (index, wins) in zip(named, recovered) {
      verdict.evidence[index].recoverableWins = wins
    }
    verdict.grid = LeakGrid(cells, counts, analysis.models.outcome)
    return (verdict, analysis)
  }

  private func verdict(
    _ counts: LeakCounts,
    _ routingTest: RoutingTest?,
    _ decision: LeakDecision?,
    _ answer: (Party) -> LeakVerdict.PartyAnswer
  ) -> LeakVerdict {
    LeakVerdict(
      parties: [.marketing, .sales, .handOff].map(answer),
      evidence: decision?.evidence ?? [],
      disagreements: decision?.disagreements ?? [],
      followUpEffect: decision.flatMap { followUpEffect($0.analysis) },
      routing: routingTest,
      routingRule: routing,
      assumesRoutingRegardlessOfPromise: routing == nil && routingTest == nil,
      followUpIsRecorded: followUpIsRecorded,
      compliance: followUpIsRecorded && counts.total.leads > 0
        ? Double(counts.total.followedUp) / Double(counts.total.leads) : nil,
      complianceTarget: complianceTarget,
      leads: counts.total.leads,
      wins: counts.total.wins,
      expectedWins: decision?.analysis.surface.expectedWins ?? 0,
      parts: parts(counts),
      fits: decision.map { fits($0.analysis.models) } ?? [],
      thresholds: thresholds
    )
  }

  private func followUpEffect(_ analysis: LeakAnalysis) -> FollowUpEffect? {
    guard followUpIsRecorded else { return nil }
    let distribution = analysis.models.outcome.distribution(.fixed(1))
    return FollowUpEffect(
      mean: distribution.mean,
      standardDeviation: distribution.standardDeviation,
      interval90: distribution.interval(confidence: 0.9),
      probabilityItMatters: analysis.followUpMatters
    )
  }

  /// The parts by leads, largest first.
  private func parts(_ counts: LeakCounts) -> [LeakPart] {
    let parts = ConnectedParts(
      counts.outcome,
      minimumTrials: Double(thresholds.minimumJoiningLeads)
    )
    let leads = (0..<parts.count).map { part in
      parts.rows.indices.reduce(0) {
        $0 + (parts.rows[$1] == part ? counts.channels[$1].leads : 0)
      }
    }
    return leads.indices.sorted { (leads[$0], $1) > (leads[$1], $0) }.map { part in
      LeakPart(
        channels: cells.channels.indices.filter { parts.rows[$0] == part }.map {
          cells.channels[$0]
        },
        owners: cells.owners.indices.filter { parts.columns[$0] == part }.map { cells.owners[$0] }
      )
    }
  }

  private func fits(_ models: LeakModels) -> [LeakFit] {
    let all: [(LeakFit.Model, CrossedPosterior?)] = [
      (.outcome, models.outcome), (.followUp, models.followUp),
      (.outcomeByScore, models.outcomeByScore),
    ]
    return all.compactMap { model, posterior in
      posterior.map {
        let spreads = $0.best.mode.spreads
        return LeakFit(
          model: model,
          evaluatedNodes: $0.evaluatedNodes,
          keptNodes: $0.nodes.count,
          channelSpread: spreads.rows,
          ownerSpread: spreads.columns,
          pairSpread: spreads.pairs
        )
      }
    }
  }
}
