/// From where on the data name somebody, clear somebody, or keep silent.
///
/// Odds are ratios above 1, shares and probabilities 0...1. The defaults are those of the method's
/// page; each can be set under `verdict` in the agreement and is printed with the verdict.
public struct LeakThresholds: Hashable, Sendable {
  /// Odds of winning so many times lower are worth a name.
  public var namedOdds = 1.25
  /// A unit is named when its odds are that much lower with at least this probability.
  public var namedProbability = 0.90
  /// … and when it costs at least this share of all expected wins.
  public var namedLoss = 0.01
  /// A party is answered yes when its named units cost at least this share of wins together.
  public var partyLoss = 0.02
  /// A unit is cleared when odds so many times lower are unlikely, see `clearedProbability`.
  public var clearedOdds = 1.5
  /// So unlikely, at most, must that be, unless the unit's bad case costs less than `partyLoss`.
  public var clearedProbability = 0.15
  /// How likely owners are to disagree about a channel before the data are seen.
  public var disagreementPrior = 0.05
  /// A disagreement is named from this probability on.
  public var disagreementNamed = 0.60
  /// Below this probability a disagreement is ruled out.
  public var disagreementCleared = 0.10
  /// The spread, in log-odds, of owners who disagree about a channel.
  public var disagreementSpread = 1.0
  /// The team is short of its follow-up target when compliance is lower by more than this.
  public var teamMargin = 0.05
  /// The team is cleared below this probability of being short.
  public var teamCleared = 0.5
  /// Units of fewer leads are not judged.
  public var minimumUnitLeads = 30
  /// A channel and an owner are joined by this many leads in common.
  public var minimumJoiningLeads = 5
  /// Pairs of fewer leads do not count when owners' disagreement is looked for.
  public var minimumPairLeads = 10
  /// Disagreement is looked for in channels with this many such pairs.
  public var minimumPairs = 3
  /// Leads are routed unevenly when even routing gives such a spread with less than this chance.
  public var routingChance = 0.001
  /// Under uneven routing an owner is named only when what the score missed would have to be this
  /// many times as strong as what it showed.
  public var stability = 8.0
  /// With fewer wins, or fewer leads not won, nothing is named or cleared.
  public var minimumWins = 10

  /// The defaults.
  public init() {}
}

/// How leads reach owners, as the agreement declares it.
public enum RoutingRule: String, Sendable, CaseIterable, Codable {
  /// In turn, by lot, by region: without regard to how promising a lead is.
  case regardless
  /// By score or by promise, with the score on record.
  case byScore = "by_score"
  /// Owners choose their leads.
  case ownersChoose = "owners_choose"
}
