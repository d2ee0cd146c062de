/// Three points of what is not known: the value it stays below in 10, 50 and 90 of 100 cases.
public struct ThreePoints: Hashable, Sendable {
  /// The value at 10 %.
  public let low: Double
  /// The value at 50 %.
  public let middle: Double
  /// The value at 90 %.
  public let high: Double

  /// Three points that do not fall; in a wrong order they are sorted.
  public init(low: Double, middle: Double, high: Double) {
    let sorted = [low, middle, high].sorted()
    (self.low, self.middle, self.high) = (sorted[0], sorted[1], sorted[2])
  }

  /// A value that is known.
  public init(exactly value: Double) { self.init(low: value, middle: value, high: value) }
}

/// What a headcount plan does not know for certain.
public struct HeadcountUncertainty: Hashable, Sendable {
  /// The share of worked leads that are won.
  public var closeRate: ThreePoints
  /// How much longer than planned the ramp takes, as a factor; 1 is as planned.
  public var rampLength: ThreePoints
  /// How many leads come, as a factor of the plan; 1 is as planned.
  public var leads: ThreePoints

  /// Uncertainty about a plan.
  public init(
    closeRate: ThreePoints,
    rampLength: ThreePoints = ThreePoints(exactly: 1),
    leads: ThreePoints = ThreePoints(exactly: 1)
  ) {
    self.closeRate = closeRate
    self.rampLength = rampLength
    self.leads = leads
  }
}

/// A headcount plan rerun where things go better or worse.
public struct HeadcountSpread: Hashable, Sendable {
  /// Two forecasts that differ in one thing.
  public struct Pair: Hashable, Sendable {
    /// With that thing at its 10 % point.
    public let low: HeadcountForecast
    /// With that thing at its 90 % point.
    public let high: HeadcountForecast
  }

  /// Everything at its middle.
  public let middle: HeadcountForecast
  /// A low and a high close rate, the rest at the middle.
  public let closeRate: Pair
  /// A short and a long ramp, the rest at the middle.
  public let rampLength: Pair
  /// Few and many leads, the rest at the middle.
  public let leads: Pair
  /// Everything at its unfavourable point at once, which is rarer than one case in ten.
  public let worst: HeadcountForecast
  /// Everything at its favourable point at once, which is rarer than one case in ten.
  public let best: HeadcountForecast
}

extension HeadcountPlan {
  /// The plan rerun at the 10, 50 and 90 % points of what is not known, one thing at a time.
  ///
  /// - Parameter uncertainty: The points; close rates are kept within 0...1, factors at 0 or more.
  /// - Returns: Nine forecasts.
  public func spread(of uncertainty: HeadcountUncertainty) -> HeadcountSpread {
    let (close, ramp, leads) = (uncertainty.closeRate, uncertainty.rampLength, uncertainty.leads)
    func run(_ closeRate: Double, _ rampLength: Double, _ leadFactor: Double) -> HeadcountForecast {
      varied(closeRate: closeRate, rampLength: rampLength, leadFactor: leadFactor).forecast()
    }
    return HeadcountSpread(
      middle: run(close.middle, ramp.middle, leads.middle),
      closeRate: HeadcountSpread.Pair(
        low: run(close.low, ramp.middle, leads.middle),
        high: run(close.high, ramp.middle, leads.middle)
      ),
      rampLength: HeadcountSpread.Pair(
        low: run(close.middle, ramp.low, leads.middle),
        high: run(close.middle, ramp.high, leads.middle)
      ),
      leads: HeadcountSpread.Pair(
        low: run(close.middle, ramp.middle, leads.low),
        high: run(close.middle, ramp.middle, leads.high)
      ),
      worst: run(close.low, ramp.high, leads.low),
      best: run(close.high, ramp.low, leads.high)
    )
  }

  /// The same plan with another close rate, a longer or shorter ramp, more or fewer leads.
  private func varied(closeRate: Double, rampLength: Double, leadFactor: Double) -> HeadcountPlan {
    varied(rampLength: rampLength, leadFactor: leadFactor) { _ in closeRate }
  }

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
