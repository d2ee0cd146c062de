import PlumblineStatistics
import PlumblineTestSupport
import Testing

@testable import PlumblineCore

/// What a simulation takes from the records.
struct HeadcountMeasurementTests {
  /// 2024-01-01, counted from 1970-01-01.
  private static let start = 19_723.0

  private static func agreement() -> Agreement {
    Agreement(
      currency: "EUR",
      path: ["lead", "sql", "won"].map { Stage(id: $0) },
      detours: [Stage(id: "lost")],
      horizonsInDays: ["lead-sql": 28, "sql-won": 56, "lead-won": 84]
    )
  }

  /// A year of leads handed over on the first of 20 days each month: two reps work all but every
  /// fifth, of which nobody wins any; every fourth worked one is won 40 days later.
  private static func company() -> FactBuilder {
    var facts = FactBuilder()
    var count = 0
    for month in 0..<12 {
      for index in 0..<20 {
        count += 1
        let day = start + 30.5 * Double(month) + Double(index)
        let isPaid = index.isMultiple(of: 2)
        facts.lead(
          "L\(count)",
          day: day,
          channel: isPaid ? "Ads" : "Referral",
          owner: index < 10 ? "ann" : "bob"
        )
        facts.stage("L\(count)", "sql", day: day + 0.5)
        guard index % 5 != 4 else { continue }
        facts.activity("A\(count)", lead: "L\(count)", day: day + 0.6, owner: "ann")
        guard index % 4 == 0 else {
          facts.stage("L\(count)", "lost", day: day + 50)
          continue
        }
        facts.stage("L\(count)", "won", day: day + 40.5)
        facts.deal(
          "D\(count)",
          lead: "L\(count)",
          created: day + 1,
          closed: day + 40.5,
          outcome: "won",
          amount: index == 0 ? 100_000 : 200_000,
          currency: "EUR"
        )
      }
      facts.spend("Ads", day: start + 30.5 * Double(month), amount: 300_000, currency: "EUR")
    }
    return facts
  }

  private static func measurement(
    _ facts: FactBuilder,
    _ agreement: Agreement = agreement(),
    asOfDay: Double = start + 400
  ) -> HeadcountMeasurement {
    let history = facts.history(agreement, asOfDay: asOfDay)
    return HeadcountMeasurement(history, source: EmbeddedCells(history))
  }

  private static func number(_ input: HeadcountInput, _ measured: HeadcountMeasurement) -> Double? {
    measured.inputs[input]?.value.number
  }

