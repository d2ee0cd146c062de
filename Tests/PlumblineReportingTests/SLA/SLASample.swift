import PlumblineCore
import PlumblineStatistics
import PlumblineTestSupport

/// The promises that are shown, edges first.
enum SLASample: String, CaseIterable, Sendable {
  case empty
  case nothingPromised
  case notRecorded
  case young
  case good
  case bad
  case hostile

  /// The answer and the agreement it was made under.
  ///
  /// - Parameter days: How many days after the newest facts it is asked.
  /// - Returns: The answer, and the agreement.
  /// - Throws: What reading facts in memory throws.
  func answer(daysLater days: Double = 0) throws -> (answer: SLAAnswer, agreement: Agreement) {
    let agreement = self == .nothingPromised ? Agreement(hash: "0123456789abcdef") : Self.agreement
    var facts = FactBuilder()
    var last = 20_543.75
    switch self {
    case .empty: break
    case .young: add(&facts, days: 20_543..<20_544, kept: 1)
    case .good, .nothingPromised, .notRecorded:
      add(&facts, days: 20_450..<20_544, kept: 0.95)
    case .bad, .hostile: add(&facts, days: 20_450..<20_544, kept: 0.6)
    }
    if self == .empty { last = 20_543 }
    let store = MemoryFactStore()
    _ = try store.append(facts.batch, of: FactBuilder.record(), after: 0)
    let history = try CompanyHistory(
      reading: store,
      under: agreement,
      asOf: FactBuilder.time(last + days).instant
    )
    let answer = try SLABuilder(EmbeddedCells(history), reading: store)
      .answer(
        SLAOptions(by: SLAOptions.Dimension.allCases),
        factsUntil: FactBuilder.time(last).instant
      )
    return (answer, agreement)
  }

  private static let agreement: Agreement = {
    var agreement = Agreement(company: "Sample", version: "2026-Q1", hash: "0123456789abcdef")
    agreement.salesSLA = SalesSLA(
      firstTouch: .init(
        usual: .init(seconds: 4 * 3600, isWorkingTime: true),
        hot: .init(seconds: 1800, isWorkingTime: true),
        hotFromScore: 80
      ),
      attempts: .init(count: 2, withinDays: 7),
      compliance: 0.8,
      disposition: .init(seconds: 3 * 86_400, isWorkingTime: false),
      escalateAfter: .init(seconds: 8 * 3600, isWorkingTime: true)
    )
    agreement.marketingSLA = MarketingSLA(
      qualifiedLeads: .init(count: 70, period: .month),
      shareInIdealCustomer: 0.6,
      shareWithFactors: 0.5
    )
    agreement.idealCustomer = [AttributeCriterion(name: "employees", match: .range(50, 1000))]
    agreement.qualifyingFactors = [QualifyingFactor(id: "budget")]
    agreement.path[1].staleAfterDays = 20
    return agreement
  }()

  private func add(_ facts: inout FactBuilder, days: Range<Int>, kept: Double) {
    var dice = SeededGenerator(seed: 4)
    let owners = self == .hostile ? ["=HYPERLINK(1)", "b|ob\u{202E}", ""] : ["Ana", "Ben", "Cleo"]
    for day in days where CivilDate(dayNumber: day).weekday < 5 {
      for number in 0..<3 {
        let lead = self == .hostile ? "=lead,\(day)-\(number)" : "lead-\(day)-\(number)"
        let owner = owners[number]
        let start = Double(day) + 9.5 / 24
        facts.lead(
          lead,
          day: start - 2,
          channel: ["Meta", "Google Ads", ""][number],
          owner: owner,
          scoreAtHandOff: dice.chance(0.2) ? 90 : 40
        )
        facts.stage(lead, "mql", day: start - 1)
        if number == 2, dice.chance(0.3) { continue }
        facts.stage(lead, "sql", day: start)
        if dice.chance(0.5) {
          let at = FactBuilder.time(start + Double(dice.integer(below: 3)) / 24)
          facts.add(
            .stageEvent,
            ["lead": .text(lead), "stage": .text("routed"), "at": .time(at), "owner": .text(owner)]
          )
        }
        if dice.chance(0.9) {
          facts.add(
            .attribute,
            [
              "lead": .text(lead), "name": .text("employees"),
              "value": .text(dice.chance(0.7) ? "200" : "5"),
            ]
          )
        }
        if dice.chance(0.6) {
          facts.add(
            .attribute,
            [
              "lead": .text(lead), "name": .text("budget"), "value": .text("yes"),
              "by": .text("marketing"),
            ]
          )
        }
        guard self != .notRecorded else { continue }
        if dice.chance(kept * (number == 1 ? 0.7 : 1)) {
          facts.activity("\(lead)-1", lead: lead, day: start + 2.0 / 24, owner: owner)
          facts.activity("\(lead)-2", lead: lead, day: start + 1, owner: owner)
          facts.add(
            .disposition,
            [
              "lead": .text(lead), "reason": .text("accepted"), "owner": .text(owner),
              "at": .time(FactBuilder.time(start + 1.5)),
            ]
          )
        } else if dice.chance(0.5) {
          facts.activity("\(lead)-3", lead: lead, day: start + 4, owner: owner)
        }
        if dice.chance(0.3) { facts.stage(lead, "meeting_booked", day: start + 5) }
      }
    }
  }
}
