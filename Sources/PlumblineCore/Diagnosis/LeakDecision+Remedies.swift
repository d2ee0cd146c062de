import PlumblineStatistics

extension LeakDecision {
  func remedies(_ reasons: [LeakReason]) -> [LeakRemedy] {
    var remedies: [LeakRemedy] = []
    for reason in reasons {
      for remedy in remedy(for: reason) where !remedies.contains(remedy) {
        remedies.append(remedy)
      }
    }
    return remedies
  }

  private func remedy(for reason: LeakReason) -> [LeakRemedy] {
    switch reason {
    case .tooFewOutcomes, .nothingToCompare, .teamMayBeShort, .smallLoss, .manySmall: []
    case .notCrossed(let units): units.compactMap(bridge)
    case .tooFewLeads(let unit, _, let needed):
      needed > 0 ? [.collectLeads(unit: unit, needed: needed)] : []
    case .ownersMayDisagree(let channel, let effect, _):
      disagreements.filter { $0.channel == channel && $0.effect == effect }.map {
        .routeByLot(channel: channel, owners: $0.betterOwners + $0.lowerOwners)
      }
    case .unevenRouting, .ownersChoose: [.routeAllByLot]
    case .scoreNotRecorded: [.recordScore]
    case .followUpNotRecorded, .nobodyFollowedUp: [.recordFollowUp]
    }
  }

  /// What would join a unit to the largest part: its leads, or the channel it knows least, shared.
  private func bridge(_ unit: LeakUnit) -> LeakRemedy? {
    let counts = analysis.counts
    let names = judge.cells
    func largest(_ units: [Int], _ leads: (Int) -> Int) -> [Int] {
      units.sorted { (leads($0), $1) > (leads($1), $0) }
    }
    if let channel = unit.channel.flatMap({ names.channels.firstIndex(of: $0) }) {
      let part = analysis.parts.rows[channel]
      let owners = analysis.judgedOwners.filter { analysis.parts.columns[$0] != part }
      let chosen = largest(owners) { counts.owners[$0].leads }.prefix(2)
      return chosen.isEmpty
        ? nil
        : .shareChannel(channel: names.channels[channel], owners: chosen.map { names.owners[$0] })
    }
    guard let owner = unit.owner.flatMap({ names.owners.firstIndex(of: $0) }) else { return nil }
    let part = analysis.parts.columns[owner]
    let channels = analysis.judgedChannels.filter { analysis.parts.rows[$0] != part }
    return largest(channels) { counts.channels[$0].leads }.first.map {
      .shareChannel(channel: names.channels[$0], owners: [names.owners[owner]])
    }
  }
}
