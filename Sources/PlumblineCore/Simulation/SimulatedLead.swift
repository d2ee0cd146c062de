/// A lead of the example company with everything that will ever happen to it, the part after the
/// export included.
public struct SimulatedLead: Hashable, Sendable {
  /// The id that every file uses.
  public var id: Int
  /// The position of its channel in `ExampleCompany.channels`.
  public var channel: Int
  /// Its campaign's name, nil for channels without campaigns.
  public var campaign: String?
  /// The position of its segment in `ExampleCompany.segments`.
  public var segment: Int
  /// The position of its rep in `ExampleCompany.reps`.
  public var rep: Int
  /// Its passes through the path; more than one only for a recycled lead that came back.
  public var episodes: [SimulatedEpisode]
}

/// One pass of a lead through the path.
public struct SimulatedEpisode: Hashable, Sendable {
  /// A way off the path.
  public struct Exit: Hashable, Sendable {
    /// Where to.
    public enum Detour: String, Sendable {
      case disqualified = "Disqualified"
      case recycled = "Recycled"
    }
    /// Where to.
    public var detour: Detour
    /// When.
    public var at: Instant
    /// Why, in the words of the CRM.
    public var reason: String
  }

  /// A meeting.
  public struct Meeting: Hashable, Sendable {
    /// What came of it, in the words of the CRM.
    public enum Outcome: String, Sendable {
      case cancelled = "Cancelled"
      case held = "Completed"
      case noShow = "No show"
    }
    /// When it was booked.
    public var booked: Instant
    /// When it begins.
    public var starts: Instant
    /// What came of it, whether or not somebody recorded it.
    public var outcome: Outcome
  }

  /// A deal; every one is decided in the end.
  public struct Deal: Hashable, Sendable {
    /// When the opportunity arose.
    public var created: Instant
    /// When it was decided.
    public var closed: Instant
    /// Whether it was won.
    public var isWon: Bool
    /// Its size in cents.
    public var amount: Int64
    /// Why it was lost, in the words of the CRM; nil when won.
    public var lostReason: String?
  }

  /// When the lead came in, or came back.
  public var began: Instant
  /// When it became an MQL.
  public var marketingQualified: Instant?
  /// When a rep first called; nil for a lead that never became an MQL.
  public var firstTouch: Instant?
  /// When it became an SQL.
  public var salesQualified: Instant?
  /// Its meeting, if one was booked.
  public var meeting: Meeting?
  /// Its deal, if it became an opportunity.
  public var deal: Deal?
  /// How it left the path, if it did before there was a deal.
  public var exit: Exit?

  /// Whether its meeting took place.
  public var isHeld: Bool { meeting?.outcome == .held }
  /// Whether it ended, or will end, in a won deal.
  public var isWon: Bool { deal?.isWon ?? false }
}
