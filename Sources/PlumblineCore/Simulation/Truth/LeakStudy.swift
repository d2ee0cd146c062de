/// How often the judge names the right party in simulated companies whose leak was planted.
///
/// A study is a list of trials, each of which depends on its place in the list and the seed alone,
/// so that they can be run in any order and on any number of threads.
public struct LeakStudy: Sendable {
  /// One company to judge.
  public struct Trial: Hashable, Sendable {
    /// The position in `rows`.
    public let row: Int
    /// How many leads sales was given.
    public let leads: Int
    /// Which of the row's companies of this size.
    public let index: Int
  }

  /// What came of a trial.
  public struct Outcome: Hashable, Sendable {
    /// The score of the judge.
    public let judge: LeakScore
    /// The score of the dashboard's rule on the same company.
    public let rule: LeakScore
  }

  /// The rows of the tables.
  public let rows: [LeakStudyRow]
  /// How many companies there are for each truth and size.
  public let companies: Int
  /// The seed.
  public let seed: UInt64
  /// All trials, row by row.
  public let trials: [Trial]

  /// The share of leads that the simulated companies agreed to follow up in time.
  public static let complianceTarget = 0.8

  /// A study.
  ///
  /// - Parameters:
  ///   - rows: The rows to fill.
  ///   - companies: Companies for each truth and size; a row may take a share of them.
  ///   - leads: The sizes of companies, in leads; nil for each row's own.
  ///   - seed: The same seed makes the same companies.
  public init(
    rows: [LeakStudyRow] = LeakStudyRow.all,
    companies: Int,
    leads: [Int]? = nil,
    seed: UInt64
  ) {
    self.rows = rows
    self.companies = companies
    self.seed = seed
    trials = rows.indices.flatMap { row in
      (leads ?? rows[row].sizes).flatMap { size in
        (0..<rows[row].companies(of: companies)).map { Trial(row: row, leads: size, index: $0) }
      }
    }
  }

  /// The company of a trial.
  public func company(of trial: Trial) -> PlantedCompany {
    // Odd multipliers keep the seeds apart; the generator's own scrambling does the rest.
    let own =
      seed &* 0x9E37_79B9_7F4A_7C15 &+ rows[trial.row].stream &* 0xC2B2_AE3D_27D4_EB4F
      &+ UInt64(trial.leads) &* 0x1656_67B1_9E37_79F9 &+ UInt64(trial.index)
    return PlantedCompany(rows[trial.row].plan(trial.index, leads: trial.leads), seed: own)
  }

  /// Makes the company of a trial and has it judged.
  public func outcome(of trial: Trial) -> Outcome {
    let company = company(of: trial)
    let judge = LeakJudge(company.cells, complianceTarget: Self.complianceTarget)
    return Outcome(
      judge: LeakScore(judge.verdict(), company: company),
      rule: LeakScore(DashboardRule(company.cells), company: company)
    )
  }

  /// How far the marked channel and owners come together in the company of a trial.
  public func confounding(of trial: Trial) -> Confounding {
    rows[trial.row].plan(trial.index, leads: trial.leads).confounding
  }
}
