import PlumblineStatistics
import Testing

@testable import PlumblineCore

/// Scenarios side by side.
struct HeadcountSimulatorTests {
  static func start() throws -> PlanMonth { try #require(PlanMonth("2026-01")) }

  /// What the example of Documentation/methods/headcount.md has, in cents.
  static func inputs() throws -> HeadcountInputs {
    var inputs = HeadcountInputs()
    let numbers: [HeadcountInput: Double] = [
      .reps: 3, .leadsPerRep: 60, .repCost: 900_000, .hireCost: 1_000_000, .leads: 127,
      .paidLeads: 100, .spend: 1_000_000, .elasticity: 0.5, .closeRate: 0.07,
      .closeRateSample: 400, .unworkedCloseRate: 0.01, .deal: 480_000, .dealSpread: 0.5,
      .dealSample: 50, .grossMargin: 0.8, .churn: 0.02, .customers: 100, .cash: 20_000_000,
      .leadMonths: 6,
    ]
    for (input, number) in numbers { inputs.set(input, .number(number), from: .option("test")) }
    inputs.set(.ramp, .shares([0, 0.3, 0.7]), from: .option("test"))
    inputs.set(.cycle, .shares([0.5, 0.5]), from: .option("test"))
    return inputs
  }

  static func answer(
    _ scenarios: [HeadcountScenario],
    months: Int = 12,
    draws: Int = 200,
    seed: UInt64 = 1,
    _ change: (inout HeadcountInputs) -> Void = { _ in }
  ) throws -> HeadcountAnswer {
    var inputs = try inputs()
    change(&inputs)
    let question = HeadcountQuestion(start: try start(), months: months, draws: draws, seed: seed)
    return try HeadcountSimulator(inputs, question, currency: "EUR").answer(scenarios)
  }

  static func hire(_ count: Double, _ month: String) throws -> HeadcountScenario {
    HeadcountScenario(
      name: "hire",
      hires: [HeadcountScenario.Move(month: try #require(PlanMonth(month)), reps: count)]
    )
  }

  @Test func `a scenario is the closed form with its numbers`() throws {
    let answer = try Self.answer([try Self.hire(2, "2026-03")], draws: 0)
    let plan = try HeadcountPlan(
      months: 12,
      team: SalesTeam(
        startReps: 3,
        hires: [0, 0, 2],
        ramp: [0, 0.3, 0.7],
        capacityPerRep: 60,
        monthlyCostPerRep: 900_000,
        costPerHire: 1_000_000
      ),
      supply: LeadSupply(
        baseLeads: 127,
        monthlySpend: 1_000_000,
        response: SpendResponse(scale: 0.1, elasticity: 0.5),
        closeRate: 0.07,
        unworkedCloseRate: 0.01,
        cycle: [0.5, 0.5]
      ),
      // Half of what the month before brought: 180 leads worked, 47 not.
      earlierWins: [0.5 * (180 * 0.07 + 47 * 0.01)],
      customers: CustomerBook(
        startCustomers: 100,
        monthlyRevenue: 40_000,
        grossMargin: 0.8,
        monthlyChurn: 0.02
      ),
      startCash: 20_000_000
    ).forecast()
    let course = try #require(answer.courses.last)
    #expect(course.steps.count == 12)
    for (step, month) in zip(course.steps, plan.months) {
      #expect(abs(step.expected.cash - month.cash) < 1e-3)
      #expect(abs(step.expected.wins - month.wins) < 1e-9)
      #expect(step.cash == nil)
    }
    #expect(course.cashOut.draws == 0)
    #expect(abs(course.endCash.expected - plan.endCash) < 1e-3)
  }

  @Test func `where nothing changes the wins of the first month are those of the last`() throws {
    let steps = try Self.answer([], draws: 0).courses[0].steps
    for step in steps { #expect(abs(step.expected.wins - steps[0].expected.wins) < 1e-9) }
    // What is in flight is today's, whatever a scenario makes of the start.
    let better = HeadcountScenario(name: "better", overrides: [.closeRate: .set(.number(0.14))])
    let course = try Self.answer([better], draws: 0).courses[1]
    #expect(course.steps[0].expected.wins < course.steps[1].expected.wins)
  }

  @Test func `doing nothing differs in nothing, in no case`() throws {
    let answer = try Self.answer([HeadcountScenario(name: "the same")])
    let difference = try #require(answer.courses[1].difference)
    #expect(difference.wins == 0 && difference.endCash.expected == 0)
    #expect(difference.endCash.drawn == HeadcountBand([0]))
    #expect(difference.betterCases == 0)
  }

  @Test(arguments: [
    ("2026-01", 12), ("2026-12", 12), ("2026-01", 1), ("2026-02", 600),
  ])
  func `a hire at any month of any plan costs what it costs`(month: String, months: Int) throws {
    let answer = try Self.answer([try Self.hire(1, month)], months: months, draws: 0)
    let difference = try #require(answer.courses[1].difference)
    let start = try #require(PlanMonth(month)).number - Self.start().number
    let payroll = 1_000_000 + 900_000 * Double(months - start)
    #expect(abs(difference.acquisitionCost - payroll) < 1)
  }

  @Test func `boundary cases have answers`() throws {
    let unlimited = HeadcountOverride.set(.number(HeadcountInput.leadsPerRep.range.upperBound))
    let cases: [(String, [HeadcountInput: HeadcountOverride])] = [
      ("no reps", [.reps: .set(.number(0))]),
      ("no leads", [.leads: .set(.number(0)), .spend: .set(.number(0))]),
      ("no limit to a rep", [.leadsPerRep: unlimited]),
      ("all customers leave", [.churn: .set(.number(1))]),
      ("debt", [.cash: .set(.number(-5_000_000))]),
      ("paid a year ahead", [.payments: .set(.payments(.annual))]),
      ("a long ramp", [.ramp: .set(.shares(HeadcountValue.ramp(months: 40)))]),
      ("never won", [.closeRate: .set(.number(0)), .unworkedCloseRate: .set(.number(0))]),
    ]
    let scenarios = cases.map { HeadcountScenario(name: $0.0, overrides: $0.1) }
    for months in [0, 1, 12] {
      let answer = try Self.answer(scenarios, months: months, draws: 20)
      #expect(answer.courses.count == cases.count + 1)
      for course in answer.courses {
        #expect(course.steps.count == months)
        #expect(course.endCash.expected.isFinite)
        let band = try #require(course.endCash.drawn)
        #expect(band.low <= band.middle && band.middle <= band.high)
      }
    }
    let answer = try Self.answer(scenarios, draws: 20)
    func course(_ name: String) -> HeadcountCourse? {
      answer.courses.first { $0.scenario.name == name }
    }
    #expect(course("no reps")?.steps.allSatisfy { $0.expected.utilisation == nil } == true)
    #expect(course("no reps")?.steps.allSatisfy { $0.limit != .leads } == true)
    // Only what is in flight is still won.
    #expect(course("no leads")?.steps.dropFirst().allSatisfy { $0.expected.wins == 0 } == true)
    #expect(course("no leads")?.verdict == .leadsAreTheLimit)
    #expect(course("no limit to a rep")?.verdict == .leadsAreTheLimit)
    #expect(course("debt")?.cashOut.cases == 20)
    #expect(course("debt")?.cashOut.medianMonth == (try Self.start()))
  }

  @Test func `all reps leaving works no lead from then on`() throws {
    let scenario = HeadcountScenario(
      name: "all go",
      departures: [HeadcountScenario.Move(month: try #require(PlanMonth("2026-04")), reps: 99)]
    )
    let answer = try Self.answer([scenario], draws: 20)
    #expect(answer.courses[1].steps[2].expected.worked > 0)
    #expect(answer.courses[1].steps[3...].allSatisfy { $0.expected.worked == 0 })
    #expect(answer.courses[1].steps.last?.expected.reps == 0)
  }

  @Test func `the limit changes with the month in which leads are all worked`() throws {
    let answer = try Self.answer([try Self.hire(3, "2026-02")], draws: 0)
    let spans = answer.courses[1].limits
    #expect(spans.first?.limit == .repHours)
    #expect(spans.last?.limit != .repHours)
    #expect(spans.first?.months.lowerBound == (try Self.start()))
    #expect(spans.last?.months.upperBound == PlanMonth("2026-12"))
    // 3 veterans at 60 leave 47 of 227 leads; three hires work them as they ramp up.
    for step in answer.courses[1].steps {
      let isShort = step.expected.worked < step.expected.leads
      #expect((step.limit == .repHours) == isShort)
    }
  }

  @Test func `where a lead brings less than it costs the close rate is the limit`() throws {
    let poor = HeadcountScenario(
      name: "poor",
      overrides: [.closeRate: .set(.number(0.001)), .unworkedCloseRate: .set(.number(0.001))]
    )
    let answer = try Self.answer([poor], draws: 0)
    #expect(answer.courses[1].limits.map(\.limit) == [.closeRate])
  }

  @Test func `break-even is that of the agreement's economics`() throws {
    let answer = try Self.answer([], draws: 0)
    var economics = Economics(grossMargin: 0.8)
    economics.dealCoversMonths = 12
    economics.monthlyChurn = 0.02
    #expect(answer.courses[0].breakEven == economics.lifetimeValue(ofDeal: 480_000))
  }

  @Test func `a change in a month is the same as from the start when that is its month`() throws {
    let change = HeadcountScenario.Change(
      month: try Self.start(),
      overrides: [.spend: .times(1.5), .closeRate: .set(.number(0.05))]
    )
    let answer = try Self.answer([
      HeadcountScenario(name: "dated", changes: [change]),
      HeadcountScenario(name: "whole", overrides: change.overrides),
    ])
    #expect(answer.courses[1].steps.map(\.expected) == answer.courses[2].steps.map(\.expected))
  }

  @Test func `more spend brings leads as the elasticity has it`() throws {
    let answer = try Self.answer(
      [HeadcountScenario(name: "more", overrides: [.spend: .times(4)])],
      draws: 0
    )
    // 100 paid leads at half elasticity: four times the spend, twice the leads.
    #expect(abs(answer.courses[1].steps[0].expected.leads - 327) < 1e-9)
  }

  @Test func `everything wrong is said at once`() throws {
    var inputs = HeadcountInputs()
    inputs.set(.reps, .number(1), from: .option("test"))
    let question = HeadcountQuestion(start: try Self.start(), months: 601, draws: -1)
    let error = #expect(throws: InputError.self) {
      try HeadcountSimulator(inputs, question, currency: "EUR")
    }
    // Five inputs, the months, the draws.
    #expect(error?.diagnostics.count == 7)
    let fixed = HeadcountScenario.Change(
      month: try Self.start(),
      overrides: [.churn: .set(.number(0.1))]
    )
    let faults = #expect(throws: InputError.self) {
      try Self.answer([
        HeadcountScenario(name: "late", hires: try Self.hire(1, "2027-01").hires),
        HeadcountScenario(name: "fixed", changes: [fixed]),
        HeadcountScenario(name: "too much", overrides: [.closeRate: .times(100)]),
      ])
    }
    #expect(
      faults?.diagnostics.map(\.code) == [
        "simulate.month-outside", "simulate.fixed-input", "simulate.out-of-range",
      ]
    )
  }

  @Test func `spend without a known response needs the leads it brings`() throws {
    func answer(_ overrides: [HeadcountInput: HeadcountOverride]) throws -> HeadcountAnswer {
      try Self.answer([HeadcountScenario(name: "new", overrides: overrides)], draws: 0) {
        $0.set(.spend, .number(0), from: .option("test"))
        $0.set(.paidLeads, .number(0), from: .option("test"))
      }
    }
    #expect(throws: InputError.self) { try answer([.spend: .set(.number(500_000))]) }
    let known = try answer([.spend: .set(.number(500_000)), .paidLeads: .set(.number(40))])
    #expect(known.courses[1].steps[0].expected.leads == 167)
  }

  @Test func `what moves the answer most stands first, and certain things do not stand at all`()
    throws
  {
    let items = try Self.answer([], draws: 0).courses[0].sensitivities
    #expect(items.map(\.swing) == items.map(\.swing).sorted(by: >))
    let close = try #require(items.first { $0.input == .closeRate })
    #expect(close.isMeasured && close.atLow < close.atHigh)
    let odds = HeadcountOdds(closeRateSample: 400)
    #expect(close.range.upperBound == odds.closeRate(0.07, at: 0.9))
    // No hires, so neither the ramp nor the cost of one moves anything.
    #expect(!items.contains { [.ramp, .hireCost, .elasticity].contains($0.input) })
    let cost = try #require(items.first { $0.input == .repCost })
    // A fifth less: 12 months of 3 reps at 9,000.
    #expect(abs(cost.atLow - cost.atHigh - 0.4 * 12 * 3 * 900_000) < 1)
  }

  @Test(arguments: HeadcountQuestion.Metric.allCases)
  func `a sensitivity is told in what was asked`(metric: HeadcountQuestion.Metric) throws {
    let question = HeadcountQuestion(
      start: try Self.start(),
      months: 12,
      draws: 0,
      metric: metric
    )
    let answer = try HeadcountSimulator(try Self.inputs(), question, currency: "EUR").answer([])
    let course = answer.courses[0]
    let middle =
      switch metric {
      case .cash: course.endCash.expected
      case .profit: course.profit.expected
      case .wins: course.wins.expected
      }
    let item = try #require(course.sensitivities.first { $0.input == .closeRate })
    #expect(item.atLow < middle && middle < item.atHigh)
  }

  @Test func `odds of running out lie between never and always, and follow the cash`() throws {
    // Just enough cash on average: it runs out in some cases and not in others.
    let lowest = try Self.answer([], draws: 0).courses[0].lowestCash.expected
    let answer = try Self.answer([], draws: 400) {
      $0.set(.cash, .number(20_000_000 - lowest), from: .option("test"))
    }
    let out = answer.courses[0].cashOut
    #expect(out.cases > 40 && out.cases < 360)
    #expect(out.medianMonth != nil)
    #expect(answer.isCashKnown)
  }

  @Test func `without known cash nothing is said to run out`() throws {
    var inputs = HeadcountInputs()
    for (input, value) in try Self.inputs().values where input != .cash {
      inputs.set(input, value.value, from: value.source)
    }
    let question = HeadcountQuestion(start: try Self.start(), months: 3, draws: 0)
    let answer = try HeadcountSimulator(inputs, question, currency: "EUR").answer([])
    #expect(!answer.isCashKnown)
    #expect(answer.inputs[.cash]?.source == .assumed)
  }

  @Test func `a hire that adds no win is told why`() throws {
    func verdict(
      _ months: Int,
      _ month: String,
      _ overrides: [HeadcountInput: HeadcountOverride] = [:]
    ) throws -> HireVerdict {
      var scenario = HeadcountScenario(name: "x", overrides: overrides)
      if months > 0 { scenario.hires = try Self.hire(1, month).hires }
      return try #require(
        try Self.answer([scenario], months: months, draws: 0).courses.last
      ).verdict
    }
    // 47 of 227 leads are left over.
    #expect(try verdict(12, "2026-12") == .winsComeLater)
    #expect(try verdict(0, "2026-01") == .winsComeLater)
    #expect(try verdict(24, "2026-01") != .winsComeLater)
    #expect(try verdict(12, "2026-01", [.closeRate: .set(.number(0))]) == .winsNothing)
    let alike: [HeadcountInput: HeadcountOverride] = [
      .closeRate: .set(.number(0.05)), .unworkedCloseRate: .set(.number(0.05)),
    ]
    #expect(try verdict(12, "2026-01", alike) == .winsNothing)
    #expect(try verdict(12, "2026-12", [.reps: .set(.number(9))]) == .leadsAreTheLimit)
    #expect(try verdict(12, "2026-01", [.reps: .set(.number(9))]) == .leadsAreTheLimit)
  }

  @Test func `an assumed close rate of none wins nothing in any case, a measured one may`() throws {
    func wins(_ source: HeadcountSource) throws -> HeadcountBand? {
      try Self.answer([]) {
        $0.set(.closeRate, .number(0), from: source)
        $0.set(.unworkedCloseRate, .number(0), from: .option("test"))
      }.courses[0].wins.drawn
    }
    let measured = HeadcountSource.measured(HeadcountMeasure(.workedLeads, count: 400, span: 90))
    #expect(try wins(.option("--set close_rate")) == HeadcountBand([0]))
    #expect(try #require(try wins(measured)).high > 0)
    // From a month on, too.
    let change = HeadcountScenario.Change(
      month: try #require(PlanMonth("2026-02")),
      overrides: [.closeRate: .set(.number(0)), .unworkedCloseRate: .set(.number(0))]
    )
    let dated = try Self.answer([HeadcountScenario(name: "none", changes: [change])]).courses[1]
    #expect(try #require(dated.steps[5].wins).high == 0)
    #expect(dated.assumesRates)
  }

  @Test func `an assumed rate is moved by a fifth around itself, a measured one by its odds`()
    throws
  {
    let measured = HeadcountSource.measured(HeadcountMeasure(.workedLeads, count: 400, span: 90))
    let answer = try Self.answer(
      [HeadcountScenario(name: "better", overrides: [.closeRate: .set(.number(0.2))])],
      draws: 0
    ) {
      $0.set(.closeRate, .number(0.07), from: measured)
      $0.set(.closeRateSample, .number(400), from: measured)
    }
    let items = try answer.courses.map { course in
      try #require(course.sensitivities.first { $0.input == .closeRate })
    }
    #expect(items.map(\.isMeasured) == [true, false])
    #expect(abs(items[1].range.lowerBound - 0.16) < 1e-12)
    #expect(abs(items[1].range.upperBound - 0.24) < 1e-12)
    #expect(answer.courses.map(\.assumesRates) == [false, true])
  }

  @Test func `letting go more than there are is noticed, to the last rep`() throws {
    func month(_ reps: Double, hired: Double = 0) throws -> PlanMonth? {
      let april = try #require(PlanMonth("2026-04"))
      let scenario = HeadcountScenario(
        name: "fire",
        hires: [HeadcountScenario.Move(month: try Self.start(), reps: hired)],
        departures: [HeadcountScenario.Move(month: april, reps: reps)]
      )
      return try Self.answer([scenario], draws: 0).courses[1].firstMonthWithTooFewReps
    }
    #expect(try month(3) == nil)
    #expect(try month(4) == PlanMonth("2026-04"))
    #expect(try month(4, hired: 1) == nil)
  }
}
