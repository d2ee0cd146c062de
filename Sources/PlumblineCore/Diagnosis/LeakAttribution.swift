import PlumblineStatistics

/// Standardises channels' and owners' win rates, and divides a channel's gap among its causes.
public struct LeakAttribution: Sendable {
  /// The channels' rates, in the cells' order; channels without leads are left out.
  public let channels: [StandardizedWinRates]
  /// The owners' rates, in the cells' order; owners without leads are left out.
  public let owners: [StandardizedWinRates]

  let cells: WorkCells
  let outcome: CrossedPosterior
  let followUp: CrossedPosterior?
  let surface: LeakSurface

  /// The seed that is used unless another is asked for.
  public static let defaultSeed: UInt64 = 20_260_101

  /// The attribution of some cells; score bands are added up.
  ///
  /// - Parameters:
  ///   - cells: The counts; a combination may come more than once.
  ///   - complianceTarget: The share of leads to be followed up as agreed, 0...1.
  ///   - followUpIsRecorded: Whether the data tell which leads were followed up.
  public init(_ cells: WorkCells, complianceTarget: Double, followUpIsRecorded: Bool = true) {
    let counts = LeakCounts(cells, followUpIsRecorded: followUpIsRecorded)
    self.init(
      cells,
      counts,
      outcome: CrossedPosterior(
        CrossedModel(counts.outcome, includesExposure: followUpIsRecorded)
      ),
      followUp: followUpIsRecorded
        ? CrossedPosterior(CrossedModel(counts.followUp, includesExposure: false)) : nil,
      complianceTarget: complianceTarget
    )
  }

  /// The attribution from models that are fitted already, with all pairs alike.
  init(
    _ cells: WorkCells,
    _ counts: LeakCounts,
    outcome: CrossedPosterior,
    followUp: CrossedPosterior?,
    complianceTarget: Double
  ) {
    let surface = LeakSurface(outcome, followUp)
    self.cells = cells
    self.outcome = outcome
    self.followUp = followUp
    self.surface = surface
    let partners = AveragePartner(surface, outcome, followUp, counts)
    channels = counts.channels.indices.compactMap { channel in
      Self.rates(
        cells.channels[channel],
        counts.channels[channel].leads,
        surface.cells.filter { $0.channel == channel },
        surface.effect,
        complianceTarget,
        partners.rate(channel: channel)
      )
    }
    owners = counts.owners.indices.compactMap { owner in
      Self.rates(
        cells.owners[owner],
        counts.owners[owner].leads,
        surface.cells.filter { $0.owner == owner },
        surface.effect,
        complianceTarget,
        partners.rate(owner: owner)
      )
    }
  }

  private static func rates(
    _ name: String,
    _ leads: Int,
    _ own: [LeakSurface.Cell],
    _ effect: Double,
    _ target: Double,
    _ averagePartner: Double
  ) -> StandardizedWinRates? {
    guard leads > 0 else { return nil }
    let total = Double(leads)
    let wins = own.reduce(0) { $0 + LeakSurface.wins($1, effect) }
    let isRecorded = own.contains { $0.followUp != nil }
    let all = own.reduce(0) { $0 + $1.leads * SpecialFunctions.expit($1.logOdds + effect) }
    return StandardizedWinRates(
      unit: name,
      leads: leads,
      asWorked: wins / total,
      averagePartner: averagePartner,
      allFollowedUp: isRecorded ? all / total : nil,
      followedUpOnTarget: isRecorded
        ? (wins + LeakSurface.gainAtTarget(own, effect, target)) / total : nil
    )
  }
}
