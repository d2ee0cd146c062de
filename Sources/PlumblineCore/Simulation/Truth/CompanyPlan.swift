/// What a simulated company is to be like.
public struct CompanyPlan: Hashable, Sendable {
  /// How many leads sales was given.
  public var leads: Int
  /// What is wrong with the company; empty for a healthy one.
  public var faults: Set<PlantedFault>
  /// How far the channel and the owners that may be bad come together.
  public var confounding = Confounding.none
  /// What bad leads or lacking skill add to the log-odds of winning.
  public var faultLogOdds = PlantedCompany.usualFaultLogOdds
  /// How promising each lead is; nil where leads differ by channel and segment only.
  public var promise: LeadPromise?
  /// Whether each owner works one channel only.
  public var isNested = false

  /// A plan.
  public init(
    leads: Int,
    faults: Set<PlantedFault> = [],
    confounding: Confounding = .none,
    faultLogOdds: Double = PlantedCompany.usualFaultLogOdds,
    promise: LeadPromise? = nil,
    isNested: Bool = false
  ) {
    self.leads = leads
    self.faults = faults
    self.confounding = confounding
    self.faultLogOdds = faultLogOdds
    self.promise = promise
    self.isNested = isNested
  }

  /// The parties with something to mend.
  public var guiltyParties: Set<Party> { Set(faults.map(\.party)) }
}
