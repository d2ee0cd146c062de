/// A cause of lost wins that is planted in a simulated company.
public enum PlantedFault: String, Sendable, CaseIterable {
  /// One channel's leads are won less often, whoever works them.
  case leads
  /// Some owners win less often, whatever channel the leads come from.
  case skill
  /// Some owners follow up as agreed far less often.
  case discipline
  /// The whole team follows up as agreed less often.
  case teamFollowUp
  /// One channel's leads are followed up far less often, whoever works them: they arrive late.
  case lateChannel
  /// Half the team wins one channel's leads far less often than the other half.
  case splitTeam

  /// Whose it is to mend.
  public var party: Party {
    switch self {
    case .leads: .marketing
    case .skill, .discipline, .teamFollowUp: .sales
    case .lateChannel, .splitTeam: .handOff
    }
  }
}
