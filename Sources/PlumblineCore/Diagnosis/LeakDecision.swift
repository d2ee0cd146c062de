import PlumblineStatistics

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Names, withholds and clears, from the evidence of every unit.
struct LeakDecision {
  let judge: LeakJudge
  let analysis: LeakAnalysis
  let routing: RoutingTest?
  let disagreements: [LeakDisagreement]
  /// The evidence with what is named marked, in the verdict's order.
  private(set) var evidence: [LeakEvidence] = []
  /// What would be named but for something that could explain it as well.
  private(set) var withheld: [WithheldLeak] = []
  /// The channels and owners that are named for their follow-up, by position: the team is judged
  /// without them.
  private(set) var lateChannels: Set<Int> = []
  private(set) var lateOwners: Set<Int> = []
  var thresholds: LeakThresholds { judge.thresholds }

  init(_ judge: LeakJudge, _ analysis: LeakAnalysis, _ routing: RoutingTest?) {
    self.judge = judge
    self.analysis = analysis
    self.routing = routing
    disagreements = analysis.disagreements()
    for draft in analysis.channels() + analysis.owners() + analysis.pairs() {
      let evidence = judged(draft.evidence)
      self.evidence.append(evidence)
      guard evidence.isNamed, evidence.unit.effect == .followUp else { continue }
      if evidence.unit.kind == .channel, let channel = draft.channel {
        lateChannels.insert(channel)
      }
      if evidence.unit.kind == .owner, let owner = draft.owner { lateOwners.insert(owner) }
    }
    evidence += disagreements.map(splitEvidence)
    if var team = analysis.team(withoutChannels: lateChannels, owners: lateOwners) {
      team.isNamed = suffices(team)
      evidence.append(team)
    }
  }

  // MARK: Naming

  /// Whether evidence is strong enough, and its loss large enough, for a name.
  private func suffices(_ evidence: LeakEvidence) -> Bool {
    evidence.probability >= thresholds.namedProbability
      && evidence.lossShare >= thresholds.namedLoss
  }

  /// Names a unit whose evidence suffices, or withholds it.
  private mutating func judged(_ evidence: LeakEvidence) -> LeakEvidence {
    guard suffices(evidence) else { return evidence }
    if let cause = cause(against: evidence) {
      withheld.append(WithheldLeak(unit: evidence.unit, cause: cause))
      return evidence
    }
    var named = evidence
    named.isNamed = true
    named.eValue = evidence.contrast.map { eValue(ofLogOdds: $0.mean, evidence.unit.effect) }
    return named
  }

  /// What stands against naming a unit whose evidence would suffice.
  private func cause(against evidence: LeakEvidence) -> WithheldLeak.Cause? {
    switch (evidence.unit.kind, evidence.unit.effect) {
    case (.channel, .direct):
      if let doubt = doubt(about: evidence.unit.channel) {
        return .ownersMayDisagree(posterior: doubt)
      }
      return judge.followUpIsRecorded ? nil : .followUpNotRecorded
    case (.owner, .direct):
      if let stability = evidence.stability, routing?.isUneven == true,
        stability < thresholds.stability
      {
        return .unevenRouting(stability: stability)
      }
      return switch unseenRouting {
      case .ownersChoose: .ownersChoose
      case .byScore: .scoreNotRecorded
      case .regardless, nil: nil
      }
    default: return nil
    }
  }

  /// A rule by which leads are routed by their promise, where no score shows which got which.
  var unseenRouting: RoutingRule? {
    routing == nil && judge.routing != .regardless ? judge.routing : nil
  }

  /// The posterior of a disagreement about a channel that is neither named nor ruled out.
  private func doubt(about channel: String?) -> Double? {
    disagreements.first {
      $0.channel == channel && $0.effect == .direct
        && $0.posterior >= thresholds.disagreementCleared
        && $0.posterior < thresholds.disagreementNamed
    }?.posterior
  }

  /// The outcome counts as common, and the odds ratio's root as risk ratio, above 15 %.
  private func eValue(ofLogOdds difference: Double, _ effect: LeakUnit.Effect) -> Double {
    let total = analysis.counts.total
    let outcomes = effect == .direct ? total.wins : total.followedUp
    return EValue.ofOddsRatio(
      exp(difference),
      outcomeIsCommon: Double(outcomes) > 0.15 * Double(total.leads)
    )
  }

  private func splitEvidence(_ disagreement: LeakDisagreement) -> LeakEvidence {
    let sum =
      judge.cells.channels.firstIndex(of: disagreement.channel).map {
        analysis.counts.channels[$0]
      } ?? LeakCounts.Sum()
    let rate = disagreement.effect == .direct ? sum.wins : sum.followedUp
    return LeakEvidence(
      unit: LeakUnit(.channelSplit, disagreement.effect, channel: disagreement.channel),
      contrast: nil,
      probability: disagreement.posterior,
      largeProbability: nil,
      lossShare: disagreement.lossShare,
      badCaseShare: nil,
      expectedWinsLost: disagreement.expectedWinsLost,
      unadjustedContrast: nil,
      stability: nil,
      leads: sum.leads,
      rawRate: sum.leads > 0 ? Double(rate) / Double(sum.leads) : nil,
      comparableUnits: disagreement.betterOwners.count + disagreement.lowerOwners.count,
      eValue: disagreement.isNamed
        ? eValue(ofLogOdds: -disagreement.gap, disagreement.effect) : nil,
      isNamed: disagreement.isNamed
    )
  }
}
