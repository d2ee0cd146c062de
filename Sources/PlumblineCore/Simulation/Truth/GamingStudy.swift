/// How often the detectors of gaming find what was planted, and how often they are wrong.
///
/// A study is a list of trials, each of which depends on its place in the list and the seed alone,
/// so that they can be run in any order and on any number of threads.
public struct GamingStudy: Sendable {
  /// A kind of company.
  public struct Row: Hashable, Sendable {
    /// What the tables call it.
    public let title: String
    /// Honest habits.
    public let habits: GamingPlan.Habits
    /// What is planted.
    public let game: GamingPlan.Game?
    /// Keeps the row's companies apart from others'.
    let stream: UInt64
  }

  /// One company.
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
    /// The detectors that told of anything.
    public var alarms: Set<GamingDetector> = []
    /// Whether the detector of what was planted told of it: of one who plays, or of all together.
    public var isFound = false
    /// How many players the detector of what was planted names.
    public var playersNamed = 0
    /// How many play.
    public var players = 0
    /// Whether that detector names somebody who does not play.
    public var namesOthers = false
  }

  /// The kinds of company.
  public let rows: [Row]
  /// How many companies there are of each kind and size.
  public let companies: Int
  /// The seed.
  public let seed: UInt64
  /// The sizes of companies, in leads a year.
  public let sizes: [Int]
  /// All trials, row by row.
  public let trials: [Trial]

  /// The usual sizes.
  public static let usualSizes = [1000, 4000]

  /// A study.
  ///
  /// - Parameters:
  ///   - companies: Companies of each kind and size.
  ///   - sizes: Their sizes, in leads a year.
  ///   - seed: The same seed makes the same companies.
  public init(companies: Int, sizes: [Int] = GamingStudy.usualSizes, seed: UInt64) {
    self.companies = companies
    self.sizes = sizes
    self.seed = seed
    let rows = Self.allRows
    self.rows = rows
    trials = rows.indices.flatMap { row in
      sizes.flatMap { size in
        (0..<companies).map { Trial(row: row, leads: size, index: $0) }
      }
    }
  }

  private static let allRows: [Row] = {
    let honest: [(String, GamingPlan.Habits)] = [
      ("nothing special", []), ("everybody rushes at the end of months", .rush),
      ("half record on Fridays only, in bulk", .lumpyEntry), ("round scores", .roundScores),
      ("scores kept from the hand-off", .frozenScores),
      ("an owner who is good, notes that differ", .goodOwner),
      ("a quick team, one works evenings", .quickTeam),
      ("scores that move a little after it", .smallMoves),
      ("changes of a lead undone together", .editsTogether),
      ("clean-ups half a year apart", .cleanUps),
      ("a calendar read in, a fair entered", .batches), ("first touches from 22 s on", .alert),
      ("an owner with an easy channel", .channelMix), ("all but scores and alert", .all),
    ]
    let planted: [(String, GamingPlan.Game)] = [
      ("period end: 2 times the records", .periodEnd(times: 2)),
      ("period end: 4 times the records", .periodEnd(times: 4)),
      ("period end: as many again, half undone", .undone(share: 0.5)),
      ("period end: as many again, all undone", .undone(share: 1)),
      ("score line: 10 % of those below lifted", .scoreLine(share: 0.1)),
      ("score line: 25 % of those below lifted", .scoreLine(share: 0.25)),
      ("meetings: half of no-shows held", .noShowsHeld(share: 0.5)),
      ("meetings: all no-shows held", .noShowsHeld(share: 1)),
      ("meetings: 15 % of those held invented", .invented(share: 0.15)),
      ("meetings: 40 % of those held invented", .invented(share: 0.4)),
      ("first touch: 30 % by a machine", .machineTouch(share: 0.3)),
      ("first touch: 80 % by a machine", .machineTouch(share: 0.8)),
      ("dispositions: 20 % in bulk, untouched", .bulkWords(share: 0.2)),
      ("dispositions: 50 % in bulk, untouched", .bulkWords(share: 0.5)),
    ]
    let frozen = GamingPlan.Habits.all.union(.frozenScores)
    let kept = [
      Row(
        title: "score line: 25 % lifted, scores kept",
        habits: frozen,
        game: .scoreLine(share: 0.25),
        stream: 200
      ),
      Row(
        title: "period end: 2 times, no honest habits",
        habits: [],
        game: .periodEnd(times: 2),
        stream: 201
      ),
      Row(
        title: "meetings: half of no-shows, no habits",
        habits: [],
        game: .noShowsHeld(share: 0.5),
        stream: 202
      ),
    ]
    return honest.enumerated().map { index, row in
      Row(title: row.0, habits: row.1, game: nil, stream: UInt64(index + 1))
    }
      + planted.enumerated().map { index, row in
        Row(title: row.0, habits: .all, game: row.1, stream: UInt64(index + 101))
      } + kept
  }()

  /// Makes the company of a trial and runs the detectors.
  public func outcome(of trial: Trial) -> Outcome {
    let row = rows[trial.row]
    // Odd multipliers keep the seeds apart; the generator's own scrambling does the rest.
    let own =
      seed &* 0x9E37_79B9_7F4A_7C15 &+ row.stream &* 0xC2B2_AE3D_27D4_EB4F
      &+ UInt64(trial.leads) &* 0x1656_67B1_9E37_79F9 &+ UInt64(trial.index)
    let world = GamingWorld(
      GamingPlan(habits: row.habits, game: row.game, leads: trial.leads),
      seed: own
    )
    var outcome = Outcome(players: world.players.count)
    guard let game = row.game else {
      outcome.alarms = Set(GamingDetectors(world.records).findings().map(\.detector))
      return outcome
    }
    let findings = GamingDetectors(world.records).findings(of: game.detector)
    if !findings.isEmpty { outcome.alarms = [game.detector] }
    let named = Set(findings.compactMap(\.owner))
    outcome.playersNamed = named.intersection(world.players).count
    outcome.namesOthers = !named.isSubset(of: world.players)
    outcome.isFound = outcome.playersNamed > 0 || findings.contains { $0.owner == nil }
    return outcome
  }
}
