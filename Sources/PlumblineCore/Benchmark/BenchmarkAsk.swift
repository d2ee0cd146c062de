/// One question of the benchmark: which leads, and how they are put into cohorts.
public struct BenchmarkAsk: Hashable, Sendable {
  /// How long a cohort is.
  public enum Grain: String, Sendable, CaseIterable {
    /// Leads that came into being in one month; named by its first day.
    case month
    /// Leads that came into being in one week; named by its Monday.
    case week
  }

  /// The name under which results are kept, such as `base`.
  public var name: String
  /// The only channel that counts; all when nil.
  public var channel: String?
  /// How long a cohort is.
  public var grain: Grain
  /// Whether an MQL counts only when an SQL follows within 30 days.
  public var isConfirmed: Bool

  /// A question.
  public init(
    _ name: String,
    channel: String? = nil,
    grain: Grain = .month,
    isConfirmed: Bool = false
  ) {
    self.name = name
    self.channel = channel
    self.grain = grain
    self.isConfirmed = isConfirmed
  }

  /// The questions of the benchmark, in the order in which they are asked.
  public static let all = [
    BenchmarkAsk("base"), BenchmarkAsk("filter", channel: "paid_social", grain: .week),
    BenchmarkAsk("redef", isConfirmed: true), BenchmarkAsk("delta"),
  ]

  /// How events are read as journeys: one a lead, each stage not before the last one that counts.
  public var rule: JourneyRule {
    JourneyRule(
      skips: .ordered,
      returns: .sameEpisode,
      confirmations: isConfirmed ? [Confirmation(stage: 1, by: 2, withinDays: 30)] : []
    )
  }

  /// The steps of the path that the question knows after a lead's creation.
  static let stepCount = 6

  /// What a minor unit of a currency is worth, in ten-thousandths of a dollar.
  static let rates = ["USD": 100, "EUR": 108, "GBP": 127]

  /// The detours that end a step.
  static let exits = (lost: "lost", recycled: "recycled")
}

/// The answer to a question of the benchmark: three CSV tables, as bytes.
///
/// Lines stand in the order of their bytes behind the header, so that equal answers are equal
/// bytes.
public struct BenchmarkTables: Hashable, Sendable {
  /// One line a channel, segment and cohort that has a lead.
  public var cells: [UInt8]
  /// One line an owner that has a lead; the empty name stands for leads without one.
  public var owners: [UInt8]
  /// One line a channel, step and whole days in it: how many went on, were lost, were recycled,
  /// or were still there at the end.
  public var outcomes: [UInt8]

  /// An answer.
  public init(cells: [UInt8], owners: [UInt8], outcomes: [UInt8]) {
    self.cells = cells
    self.owners = owners
    self.outcomes = outcomes
  }
}
