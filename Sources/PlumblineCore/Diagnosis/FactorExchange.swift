import PlumblineStatistics

/// A channel with some of its four factors exchanged for the others'.
struct FactorExchange {
  let channel: Int
  let others: [Int]
  /// The channel's pairs, by position in the model.
  let pairs: [Int]
  /// Owners and segments that carry weight, with the channel's pair where it has leads.
  let places: [(owner: Int, segment: Int, pair: Int?)]
  /// By exchange of segments (1) and of owners (2): the weight of each place, adding up to 1.
  let weights: [[Double]]

  init?(_ surface: LeakSurface, _ model: CrossedModel, channel: Int) {
    self.channel = channel
    let segments = model.table.stratumCount
    let size = model.table.columnCount * segments
    var own = Array(repeating: 0.0, count: size)
    var rest = Array(repeating: 0.0, count: size)
    var hasLeads = Array(repeating: false, count: model.table.rowCount)
    var pairOfOwner: [Int: Int] = [:]
    for cell in surface.cells {
      hasLeads[cell.channel] = true
      let place = cell.owner * segments + cell.stratum
      if cell.channel == channel {
        own[place] += cell.leads
        pairOfOwner[cell.owner] = cell.pair
      } else {
        rest[place] += cell.leads
      }
    }
    others = hasLeads.indices.filter { hasLeads[$0] && $0 != channel }
    guard hasLeads[channel], !others.isEmpty else { return nil }
    pairs = pairOfOwner.values.sorted()
    let all = [
      Self.joint(owners: own, segments: own, segments),
      Self.joint(owners: own, segments: rest, segments),
      Self.joint(owners: rest, segments: own, segments),
      Self.joint(owners: rest, segments: rest, segments),
    ]
    let used = (0..<size).filter { place in all.contains { $0[place] > 0 } }
    places = used.map { ($0 / segments, $0 % segments, pairOfOwner[$0 / segments]) }
    weights = all.map { joint in used.map { joint[$0] } }
  }

  /// The owners of one group of leads, each with the segments of another group's leads with them;
  /// with its overall segments where it has none with an owner.
  private static func joint(
    owners: [Double],
    segments: [Double],
    _ segmentCount: Int
  ) -> [Double] {
    let total = owners.reduce(0, +)
    let sum = segments.reduce(0, +)
    var overall = Array(repeating: 0.0, count: segmentCount)
    for place in segments.indices { overall[place % segmentCount] += segments[place] / sum }
    return stride(from: 0, to: owners.count, by: segmentCount).flatMap { start -> [Double] in
      let range = start..<start + segmentCount
      let share = owners[range].reduce(0, +) / total
      let own = segments[range].reduce(0, +)
      return range.map { share * (own > 0 ? segments[$0] / own : overall[$0 - start]) }
    }
  }

  /// The rate as worked, the reference, and what each factor adds.
  func shares(
    _ outcome: CrossedLogOdds,
    _ followUp: CrossedLogOdds?
  ) -> (rate: Double, reference: Double, parts: [Double]) {
    let quality = mean(outcome.effects.rows)
    let discipline = followUp.map { mean($0.effects.rows) } ?? 0
    // The chance at each place: with the others' quality (1) and with their follow-up (2).
    var chances = Array(repeating: [Double](), count: 4)
    for place in places {
      let odds = [
        outcome.value(channel, place.owner, segment: place.segment)
          + (place.pair.map { outcome.effects.pairs[$0] } ?? 0),
        outcome.segmentEffect(place.segment) + quality + outcome.effects.columns[place.owner],
      ]
      let logits = followUp.map { model in
        [
          model.value(channel, place.owner, segment: place.segment)
            + (place.pair.map { model.effects.pairs[$0] } ?? 0),
          model.segmentEffect(place.segment) + discipline + model.effects.columns[place.owner],
        ]
      }
      for swap in 0..<4 {
        chances[swap].append(
          LeakSurface.chance(odds[swap & 1], outcome.exposure, logits?[swap >> 1])
        )
      }
    }
    func rate(_ exchanged: Int) -> Double {
      let own = chances[exchanged & 1 | exchanged >> 2 & 2]
      let weight = weights[exchanged >> 1 & 3]
      var sum = 0.0
      for place in own.indices { sum += weight[place] * own[place] }
      return sum
    }
    let rates = (0..<16).map(rate)
    return (rates[0], rates[15], ShapleyValues.shares(playerCount: 4) { rates[$0] })
  }

  private func mean(_ rows: [Double]) -> Double {
    others.reduce(0) { $0 + rows[$1] } / Double(others.count)
  }
}
