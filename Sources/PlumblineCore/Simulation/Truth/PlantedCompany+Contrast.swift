extension PlantedCompany {
  /// By how much a unit truly differs from the mean of the others of its kind, in log-odds.
  ///
  /// - Parameter unit: The unit, as a judge names it.
  /// - Returns: The difference; 0 for split and whole teams and for names the company has not.
  public func trueContrast(of unit: LeakUnit) -> Double {
    let channel = unit.channel.flatMap { cells.channels.firstIndex(of: $0) }
    let owner = unit.owner.flatMap { cells.owners.firstIndex(of: $0) }
    let isDirect = unit.effect == .direct
    switch (unit.kind, channel, owner) {
    case (.channel, let channel?, _):
      return Self.contrast(
        of: channel,
        in: isDirect ? effects.channelWinning : effects.channelFollowUp
      )
    case (.owner, _, let owner?):
      return Self.contrast(of: owner, in: isDirect ? effects.ownerWinning : effects.ownerFollowUp)
    case (.pair, let channel?, let owner?):
      let pair = channel * cells.owners.count + owner
      return isDirect ? effects.pairWinning[pair] : effects.pairFollowUp[pair]
    default: return 0
    }
  }

  private static func contrast(of position: Int, in effects: [Double]) -> Double {
    let others = effects.reduce(0, +) - effects[position]
    return effects[position] - others / Double(max(effects.count - 1, 1))
  }
}
