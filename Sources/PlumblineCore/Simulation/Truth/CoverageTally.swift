/// How many intervals contained the truth.
public struct CoverageTally: Hashable, Sendable {
  /// The intervals about cohorts of one age.
  public struct Age: Hashable, Sendable {
    /// Rates within the horizon that half of the cohort has reached, and containing the truth.
    public var ratesCovered = 0
    /// Cohorts that have a supported horizon.
    public var edges = 0
    /// Rates within the longest supported horizon that contain the truth.
    public var edgesCovered = 0
    /// Completed cohorts whose interval contains what came.
    public var completed = 0
    /// Conversions that were expected to come, added up.
    public var toCome = 0.0
  }

  /// How many worlds there were.
  public var worlds = 0
  /// Rates of all leads of the year within the horizon that contain the truth.
  public var headlinesCovered = 0
  /// One for each age.
  public var ages: [Age]

  /// Nothing counted yet, for so many ages.
  public init(ages: Int) { self.ages = Array(repeating: Age(), count: ages) }

  /// Adds the counts of other worlds with the same ages.
  public mutating func add(_ other: CoverageTally) {
    worlds += other.worlds
    headlinesCovered += other.headlinesCovered
    for (position, age) in zip(ages.indices, other.ages) {
      ages[position].ratesCovered += age.ratesCovered
      ages[position].edges += age.edges
      ages[position].edgesCovered += age.edgesCovered
      ages[position].completed += age.completed
      ages[position].toCome += age.toCome
    }
  }
}
