import PlumblineStatistics

/// How far an answer moves when one input after another lies elsewhere.
struct Sensitivities {
  private let setup: HeadcountSetup

  init(_ setup: HeadcountSetup) { self.setup = setup }

  /// Inputs that are moved by a fifth where nothing says how well they are known.
  private static let plain: [HeadcountInput] = [
    .leadsPerRep, .attrition, .repCost, .hireCost, .elasticity, .unworkedCloseRate, .grossMargin,
    .churn, .customers, .commission, .otherCost,
  ]

  /// The inputs that move the answer, the one that moves it most first.
  func ranked() throws -> [HeadcountSensitivity] {
    let known = [closeRate, leads, ramp, deal]
    let all = try known.map { try $0() } + Self.plain.map { try plain($0) }
    return all.compactMap { $0 }.filter { $0.swing > 1e-9 * max(1, abs($0.atLow)) }
      .enumerated().sorted { left, right in
        left.element.swing == right.element.swing
          ? left.offset < right.offset : left.element.swing > right.element.swing
      }.map(\.element)
  }

  private func value(_ plan: HeadcountPlan) -> Double {
    let forecast = plan.forecast()
    return switch setup.question.metric {
    case .cash: forecast.endCash
    case .profit: forecast.endCash - plan.startCash
    case .wins: forecast.wins
    }
  }

  private func sensitivity(
    _ input: HeadcountInput,
    _ low: Double,
    _ high: Double,
    isMeasured: Bool,
    _ plan: (Double) throws -> HeadcountPlan
  ) rethrows -> HeadcountSensitivity? {
    guard low < high else { return nil }
    return HeadcountSensitivity(
      input: input,
      range: low...high,
      isMeasured: isMeasured,
      atLow: value(try plan(low)),
      atHigh: value(try plan(high))
    )
  }

  private func closeRate() throws -> HeadcountSensitivity? {
    let (odds, rate) = (setup.odds, setup.inputs.number(.closeRate))
    let plan = try setup.plan()
    guard let sample = odds.closeRateSample, sample > 0,
      !setup.inputs.isAssumed(.closeRate, besides: .closeRateSample)
    else { return try plain(.closeRate) }
    let ends = [0.1, 0.9].map { odds.closeRate(rate, at: $0) }
    return sensitivity(.closeRate, ends[0], ends[1], isMeasured: true) { end in
      let point = end == ends[0] ? 0.1 : 0.9
      return plan.varied(rampLength: 1, leadFactor: 1) { odds.closeRate($0.closeRate, at: point) }
    }
  }

  private func leads() throws -> HeadcountSensitivity? {
    let plan = try setup.plan()
    let odds = setup.odds
    let monthly = plan.supply.monthlyLeads
    let isMeasured = odds.leadMonths ?? 0 > 0
    let ends =
      isMeasured ? [0.1, 0.9].map { odds.leadLevel(monthly, at: $0) } : [0.8, 1.2]
    return sensitivity(.leads, ends[0], ends[1], isMeasured: isMeasured) { factor in
      plan.varied(rampLength: 1, leadFactor: factor) { $0.closeRate }
    }
  }

  private func ramp() throws -> HeadcountSensitivity? {
    let plan = try setup.plan()
    let ends = [0.1, 0.9].map { setup.odds.rampLength(at: $0) }
    let isMeasured = setup.inputs[.rampSpread]?.source != .assumed
    return sensitivity(.ramp, ends[0], ends[1], isMeasured: isMeasured) { factor in
      plan.varied(rampLength: factor, leadFactor: 1) { $0.closeRate }
    }
  }

  private func deal() throws -> HeadcountSensitivity? {
    let odds = setup.odds
    guard odds.dealSample ?? 0 > 0, odds.dealVariation > 0,
      !setup.inputs.isAssumed(.deal, besides: .dealSample)
    else { return try plain(.deal) }
    let deal = setup.inputs.number(.deal)
    let ends = [0.1, 0.9].map { odds.dealLevel(at: $0) * deal }
    return try moved(.deal, ends[0], ends[1], isMeasured: true)
  }

  private func plain(_ input: HeadcountInput) throws -> HeadcountSensitivity? {
    let value = setup.inputs.number(input)
    guard value > 0 else { return nil }
    return try moved(
      input,
      value * 0.8,
      min(value * 1.2, input.range.upperBound),
      isMeasured: false
    )
  }

  private func moved(
    _ input: HeadcountInput,
    _ low: Double,
    _ high: Double,
    isMeasured: Bool
  ) throws -> HeadcountSensitivity? {
    try sensitivity(input, low, high, isMeasured: isMeasured) { value in
      var other = setup
      other.inputs.set(input, .number(value), from: .assumed)
      return try other.plan()
    }
  }
}
