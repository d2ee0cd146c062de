import PlumblineAgreement
import PlumblineCore
import Testing

/// What an agreement says about working time, sales' promise, the hand-off, the plan and the
/// thresholds.
struct WorkPromiseTests {
  private func read(_ text: String) throws -> Agreement {
    let (agreement, diagnostics) = AgreementReader.read(
      text: "agreement: 1\n\(text)\n",
      file: "a.yaml"
    )
    #expect(diagnostics.map(\.description) == [])
    return try #require(agreement)
  }

  private func findings(_ text: String) -> [String] {
    AgreementReader.read(text: "agreement: 1\n\(text)\n", file: "a.yaml")
      .diagnostics.map(\.description)
  }

  // MARK: Working time

  @Test(arguments: [
    ("mon-fri", [0, 1, 2, 3, 4]), ("sun-thu", [0, 1, 2, 3, 6]), ("sat", [5]), ("mon-mon", [0]),
    ("fri-mon", [0, 4, 5, 6]), ("\"mon, wed\"", [0, 2]),
    ("[Mon, wed-fri, \"sat, sun\"]", [0, 2, 3, 4, 5, 6]),
    ("Monday - Friday", [0, 1, 2, 3, 4]), ("mon-sun", [0, 1, 2, 3, 4, 5, 6]),
  ])
  func `reads days of the week`(days: String, weekdays: [Int]) throws {
    let agreement = try read("working_time: {days: \(days)}")
    #expect(agreement.workingTime.weekdays == Set(weekdays))
    #expect(agreement.workingTime.shifts == WorkingTime.usual.shifts)
  }

  @Test(arguments: [
    ("09:00-17:30", [540, 1050]), ("[\"9:00-12:00\", \"13:00-17:00\"]", [540, 720, 780, 1020]),
    ("\"00:00-24:00\"", [0, 1440]), ("[\"13:00 - 17:00\", \"09:00-13:00\"]", [540, 1020]),
  ])
  func `reads hours of a day`(hours: String, minutes: [Int]) throws {
    let agreement = try read("working_time: {hours: \(hours)}")
    #expect(agreement.workingTime.shifts.flatMap { [$0.startMinute, $0.endMinute] } == minutes)
    #expect(agreement.workingTime.weekdays == Set(0...4))
  }

  @Test func `reads days off, and takes the usual for what is not said`() throws {
    let agreement = try read("working_time: {holidays: [2026-12-25, 2026-02-28, 2026-12-25]}")
    let days = ["2026-12-25", "2026-02-28"].compactMap { CivilDate($0) }
    #expect(agreement.workingTime.holidays == Set(days))
    #expect(try read("working_time: {}").workingTime == .usual)
    #expect(try read("working_time: {holidays: []}").workingTime == .usual)
  }

  @Test(arguments: [
    (
      "working_time: {days: mo-fr, hours: [9-17, \"09:60-10:00\", \"08:00-24:01\"]}",
      [
        "a.yaml:2:22: error: \"days\" must be days such as mon-fri, or mon, wed, not \"mo-fr\".\n"
          + "  The days are mon, tue, wed, thu, fri, sat, sun. [agreement.wrong-type]",
        "a.yaml:2:37: error: entry 1 of \"hours\" must be hours such as 09:00-12:30, not "
          + "\"9-17\".\n  Write hour and minute of both ends, from 00:00 to 24:00. "
          + "[agreement.wrong-type]",
        "a.yaml:2:43: error: entry 2 of \"hours\" must be hours such as 09:00-12:30, not "
          + "\"09:60-10:00\".\n  Write hour and minute of both ends, from 00:00 to 24:00. "
          + "[agreement.wrong-type]",
        "a.yaml:2:58: error: entry 3 of \"hours\" must be hours such as 09:00-12:30, not "
          + "\"08:00-24:01\".\n  Write hour and minute of both ends, from 00:00 to 24:00. "
          + "[agreement.wrong-type]",
      ]
    ),
    (
      "working_time: {days: \"mon,,tue\", holidays: [2026-02-29], breaks: 1}",
      [
        "a.yaml:2:22: error: \"days\" must be days such as mon-fri, or mon, wed, not "
          + "\"mon,,tue\".\n  The days are mon, tue, wed, thu, fri, sat, sun. "
          + "[agreement.wrong-type]",
        "a.yaml:2:45: error: entry 1 of \"holidays\" must be a date, not \"2026-02-29\".\n"
          + "  Write year, month and day, such as 2026-01-31. [agreement.wrong-type]",
        "a.yaml:2:58: error: \"working_time\" has no key \"breaks\".\n"
          + "  Known keys: days, holidays, hours. [agreement.unknown-key]",
      ]
    ),
  ])
  func `finds everything wrong with working time`(text: String, expected: [String]) {
    #expect(findings(text) == expected)
  }

