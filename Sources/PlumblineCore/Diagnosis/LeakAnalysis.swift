import PlumblineStatistics

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The fitted models of some cells and the evidence of every unit.
struct LeakAnalysis {
  let judge: LeakJudge
  let counts: LeakCounts
  let models: LeakModels
  let surface: LeakSurface
  /// The same from the model by score band, where owners' direct effects come from.
  let surfaceByScore: LeakSurface?
  let parts: ConnectedParts
  /// The probability that following up matters; 0 where it is not recorded.
  let followUpMatters: Double

  /// What is known of a unit before the decision.
  struct Draft {
    var evidence: LeakEvidence
    /// The channel, owner or pair by position.
    var channel: Int?
    var owner: Int?
  }

  init(_ judge: LeakJudge, _ counts: LeakCounts) {
    self.judge = judge
    self.counts = counts
    parts = ConnectedParts(
      counts.outcome,
      minimumTrials: Double(judge.thresholds.minimumJoiningLeads)
    )
    models = LeakModels(
      counts,
      followUpIsRecorded: judge.followUpIsRecorded,
      thresholds: judge.thresholds
    )
    surface = LeakSurface(models.outcome, models.followUp)
    surfaceByScore = models.outcomeByScore.map { [models] in
      LeakSurface($0, models.followUpByScore)
    }
    followUpMatters =
      judge.followUpIsRecorded
      ? LeakModels.probabilityItMatters(models.outcome, judge.thresholds) : 0
  }

  /// The score must move an owner's contrast upwards by more than this to say how stable it is.
  static let smallestShift = 0.02

  // MARK: Units

  /// Channels with enough leads.
  var judgedChannels: [Int] { judged(counts.channels) }
  /// Owners with enough leads.
  var judgedOwners: [Int] { judged(counts.owners) }

  private func judged(_ sums: [LeakCounts.Sum]) -> [Int] {
    sums.indices.filter { sums[$0].leads >= judge.thresholds.minimumUnitLeads }
  }

  /// The judged others of the same part.
  func comparable(channel: Int) -> [Int] {
    judgedChannels.filter { $0 != channel && parts.rows[$0] == parts.rows[channel] }
  }
  func comparable(owner: Int) -> [Int] {
    judgedOwners.filter { $0 != owner && parts.columns[$0] == parts.columns[owner] }
  }

  func channels() -> [Draft] {
    judgedChannels.flatMap { channel -> [Draft] in
      let others = comparable(channel: channel)
      guard !others.isEmpty else { return [] }
      let sum = counts.channels[channel]
      let name = judge.cells.channels[channel]
      var drafts = [
        draft(
          LeakUnit(.channel, .direct, channel: name),
          models.outcome.distribution(ownContrast(models.outcome, channel, others)),
          sum,
          others.count,
          channel: channel
        )
      ]
      if let followUp = models.followUp {
        drafts.append(
          draft(
            LeakUnit(.channel, .followUp, channel: name),
            followUp.distribution(ownContrast(followUp, channel, others)),
            sum,
            others.count,
            channel: channel
          )
        )
      }
      return drafts
    }
  }

  /// A channel's effect; where owners disagree about it, with the better half of them.
  private func ownContrast(
    _ posterior: CrossedPosterior,
    _ channel: Int,
    _ others: [Int]
  ) -> CrossedContrast {
    var contrast = CrossedContrast.row(channel, against: others)
    guard posterior.loose?.rows.contains(channel) == true else { return contrast }
    let model = posterior.model
    let ranked = LeakModels.rankedPairs(
      of: channel,
      model,
      posterior.best.effects.pairs,
      judge.thresholds
    )
    let better = ranked.prefix((ranked.count + 1) / 2)
    let trials = better.reduce(0) { $0 + model.pairs[$1].trials }
    if trials > 0 { contrast.pairs = better.map { ($0, model.pairs[$0].trials / trials) } }
    return contrast
  }

