import PlumblineStatistics

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The fitted models behind a verdict: winning, being followed up, and winning by score band.
struct LeakModels {
  /// Winning.
  let outcome: CrossedPosterior
  /// Being followed up; nil where it is not recorded.
  let followUp: CrossedPosterior?
  /// Winning among leads of the same score band; nil without bands.
  let outcomeByScore: CrossedPosterior?
  /// Being followed up, among leads of the same score band; for the losses of owners' direct
  /// effects only.
  let followUpByScore: CrossedPosterior?
  /// Winning, with all pairs alike: the same as `outcome` where no disagreement is named.
  let evenOutcome: CrossedPosterior
  /// Being followed up, with all pairs alike; nil where it is not recorded.
  let evenFollowUp: CrossedPosterior?
  /// What was found about owners' disagreement, by channel, direct effects first.
  let splits: [ChannelSplit]

  /// How owners may disagree about a channel.
  struct ChannelSplit {
    let channel: Int
    let effect: LeakUnit.Effect
    /// The probability that they do, not yet times that of follow-up mattering.
    let posterior: Double
    /// The channel's pairs of enough leads, by position in the model, best first.
    let better: [Int]
    let lower: [Int]
    /// How far each lower pair is below the mean of the better ones, in log-odds, at least 0.
    let shortfalls: [Double]
    /// The gap between the lead-weighted means of both halves, in log-odds.
    let gap: Double
  }

  init(_ counts: LeakCounts, followUpIsRecorded: Bool, thresholds: LeakThresholds) {
    let outcome = CrossedModel(counts.outcome, includesExposure: followUpIsRecorded)
    let followUp = CrossedModel(counts.followUp, includesExposure: false)
    var outcomePosterior = CrossedPosterior(outcome)
    var followUpPosterior = followUpIsRecorded ? CrossedPosterior(followUp) : nil
    evenOutcome = outcomePosterior
    evenFollowUp = followUpPosterior
    var splits = Self.splits(outcomePosterior, .direct, thresholds)
    if let posterior = followUpPosterior {
      splits += Self.splits(posterior, .followUp, thresholds)
    }
    let matters = followUpIsRecorded ? Self.probabilityItMatters(outcomePosterior, thresholds) : 0
    let disputed = Self.disputed(splits, .direct, 1, thresholds)
    let neglected = Self.disputed(splits, .followUp, matters, thresholds)
    if disputed != nil { outcomePosterior = CrossedPosterior(outcome, loose: disputed) }
    if neglected != nil { followUpPosterior = CrossedPosterior(followUp, loose: neglected) }
    self.outcome = outcomePosterior
    self.followUp = followUpPosterior
    outcomeByScore = counts.outcomeByScore.map {
      CrossedPosterior(CrossedModel($0, includesExposure: followUpIsRecorded), loose: disputed)
    }
    followUpByScore =
      followUpIsRecorded
      ? counts.followUpByScore.map {
        CrossedPosterior(CrossedModel($0, includesExposure: false), loose: neglected)
      } : nil
    self.splits = splits
  }

  static func probabilityItMatters(
    _ outcome: CrossedPosterior,
    _ thresholds: LeakThresholds
  ) -> Double {
    1 - outcome.distribution(.fixed(1)).probability(below: log(thresholds.namedOdds))
  }

  /// The channels that owners are taken to disagree about; nil when there are none.
  private static func disputed(
    _ splits: [ChannelSplit],
    _ effect: LeakUnit.Effect,
    _ matters: Double,
    _ thresholds: LeakThresholds
  ) -> LoosePairs? {
    let channels = splits.filter {
      $0.effect == effect && $0.posterior * matters >= thresholds.disagreementNamed
    }.map(\.channel)
    return channels.isEmpty
      ? nil : LoosePairs(rows: Set(channels), spread: thresholds.disagreementSpread)
  }

  /// Whether each channel's pairs spread like any others, or more widely, where there are enough.
  private static func splits(
    _ posterior: CrossedPosterior,
    _ effect: LeakUnit.Effect,
    _ thresholds: LeakThresholds
  ) -> [ChannelSplit] {
    let model = posterior.model
    let best = posterior.best
    return (0..<model.table.rowCount).compactMap { channel in
      let pairs = rankedPairs(of: channel, model, best.effects.pairs, thresholds)
      guard pairs.count >= thresholds.minimumPairs else { return nil }
      let loose = model.fit(
        best.mode.spreads,
        loose: LoosePairs(rows: [channel], spread: thresholds.disagreementSpread),
        start: best.mode
      )
      let odds =
        thresholds.disagreementPrior / (1 - thresholds.disagreementPrior)
        * exp(loose.mode.logEvidence - best.mode.logEvidence)
      let effects = loose.effects.pairs
      let ranked = rankedPairs(of: channel, model, effects, thresholds)
      let better = Array(ranked.prefix((ranked.count + 1) / 2))
      let lower = Array(ranked.dropFirst(better.count))
      let mean = weightedMean(better, effects, model)
      return ChannelSplit(
        channel: channel,
        effect: effect,
        posterior: odds.isFinite ? odds / (1 + odds) : 1,
        better: better,
        lower: lower,
        shortfalls: lower.map { max(0, mean - effects[$0]) },
        gap: mean - weightedMean(lower, effects, model)
      )
    }
  }

  /// A channel's pairs of enough leads, those with the highest effects first.
  static func rankedPairs(
    of channel: Int,
    _ model: CrossedModel,
    _ effects: [Double],
    _ thresholds: LeakThresholds
  ) -> [Int] {
    model.pairs.indices.filter {
      model.pairs[$0].row == channel
        && model.pairs[$0].trials >= Double(thresholds.minimumPairLeads)
    }.sorted { (effects[$0], $1) > (effects[$1], $0) }
  }

  static func weightedMean(
    _ pairs: [Int],
    _ effects: [Double],
    _ model: CrossedModel
  ) -> Double {
    var (sum, trials) = (0.0, 0.0)
    for pair in pairs {
      sum += model.pairs[pair].trials * effects[pair]
      trials += model.pairs[pair].trials
    }
    return trials > 0 ? sum / trials : 0
  }

  /// Whether a channel's pairs are taken to spread more widely in the model of an effect.
  func isDisputed(_ channel: Int, _ effect: LeakUnit.Effect) -> Bool {
    (effect == .direct ? outcome : followUp)?.loose?.rows.contains(channel) == true
  }
}
