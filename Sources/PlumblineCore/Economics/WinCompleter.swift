public import PlumblineStatistics

/// Wins of a group so far, and those that its open leads are expected to bring by a long horizon.
public struct CompletedWins: Hashable, Sendable {
  /// From what the open leads' chances were taken.
  public enum Basis: String, Sendable, Codable {
    /// Nobody is open who may still be won.
    case nobodyOpen = "nobody_open"
    /// From the group's own record.
    case own
    /// The pace of everybody's record, at the group's own level.
    case borrowedPace = "borrowed_pace"
  }

  /// Wins on record.
  public var counted: Int
  /// Open leads that may still be won within the horizon.
  public var open: Int
  /// The wins expected of them.
  public var expected: Double
  /// The variance from chance alone.
  public var processVariance: Double
  /// The variance from not knowing the chances exactly.
  public var parameterVariance: Double
  /// Where the chances come from.
  public var basis: Basis

  /// The variance of the wins to come.
  public var variance: Double { processVariance + parameterVariance }

  /// All wins, those to come included.
  public var total: Double { Double(counted) + expected }

  /// The numbers of wins that there will likely be in the end (95 %): at least those so far, at
  /// most all that can still be won.
  public var finalInterval: ConfidenceInterval {
    let spread = StandardNormal.z95 * variance.squareRoot()
    let (least, most) = (Double(counted), Double(counted + open))
    return ConfidenceInterval(
      lower: min(max(total - spread, least), most),
      upper: max(min(total + spread, most), least)
    )
  }

  /// The same as a count for `ChannelEconomics`.
  var count: CompletedCount? {
    try? CompletedCount(counted: Double(counted), expected: expected, variance: variance)
  }

  /// Wins without anything to come.
  init(counted: Int) {
    self.counted = counted
    (open, expected, processVariance, parameterVariance) = (0, 0, 0, 0)
    basis = .nobodyOpen
  }

  /// The wins of several groups.
  ///
  /// Their errors in the chances are taken to go the same way, for they share a record: the variance
  /// is at most this.
  init(sum parts: some Sequence<CompletedWins>) {
    self.init(counted: 0)
    var error = 0.0
    for part in parts {
      counted += part.counted
      open += part.open
      expected += part.expected
      processVariance += part.processVariance
      error += part.parameterVariance.squareRoot()
      if part.basis != .nobodyOpen { basis = part.basis }
    }
    parameterVariance = error * error
  }
}

/// Completes the wins of young cohorts from the record.
///
/// A group with enough wins of its own is completed from its own curve; any other takes the pace of
/// everybody's curve and keeps its own level: its wins over those that everybody's curve would have
/// given its leads, drawn towards 1 as if two wins more had been just as expected.
///
/// - SeeAlso: `ConversionToGo`; Bornhuetter & Ferguson (1972) for adding the expected rest.
struct WinCompleter {
  /// The days from coming in within which wins count as still to come.
  let horizonInDays: Int
  /// The curves of the whole record, by group.
  private let curves: [String: CumulativeIncidence]
  let pooled: CumulativeIncidence
  private let pooledToGo: ConversionToGo

  /// So many wins of its own make a group's own curve good enough (METHODS 1.5's limit).
  static let fewestOwnWins = 30
  /// With so many wins of weight the level of a small group is drawn towards everybody's.
  static let priorWins = 2.0

  init(record: [String: LagCounts], horizonInDays: Int) {
    self.horizonInDays = horizonInDays
    var all = LagCounts()
    for (_, lags) in record.sorted(by: { $0.key < $1.key }) { all.merge(lags) }
    curves = record.mapValues { CumulativeIncidence($0) }
    pooled = CumulativeIncidence(all)
    pooledToGo = ConversionToGo(history: pooled, horizonInDays: horizonInDays)
    wins = record.mapValues { $0.total(.converted) }
  }

  private let wins: [String: Int]

  /// The last bucket within the horizon.
  var horizonBucket: Int { pooledToGo.horizonBucket }

  /// A group's own curve; nil without leads.
  func curve(of group: String) -> CumulativeIncidence? { curves[group] }

  /// The longest span of days that the record supports; nil when it supports none.
  static func longestHorizon(_ record: [LagCounts]) -> Int? {
    var all = LagCounts()
    for lags in record { all.merge(lags) }
    return CumulativeIncidence(all).longestSupportedHorizonInDays
  }

  /// The wins of a cohort.
  ///
  /// - Parameters:
  ///   - counted: Its wins so far.
  ///   - open: Its open leads by bucket of age.
  ///   - group: Its group in the record.
  /// - Returns: The wins with those to come.
  func complete(counted: Int, open: [Int], of group: String) -> CompletedWins {
    var result = CompletedWins(counted: counted)
    result.open = open.prefix(pooledToGo.horizonBucket + 1).reduce(0, +)
    guard result.open > 0 else { return result }
    if let curve = curves[group], wins[group, default: 0] >= Self.fewestOwnWins {
      let toGo = ConversionToGo(history: curve, horizonInDays: horizonInDays)
      if let completed = try? toGo.complete(converted: 0, open: open) {
        result.expected = completed.expected
        result.processVariance = completed.processVariance
        result.parameterVariance = completed.parameterVariance
        result.basis = .own
        return result
      }
    }
    guard let completed = try? pooledToGo.complete(converted: 0, open: open) else { return result }
    let (level, variance) = level(of: group)
    for (entries, chance) in zip(open, pooledToGo.chances) {
      let own = min(level * chance, 1)
      result.expected += Double(entries) * own
      result.processVariance += Double(entries) * own * (1 - own)
    }
    result.parameterVariance =
      level * level * completed.parameterVariance
      + completed.expected * completed.expected * variance
    result.basis = .borrowedPace
    return result
  }

  /// How much likelier than everybody's a group's leads are won, and the variance of that: the
  /// posterior of a gamma prior with mean 1 worth `priorWins` under a Poisson count.
  private func level(of group: String) -> (mean: Double, variance: Double) {
    let prior = Self.priorWins
    guard let curve = curves[group] else { return (1, 1 / prior) }
    var expected = 0.0
    for bucket in 0...pooledToGo.horizonBucket {
      expected += curve.points[bucket].exposure * pooled.points[bucket].conversionHazard
    }
    let mean = (Double(wins[group, default: 0]) + prior) / (expected + prior)
    return (mean, mean / (expected + prior))
  }
}
