import PlumblineStatistics

/// Win rates of a channel with the average owner, and of an owner with the average leads.
struct AveragePartner {
  let outcome: CrossedLogOdds
  let followUp: CrossedLogOdds?
  /// The leads by channel and segment, and by owner.
  let mixes: [(channel: Int, segment: Int, leads: Double)]
  let ownerShares: [Double]

  init(
    _ surface: LeakSurface,
    _ outcome: CrossedPosterior,
    _ followUp: CrossedPosterior?,
    _ counts: LeakCounts
  ) {
    self.outcome = CrossedLogOdds(model: outcome.model, effects: outcome.means)
    self.followUp = followUp.map { CrossedLogOdds(model: $0.model, effects: $0.means) }
    let segments = max(1, counts.outcome.stratumCount)
    var leads = Array(repeating: 0.0, count: counts.channelCount * segments)
    for cell in surface.cells { leads[cell.channel * segments + cell.stratum] += cell.leads }
    mixes = leads.indices.filter { leads[$0] > 0 }.map {
      ($0 / segments, $0 % segments, leads[$0])
    }
    let total = Double(max(1, counts.total.leads))
    ownerShares = counts.owners.map { Double($0.leads) / total }
  }

  func rate(channel: Int) -> Double {
    var (sum, leads) = (0.0, 0.0)
    for mix in mixes where mix.channel == channel {
      leads += mix.leads
      for owner in ownerShares.indices where ownerShares[owner] > 0 {
        sum += mix.leads * ownerShares[owner] * chance(channel, owner, mix.segment)
      }
    }
    return leads > 0 ? sum / leads : 0
  }

  func rate(owner: Int) -> Double {
    var (sum, leads) = (0.0, 0.0)
    for mix in mixes {
      leads += mix.leads
      sum += mix.leads * chance(mix.channel, owner, mix.segment)
    }
    return leads > 0 ? sum / leads : 0
  }

  private func chance(_ channel: Int, _ owner: Int, _ segment: Int) -> Double {
    LeakSurface.chance(
      outcome.value(channel, owner, segment: segment),
      outcome.exposure,
      followUp?.value(channel, owner, segment: segment)
    )
  }
}
