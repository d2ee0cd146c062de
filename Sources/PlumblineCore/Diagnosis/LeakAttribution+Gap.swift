import PlumblineStatistics

extension LeakAttribution {
  /// What a channel's gap to the others is made of.
  ///
  /// Four factors are exchanged for the others' in every order: Shapley values, which add up to
  /// the gap exactly. Intervals come from posterior draws with a fixed seed.
  ///
  /// - Parameters:
  ///   - channel: The channel's name.
  ///   - draws: How many posterior draws the intervals stand on.
  ///   - seed: The seed of the draws.
  /// - Returns: The gap, or nil when the channel, or every other one, has no leads.
  /// - SeeAlso: Shapley (1953), Contributions to the Theory of Games 2:307.
  public func gap(
    ofChannel channel: String,
    draws: Int = 2_000,
    seed: UInt64 = LeakAttribution.defaultSeed
  ) -> ChannelGap? {
    guard let position = cells.channels.firstIndex(of: channel),
      let swap = FactorExchange(surface, outcome.model, channel: position)
    else { return nil }
    let best = swap.shares(
      CrossedLogOdds(model: outcome.model, effects: outcome.means),
      followUp.map { CrossedLogOdds(model: $0.model, effects: $0.means) }
    )
    var generator = SeededGenerator(seed: seed)
    var samples = Array(repeating: [Double](), count: 5)
    for _ in 0..<max(0, draws) {
      let first = outcome.draw(using: &generator, pairs: swap.pairs)
      let second = followUp.map {
        CrossedLogOdds(
          model: $0.model,
          effects: $0.draw(using: &generator, pairs: swap.pairs)
        )
      }
      let shares = swap.shares(CrossedLogOdds(model: outcome.model, effects: first), second)
      for (index, share) in shares.parts.enumerated() { samples[index].append(share) }
      samples[4].append(shares.reference - shares.rate)
    }
    return ChannelGap(
      channel: channel,
      rate: best.rate,
      reference: best.reference,
      gap: best.reference - best.rate,
      gapInterval90: Self.middle90(samples[4], best.reference - best.rate),
      parts: zip(ChannelGap.Factor.allCases, best.parts).enumerated().map { index, part in
        ChannelGap.Part(
          factor: part.0,
          value: part.1,
          interval90: Self.middle90(samples[index], part.1)
        )
      },
      draws: max(0, draws),
      seed: seed
    )
  }

  /// The 5 % and 95 % points of some draws; the estimate alone when there are none.
  private static func middle90(_ draws: [Double], _ estimate: Double) -> ConfidenceInterval {
    let sorted = draws.sorted()
    guard let last = sorted.indices.last else {
      return ConfidenceInterval(lower: estimate, upper: estimate)
    }
    func point(_ probability: Double) -> Double {
      let place = Double(last) * probability
      let below = Int(place)
      let above = min(below + 1, last)
      return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
    }
    return ConfidenceInterval(lower: point(0.05), upper: point(0.95))
  }
}
