import PlumblineStatistics

extension LeakAnalysis {
  func disagreements() -> [LeakDisagreement] {
    let model = models.outcome.model
    func names(_ pairs: [Int]) -> [String] {
      pairs.map { judge.cells.owners[model.pairs[$0].column] }
    }
    return models.splits.map { split in
      let gain = surface.gain(
        Array(zip(split.lower, split.shortfalls)),
        split.effect,
        channel: split.channel
      )
      let posterior = split.posterior * (split.effect == .direct ? 1 : followUpMatters)
      let share = surface.share(gain)
      return LeakDisagreement(
        channel: judge.cells.channels[split.channel],
        effect: split.effect,
        posterior: posterior,
        lossShare: share,
        expectedWinsLost: gain,
        gap: split.gap,
        betterOwners: names(split.better),
        lowerOwners: names(split.lower),
        isNamed: posterior >= judge.thresholds.disagreementNamed
          && share >= judge.thresholds.namedLoss
      )
    }
  }

  /// Everybody's follow-up against the target, without the units that are named for theirs.
  func team(withoutChannels: Set<Int>, owners withoutOwners: Set<Int>) -> LeakEvidence? {
    guard judge.followUpIsRecorded else { return nil }
    let target = judge.complianceTarget
    var rest = LeakCounts.Sum()
    var byChannel: [Int: LeakCounts.Sum] = [:]
    var byOwner: [Int: LeakCounts.Sum] = [:]
    for channel in counts.channels.indices where !withoutChannels.contains(channel) {
      for owner in counts.owners.indices where !withoutOwners.contains(owner) {
        let sum = counts.pair(channel, owner)
        if sum.leads == 0 { continue }
        rest = rest + sum
        byChannel[channel] = (byChannel[channel] ?? LeakCounts.Sum()) + sum
        byOwner[owner] = (byOwner[owner] ?? LeakCounts.Sum()) + sum
      }
    }
    func chance(without left: LeakCounts.Sum) -> Double {
      BetaDistribution(
        jeffreysWithSuccesses: Double(rest.followedUp - left.followedUp),
        trials: Double(rest.leads - left.leads)
      ).cumulative(min(max(target - judge.thresholds.teamMargin, 0), 1))
    }
    var probability = chance(without: LeakCounts.Sum())
    for sum in byChannel.values { probability = min(probability, chance(without: sum)) }
    for sum in byOwner.values { probability = min(probability, chance(without: sum)) }
    let included = surface.cells.filter {
      !withoutChannels.contains($0.channel) && !withoutOwners.contains($0.owner)
    }
    let gain = LeakSurface.gainAtTarget(included, surface.effect, target)
    return LeakEvidence(
      unit: LeakUnit(.team, .followUp),
      contrast: nil,
      probability: probability * followUpMatters,
      largeProbability: nil,
      lossShare: surface.share(gain),
      badCaseShare: nil,
      expectedWinsLost: gain,
      unadjustedContrast: nil,
      stability: nil,
      leads: rest.leads,
      rawRate: rest.leads > 0 ? Double(rest.followedUp) / Double(rest.leads) : nil,
      comparableUnits: 0,
      eValue: nil,
      isNamed: false
    )
  }
}
