/// The counts behind "whose leak": leads that sales was given, by who brought them, who worked
/// them and whether they were followed up in time.
///
/// First episodes only, and only leads handed off longer ago than the horizon, so that every
/// outcome is known.
public struct WorkCells: Sendable {
  /// One combination and its leads.
  public struct Cell: Hashable, Sendable {
    /// The position in `channels`.
    public var channel: Int
    /// The position in `owners`.
    public var owner: Int
    /// The position in `segments`.
    public var segment: Int
    /// The band of the score at hand-off, from 0, the coldest; 0 where there is one band only.
    public var scoreBand: Int
    /// Whether the lead was followed up as agreed.
    public var isFollowedUp: Bool
    /// How many leads.
    public var leads: Int
    /// How many of them were won within the horizon.
    public var wins: Int

    /// A cell.
    public init(
      channel: Int,
      owner: Int,
      segment: Int = 0,
      scoreBand: Int = 0,
      isFollowedUp: Bool,
      leads: Int,
      wins: Int
    ) {
      self.channel = channel
      self.owner = owner
      self.segment = segment
      self.scoreBand = scoreBand
      self.isFollowedUp = isFollowedUp
      self.leads = leads
      self.wins = wins
    }
  }

  /// The channels' names.
  public var channels: [String]
  /// The owners' names.
  public var owners: [String]
  /// The segments' names.
  public var segments: [String]
  /// How many bands of the score at hand-off there are; 1 where no score is known.
  public var scoreBandCount: Int
  /// The cells; each combination at most once.
  public var cells: [Cell]

  /// Work cells.
  public init(
    channels: [String],
    owners: [String],
    segments: [String],
    scoreBandCount: Int = 1,
    cells: [Cell]
  ) {
    self.channels = channels
    self.owners = owners
    self.segments = segments
    self.scoreBandCount = scoreBandCount
    self.cells = cells
  }

  /// All leads.
  public var leads: Int { cells.reduce(0) { $0 + $1.leads } }
  /// All wins.
  public var wins: Int { cells.reduce(0) { $0 + $1.wins } }
}
