/// What a simulated company is like, and what is planted in it.
public struct GamingPlan: Hashable, Sendable {
  /// Honest habits that look like gaming.
  public struct Habits: OptionSet, Hashable, Sendable {
    /// The bits.
    public let rawValue: Int
    /// Habits from their bits.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// Everybody records two to four times as much in the last working days of a month.
    public static let rush = Habits(rawValue: 1)
    /// Half of the owners record once a week, on Fridays, many things within a minute.
    public static let lumpyEntry = Habits(rawValue: 2)
    /// Half of the scores are rounded to five or ten, and the line is at sixty.
    public static let roundScores = Habits(rawValue: 4)
    /// Leads are handed over the moment their score passes the line, and keep that score.
    public static let frozenScores = Habits(rawValue: 8)
    /// One owner has a quarter of the usual odds that nobody comes; notes differ widely.
    public static let goodOwner = Habits(rawValue: 16)
    /// Leads are touched within minutes, and one owner often works in the evening.
    public static let quickTeam = Habits(rawValue: 32)

    /// Leads are handed over the moment they pass the line; of half to all of them the score moves a
    /// little afterwards, upwards where they buy.
    public static let smallMoves = Habits(rawValue: 64)
    /// A lead changes its stage up to seven times, and all of it is undone together.
    public static let editsTogether = Habits(rawValue: 128)
    /// Half of the owners close 5 to 24 untouched leads in one go, twice a year; one brings fifty
    /// records up to date on the last day of a month.
    public static let cleanUps = Habits(rawValue: 256)
    /// One owner's calendar is read in, twenty held meetings at once; another enters those of a fair.
    public static let batches = Habits(rawValue: 512)
    /// Leads are touched within half a minute or one, each owner varying by a fifth to a third.
    public static let alert = Habits(rawValue: 1024)
    /// One owner has nearly all leads of a channel from which more come and fewer buy.
    public static let channelMix = Habits(rawValue: 2048)

    /// All of them but those of scores and the alert team.
    public static let all: Habits = [
      .rush, .lumpyEntry, .roundScores, .goodOwner, .quickTeam, .editsTogether, .cleanUps, .batches,
      .channelMix,
    ]
  }

  /// What is planted.
  public enum Game: Hashable, Sendable {
    /// So many times as many records at the end of months, or of quarters, as there would be.
    case periodEnd(times: Double)
    /// As many records again at the end of months, such a share of which is undone.
    case undone(share: Double)
    /// Such a share of the scores up to ten below the line is lifted over it.
    case scoreLine(share: Double)
    /// Such a share of the meetings to which nobody came is recorded as held.
    case noShowsHeld(share: Double)
    /// Such a share of meetings held is invented afterwards.
    case invented(share: Double)
    /// Such a share of first touches is made by a machine after a minute.
    case machineTouch(share: Double)
    /// Such a share of words on leads is given in bulk on untouched ones.
    case bulkWords(share: Double)

    /// The detector that should find it.
    public var detector: GamingDetector {
      switch self {
      case .periodEnd, .undone: .periodEnd
      case .scoreLine: .scoreLine
      case .noShowsHeld, .invented: .meetings
      case .machineTouch: .firstTouch
      case .bulkWords: .dispositions
      }
    }
  }

  /// Honest habits.
  public var habits: Habits
  /// What is planted; nil for nothing.
  public var game: Game?
  /// How many leads sales is given in a year.
  public var leads: Int

  /// A plan.
  public init(habits: Habits, game: Game? = nil, leads: Int) {
    self.habits = habits
    self.game = game
    self.leads = leads
  }
}
