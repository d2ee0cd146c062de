import PlumblineStatistics

/// One lead whose outcome is known, with what was known of it when it was handed over.
public struct BacktestCase: Hashable, Sendable {
  /// The lead's dense number.
  public var lead: Int
  /// When it entered the stage that is tested; `undated` where nobody said.
  public var entered: TimePoint
  /// The local month of that: the year times 12 and the month from 0; nil without a date.
  public var month: Int?
  /// The score at that time.
  public var score: Double
  /// Whether it was won within the horizon.
  public var isWon: Bool
  /// Whether a person turned to it; true where nobody records such things.
  public var isWorked: Bool
  /// Whether it is kept aside to judge what the others chose.
  public var isForJudging: Bool
}

/// Which leads a definition is tested on, and what was left out.
public struct BacktestCohort: Sendable {
  /// What to test, and how.
  public struct Options: Hashable, Sendable {
    /// The stage whose entry is tested; the hand-off stage when nil.
    public var stage: Int?
    /// Only leads that entered it on this day or later.
    public var firstDay: CivilDate?
    /// Only leads that entered it on this day or earlier.
    public var lastDay: CivilDate?
    /// The first day of the leads that judge; found from the leads when nil.
    public var splitDay: CivilDate?

    /// Options; the defaults are those of the method's page.
    public init(
      stage: Int? = nil,
      firstDay: CivilDate? = nil,
      lastDay: CivilDate? = nil,
      splitDay: CivilDate? = nil
    ) {
      self.stage = stage
      self.firstDay = firstDay
      self.lastDay = lastDay
      self.splitDay = splitDay
    }
  }

  /// How the leads that choose were parted from those that judge.
  public enum Split: Hashable, Sendable {
    /// Those from a day on judge.
    case byDay(CivilDate)
    /// Nothing is dated: a quarter of the leads judge, drawn by their ids.
    case byID
  }

  /// The leads, in order of time and then of dense numbers.
  public var cases: [BacktestCase] = []
  /// The position of the stage on the path.
  public var stage: Int
  /// How long a lead may take to be won and count.
  public var horizonInDays: Int
  /// Whether nothing is dated, so that any win counts, however late.
  public var isUndated = false
  /// How the leads were parted.
  public var split = Split.byID
  /// Leads that entered the stage, first episodes only.
  public var entered = 0
  /// Of these: those too young to know.
  public var tooYoung = 0
  /// Those without the date of entry, or of the win, where others have one.
  public var undated = 0
  /// Those without a score.
  public var withoutScore = 0
  /// Those outside the days asked for.
  public var outside = 0
  /// First episodes old enough that never entered the stage: what they would have become, nobody
  /// knows.
  public var neverEntered = 0

  /// The share of the leads that judge, when no day is given.
  public static let judgingShare = 0.25
  /// From this share of undated entries on, dates are not used at all.
  private static let undatedShare = 0.5

  /// The leads of a history that entered a stage.
  ///
  /// - Parameters:
  ///   - history: The history.
  ///   - journeys: Its journeys under the agreement's rule.
  ///   - horizonInDays: How long a lead may take to be won and count.
  ///   - options: What to test.
  ///   - score: The score of a lead at an instant; nil when nobody knows it.
  /// - Complexity: O(episodes log episodes).
  public init(
    _ history: CompanyHistory,
    _ journeys: Journeys,
    horizonInDays: Int,
    options: Options = Options(),
    score: (_ lead: Int, _ at: TimePoint) -> Double?
  ) {
    let agreement = history.agreement
    stage = options.stage ?? agreement.handOffStage
    self.horizonInDays = horizonInDays
    let pair = StagePair(from: stage, to: agreement.path.count - 1)
    let rows = (0..<journeys.count).filter { journeys.attempts[$0] == 1 }
    let inside = rows.filter { journeys.reached[stage][$0].isPresent }
    entered = inside.count
    let dateless = inside.count { !journeys.reached[stage][$0].isDated }
    isUndated = entered > 0 && Double(dateless) > Self.undatedShare * Double(entered)
    let now = TimePoint(history.asOf)
    neverEntered = rows.count { row in
      guard !journeys.reached[stage][row].isPresent else { return false }
      let began = journeys.reached[0][row]
      return isUndated
        || (began.isDated && history.lagInDays(from: began, to: now) >= horizonInDays)
    }
    let attempts = history.leads.firstAttempts
    let hasAttempts = attempts.contains(where: \.isPresent)
    for row in inside {
      let lead = Int(journeys.leads[row])
      let time = journeys.reached[stage][row]
      let isWon: Bool
      var month: Int?
      if isUndated {
        isWon = journeys.reached[pair.to][row].isPresent
      } else {
        guard time.isDated, let wait = journeys.wait(for: pair, row: row, in: history),
          let lag = wait.lagInDays
        else {
          undated += 1
          continue
        }
        let day = agreement.calendar.day(of: time.instant)
        if options.firstDay.map({ day < $0 }) ?? false || options.lastDay.map({ day > $0 }) ?? false
        {
          outside += 1
          continue
        }
        guard history.lagInDays(from: time, to: now) >= horizonInDays else {
          tooYoung += 1
          continue
        }
        isWon = wait.outcome == .converted && lag < horizonInDays
        let parts = day.components
        month = parts.year * 12 + parts.month - 1
      }
      guard let score = score(lead, time), score.isFinite else {
        withoutScore += 1
        continue
      }
      cases.append(
        BacktestCase(
          lead: lead,
          entered: time,
          month: month,
          score: score,
          isWon: isWon,
          isWorked: !hasAttempts || attempts[lead].isPresent || isWon,
          isForJudging: false
        )
      )
    }
    cases.sort { ($0.entered, $0.lead) < ($1.entered, $1.lead) }
    part(options, history)
  }

  /// Parts the leads that choose from those that judge.
  private mutating func part(_ options: Options, _ history: CompanyHistory) {
    if isUndated {
      for index in cases.indices {
        cases[index].isForJudging =
          WideHash.fold(0, Int64(history.leads.ids[cases[index].lead])) % 4 == 0
      }
      return
    }
    let calendar = history.agreement.calendar
    let days = cases.map { calendar.day(of: $0.entered.instant) }
    let first = Int((Double(cases.count) * (1 - Self.judgingShare)).rounded(.down))
    guard let day = options.splitDay ?? (days.isEmpty ? nil : days[min(first, days.count - 1)])
    else { return }
    split = .byDay(day)
    for index in cases.indices { cases[index].isForJudging = days[index] >= day }
  }

  /// The leads that choose.
  public var choosing: [BacktestCase] { cases.filter { !$0.isForJudging } }
  /// The leads that judge.
  public var judging: [BacktestCase] { cases.filter(\.isForJudging) }
}

extension ScoreHistogram {
  /// Outcomes by score of some leads.
  init(_ cases: [BacktestCase]) {
    // Scores are finite and counts are 0 or 1, so that the initialiser cannot refuse them.
    let made = try? ScoreHistogram(
      scores: cases.map(\.score),
      won: cases.map { $0.isWon ? 1 : 0 },
      lost: cases.map { $0.isWon ? 0 : 1 }
    )
    self = made ?? .empty
  }

  private static let empty: ScoreHistogram = {
    do {
      return try ScoreHistogram(scores: [], won: [], lost: [])
    } catch {
      preconditionFailure("no cases make a histogram")
    }
  }()
}
