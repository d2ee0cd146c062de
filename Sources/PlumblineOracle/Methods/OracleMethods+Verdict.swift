import PlumblineCore
import PlumblineStatistics

extension OracleMethods {
  static let verdict: [String: Method] = [
    "attribution": { try attribution($0) },
    "e_value": { input in
      let isCommon = input["common"].flag ?? true
      return [
        "values": .numbers(
          try input.numbers("odds_ratio").map {
            EValue.ofOddsRatio($0, outcomeIsCommon: isCommon)
          }
        )
      ]
    },
    "leak": { try leak($0) },
    "leak_fit": { try leakFit($0) },
  ]

  /// The crossed model at given spreads, and how its evidence differs from that at other ones.
  private static func leakFit(_ input: OracleInput) throws -> JSONTree {
    let read = try WorkCellInput(input)
    let names = input["fixed"].elements.compactMap(\.text)
    let segments = read.cells.segments
    let omitted = segments.indices.filter { !names.contains(segments[$0]) }
    let model = CrossedModel(
      read.table,
      includesExposure: names.isEmpty || names.contains("sla_met"),
      priors: input["prior"].text == "flat" ? .flat : .weak,
      referenceStratum: omitted.count == 1 ? omitted.first : nil
    )
    let spreads = CrossedSpreads(
      rows: try input.number("sigma_channel"),
      columns: try input.number("sigma_rep"),
      pairs: try input.number("sigma_pair")
    )
    let fit = model.fit(spreads, tolerance: 1e-13)
    let positions = fixedPositions(model, segments, names)
    let moments = positions.map { fit.moments(.fixed($0)) }
    var answer: [String: JSONTree] = [
      "fixed": .numbers(moments.map(\.mean)),
      "fixed_se": .numbers(moments.map { $0.variance.squareRoot() }),
      "channel": effects(read.cells.channels, fit.effects.rows),
      "rep": effects(read.cells.owners, fit.effects.columns),
      "log_marginal": .number(fit.mode.logEvidence),
    ]
    let other = input["compare_sigma"].numbers
    if other.count == 3 {
      let compared = model.fit(
        CrossedSpreads(rows: other[0], columns: other[1], pairs: other[2]),
        tolerance: 1e-13
      )
      answer["log_marginal_difference"] = .number(
        fit.mode.logEvidence - compared.mode.logEvidence
      )
    }
    return .object(answer)
  }

  /// Where the named fixed effects stand; all of them, in the model's order, when none is named.
  private static func fixedPositions(
    _ model: CrossedModel,
    _ segments: [String],
    _ names: [String]
  ) -> [Int] {
    if names.isEmpty { return Array(0..<model.fixedCount) }
    return names.compactMap { name in
      switch name {
      case "intercept": 0
      case "sla_met": 1
      default: segments.firstIndex(of: name).flatMap { model.fixedOfStratum[$0] }
      }
    }
  }

  private static func effects(_ names: [String], _ values: [Double]) -> JSONTree {
    .object(Dictionary(zip(names, values.map(JSONTree.number))) { first, _ in first })
  }

  /// The whole verdict.
  private static func leak(_ input: OracleInput) throws -> JSONTree {
    let read = try WorkCellInput(input)
    let verdict = LeakJudge(
      read.cells,
      complianceTarget: try input.number("sla_target", default: 0.8),
      routing: input["routing"].text.flatMap { RoutingRule(rawValue: $0) }
    ).verdict()
    let (answers, named) = partyAnswers(verdict)
    var evidence: [String: JSONTree] = [:]
    for item in verdict.evidence { evidence[word(item.unit, isNamed: false)] = tree(item) }
    let routing = verdict.routing.map { test -> JSONTree in
      [
        "chi2": .number(test.chiSquare), "df": .number(Double(test.degreesOfFreedom)),
        "p": .number(test.pValue),
      ]
    }
    return [
      "verdict": answers, "named": named, "evidence": .object(evidence),
      "follow_up_effect": .optional(verdict.followUpEffect?.mean),
      "p_follow_up": .optional(verdict.followUpEffect?.probabilityItMatters),
      "routing": routing ?? .null,
    ]
  }

