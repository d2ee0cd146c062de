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
  /// What it means, in one sentence.
  let meaning: String

  init(_ key: String, _ content: Content, _ meaning: String) {
    self.key = key
    self.content = content
    self.meaning = meaning
  }

  /// What may stand there.
  var form: KeyForm {
    switch content {
    case .share(_, let range), .number(_, let range): .decimal(range)
    case .count(_, let range): .integer(range)
    }
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
    LeakThresholdKey(
      "cleared_odds",
      .number(\.clearedOdds, .odds),
      "A unit is cleared when odds so many times lower are unlikely."
    ),
    LeakThresholdKey(
      "cleared_probability",
      .share(\.clearedProbability, .probability),
      "So improbable, at most, must that be."
    ),
    LeakThresholdKey(
      "disagreement_cleared",
      .share(\.disagreementCleared, .probability),
      "A disagreement is ruled out below this probability."
    ),
    LeakThresholdKey(
      "disagreement_named",
      .share(\.disagreementNamed, .probability),
      "A disagreement is named from this probability on."
    ),
    LeakThresholdKey(
      "disagreement_prior",
      .share(\.disagreementPrior, .probability),
      "How likely reps are to disagree about a channel before the data are seen."
    ),
    LeakThresholdKey(
      "disagreement_spread",
      .number(\.disagreementSpread, DecimalRange(above: 0, atMost: 10)),
      "The spread, in log-odds, of reps who disagree."
    ),
    LeakThresholdKey(
      "minimum_joining_leads",
      .count(\.minimumJoiningLeads, 1...1_000_000),
      "A channel and a rep are joined by this many leads in common."
    ),
    LeakThresholdKey(
      "minimum_pair_leads",
      .count(\.minimumPairLeads, 1...1_000_000),
      "Pairs of fewer leads do not count when disagreement is looked for."
    ),
    LeakThresholdKey(
      "minimum_pairs",
      .count(\.minimumPairs, 2...1000),
      "Disagreement is looked for in channels with this many such pairs."
    ),
    LeakThresholdKey(
      "minimum_unit_leads",
      .count(\.minimumUnitLeads, 1...1_000_000),
      "Units of fewer leads are not judged."
    ),
    LeakThresholdKey(
      "minimum_wins",
      .count(\.minimumWins, 1...1_000_000),
      "With fewer wins, or fewer leads not won, nothing is named or cleared."
    ),
    LeakThresholdKey(
      "named_loss",
      .share(\.namedLoss, .loss),
      "A unit is named only when it costs at least this share of all expected wins."
    ),
    LeakThresholdKey(
      "named_odds",
      .number(\.namedOdds, .odds),
      "Odds so many times lower are worth a name."
    ),
    LeakThresholdKey(
      "named_probability",
      .share(\.namedProbability, .probability),
      "A unit is named when its odds are that much lower with at least this probability."
    ),
    LeakThresholdKey(
      "party_loss",
      .share(\.partyLoss, .loss),
      "A party is answered yes when its named units cost at least this share together."
    ),
    LeakThresholdKey(
      "routing_chance",
      .share(\.routingChance, .probability),
      "Leads are routed unevenly when even routing gives such a spread of scores with "
        + "less than this chance."
    ),
    LeakThresholdKey(
      "stability",
      .number(\.stability, DecimalRange(above: 0, atMost: 1000)),
      "Under uneven routing a rep is named only when what the score missed would have "
        + "to be this many times as strong as what it showed."
    ),
    LeakThresholdKey(
      "team_cleared",
      .share(\.teamCleared, .probability),
      "The team is cleared below this probability of being short."
    ),
    LeakThresholdKey(
      "team_margin",
      .share(\.teamMargin, .loss),
      "The team is short of its target for compliance when it is lower by more than this."
    ),
  ]
}
