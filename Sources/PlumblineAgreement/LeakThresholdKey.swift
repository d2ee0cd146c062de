import PlumblineCore

/// A key under `verdict` that sets one field of `LeakThresholds`.
struct LeakThresholdKey: Sendable {
  /// What the key holds, and what it may be.
  enum Content: Sendable {
    /// A share or a probability.
    case share(any WritableKeyPath<LeakThresholds, Double> & Sendable, DecimalRange)
    /// Any other number.
    case number(any WritableKeyPath<LeakThresholds, Double> & Sendable, DecimalRange)
    /// A whole number.
    case count(any WritableKeyPath<LeakThresholds, Int> & Sendable, ClosedRange<Int>)
  }

  let key: String
  let content: Content

  init(_ key: String, _ content: Content) {
    self.key = key
    self.content = content
  }

  /// The key's range, unless it holds a whole number.
  var range: DecimalRange? {
    switch content {
    case .share(_, let range), .number(_, let range): range
    case .count: nil
    }
  }

  /// Every key, in alphabetical order.
  static let all = [
    LeakThresholdKey("cleared_odds", .number(\.clearedOdds, .odds)),
    LeakThresholdKey("cleared_probability", .share(\.clearedProbability, .probability)),
    LeakThresholdKey("disagreement_cleared", .share(\.disagreementCleared, .probability)),
    LeakThresholdKey("disagreement_named", .share(\.disagreementNamed, .probability)),
    LeakThresholdKey("disagreement_prior", .share(\.disagreementPrior, .probability)),
    LeakThresholdKey(
      "disagreement_spread",
      .number(\.disagreementSpread, DecimalRange(above: 0, atMost: 10))
    ),
    LeakThresholdKey("minimum_joining_leads", .count(\.minimumJoiningLeads, 1...1_000_000)),
    LeakThresholdKey("minimum_pair_leads", .count(\.minimumPairLeads, 1...1_000_000)),
    LeakThresholdKey("minimum_pairs", .count(\.minimumPairs, 2...1000)),
    LeakThresholdKey("minimum_unit_leads", .count(\.minimumUnitLeads, 1...1_000_000)),
    LeakThresholdKey("minimum_wins", .count(\.minimumWins, 1...1_000_000)),
    LeakThresholdKey("named_loss", .share(\.namedLoss, .loss)),
    LeakThresholdKey("named_odds", .number(\.namedOdds, .odds)),
    LeakThresholdKey("named_probability", .share(\.namedProbability, .probability)),
    LeakThresholdKey("party_loss", .share(\.partyLoss, .loss)),
    LeakThresholdKey("routing_chance", .share(\.routingChance, .probability)),
    LeakThresholdKey("stability", .number(\.stability, DecimalRange(above: 0, atMost: 1000))),
    LeakThresholdKey("team_cleared", .share(\.teamCleared, .probability)),
    LeakThresholdKey("team_margin", .share(\.teamMargin, .loss)),
  ]
}

/// The numbers that a key may hold.
struct DecimalRange: Sendable {
  private let low: Double
  private let high: Double
  private let includesLow: Bool
  private let includesHigh: Bool

  /// Above the first, up to and with the second.
  init(above low: Double, atMost high: Double) {
    self.init(low, high, includesLow: false, includesHigh: true)
  }

  private init(_ low: Double, _ high: Double, includesLow: Bool, includesHigh: Bool) {
    self.low = low
    self.high = high
    self.includesLow = includesLow
    self.includesHigh = includesHigh
  }

  /// Odds so many times lower.
  static let odds = DecimalRange(above: 1, atMost: 100)
  /// A share of wins, or of leads.
  static let loss = DecimalRange(0, 1, includesLow: true, includesHigh: false)
  /// A probability that is neither impossible nor certain.
  static let probability = DecimalRange(0, 1, includesLow: false, includesHigh: false)

  /// Whether a number lies in the range.
  func contains(_ number: Double) -> Bool {
    (includesLow ? number >= low : number > low) && (includesHigh ? number <= high : number < high)
  }

  /// The range as messages put it, after "must be".
  var words: String {
    "\(includesLow ? "at least" : "above") \(Int(low)) and "
      + "\(includesHigh ? "at most" : "below") \(Int(high))"
  }
}
