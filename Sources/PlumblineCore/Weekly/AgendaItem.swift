/// One thing for both teams to talk about, with the records behind it.
public struct AgendaItem: Sendable {
  /// What it is about.
  public enum Subject: Sendable {
    /// Leads about which a promise is broken, or which have stood at a stage for too long.
    case brokenPromises(neverTouched: Int, late: Int, stale: Int)
    /// A weekly share that has become worse than usual; how many more would have met their mark.
    case alarm(WatchedSeries, missing: Double)
    /// A leak that the data name.
    case leak(Leak)
    /// Leads of which the two sides believe different things.
    case disagreement
    /// Leads handed over long ago to which nobody has turned for so many days, and of which nobody
    /// said what became of them; whether the days are agreed.
    case forgotten(days: Int, isAgreed: Bool)
  }

  /// An owner and how many of the item's leads are theirs.
  public struct Owner: Hashable, Sendable {
    /// The name; `FunnelDimension.none` where nobody said.
    public var name: String
    /// How many leads.
    public var leads: Int
  }

  /// What it is about.
  public var subject: Subject
  /// Whose it is to mend, or both's to settle.
  public var party: Party
  /// The leads behind it, by id, ascending.
  public var leads: [String]
  /// Whose those leads are, the most first; only where it is a list of work to do.
  public var owners: [Owner]
  /// What is at stake, minor units of the agreement's currency; nil without won deals to price it.
  public var stake: Double?
  /// How many more points of the same kind there are.
  public var others: Int

  /// A word for programs.
  public var kind: String {
    switch subject {
    case .brokenPromises: "broken_promises"
    case .alarm: "alarm"
    case .leak: "leak"
    case .disagreement: "disagreement"
    case .forgotten: "forgotten"
    }
  }

  /// The place among items with the same at stake.
  var rank: Int {
    switch subject {
    case .brokenPromises: 0
    case .alarm: 1
    case .leak: 2
    case .disagreement: 3
    case .forgotten: 4
    }
  }
}

/// The things to talk about, the weightiest first.
public struct WeeklyAgenda: Sendable {
  /// How many a page shows at most.
  public static let most = 3

  /// At most three, each of another kind.
  public var items: [AgendaItem]
  /// How many more kinds of point there were.
  public var leftOut: Int
  /// What a lead handed over is worth on average, minor units: the share won of those old enough,
  /// times the mean won deal; nil where there is none of either.
  public var leadValue: Double?
}
