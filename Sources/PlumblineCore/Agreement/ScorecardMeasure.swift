/// A measure of an incentive that the scorecard can compute.
public enum ScorecardMeasure: String, Sendable, CaseIterable, Codable {
  /// Leads that reach the stage which hands them to sales.
  case qualifiedLeads = "qualified_leads"
  /// The share of the leads handed over that sales accepts.
  case acceptedShare = "accepted_share"
  /// Meetings booked.
  case meetingsBooked = "meetings_booked"
  /// Meetings held.
  case meetingsHeld = "meetings_held"
  /// Deals won.
  case wins
  /// The share of leads that are won.
  case wonShare = "won_share"
  /// The amounts of won deals.
  case revenue
  /// The share of promised first touches that are kept.
  case firstTouch = "first_touch"
  /// What winning one deal costs.
  case costPerWin = "cost_per_win"

  /// In what a measure is counted.
  public enum Unit: String, Sendable, CaseIterable, Codable {
    /// Things: leads, meetings, deals.
    case count
    /// A share, 0...1.
    case share
    /// An amount, in minor units of the agreement's currency.
    case money
  }

  /// In what it is counted, and so is its target.
  public var unit: Unit {
    switch self {
    case .qualifiedLeads, .meetingsBooked, .meetingsHeld, .wins: .count
    case .acceptedShare, .wonShare, .firstTouch: .share
    case .revenue, .costPerWin: .money
    }
  }

  /// Whether less of it is better.
  public var isLessBetter: Bool { self == .costPerWin }

  /// The measure that a word names; nil for any other word.
  ///
  /// Case, blanks at the ends, and the choice between blank, hyphen and underscore do not matter.
  public init?(naming word: String) {
    let key = WordKey.of(word)
    guard let measure = Self.allCases.first(where: { WordKey.of($0.rawValue) == key }) else {
      return nil
    }
    self = measure
  }
}

extension Incentive {
  /// What its measure stands for; nil for a word that no answer computes.
  public var known: ScorecardMeasure? { ScorecardMeasure(naming: measure) }
}