  /// What is said of each party, and the units named.
  static func partyAnswers(_ verdict: LeakVerdict) -> (answers: JSONTree, named: JSONTree) {
    let parties: [(name: String, party: Party)] = [
      ("marketing", .marketing), ("sales", .sales), ("alignment", .handOff),
    ]
    var answers: [String: JSONTree] = [:]
    var named: [String: JSONTree] = [:]
    for (name, party) in parties {
      answers[name] = verdict[party].map { .text($0.answer.rawValue) } ?? .null
      named[name] = .list(
        verdict.evidence.filter { $0.isNamed && $0.unit.party == party }.map {
          .text(word($0.unit, isNamed: true))
        }
      )
    }
    return (.object(answers), .object(named))
  }

  /// Standardised rates of every channel and owner, and what one channel's gap is made of.
  private static func attribution(_ input: OracleInput) throws -> JSONTree {
    let attribution = LeakAttribution(
      try WorkCellInput(input).cells,
      complianceTarget: try input.number("target", default: 0.8)
    )
    let gap = attribution.gap(
      ofChannel: input["channel"].text ?? "",
      draws: try input.integer("draws", in: 1...1_000_000, default: 2_000),
      seed: input["seed"].integer.flatMap { UInt64(exactly: $0) } ?? LeakAttribution.defaultSeed
    )
    let names: [ChannelGap.Factor: String] = [
      .leadQuality: "lead_quality", .segmentMix: "segment_mix",
      .ownerAllocation: "rep_allocation", .followUp: "follow_up",
    ]
    var parts: [String: JSONTree] = [:]
    var intervals: [String: JSONTree] = [:]
    for part in gap?.parts ?? [] {
      let name = names[part.factor] ?? part.factor.rawValue
      parts[name] = .number(part.value)
      intervals[name] = .numbers([part.interval90.lower, part.interval90.upper])
    }
    return [
      "rate": .optional(gap?.rate), "reference": .optional(gap?.reference),
      "gap": .optional(gap?.gap), "parts": .object(parts), "interval90": .object(intervals),
      "channels": rates(attribution.channels), "reps": rates(attribution.owners),
    ]
  }

  private static func rates(_ units: [StandardizedWinRates]) -> JSONTree {
    let trees = units.map { unit -> (String, JSONTree) in
      (
        unit.unit,
        [
          "as_worked": .number(unit.asWorked), "average_partner": .number(unit.averagePartner),
          "follow_up_all": .optional(unit.allFollowedUp),
          "follow_up_target": .optional(unit.followedUpOnTarget),
        ]
      )
    }
    return .object(Dictionary(trees) { first, _ in first })
  }

  private static func tree(_ evidence: LeakEvidence) -> JSONTree {
    guard let contrast = evidence.contrast else {
      return ["prob": .number(evidence.probability), "loss": .number(evidence.lossShare)]
    }
    return [
      "contrast": .number(contrast.mean), "sd": .number(contrast.standardDeviation),
      "prob": .number(evidence.probability), "prob_large": .optional(evidence.largeProbability),
      "loss": .number(evidence.lossShare), "bad_case": .optional(evidence.badCaseShare),
      "unadjusted": .optional(evidence.unadjustedContrast),
      "stability": .optional(evidence.stability),
    ]
  }

  /// A unit as reference cases write it; splits and the team are written differently when named.
  private static func word(_ unit: LeakUnit, isNamed: Bool) -> String {
    let effect = unit.effect == .direct ? "direct" : "followup"
    let (channel, owner) = (unit.channel ?? "", unit.owner ?? "")
    return switch unit.kind {
    case .channel: "channel:\(channel):\(effect)"
    case .owner: "rep:\(owner):\(effect)"
    case .pair: "pair:\(channel)|\(owner):\(effect)"
    case .channelSplit: (isNamed ? "channel_split:" : "split:") + "\(channel):\(effect)"
    case .team: isNamed ? "team:team:\(effect)" : "team:\(effect)"
    }
  }
}
