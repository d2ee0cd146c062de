/// What is asked of a simulation of reps and cash.
public struct HeadcountQuestion: Hashable, Sendable {
  /// What a sensitivity is told in.
  public enum Metric: String, CaseIterable, Codable, Sendable {
    /// Cash after the last month.
    case cash
    /// Income less cost over all months.
    case profit
    /// Wins over all months.
    case wins
  }

  /// The first month.
  public var start: PlanMonth
  /// How many months.
  public var months: Int
  /// How many courses are drawn; none where everything comes as expected.
  public var draws: Int
  /// What the random numbers depend on.
  public var seed: UInt64
  /// What a sensitivity is told in.
  public var metric: Metric

  /// The courses that are drawn unless asked otherwise.
  public static let usualDraws = 1000
  /// The most courses that are drawn.
  public static let mostDraws = 100_000

  /// A question.
  public init(
    start: PlanMonth,
    months: Int = 24,
    draws: Int = usualDraws,
    seed: UInt64 = 1,
    metric: Metric = .cash
  ) {
    self.start = start
    self.months = months
    self.draws = draws
    self.seed = seed
    self.metric = metric
  }
}
