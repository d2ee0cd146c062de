import PlumblineStatistics

/// How often the targets of a plan are met in simulated companies, when as many leads come as it
/// asked for.
///
/// Each company has its record up to the day of the plan and no further. The plan is made from it as
/// the product makes it, once for each probability; then the quarter is played several times with the
/// leads that were asked for, and what is open is played on from where it is. A target of 80 % is
/// right when the quota is met in 80 of 100 quarters. A company depends on its place in the list and
/// the seed alone, so that companies can be run in any order.
public struct PlanStudy: Sendable {
  /// What a planner is asked: how many leads a week, by probability, reach an amount of money.
  public struct Question: Sendable {
    /// Everything on record on the day of the plan.
    public let history: CompanyHistory
    /// The first day of the quarter: the day of the plan.
    public let firstDay: CivilDate
    /// The last day of the quarter.
    public let lastDay: CivilDate
    /// What is to be won in the quarter, minor units of the agreement's currency.
    public let quota: Int64
    /// The wanted chances.
    public let probabilities: [Double]
  }

  /// Makes a plan: for each probability the leads a week, nil where no number is enough.
  public typealias Planner = @Sendable (Question) -> [Double?]

  /// Plans as the product does.
  public static let product: Planner = { question in
    let plan = try? QuotaPlanBuilder(history: question.history).plan(
      QuotaQuestion(
        quota: question.quota,
        deadline: question.lastDay,
        since: question.firstDay,
        probabilities: question.probabilities
      )
    )
    return question.probabilities.map { plan?.leadsPerWeek(probability: $0) }
  }

  /// One company to plan for.
  public struct Trial: Hashable, Sendable {
    /// The position in `rows`.
    public let row: Int
    /// Which of the row's companies.
    public let index: Int
  }

  /// What came of the targets of one company.
  public struct Outcome: Hashable, Sendable {
    /// What came of one target.
    public enum Target: Hashable, Sendable {
      /// So many of the quarters met the quota.
      case met(Int)
      /// What is open is enough: no lead is asked for.
      case noneNeeded
      /// No number of leads is enough.
      case noNumber
    }
    /// One for each probability.
    public let targets: [Target]
  }

  /// The rows of the table.
  public let rows: [PlanStudyRow]
  /// How many companies there are in each row.
  public let companies: Int
  /// How many times a quarter is played for each company and target.
  public let quarters: Int
  /// The seed.
  public let seed: UInt64
  /// All trials, row by row.
  public let trials: [Trial]
  /// What each row's company brings in a quarter with its usual leads, minor units.
  let usualRevenue: [Double]

  /// The chances that plans are made for.
  public static let probabilities = [0.5, 0.8, 0.95]
  /// The length of the quarter.
  public static let quarterInDays = 91

  /// A study.
  ///
  /// - Parameters:
  ///   - rows: The rows to fill.
  ///   - companies: How many companies there are in each.
  ///   - quarters: How many times a quarter is played for each company and target.
  ///   - seed: The same seed makes the same companies.
  public init(
    rows: [PlanStudyRow] = PlanStudyRow.all,
    companies: Int,
    quarters: Int = 8,
    seed: UInt64
  ) {
    self.rows = rows
    self.companies = companies
    self.quarters = quarters
    self.seed = seed
    trials = rows.indices.flatMap { row in
      (0..<companies).map { Trial(row: row, index: $0) }
    }
    usualRevenue = rows.map { Self.usualRevenue(of: $0, seed: seed) }
  }

  /// Makes the company of a trial, plans for it and plays its quarters.
  ///
  /// - Parameters:
  ///   - trial: The trial.
  ///   - planner: Makes the plan.
  /// - Returns: What came of each target.
  public func outcome(
    of trial: Trial,
    _ planner: Planner = PlanStudy.product
  ) -> Outcome {
    let row = rows[trial.row]
    // Odd multipliers keep the seeds apart; the generator's own scrambling does the rest.
    var generator = SeededGenerator(
      seed: seed &* 0x9E37_79B9_7F4A_7C15 &+ row.stream &* 0xC2B2_AE3D_27D4_EB4F
        &+ UInt64(trial.index)
    )
    var process = row.process
    process.seasonStart = generator.uniform(in: 0..<365)
    let quota = (usualRevenue[trial.row] * generator.uniform(in: row.stretch)).rounded()
    let record = SimulatedRecord(process, using: &generator)
    let history = record.history()
    let today = history.agreement.calendar.day(of: history.asOf)
    let plan = planner(
      Question(
        history: history,
        firstDay: today,
        lastDay: CivilDate(dayNumber: today.dayNumber + Self.quarterInDays - 1),
        quota: Int64(quota),
        probabilities: Self.probabilities
      )
    )
    var met = plan.map { _ in 0 }
    let end = Double(Self.quarterInDays)
    for _ in 0..<quarters {
      let open = record.revenueToCome(byDay: end, using: &generator)
      for (position, leads) in plan.enumerated() {
        guard let leads, leads > 0 else { continue }
        let new = SimulatedRecord.revenueOfNewLeads(
          process,
          perWeek: leads,
          byDay: end,
          using: &generator
        )
        if open + new >= quota { met[position] += 1 }
      }
    }
    return Outcome(
      targets: plan.enumerated().map { position, leads in
        leads.map { $0 > 0 ? .met(met[position]) : .noneNeeded } ?? .noNumber
      }
    )
  }

  /// What the row's company brings in a quarter with its usual leads, where nothing changes.
  private static func usualRevenue(of row: PlanStudyRow, seed: UInt64) -> Double {
    var generator = SeededGenerator(
      seed: seed &* 0xD6E8_FEB8_6659_FD93 &+ row.stream &* 0xC2B2_AE3D_27D4_EB4F
    )
    var process = row.process
    process.change = .none
    let weeks = process.recordInWeeks + quarterInDays / 7
    let times = max(1, Int(60_000 / (process.leadsPerWeek * Double(weeks))))
    var wins = 0
    for _ in 0..<times {
      for week in -process.recordInWeeks..<quarterInDays / 7 {
        let lives = process.week(
          from: Double(7 * week),
          mean: process.leadsPerWeek,
          using: &generator
        )
        wins += lives.count { life in
          life.won(in: process).map { $0 >= 0 && $0 < Double(quarterInDays) } ?? false
        }
      }
    }
    return Double(wins) / Double(times) * process.deals.mean
  }
}
