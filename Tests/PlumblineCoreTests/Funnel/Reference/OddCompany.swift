import PlumblineCore
import PlumblineStatistics
import PlumblineTestSupport

/// Small companies in which everything that can go wrong with a record does now and then.
struct OddCompany {
  let history: CompanyHistory
  /// Stage events, activities and so on make most of the leads' lives; the last day is the as-of's.
  static let lastDay = 150.0

  private static let words = [
    "mql", "sql", "meeting_booked", "meeting_held", "opportunity", "won", "lost", "disqualified",
    "recycled", "reopened",
  ]
  static let zones = [
    "UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "America/Sao_Paulo",
  ]

  init(seed: UInt64, leads leadCount: Int = 30) {
    var random = SeededGenerator(seed: seed)
    var facts = FactBuilder()
    // Around 1987-04: clocks change at a minute past midnight in St. John's.
    let origin = 6_300.0
    func day(_ range: Range<Double>) -> Double? {
      let day = Double.random(in: range, using: &random)
      // Whole and half days, so that equal instants are common.
      let rounded = Bool.random(using: &random) ? (day * 2).rounded() / 2 : day
      return Int.random(in: 0..<12, using: &random) == 0 ? nil : origin + rounded
    }
    func precision() -> TimePoint.Precision {
      switch Int.random(in: 0..<6, using: &random) {
      case 0: .day
      case 1: .betweenExports
      default: .exact
      }
    }
    func word(_ words: [String]) -> String {
      words[Int.random(in: 0..<words.count, using: &random)]
    }
    for lead in 0..<leadCount {
      facts.lead(
        "\(lead)",
        day: day(0..<120),
        channel: word(["Meta", "Google", "", "Referral"]),
        owner: word(["ann", "bob", ""]),
        segment: word(["SMB", "Enterprise", ""]),
        campaign: word(["Spring, \"2\"", "spring, \"2\"", "(none)", ""]),
        precision: Bool.random(using: &random) ? .exact : precision()
      )
      for _ in 0..<Int.random(in: 0...9, using: &random) {
        facts.stage("\(lead)", word(Self.words), day: day(-10..<160), precision: precision())
      }
      for index in 0..<Int.random(in: 0...3, using: &random) {
        facts.activity(
          "a\(lead)-\(index)",
          lead: "\(lead)",
          day: day(0..<160),
          isAutomated: Int.random(in: 0..<4, using: &random) == 0
        )
      }
      if Int.random(in: 0..<4, using: &random) == 0 {
        facts.meeting("m\(lead)", lead: "\(lead)", booked: day(0..<160), starts: day(0..<160))
        facts.deal(
          "d\(lead)",
          lead: "\(lead)",
          created: day(0..<100),
          closed: day(50..<160),
          outcome: "won",
          amount: Int.random(in: 0..<3, using: &random) == 0 ? nil : 1_234_567
        )
      }
    }
    for index in 0..<8 {
      let first = origin + Double(Int.random(in: -20..<150, using: &random))
      facts.spend(
        word(["Meta", "Google", "", "Fairs"]),
        day: first,
        to: first + Double(Int.random(in: 0..<40, using: &random)),
        amount: Int64(Int.random(in: -50..<1000, using: &random)),
        campaign: index % 2 == 0 ? "" : word(["Spring, \"2\"", "Autumn"])
      )
    }
    if leadCount > 2 { facts.merge("0", into: "1") }
    let zone = Self.zones[Int(seed % UInt64(Self.zones.count))]
    history = facts.history(
      Agreement(calendar: LocalCalendar(zoneName: zone) ?? .utc),
      asOfDay: origin + Self.lastDay
    )
  }

  /// A rule of every kind in turn.
  static func rule(_ random: inout SeededGenerator) -> JourneyRule {
    let confirmations: [[PlumblineCore.Confirmation]] = [
      [], [], [PlumblineCore.Confirmation(stage: 1, by: 2, withinDays: 30)],
      [
        PlumblineCore.Confirmation(stage: 1, by: 2, withinDays: 0),
        PlumblineCore.Confirmation(stage: 1, by: 6, withinDays: 90),
        PlumblineCore.Confirmation(stage: 3, by: 4, withinDays: 7),
      ],
    ]
    return JourneyRule(
      skips: SkipRule.allCases[Int.random(in: 0..<SkipRule.allCases.count, using: &random)],
      returns: Bool.random(using: &random) ? .newEpisode : .sameEpisode,
      confirmations: confirmations[Int.random(in: 0..<confirmations.count, using: &random)]
    )
  }

  /// A question of any kind about such a company.
  static func question(_ random: inout SeededGenerator) -> FunnelQuestion {
    func day() -> CivilDate? {
      Bool.random(using: &random)
        ? nil : CivilDate(dayNumber: 6_300 + Int.random(in: -5..<155, using: &random))
    }
    let dimensions = FunnelDimension.allCases
    var by: [FunnelDimension] = []
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      by.append(dimensions[Int.random(in: 0..<dimensions.count, using: &random)])
    }
    // More combinations than a table holds.
    if Int.random(in: 0..<8, using: &random) == 0 { by += [.week, .week, .week, .week, .owner] }
    let filters = [
      DimensionFilter(.channel, values: ["META", "referral"]),
      DimensionFilter(.channel, values: ["nobody has it"]),
      DimensionFilter(.campaign, values: ["SPRING, \"2\"", "(none)"]),
      DimensionFilter(.segment, values: ["(NONE)", "smb"]),
      DimensionFilter(.owner, values: []),
      DimensionFilter(.attempt, values: ["2+"]),
      DimensionFilter(.cohort, values: ["1987-04", "1987-05", "1987-5", "(none)"]),
      DimensionFilter(.week, values: ["1987-04-06", "1987-04-07", "1987-04-27", "x"]),
    ]
    return FunnelQuestion(
      by: by,
      filters: (0..<Int.random(in: 0...2, using: &random)).map { _ in
        filters[Int.random(in: 0..<filters.count, using: &random)]
      },
      firstDay: day(),
      lastDay: day(),
      rule: rule(&random),
      pairs: Stretches(Agreement()).pairs,
      datedBy: Bool.random(using: &random) ? 0 : Int.random(in: 0..<7, using: &random)
    )
  }
}
