extension HeadcountPlan {
  /// The same plan with another ramp, more or fewer leads, and close rates that follow from those
  /// that are planned.
  package func varied(
    rampLength: Double,
    leadFactor: Double,
    closeRate: (LeadSupply) -> Double
  ) -> HeadcountPlan {
    var team = team
    team.ramp = Self.stretched(team.ramp, by: rampLength)
    let factor = max(leadFactor, 0)
    return HeadcountPlan(self, team: team) { planned in
      var supply = planned
      supply.closeRate = min(max(closeRate(planned), 0), 1)
      supply.baseLeads *= factor
      supply.response = planned.response.scaled(by: factor)
      return supply
    }
  }

  /// A ramp that takes `factor` times as long, even between its months; 1 after its end.
  ///
  /// No ramp at all for a factor of 0.
  static func stretched(_ ramp: [Double], by factor: Double) -> [Double] {
    guard factor != 1, !ramp.isEmpty else { return ramp }
    guard factor > 0, factor.isFinite else { return [] }
    let length = min((Double(ramp.count) * factor).rounded(.up), Double(mostMonths))
    return (0..<Int(length)).map { month in
      let place = Double(month) / factor
      let before = min(Int(place), ramp.count - 1)
      let after = before + 1 < ramp.count ? ramp[before + 1] : 1
      let share = min(place - Double(before), 1)
      return ramp[before] + share * (after - ramp[before])
    }
  }
}

extension SpendResponse {
  /// The response when every spend brings a multiple of its leads.
  func scaled(by factor: Double) -> SpendResponse {
    SpendResponse(self, scale: scale * factor)
  }

  private init(_ response: SpendResponse, scale: Double) {
    self.scale = scale
    elasticity = response.elasticity
  }
}
