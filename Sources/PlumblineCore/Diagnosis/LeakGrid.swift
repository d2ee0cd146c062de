import PlumblineStatistics

/// Every channel with every owner, as the model of winning sees them after allowing for few leads.
public struct LeakGrid: Sendable {
  /// One channel with one owner.
  public struct Pair: Hashable, Sendable {
    /// The position in `channels`.
    public var channel: Int
    /// The position in `owners`.
    public var owner: Int
    /// Their leads.
    public var leads: Int
    /// How far they stand from the average lead, in log-odds of winning: the channel's, the owner's
    /// and their own effect together, at the posterior mean.
    public var logOdds: Double
  }

  /// The channels' names.
  public var channels: [String] = []
  /// The owners' names.
  public var owners: [String] = []
  /// The leads of each channel.
  public var channelLeads: [Int] = []
  /// The leads of each owner.
  public var ownerLeads: [Int] = []
  /// The pairs that have leads.
  public var pairs: [Pair] = []

  /// No grid.
  public init() {}

  init(_ cells: WorkCells, _ counts: LeakCounts, _ posterior: CrossedPosterior) {
    channels = cells.channels
    owners = cells.owners
    channelLeads = counts.channels.map(\.leads)
    ownerLeads = counts.owners.map(\.leads)
    let means = posterior.means
    pairs = posterior.model.pairs.enumerated().map { index, pair in
      Pair(
        channel: pair.row,
        owner: pair.column,
        leads: Int(pair.trials.rounded()),
        logOdds: means.rows[pair.row] + means.columns[pair.column] + means.pairs[index]
      )
    }
  }
}
