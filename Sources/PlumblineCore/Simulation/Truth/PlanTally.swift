/// How often the targets of one row's companies were met.
public struct PlanTally: Hashable, Sendable {
  /// What came of the targets of one probability.
  public struct Target: Hashable, Sendable {
    /// Companies for which a number of leads was asked.
    public var companies = 0
    /// Quarters that met the quota.
    public var met = 0
    /// The squares of each company's number of those, added up.
    public var squares = 0
    /// Companies whose open leads were enough.
    public var noneNeeded = 0
    /// Companies for which no number was enough.
    public var noNumber = 0

    /// The share of quarters that met the quota; nil of none.
    public func share(of quarters: Int) -> Double? {
      let all = companies * quarters
      return all > 0 ? Double(met) / Double(all) : nil
    }

    /// The standard error of that share: quarters of one company have its plan in common.
    public func standardError(of quarters: Int) -> Double? {
      guard companies > 1, quarters > 0 else { return nil }
      let mean = Double(met) / Double(companies)
      let variance =
        (Double(squares) - Double(companies) * mean * mean) / Double(companies - 1)
      return (max(variance, 0) / Double(companies)).squareRoot() / Double(quarters)
    }
  }

  /// One for each probability.
  public var targets: [Target]

  /// Nothing counted yet.
  public init() { targets = PlanStudy.probabilities.map { _ in Target() } }

  /// Adds what came of a company's targets.
  public mutating func add(_ outcome: PlanStudy.Outcome) {
    for (position, target) in zip(targets.indices, outcome.targets) {
      switch target {
      case .met(let quarters):
        targets[position].companies += 1
        targets[position].met += quarters
        targets[position].squares += quarters * quarters
      case .noneNeeded: targets[position].noneNeeded += 1
      case .noNumber: targets[position].noNumber += 1
      }
    }
  }
}
