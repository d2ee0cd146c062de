/// What is to be won in some days, and where that is written.
public struct QuotaFigure: Hashable, Sendable {
  /// How the amount follows from what is written.
  public enum Basis: Hashable, Sendable {
    /// As written for exactly these days.
    case written
    /// The sum of what is written for parts of these days, which leave none out.
    case parts
    /// The share of a longer period's by working days.
    case share(of: ClosedRange<CivilDate>)
    /// The sum for parts of these days; other days have none.
    case partial
    /// The sum of people's.
    case people(Int)
  }

  /// Where it is written.
  public var origin: QuotaChoice.Origin
  /// Whether it is written as a quota or as revenue.
  public var measure: Goal.Measure
  /// How the amount follows from what is written.
  public var basis: Basis
  /// Minor units of the agreement's currency.
  public var amount: Int64
}

/// Two things written about one quota that do not agree, or that do not add up.
public struct QuotaDifference: Hashable, Sendable {
  /// What differs.
  public enum Kind: Hashable, Sendable {
    /// The agreement's goals say one thing, the facts another; the agreement counts.
    case facts
    /// A later version of the agreement says otherwise; what was agreed when the period began
    /// counts.
    case laterVersion(String, from: CivilDate?)
    /// The revenue goal is another number than the quota; the quota counts.
    case revenueGoal
    /// People's quotas add up to another number than everybody's together.
    case people
    /// The months' add up to another number than the period's.
    case months
  }

  /// What differs.
  public var kind: Kind
  /// Whose quota; nil for everybody's together.
  public var owner: String?
  /// What counts, minor units.
  public var counted: Int64
  /// What is written elsewhere, minor units.
  public var other: Int64

  /// A difference.
  public init(kind: Kind, owner: String?, counted: Int64, other: Int64) {
    self.kind = kind
    self.owner = owner
    self.counted = counted
    self.other = other
  }
}
