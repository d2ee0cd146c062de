#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

import PlumblineStatistics

/// A simulated company whose leak is known, because it was planted.
///
/// Five to seven channels, eight to twelve owners, three segments. Winning and being followed up
/// are logistic; channels, owners and pairs differ by small normal amounts even where nothing is
/// wrong. The page `truth` of the documentation tells where the numbers come from.
public struct PlantedCompany: Sendable {
  /// What the company was to be like.
  public let plan: CompanyPlan
  /// The counts that a judge gets to see.
  public let cells: WorkCells
  /// The position of the channel that is bad if a fault concerns a channel.
  public let markedChannel: Int
  /// The positions of the owners who are bad if a fault concerns owners; rising.
  public let markedOwners: [Int]
  /// What channels, owners and pairs truly add to the log-odds.
  public let effects: Effects

  /// What channels, owners and pairs add, in log-odds, faults included.
  public struct Effects: Hashable, Sendable {
    /// To winning, by channel.
    public var channelWinning: [Double]
    /// To winning, by owner.
    public var ownerWinning: [Double]
    /// To winning, by channel and, inside it, owner.
    public var pairWinning: [Double]
    /// To being followed up, by channel.
    public var channelFollowUp: [Double]
    /// To being followed up, by owner.
    public var ownerFollowUp: [Double]
    /// To being followed up, by channel and, inside it, owner.
    public var pairFollowUp: [Double]
  }

  /// What bad leads or lacking skill add to the log-odds of winning.
  public static let usualFaultLogOdds = -0.9

  static let channelNames = [
    "Google Ads", "Meta Ads", "LinkedIn", "Organic", "Referral", "Events", "Email",
  ]
  static let segmentNames = ["Small", "Medium", "Large"]
  static let scoreBandCount = 4

  /// What segments add to the log-odds of winning.
  private static let segmentEffects = [0, 0.15, -0.2]
  /// Of ordinary leads followed up as agreed, 32 % are won.
  private static let winningRate = 0.32
  /// What following up as agreed adds to the log-odds of winning.
  private static let followUpEffect = 1.0
  /// The share that ordinary owners follow up as agreed.
  private static let usualCompliance = 0.82
  /// The share that is followed up where discipline fails or a channel arrives late.
  private static let badCompliance = 0.27
  /// The share that a team short of its target follows up.
  private static let shortTeamCompliance = 0.53
  /// What the lower half of a split team loses with the channel, in log-odds.
  private static let splitLogOdds = -1.6

  /// Standard deviations in log-odds where nothing is wrong.
  private static let channelSpread = 0.10
  private static let ownerSpread = 0.10
  private static let pairSpread = 0.10
  private static let channelFollowUpSpread = 0.10
  private static let ownerFollowUpSpread = 0.15
  private static let pairFollowUpSpread = 0.05

  /// A company made after a plan.
  ///
  /// - Parameters:
  ///   - plan: What it is to be like.
  ///   - seed: The same seed makes the same company.
  /// - Complexity: O(leads x owners).
  public init(_ plan: CompanyPlan, seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let channelCount = 5 + generator.integer(below: 3)
    let ownerCount = 8 + generator.integer(below: 5)
    let market = Market(channelCount, ownerCount, plan, using: &generator)
    self.plan = plan
    markedChannel = market.markedChannel
    markedOwners = market.markedOwners
    let lowerHalf = market.lowerHalf(using: &generator)
    let effects = Self.effects(of: market, lowerHalf, plan, using: &generator)
    self.effects = effects
    cells = Self.cells(of: market, effects, plan, using: &generator)
  }

  /// Draws what is normal, then adds what is wrong.
  private static func effects(
    of market: Market,
    _ lowerHalf: [Int],
    _ plan: CompanyPlan,
    using generator: inout SeededGenerator
  ) -> Effects {
    let (channels, owners) = (market.channelCount, market.ownerCount)
    func draws(_ count: Int, _ spread: Double) -> [Double] {
      (0..<count).map { _ in generator.normal(standardDeviation: spread) }
    }
    var effects = Effects(
      channelWinning: draws(channels, channelSpread),
      ownerWinning: draws(owners, ownerSpread),
      pairWinning: draws(channels * owners, pairSpread),
      channelFollowUp: draws(channels, channelFollowUpSpread),
      ownerFollowUp: draws(owners, ownerFollowUpSpread),
      pairFollowUp: draws(channels * owners, pairFollowUpSpread)
    )
    let late = logit(badCompliance) - logit(usualCompliance)
    if plan.faults.contains(.leads) {
      effects.channelWinning[market.markedChannel] += plan.faultLogOdds
    }
    if plan.faults.contains(.lateChannel) { effects.channelFollowUp[market.markedChannel] += late }
    for owner in market.markedOwners {
      if plan.faults.contains(.skill) { effects.ownerWinning[owner] += plan.faultLogOdds }
      if plan.faults.contains(.discipline) { effects.ownerFollowUp[owner] += late }
    }
    if plan.faults.contains(.splitTeam) {
      for owner in lowerHalf {
        effects.pairWinning[market.markedChannel * owners + owner] += splitLogOdds
      }
    }
    return effects
  }

