/// Scores of many companies added up.
public struct LeakTally: Hashable, Sendable {
  /// Companies.
  public private(set) var companies = 0
  /// Companies of which the answers are right.
  public private(set) var right = 0
  /// Companies of which a party is wrongly named.
  public private(set) var wronglyNamed = 0
  /// Those of them where chance made the named units as bad as a name asks.
  public private(set) var chanceNamed = 0
  /// Companies of which a guilty party is cleared.
  public private(set) var guiltyCleared = 0
  /// Companies of which marketing is rightly named.
  public private(set) var marketingFound = 0
  /// Those of them of which it is the right channel.
  public private(set) var channelFound = 0
  /// Owners where sales is rightly named for some owners.
  public private(set) var owners = LeakScore.Owners()

  /// A tally of scores.
  public init(_ scores: some Sequence<LeakScore>) {
    for score in scores { add(score) }
  }

  private mutating func add(_ score: LeakScore) {
    companies += 1
    right += score.isRight ? 1 : 0
    wronglyNamed += score.isWronglyNamed ? 1 : 0
    chanceNamed += score.isChanceNamed ? 1 : 0
    guiltyCleared += score.isGuiltyCleared ? 1 : 0
    marketingFound += score.isMarketingFound ? 1 : 0
    channelFound += score.isChannelFound ? 1 : 0
    owners.named += score.owners.named
    owners.rightlyNamed += score.owners.rightlyNamed
    owners.guilty += score.owners.guilty
  }
}
