import PlumblineTestSupport

@testable import PlumblineCore

/// Small companies whose attainment is shown.
enum AttainmentSample: String, CaseIterable {
  /// Nothing on record, nothing agreed.
  case empty
  /// A quarter with two reps, a deal of nobody's, incentives, a launch and a what-if.
  case running
  /// The same when it is over.
  case over

  func answer() throws -> (AttainmentAnswer, Agreement) {
    var facts = FactBuilder()
    var agreement = Agreement(
      company: "Sample",
      version: "2026-Q1",
      currency: "EUR",
      economics: Economics(grossMargin: 0.8),
      horizonsInDays: ["lead-won": 60],
      agreedHandOff: "sql",
      hash: "0123456789abcdef"
    )
    if self != .empty { fill(&facts, &agreement) }
    let first = CivilDate("2026-01-01")?.dayNumber ?? 0
    let history = facts.history(agreement, asOfDay: Double(first + (self == .over ? 120 : 50)))
    let ledger = facts.ledger()
    var record: ForecastRecord?
    if self == .running {
      record = ForecastRecord(
        replays: 12,
        separatePeriods: 6,
        withinRange: ForecastRecord.Share(count: 10, of: 12, promised: 0.8),
        aboveEvenOdds: ForecastRecord.Share(count: 6, of: 12, promised: 0.5),
        aboveLikely: ForecastRecord.Share(count: 10, of: 12, promised: 0.8)
      )
    }
    let answer = try AttainmentBuilder(
      EmbeddedCells(history),
      deals: DealRecords(ledger, for: history),
      records: WeeklyRecords(dispositions: Dispositions(ledger, for: history)),
      economics: EconomicsRecords(ledger, for: history)
    ).answer(
      AttainmentQuestion(
        period: AttainmentPeriod("2026-Q1"),
        whatIf: self == .empty
          ? nil
          : PayoutWhatIf(results: [.wonShare: 0.05, .meetingsHeld: 40]),
        record: record
      )
    )
    return (answer, agreement)
  }

  private func fill(_ facts: inout FactBuilder, _ agreement: inout Agreement) {
    let first = Double(CivilDate("2025-07-01")?.dayNumber ?? 0)
    for number in 0..<500 {
      let (id, came) = ("l\(number)", first + Double(number) * 0.45)
      facts.lead(
        id,
        day: came,
        channel: "Ads",
        owner: number % 2 == 0 ? "ann" : "bob",
        campaign: number % 5 == 0 ? "Spring" : "Usual"
      )
      if number % 2 == 0 { facts.stage(id, "sql", day: came + 2) }
      if number % 4 == 0 {
        facts.meeting("m\(number)", lead: id, booked: came + 3, starts: came + 6, outcome: "held")
      }
      if number % 8 == 0 {
        facts.deal(
          "d\(number)",
          lead: id,
          created: came + 8,
          closed: came + 30 + Double(number % 20),
          outcome: "won",
          amount: Int64(700_000 + 90_000 * (number % 7))
        )
      } else if number % 3 == 0 {
        facts.stage(id, "disqualified", day: came + 20)
      }
    }
    facts.deal("none", lead: "l1", created: first + 20, closed: first + 190, outcome: "won")
    facts.deal(
      "back",
      lead: "l3",
      created: first + 20,
      closed: first + 200,
      outcome: "won",
      amount: -250_000
    )
    facts.deal(
      "open",
      lead: "l498",
      created: first + 225,
      closed: first + 260,
      amount: 1_500_000,
      probability: 400_000
    )
    facts.deal(
      "orphan",
      lead: "",
      created: first + 180,
      closed: first + 195,
      outcome: "won",
      amount: 300_000
    )
    facts.spend("Ads", day: first, to: first + 300, amount: 9_000_000)
    let days =
      AttainmentPeriod("2026-Q1")?.days ?? CivilDate(dayNumber: 0)...CivilDate(dayNumber: 1)
    agreement.goals = [
      Goal(measure: .quota, period: "2026-Q1", days: days, amount: 30_000_000),
      Goal(measure: .quota, owner: "ann", period: "2026-Q1", days: days, amount: 16_000_000),
      Goal(measure: .quota, owner: "bob", period: "2026-Q1", days: days, amount: 10_000_000),
      Goal(measure: .revenue, period: "2026-Q1", days: days, amount: 28_000_000),
    ]
    agreement.incentives = [
      Incentive(
        team: .marketing,
        measure: "meetings_held",
        weight: 0.6,
        payout: 300_000,
        target: 30,
        paysFrom: 0.8,
        paysUpTo: 1.5
      ),
      Incentive(
        team: .marketing,
        measure: "won_share",
        weight: 0.4,
        payout: 200_000,
        target: 0.12,
        paysFrom: 0.5
      ),
      Incentive(team: .marketing, measure: "applause", weight: 0, payout: 1_000),
      Incentive(
        team: .sales,
        measure: "revenue",
        weight: 0.7,
        payout: 700_000,
        paysFrom: 0.3,
        paysUpTo: 1.5
      ),
      Incentive(
        team: .sales,
        measure: "cost_per_win",
        weight: 0.3,
        payout: 100_000,
        target: 250_000,
        paysFrom: 0.5
      ),
      Incentive(team: .sales, measure: "first_touch", weight: 0, payout: 50_000, target: 0.9),
    ]
    agreement.launches = [
      Launch(
        name: "Spring",
        starts: days.lowerBound,
        ends: CivilDate(dayNumber: days.lowerBound.dayNumber + 40),
        campaigns: ["Spring", "Unheard of"],
        qualifiedLeads: 20,
        wins: 5
      ),
      Launch(name: "Everything", starts: days.lowerBound),
    ]
  }
}