  // MARK: Promises

  @Test(arguments: [
    ("4 working hours", 14_400, true), ("1 working hour", 3600, true),
    ("30 working minutes", 1800, true), ("24 hours", 86_400, false), ("1 minute", 60, false),
    ("2 days", 172_800, false), ("365 days", 31_536_000, false),
  ])
  func `reads promised spans`(text: String, seconds: Int64, isWorkingTime: Bool) throws {
    let sla = try #require(try read("sla: {sales: {first_touch: \(text)}}").salesSLA)
    #expect(sla.firstTouch?.usual == .init(seconds: seconds, isWorkingTime: isWorkingTime))
    #expect(sla.firstTouch?.hot == nil)
    #expect(sla.attempts == nil)
    #expect(sla.compliance == 0.8)
    #expect(sla.isJudgeable)
  }

  @Test func `reads everything that sales can promise`() throws {
    let text = """
      sla:
        sales:
          first_touch: {hot: 1 working hour, hot_from: -5, default: 4 working hours}
          attempts: 3 in 2 weeks
          compliance: 1
      """
    let sla = try #require(try read(text).salesSLA)
    let usual = SalesSLA.Span(seconds: 14_400, isWorkingTime: true)
    let hot = SalesSLA.Span(seconds: 3600, isWorkingTime: true)
    #expect(sla.firstTouch == .init(usual: usual, hot: hot, hotFromScore: -5))
    #expect(sla.attempts == .init(count: 3, withinDays: 14))
    #expect(sla.compliance == 1)
    #expect(sla.firstTouch?.span(forScore: -5) == hot)
    #expect(sla.firstTouch?.span(forScore: -6) == usual)
    #expect(sla.firstTouch?.span(forScore: nil) == usual)
  }

  @Test func `a promise about nothing cannot be judged`() throws {
    for text in ["sla: {sales: {}}", "sla: {sales: {compliance: 0.5}}"] {
      let sla = try #require(try read(text).salesSLA)
      #expect(!sla.isJudgeable)
    }
    #expect(try read("sla: {}").salesSLA == nil)
    #expect(try #require(try read("sla: {sales: {attempts: 1 in 1 day}}").salesSLA).isJudgeable)
  }

