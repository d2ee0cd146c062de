/// What one more hire changes by the end of a plan.
public struct NextHire: Hashable, Sendable {
  /// The month in which the rep joins.
  public let month: Int
  /// The acquisition cost that is added.
  public let extraCost: Double
  /// The wins that are added.
  public let extraWins: Double
  /// The cash that is there at the end beyond what would have been.
  public let extraEndCash: Double
  /// The mean share of capacity in use once the rep is past the ramp; nil when that is too late.
  public let utilisationAfterRamp: Double?

  /// The cost of each added win; nil when the hire adds none.
  public var costPerWin: Double? { extraWins > 1e-9 ? extraCost / extraWins : nil }
}

/// Whether one more hire is worth its cost.
public enum HireVerdict: String, CaseIterable, Codable, Sendable {
  /// It adds wins at a cost that a customer covers.
  case pays
  /// It adds no wins: there are not enough leads for the reps there are.
  case leadsAreTheLimit = "leads_are_the_limit"
  /// It adds no wins before the plan ends: the leads it would work are won later, if at all.
  case winsComeLater = "wins_come_later"
  /// It adds no wins: leads that are worked win no more often than those nobody works.
  case winsNothing = "wins_nothing"
  /// It adds wins that cost more than a customer brings.
  case tooExpensive = "too_expensive"
  /// It adds wins at first, but the team would stand idle once it is trained.
  case idleTeam = "idle_team"

  /// Whether the team would be larger than its work.
  public var isBloat: Bool { self != .pays }

  /// Below this share of capacity a trained team stands idle.
  public static let idleUtilisation = 0.7
}

extension HeadcountPlan {
  /// What one more hire in a month changes: the plan with it less the plan without.
  ///
  /// - Parameter month: The month in which the rep joins.
  /// - Returns: The differences by the end of the plan; all 0 for a month outside it.
  public func nextHire(inMonth month: Int) -> NextHire {
    var larger = team
    let isWithin = (0..<months).contains(month)
    if isWithin {
      larger.hires += Array(repeating: 0, count: max(month + 1 - larger.hires.count, 0))
      larger.hires[month] += 1
    }
    let without = forecast()
    let with = HeadcountPlan(self, team: larger).forecast()
    return NextHire(
      month: month,
      extraCost: with.acquisitionCost - without.acquisitionCost,
      extraWins: with.wins - without.wins,
      extraEndCash: with.endCash - without.endCash,
      utilisationAfterRamp: isWithin
        ? with.utilisation(fromMonth: month + team.ramp.count) : nil
    )
  }

  /// Whether one more hire in a month is worth it.
  ///
  /// - Parameters:
  ///   - hire: What the hire changes.
  ///   - breakEvenCostPerWin: What a customer brings; see `CustomerValue.lifetimeValue`. Nil when
  ///     that is not known, and the cost is not judged.
  /// - Returns: The first reason against it, or that it pays.
  public func verdict(on hire: NextHire, breakEvenCostPerWin: Double?) -> HireVerdict {
    guard let costPerWin = hire.costPerWin else { return reasonForNoWins(hire) }
    if let breakEvenCostPerWin, costPerWin > breakEvenCostPerWin { return .tooExpensive }
    if let used = hire.utilisationAfterRamp, used < HireVerdict.idleUtilisation { return .idleTeam }
    return .pays
  }

  /// Why a hire adds no wins.
  private func reasonForNoWins(_ hire: NextHire) -> HireVerdict {
    guard (0..<months).contains(hire.month) else { return .winsComeLater }
    let rows = forecast().months[hire.month...]
    let winsByWork = rows.indices.contains { month in
      let supply = supply(inMonth: month)
      return supply.closeRate > supply.unworkedCloseRate
    }
    guard winsByWork, team.capacityPerRep > 0 else { return .winsNothing }
    let areLeadsLeftOver = rows.contains { $0.leads - $0.worked > 1e-9 * max(1, $0.leads) }
    return areLeadsLeftOver ? .winsComeLater : .leadsAreTheLimit
  }
}
