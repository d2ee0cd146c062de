import PlumblineStatistics

/// The work that open leads will still take, by how long they have waited.
///
/// From the record: what was done in each span of waiting for those who still waited, and how many
/// of them went on waiting; added up backwards from the horizon, as `ConversionToGo` does for wins.
/// A line keeps its own level: its work over what everybody's pace gives its leads, drawn towards 1
/// as if by ten leads more.
struct WorkToGo {
  /// What a lead takes in all on average, from coming in to the horizon.
  let perLead: Double
  /// What an open lead will still take, by bucket of age.
  private let toGo: [Double]
  private let levels: [String: Double]

  /// With so many leads of weight the level of a line is drawn towards everybody's.
  private static let priorLeads = 10.0

  /// - Parameters:
  ///   - work: What was done for waiting leads, by line, then by bucket of age.
  ///   - completer: The curves of the same record, up to the horizon.
  init(_ work: [String: [Double]], _ completer: WinCompleter) {
    let last = completer.horizonBucket
    let pooled = completer.pooled
    let all = (0...last).map { bucket in
      work.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value[bucket] }
    }
    let rates = (0...last).map { bucket in
      let exposure = pooled.points[bucket].exposure
      return exposure > 0 ? all[bucket] / exposure : 0
    }
    var atStart = Array(repeating: 0.0, count: last + 2)
    var toGo = Array(repeating: 0.0, count: pooled.points.count)
    for bucket in stride(from: last, through: 0, by: -1) {
      let hazard = pooled.points[bucket].hazard
      let next = atStart[bucket + 1]
      atStart[bucket] = rates[bucket] + (1 - hazard) * next
      toGo[bucket] =
        pooled.buckets.isWide(bucket) ? rates[bucket] / 2 + (1 - hazard / 2) * next : next
    }
    let prior = Self.priorLeads * atStart[0]
    var levels: [String: Double] = [:]
    for (group, done) in work {
      guard let curve = completer.curve(of: group) else { continue }
      let own = done.prefix(last + 1).reduce(0, +)
      let usual = (0...last).reduce(0) { $0 + curve.points[$1].exposure * rates[$1] }
      if usual + prior > 0 { levels[group] = (own + prior) / (usual + prior) }
    }
    perLead = atStart[0]
    self.toGo = toGo
    self.levels = levels
  }

  /// What a line's open leads will still take.
  func expected(open: [Int], of group: String) -> Double {
    zip(open, toGo).reduce(0) { $0 + Double($1.0) * $1.1 } * (levels[group] ?? 1)
  }
}