  @Test(arguments: [
    (
      "first_touch: soon",
      "must be a number of working hours or working minutes, or of hours, "
        + "not \"soon\".\n  Write 4 working hours. [agreement.wrong-type]"
    ),
    (
      "first_touch: 2 working days",
      "must be a number of working hours or working minutes, or of "
        + "hours, not \"2 working days\".\n  A working day has no fixed length: write its hours, "
        + "such as 8 working hours. [agreement.wrong-type]"
    ),
    (
      "first_touch: 1.5 hours",
      "must be a number of working hours or working minutes, or of "
        + "hours, not \"1.5 hours\".\n  Write 4 working hours. [agreement.wrong-type]"
    ),
    (
      "first_touch: 0 hours",
      "must be between 1 minute and 365 days, not \"0 hours\". "
        + "[agreement.out-of-range]"
    ),
    (
      "first_touch: -3 hours",
      "must be between 1 minute and 365 days, not \"-3 hours\". "
        + "[agreement.out-of-range]"
    ),
    (
      "first_touch: 9223372036854775807 days",
      "must be between 1 minute and 365 days, not "
        + "\"9223372036854775807 days\". [agreement.out-of-range]"
    ),
    (
      "attempts: 5",
      "must be a number of attempts in days or weeks, not \"5\".\n"
        + "  Write 5 in 14 days. [agreement.wrong-type]"
    ),
    (
      "attempts: 0 in 14 days",
      "must be between 1 and 100 attempts in 1 day to 365 days, not "
        + "\"0 in 14 days\". [agreement.out-of-range]"
    ),
    (
      "attempts: 5 in 53 weeks",
      "must be between 1 and 100 attempts in 1 day to 365 days, not "
        + "\"5 in 53 weeks\". [agreement.out-of-range]"
    ),
  ])
  func `says what a promise must look like`(text: String, finding: String) {
    let key = text.prefix { $0 != ":" }
    let column = 15 + key.count + 2
    #expect(
      findings("sla: {sales: {\(text)}}") == ["a.yaml:2:\(column): error: \"\(key)\" \(finding)"]
    )
  }

  @Test func `needs to know how soon most leads are touched`() {
    #expect(
      findings("sla: {sales: {first_touch: {hot: 1 hour, hot_from: 1}}}") == [
        "a.yaml:2:28: error: \"first_touch\" has no \"default\".\n  Add \"default\". "
          + "[agreement.missing-key]"
      ]
    )
  }

  @Test func `notes that no lead is hot when nothing says which`() throws {
    let text = "agreement: 1\nsla: {sales: {first_touch: {hot: 1 hour, default: 2 hours}}}\n"
    let (agreement, diagnostics) = AgreementReader.read(text: text, file: "a.yaml")
    #expect(
      diagnostics.map(\.description) == [
        "a.yaml:2:34: note: no lead is hot: \"hot_from\" does not say from which score at hand-off "
          + "on.\n  Add \"hot_from\" with the score from which leads are hot. [agreement.sla]"
      ]
    )
    let touch = try #require(agreement?.salesSLA?.firstTouch)
    #expect(touch.span(forScore: 1_000_000) == touch.usual)
  }

  // MARK: The hand-off and the routing

  @Test(arguments: [
    ("", "sql"),
    ("hand_off: opportunity", "opportunity"),
    ("hand_off: lead", "lead"),
    ("stages: {path: [{id: lead, owner: sales}, mql, {id: demo, owner: sales}, won]}", "demo"),
    ("stages: {path: [lead, mql, sql, {id: won, owner: sales}]}", "sql"),
    ("stages: {path: [lead, mql, demo, {id: won, owner: sales}]}", "mql"),
    ("stages: {path: [lead, mql, sql]}", "mql"),
    ("stages: {path: [lead, won]}", "lead"),
    ("stages: {path: [lead, {id: won, owner: sales}]}", "lead"),
    ("stages: {path: [lead, sql]}", "lead"),
  ])
  func `finds the stage that hands leads to sales`(text: String, stage: String) throws {
    let agreement = try read(text)
    #expect(agreement.path[agreement.handOffStage].id == stage)
  }

  @Test func `a path too short to hand anything off has its first stage`() {
    #expect(Agreement(path: []).handOffStage == 0)
    #expect(Agreement(path: [Stage(id: "lead")]).handOffStage == 0)
    #expect(Agreement(agreedHandOff: "won").handOffStage == 2)
  }

  @Test(arguments: RoutingRule.allCases)
  func `reads how leads are routed`(rule: RoutingRule) throws {
    #expect(try read("routing: \(rule.rawValue)").routing == rule)
  }

  // MARK: The plan

  @Test func `reads a plan, with channels by their agreed names`() throws {
    let text = """
      currency: EUR
      channels: {Google Ads: [google], Meta: []}
      plan:
        leads: 400.5
        rates: {lead-mql: 0.45, opportunity-won: 1}
        mean_deal: 12000.25
        channels:
          google ads: {leads: 0, rates: {lead-mql: 0}, mean_deal: 0}
          Elsewhere: {}
      """
    let plan = try #require(try read(text).plan)
    #expect(
      plan.total
        == GapPlan.Line(
          leadsPerMonth: 400.5,
          rates: ["lead-mql": 0.45, "opportunity-won": 1],
          meanDeal: 1_200_025
        )
    )
    #expect(
      plan.channels == [
        "Google Ads": GapPlan.Line(leadsPerMonth: 0, rates: ["lead-mql": 0], meanDeal: 0),
        "Elsewhere": GapPlan.Line(),
      ]
    )
    #expect(try read("plan: {}").plan == GapPlan())
  }

  // MARK: Thresholds

  @Test func `reads every threshold into its own field`() throws {
    let text = """
      verdict:
        named_odds: 1.3
        named_probability: 0.91
        named_loss: 0
        party_loss: 0.03
        cleared_odds: 1.6
        cleared_probability: 0.16
        disagreement_prior: 0.06
        disagreement_named: 0.61
        disagreement_cleared: 0.11
        disagreement_spread: 1.1
        team_margin: 0
        team_cleared: 0.51
        minimum_unit_leads: 31
        minimum_joining_leads: 6
        minimum_pair_leads: 11
        minimum_pairs: 4
        routing_chance: 0.002
        stability: 9
        minimum_wins: 1
      """
    var expected = LeakThresholds()
    expected.namedOdds = 1.3
    expected.namedProbability = 0.91
    expected.namedLoss = 0
    expected.partyLoss = 0.03
    expected.clearedOdds = 1.6
    expected.clearedProbability = 0.16
    expected.disagreementPrior = 0.06
    expected.disagreementNamed = 0.61
    expected.disagreementCleared = 0.11
    expected.disagreementSpread = 1.1
    expected.teamMargin = 0
    expected.teamCleared = 0.51
    expected.minimumUnitLeads = 31
    expected.minimumJoiningLeads = 6
    expected.minimumPairLeads = 11
    expected.minimumPairs = 4
    expected.routingChance = 0.002
    expected.stability = 9
    expected.minimumWins = 1
    #expect(try read(text).leakThresholds == expected)
  }

  @Test(arguments: [
    ("named_odds: 1", "\"named_odds\" must be above 1 and at most 100, not 1."),
    ("cleared_odds: 100.1", "\"cleared_odds\" must be above 1 and at most 100, not 100.1."),
    ("named_probability: 1", "\"named_probability\" must be above 0 and below 1, not 1."),
    ("cleared_probability: 0", "\"cleared_probability\" must be above 0 and below 1, not 0."),
    ("routing_chance: 0", "\"routing_chance\" must be above 0 and below 1, not 0."),
    ("named_loss: -0.01", "\"named_loss\" must be at least 0 and below 1, not -0.01."),
    ("party_loss: 1", "\"party_loss\" must be at least 0 and below 1, not 1."),
    ("team_margin: 5", "\"team_margin\" must be at least 0 and below 1, not 5."),
    ("disagreement_spread: 0", "\"disagreement_spread\" must be above 0 and at most 10, not 0."),
    ("stability: 0", "\"stability\" must be above 0 and at most 1000, not 0."),
    (
      "disagreement_cleared: 0.7, disagreement_named: 0.7",
      "\"disagreement_cleared\" must be below \"disagreement_named\", not 0.7."
    ),
  ])
  func `refuses a threshold with which nothing could be told`(text: String, finding: String) {
    let column = 13 + text.prefix { $0 != " " }.count
    #expect(
      findings("verdict: {\(text)}") == [
        "a.yaml:2:\(column - 1): error: \(finding) [agreement.verdict]"
      ]
    )
  }

  @Test func `compares a threshold with the default of the other`() {
    #expect(
      findings("verdict: {disagreement_cleared: 0.65}") == [
        "a.yaml:2:33: error: \"disagreement_cleared\" must be below \"disagreement_named\", not "
          + "0.65. [agreement.verdict]"
      ]
    )
    #expect(
      findings("verdict: {disagreement_named: 0.1}") == [
        "a.yaml:2:31: error: \"disagreement_cleared\" must be below \"disagreement_named\", not "
          + "0.1. [agreement.verdict]"
      ]
    )
  }

  @Test func `says a share in percent as a fraction, and a count's range`() {
    #expect(
      findings("verdict: {named_loss: 1%, minimum_pairs: 1, minimum_wins: 0, named_odds: x}") == [
        "a.yaml:2:23: error: \"named_loss\" must be a share from 0 to 1, not \"1%\".\n"
          + "  Write 0.01. [agreement.wrong-type]",
        "a.yaml:2:42: error: \"minimum_pairs\" must be between 2 and 1000, not 1. "
          + "[agreement.out-of-range]",
        "a.yaml:2:59: error: \"minimum_wins\" must be between 1 and 1000000, not 0. "
          + "[agreement.out-of-range]",
        "a.yaml:2:74: error: \"named_odds\" must be a number, not \"x\".\n"
          + "  Write digits with a decimal point, such as 1250 or 0.78. [agreement.wrong-type]",
      ]
    )
  }
}