  func owners() -> [Draft] {
    judgedOwners.flatMap { owner -> [Draft] in
      let others = comparable(owner: owner)
      guard !others.isEmpty else { return [] }
      let sum = counts.owners[owner]
      let name = judge.cells.owners[owner]
      let contrast = CrossedContrast.column(owner, against: others)
      var direct = draft(
        LeakUnit(.owner, .direct, owner: name),
        (models.outcomeByScore ?? models.outcome).distribution(contrast),
        sum,
        others.count,
        owner: owner,
        surface: surfaceByScore
      )
      if models.outcomeByScore != nil, let adjusted = direct.evidence.contrast?.mean {
        let unadjusted = models.outcome.distribution(contrast).mean
        direct.evidence.unadjustedContrast = unadjusted
        direct.evidence.stability =
          adjusted - unadjusted > Self.smallestShift ? adjusted / (unadjusted - adjusted) : nil
      }
      var drafts = [direct]
      if let followUp = models.followUp {
        drafts.append(
          draft(
            LeakUnit(.owner, .followUp, owner: name),
            followUp.distribution(contrast),
            sum,
            others.count,
            owner: owner
          )
        )
      }
      return drafts
    }
  }

  /// Pairs of enough leads whose channel owners are not taken to disagree about.
  func pairs() -> [Draft] {
    let model = models.outcome.model
    // With one channel, or one owner, a pair is the other unit over again.
    guard judgedChannels.count > 1, judgedOwners.count > 1 else { return [] }
    return model.pairs.indices.flatMap { index -> [Draft] in
      let pair = model.pairs[index]
      guard pair.trials >= Double(judge.thresholds.minimumUnitLeads) else { return [] }
      return [(LeakUnit.Effect.direct, Optional(models.outcome)), (.followUp, models.followUp)]
        .compactMap { effect, posterior in
          if models.isDisputed(pair.row, effect) { return nil }
          return posterior.map {
            draft(
              LeakUnit(
                .pair,
                effect,
                channel: judge.cells.channels[pair.row],
                owner: judge.cells.owners[pair.column]
              ),
              $0.distribution(.pair(index)),
              counts.pair(pair.row, pair.column),
              0,
              channel: pair.row,
              owner: pair.column
            )
          }
        }
    }
  }

  private func draft(
    _ unit: LeakUnit,
    _ distribution: NormalMixture,
    _ sum: LeakCounts.Sum,
    _ comparableUnits: Int,
    channel: Int? = nil,
    owner: Int? = nil,
    surface ownSurface: LeakSurface? = nil
  ) -> Draft {
    let surface = ownSurface ?? surface
    let thresholds = judge.thresholds
    let mean = distribution.mean
    let matters = unit.effect == .direct ? 1 : followUpMatters
    let gain = surface.gain(-mean, unit.effect, channel: channel, owner: owner)
    let rate = unit.effect == .direct ? sum.wins : sum.followedUp
    return Draft(
      evidence: LeakEvidence(
        unit: unit,
        contrast: LeakContrast(
          mean: mean,
          standardDeviation: distribution.standardDeviation,
          interval90: distribution.interval(confidence: 0.9),
          interval95: distribution.interval(confidence: 0.95)
        ),
        probability: distribution.probability(below: -log(thresholds.namedOdds)) * matters,
        largeProbability: distribution.probability(below: -log(thresholds.clearedOdds)),
        lossShare: surface.share(gain),
        badCaseShare: surface.share(
          surface.gain(
            -distribution.quantile(0.05),
            unit.effect,
            channel: channel,
            owner: owner
          )
        ),
        expectedWinsLost: surface.share(gain) * self.surface.expectedWins,
        unadjustedContrast: nil,
        stability: nil,
        leads: sum.leads,
        rawRate: sum.leads > 0 ? Double(rate) / Double(sum.leads) : nil,
        comparableUnits: comparableUnits,
        eValue: nil,
        isNamed: false
      ),
      channel: channel,
      owner: owner
    )
  }
}