  /// One lead as it is counted.
  private struct Lead {
    var cell: Int
    var isWon: Bool
    var score: Double
  }

  private static func cells(
    of market: Market,
    _ effects: Effects,
    _ plan: CompanyPlan,
    using generator: inout SeededGenerator
  ) -> WorkCells {
    let owners = market.ownerCount
    let segments = segmentNames.count
    let base = logit(winningRate) - followUpEffect
    let compliance = plan.faults.contains(.teamFollowUp) ? shortTeamCompliance : usualCompliance
    let standing = skillScores(effects.ownerWinning)
    let explained = plan.promise?.explainedByScore
    var weights = Array(repeating: 0.0, count: owners)
    let leads = (0..<plan.leads).map { _ in
      let channel = generator.choice(weights: market.channelShares)
      let segment = generator.choice(weights: market.segmentShares[channel])
      let promise = plan.promise == nil ? 0 : generator.normal()
      let pull = (plan.promise?.routing ?? 0) * promise
      for owner in 0..<owners {
        weights[owner] = market.ownerShares[channel][owner] * exp(pull * standing[owner])
      }
      let owner = generator.choice(weights: weights)
      let pair = channel * owners + owner
      let warmth = LeadPromise.effect * promise
      let isFollowedUp = generator.chance(
        expit(
          logit(compliance) + effects.channelFollowUp[channel] + effects.ownerFollowUp[owner]
            + effects.pairFollowUp[pair] + (plan.promise?.speedsFollowUp == true ? warmth : 0)
        )
      )
      let isWon = generator.chance(
        expit(
          base + segmentEffects[segment] + (isFollowedUp ? followUpEffect : 0) + warmth
            + effects.channelWinning[channel] + effects.ownerWinning[owner]
            + effects.pairWinning[pair]
        )
      )
      let score = explained.map {
        $0.squareRoot() * promise + (1 - $0).squareRoot() * generator.normal()
      }
      return Lead(
        cell: (pair * segments + segment) * 2 + (isFollowedUp ? 1 : 0),
        isWon: isWon,
        score: score ?? 0
      )
    }
    return counted(leads, in: market, bands: explained == nil ? 1 : scoreBandCount)
  }

  /// Counts leads by cell; the bands of the score are quarters of all leads.
  private static func counted(_ leads: [Lead], in market: Market, bands: Int) -> WorkCells {
    let ranked = bands > 1 ? leads.sorted { $0.score < $1.score } : leads
    let combinations = market.channelCount * market.ownerCount * segmentNames.count * 2
    var counts = Array(repeating: (leads: 0, wins: 0), count: combinations * bands)
    for (rank, lead) in ranked.enumerated() {
      let index = lead.cell * bands + rank * bands / ranked.count
      counts[index].leads += 1
      counts[index].wins += lead.isWon ? 1 : 0
    }
    let cells = counts.enumerated().compactMap { index, count -> WorkCells.Cell? in
      guard count.leads > 0 else { return nil }
      let cell = index / bands
      let pair = cell / 2 / segmentNames.count
      return WorkCells.Cell(
        channel: pair / market.ownerCount,
        owner: pair % market.ownerCount,
        segment: cell / 2 % segmentNames.count,
        scoreBand: index % bands,
        isFollowedUp: cell % 2 == 1,
        leads: count.leads,
        wins: count.wins
      )
    }
    return WorkCells(
      channels: Array(channelNames.prefix(market.channelCount)),
      owners: (1...market.ownerCount).map { "rep\($0 < 10 ? "0" : "")\($0)" },
      segments: segmentNames,
      scoreBandCount: bands,
      cells: cells
    )
  }

  /// The owners' places by skill, as normal scores: about -1.6 for the worst of ten, 1.6 for the
  /// best.
  ///
  /// Blom (1958), Statistical Estimates and Transformed Beta-Variables.
  private static func skillScores(_ skill: [Double]) -> [Double] {
    var scores = Array(repeating: 0.0, count: skill.count)
    for (rank, owner) in skill.indices.sorted(by: { skill[$0] < skill[$1] }).enumerated() {
      scores[owner] = StandardNormal.quantile(
        (Double(rank) + 0.625) / (Double(skill.count) + 0.25)
      )
    }
    return scores
  }

  private static func logit(_ probability: Double) -> Double {
    log(probability / (1 - probability))
  }

  private static func expit(_ logOdds: Double) -> Double { 1 / (1 + exp(-logOdds)) }
}
