/// A course that a company may take: what is different from today, and from when.
public struct HeadcountScenario: Hashable, Sendable {
  /// Reps that come or go in a month.
  public struct Move: Hashable, Sendable {
    /// The month.
    public var month: PlanMonth
    /// How many.
    public var reps: Double

    /// A move.
    public init(month: PlanMonth, reps: Double) {
      self.month = month
      self.reps = reps
    }
  }

  /// Inputs that change in a month and stay so.
  public struct Change: Hashable, Sendable {
    /// The first month of which the change holds.
    public var month: PlanMonth
    /// What changes.
    public var overrides: [HeadcountInput: HeadcountOverride]

    /// A change.
    public init(month: PlanMonth, overrides: [HeadcountInput: HeadcountOverride]) {
      self.month = month
      self.overrides = overrides
    }
  }

  /// Its name.
  public var name: String
  /// What is different for the whole plan.
  public var overrides: [HeadcountInput: HeadcountOverride]
  /// Who is hired when.
  public var hires: [Move]
  /// Who is let go when.
  public var departures: [Move]
  /// What changes in the course of the plan.
  public var changes: [Change]

  /// A scenario.
  public init(
    name: String,
    overrides: [HeadcountInput: HeadcountOverride] = [:],
    hires: [Move] = [],
    departures: [Move] = [],
    changes: [Change] = []
  ) {
    self.name = name
    self.overrides = overrides
    self.hires = hires
    self.departures = departures
    self.changes = changes
  }

  /// Nothing changes.
  public static let today = HeadcountScenario(name: "today's course")

  /// The first month in which something changes; nil where all holds from the start.
  public var firstChange: PlanMonth? {
    (hires.map(\.month) + departures.map(\.month) + changes.map(\.month)).min()
  }
}