  @Test(arguments: [370.0, 400, 200, 20, 1])
  func `what it counts can be named, record by record`(days: Double) throws {
    let history = Self.company().history(Self.agreement(), asOfDay: Self.start + days)
    let source = EmbeddedCells(history)
    let measured = HeadcountMeasurement(history, source: source)
    var counted = 0
    for (input, sourced) in measured.inputs.values {
      guard case .measured(let measure) = sourced.source else { continue }
      let records = source.records(behind: measure)
      #expect((records != nil) == measure.isOfRecords, "\(input)")
      guard let records else { continue }
      counted += 1
      switch (measure.kind, records) {
      case (.activeReps, .passages(let handOffs)):
        #expect(Set(handOffs.map { history.leads.owners[$0.lead] }).count == measure.count)
      case (.busiestReps, .passages(let handOffs)):
        let months = Set(
          handOffs.map {
            "\(history.leads.owners[$0.lead]) \($0.day.map { PlanMonth(of: $0).number } ?? 0)"
          }
        )
        #expect(months.count == measure.count)
      case (.workedLeads, .passages(let handOffs)):
        #expect(handOffs.count == measure.count && handOffs.allSatisfy { $0.isWorked == true })
      case (.unworkedLeads, .passages(let handOffs)):
        #expect(handOffs.count == measure.count && handOffs.allSatisfy { $0.isWorked == false })
      case (.wonDeals, .deals(let deals)):
        #expect(deals.count == measure.count)
        let mean = deals.reduce(0) { $0 + Double($1.amount ?? 0) } / Double(deals.count)
        if input == .deal { #expect(sourced.value.number == mean) }
      case (.monthlySpend, .spend(let spend)):
        #expect(spend.count == measure.count)
        let months = try #require(measure.span)
        let sum = spend.reduce(0) { $0 + Double($1.amount) }
        #expect(sourced.value.number == sum / Double(months))
      case (.monthlyLeads, .passages), (.customers, .deals):
        #expect(records.count == measure.count, "\(input)")
      default: Issue.record("\(input) of \(measure.kind) opens to other records")
      }
    }
    #expect(days < 300 || counted > 10)
  }

  @Test func `counts what is on record by hand`() throws {
    // 2025-01-31 and before: the last whole month is December 2024.
    let measured = Self.measurement(Self.company(), asOfDay: Self.start + 370)
    #expect(measured.lastMonth == PlanMonth("2024-12"))
    #expect(Self.number(.reps, measured) == 2)
    // 20 leads a month, of which half are of the channel that money is spent on.
    let leads = try #require(Self.number(.leads, measured))
    let paid = try #require(Self.number(.paidLeads, measured))
    #expect(abs(leads + paid - 20) <= 1.5 && abs(paid - 10) <= 1)
    let spend = try #require(Self.number(.spend, measured))
    #expect(abs(spend - 300_000) <= 50_000)
    // Of 16 worked leads a month 4 are won: index 0, 8, 12 and 16, for 4 was not worked.
    let rate = try #require(Self.number(.closeRate, measured))
    #expect(abs(rate - 0.25) < 0.02)
    #expect(Self.number(.unworkedCloseRate, measured) == 0)
    guard case .measured(let measure)? = measured.inputs[.closeRate]?.source else {
      Issue.record("not measured")
      return
    }
    #expect(measure.kind == .workedLeads && measure.count == 16 * 12)
    // One deal in four at 100,000 and three at 200,000.
    let deal = try #require(Self.number(.deal, measured))
    #expect(abs(deal - 175_000) < 10_000)
    // All wins come 40 days after the hand-off: in the month after the lead's, when it came in the
    // middle of its own.
    let cycle = try #require(measured.inputs[.cycle]?.value.shares)
    #expect(abs(cycle.reduce(0, +) - 1) < 1e-9)
    #expect(cycle[0] < 0.05 && cycle[1] > 0.9)
    // The four of the last month are not won yet.
    #expect(Self.number(.customers, measured) == 44)
  }

  @Test func `what is agreed stands before what is measured`() throws {
    var agreement = Self.agreement()
    agreement.economics.grossMargin = 0.8
    agreement.economics.repMonthCost = 900_000
    agreement.economics.rampInMonths = 2
    agreement.economics.monthlyChurn = 0.5
    agreement.economics.sales.leadsPerRepMonth = 33
    agreement.economics.cash = -5
    agreement.economics.otherCostPerMonth = 10
    agreement.economics.overheadPerMonth = 5
    let measured = Self.measurement(Self.company(), agreement)
    #expect(Self.number(.leadsPerRep, measured) == 33)
    #expect(measured.inputs[.leadsPerRep]?.source == .agreed("sales_cost: leads_per_month"))
    #expect(measured.inputs[.ramp]?.value == .shares([0, 0.5]))
    #expect(Self.number(.cash, measured) == -5)
    #expect(Self.number(.otherCost, measured) == 15)
    // Churn of a half a month leaves few of the customers of a year ago.
    #expect(try #require(Self.number(.customers, measured)) < 16)
    #expect(measured.inputs.missing.isEmpty)
    let question = HeadcountQuestion(start: measured.nextMonth, months: 6, draws: 20)
    let answer = try HeadcountSimulator(measured.inputs, question, currency: "EUR").answer([])
    #expect(answer.courses[0].steps.count == 6)
  }

  @Test func `nothing on record measures nothing, and says what is missing`() {
    let measured = Self.measurement(FactBuilder(), asOfDay: Self.start)
    #expect(measured.inputs.values.isEmpty)
    #expect(measured.channels.isEmpty)
    #expect(measured.inputs.missing == HeadcountInput.allCases.filter(\.isNeeded))
  }

  @Test func `a mix of channels weighs their close rates`() throws {
    let measured = Self.measurement(Self.company())
    let ads = try #require(measured.channels.first { $0.name == "Ads" }?.closeRate)
    let referral = try #require(measured.channels.first { $0.name == "Referral" }?.closeRate)
    #expect(ads != referral)
    #expect(measured.closeRate(mix: ["Ads": 1]) == ads)
    let half = try #require(measured.closeRate(mix: ["Ads": 0.5]))
    #expect(abs(half - (ads + referral) / 2) < 1e-12)
    #expect(measured.closeRate(mix: ["Ads": 1.1]) == nil)
    #expect(measured.closeRate(mix: ["Radio": 0.1]) == nil)
  }

  @Test func `the month of the record's last day counts when that day ends it`() {
    // 2024-12-31, in the agreement's zone.
    let measured = Self.measurement(Self.company(), asOfDay: Self.start + 365.5)
    #expect(measured.lastMonth == PlanMonth("2024-12"))
    #expect(measured.nextMonth == PlanMonth("2025-01"))
    let before = Self.measurement(Self.company(), asOfDay: Self.start + 364.5)
    #expect(before.lastMonth == PlanMonth("2024-11"))
  }

  @Test func `wins of the month that has begun are not counted twice`() throws {
    var facts = Self.company()
    facts.lead("late", day: Self.start + 300, channel: "Ads", owner: "ann")
    facts.deal(
      "late",
      lead: "late",
      created: Self.start + 300,
      // 2024-12-05: the last whole month is November.
      closed: Self.start + 339,
      outcome: "won",
      amount: 99_000_000,
      currency: "EUR"
    )
    let before = Self.measurement(Self.company(), asOfDay: Self.start + 345)
    let after = Self.measurement(facts, asOfDay: Self.start + 345)
    #expect(after.lastMonth == PlanMonth("2024-11"))
    #expect(after.inputs.knownNumber(.customers) == before.inputs.knownNumber(.customers))
    #expect(after.inputs.knownNumber(.deal) == before.inputs.knownNumber(.deal))
    // Once the month is over they count.
    let over = Self.measurement(facts, asOfDay: Self.start + 365.9)
    let without = Self.measurement(Self.company(), asOfDay: Self.start + 365.9)
    #expect(
      (over.inputs.knownNumber(.customers) ?? 0) > (without.inputs.knownNumber(.customers) ?? 0)
    )
  }
}
