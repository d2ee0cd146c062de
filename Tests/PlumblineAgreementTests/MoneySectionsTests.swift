import PlumblineCore
import Testing

@testable import PlumblineAgreement

/// What an agreement says of money, at the edges of what it may say.
struct MoneySectionsTests {
  private func read(_ text: String) throws -> Agreement {
    let (agreement, diagnostics) = AgreementReader.read(
      text: "agreement: 1\n\(text)\n",
      file: "a.yaml"
    )
    #expect(diagnostics.map(\.description) == [])
    return try #require(agreement)
  }

  @Test func `an agreement that says nothing of money leaves all of it unknown`() throws {
    for text in ["company: x", "economics: {}", "economics: {sales_cost: {}}"] {
      #expect(try read(text).economics == Economics())
    }
    let usual = Economics()
    #expect(usual.overheadRule == .media)
    #expect(usual.payments == nil)
    #expect(usual.valueTerms == nil)
  }

  /// Each term at both ends of its range, with how it reads.
  @Test func `reads every term at the ends of its range`() throws {
    var least = Economics(grossMargin: 0, horizonInMonths: 1, repMonthCost: 0, rampInMonths: 1)
    least.dealCoversMonths = 1
    least.monthlyChurn = 0
    least.monthlyDiscount = 0
    least.targetRatio = 1
    least.overheadPerMonth = 0
    least.overheadRule = .media
    least.weeklyCarryOver = 0
    least.otherCostPerMonth = 0
    least.cash = -100_000_000_000_000
    least.paymentWord = "monthly"
    least.sales = .init(
      hireCost: 0,
      commission: 0,
      monthlyAttrition: 0,
      leadsPerRepMonth: 0.001,
      hoursPerRepMonth: 0.5,
      minutes: ["call": 0]
    )
    let low = """
      economics: {gross_margin: 0, horizon: 1 month, deal_covers: 1 month, monthly_churn: 0,
        monthly_discount: 0, target_ratio: 1, overhead_month: 0, overhead_by: media, carry_over: 0,
        other_costs_month: 0, cash: -1000000000000, payments: monthly, sales_cost: {rep_month: 0,
        ramp: 1 month, hire: 0, commission: 0, attrition: 0, leads_per_month: 0.001,
        hours_per_month: 0.5, minutes: {Call: 0}}}
      """
    #expect(try read(low).economics == least)

    var most = Economics(
      grossMargin: 1,
      horizonInMonths: 120,
      repMonthCost: 100_000_000_000_000,
      rampInMonths: 120
    )
    most.dealCoversMonths = 120
    most.monthlyChurn = 0.2
    most.monthlyDiscount = 0.05
    most.targetRatio = 1000
    most.overheadPerMonth = 100_000_000_000_000
    most.overheadRule = .leads
    most.weeklyCarryOver = 0.999
    most.otherCostPerMonth = 100_000_000_000_000
    most.cash = 100_000_000_000_000
    most.paymentWord = "annual"
    most.sales = .init(
      hireCost: 100_000_000_000_000,
      commission: 1,
      monthlyAttrition: 0.2,
      leadsPerRepMonth: 1e9,
      hoursPerRepMonth: 744,
      minutes: ["e mail": 10_000, "site visit": 2.5]
    )
    let high = """
      economics: {gross_margin: 1, horizon: 10 years, deal_covers: 10 years, monthly_churn: 0.2,
        monthly_discount: 0.05, target_ratio: 1000, overhead_month: 1000000000000,
        overhead_by: leads, carry_over: 0.999, other_costs_month: 1000000000000,
        cash: 1000000000000, payments: annual, sales_cost: {rep_month: 1000000000000,
        ramp: 10 years, hire: 1000000000000, commission: 1, attrition: 0.2,
        leads_per_month: 1000000000, hours_per_month: 744,
        minutes: {E-Mail: 10000, Site visit: 2.5}}}
      """
    #expect(try read(high).economics == most)
  }

  @Test(arguments: [("JPY", "9000", 9000), ("USD", "9000.5", 900_050), ("KWD", "0.001", 1)])
  func `amounts are in minor units of the currency`(
    currency: String,
    written: String,
    minorUnits: Int64
  ) throws {
    let agreement = try read(
      """
      currency: \(currency)
      economics: {overhead_month: \(written), other_costs_month: \(written), cash: -\(written),
        sales_cost: {hire: \(written)}}
      incentives: {marketing: [{measure: cost_per_win, weight: 1, target: \(written)}]}
      """
    )
    #expect(agreement.economics.overheadPerMonth == minorUnits)
    #expect(agreement.economics.otherCostPerMonth == minorUnits)
    #expect(agreement.economics.cash == -minorUnits)
    #expect(agreement.economics.sales.hireCost == minorUnits)
    #expect(agreement.incentives.map(\.target) == [Double(minorUnits)])
  }

  @Test(
    arguments: [
      ("qualified_leads", "1", 1), ("meetings_booked", "1", 1), ("meetings_held", "12.5", 12.5),
      ("wins", "100000000000000", 1e14), ("accepted_share", "0.001", 0.001),
      ("won_share", "0.06", 0.06),
      ("first_touch", "1", 1), ("revenue", "0.01", 1), ("Revenue", "2400000.01", 240_000_001),
      ("cost-per-win", "0.01", 1),
    ] as [(String, String, Double)]
  )
  func `a target is in the unit of its measure`(
    measure: String,
    written: String,
    target: Double
  ) throws {
    let incentive = try #require(
      read("incentives: {sales: [{measure: \(measure), weight: 1, target: \(written)}]}")
        .incentives.first
    )
    #expect(incentive.target == target)
    #expect(incentive.measure == measure)
    #expect(incentive.known != nil)
    #expect((incentive.paysFrom, incentive.paysUpTo) == (1, 1))
  }

  @Test(arguments: [("0.01", "1", 0.01, 1.0), ("1", "10", 1, 10)])
  func `reads from where on and up to where is paid`(
    from: String,
    upTo: String,
    paysFrom: Double,
    paysUpTo: Double
  ) throws {
    let text = """
      incentives: {sales: [{measure: wins, weight: 1, pays_from: \(from), pays_up_to: \(upTo)}]}
      """
    let incentive = try #require(try read(text).incentives.first)
    #expect(incentive.target == nil)
    #expect((incentive.paysFrom, incentive.paysUpTo) == (paysFrom, paysUpTo))
  }

  @Test(
    arguments: [
      ("", .quarter), (", per: month", .month), (", per: quarter", .quarter),
      (", per: year", .year),
    ] as [(String, AttainmentPeriod.Kind)]
  )
  func `an incentive is paid by the quarter unless said otherwise`(
    written: String,
    period: AttainmentPeriod.Kind
  ) throws {
    let text = "incentives: {sales: [{measure: wins, weight: 1\(written)}]}"
    #expect(try #require(try read(text).incentives.first).period == period)
  }

  @Test func `a period that is none is a fault`() {
    let (agreement, diagnostics) = AgreementReader.read(
      text: "agreement: 1\nincentives: {sales: [{measure: wins, weight: 1, per: week}]}\n",
      file: "a.yaml"
    )
    #expect(agreement == nil)
    #expect(diagnostics.map(\.severity) == [.error])
  }

  @Test func `an unknown measure is a warning, and its target is taken as written`() throws {
    let (agreement, diagnostics) = AgreementReader.read(
      text: "agreement: 1\nincentives: {sales: [{measure: calls, weight: 1, target: 6.5}]}\n",
      file: "a.yaml"
    )
    #expect(diagnostics.map(\.severity) == [.warning])
    let incentive = try #require(agreement?.incentives.first)
    #expect(incentive.known == nil)
    #expect(incentive.target == 6.5)
  }

  @Test func `what has the wrong form is said with its place and how to mend it`() {
    let text = """
      agreement: 1
      economics: {deal_covers: 12, monthly_churn: 2%, overhead_by: spend, payments: yearly,
        cash: 1.000.000, chrun: 0.1, sales_cost: {hire: 15k, minutes: 6}}
      incentives: {sales: [{measure: won_share, weight: 0.5, target: 6 %},
        {measure: wins, weight: 0.5, target: 6 %}]}

      """
    let (agreement, diagnostics) = AgreementReader.read(text: text, file: "a.yaml")
    #expect(agreement == nil)
    let known = AgreementKeys.economics.known.joined(separator: ", ")
    #expect(known.contains("cash, deal_covers"))
    #expect(
      diagnostics.map(\.description) == [
        """
        a.yaml:2:26: error: "deal_covers" must be a number of months or years, not "12".
          Write 12 months. [agreement.wrong-type]
        """,
        """
        a.yaml:2:45: error: "monthly_churn" must be a share from 0 to 1, not "2%".
          Write 0.02. [agreement.wrong-type]
        """,
        """
        a.yaml:2:62: error: "overhead_by" must be one of media, leads, not "spend". \
        [agreement.wrong-type]
        """,
        """
        a.yaml:2:79: error: "payments" must be one of monthly, annual, not "yearly". \
        [agreement.wrong-type]
        """,
        """
        a.yaml:3:9: error: "cash" must be a number, not "1.000.000".
          Write digits with a decimal point, such as 1250 or 0.78. [agreement.wrong-type]
        """,
        """
        a.yaml:3:20: error: "economics" has no key "chrun".
          Known keys: \(known). [agreement.unknown-key]
        """,
        """
        a.yaml:3:51: error: "hire" must be a number, not "15k".
          Write digits with a decimal point, such as 1250 or 0.78. [agreement.wrong-type]
        """,
        """
        a.yaml:3:65: error: "minutes" must be a mapping, not "6".
          Write key: value, one on each line. [agreement.wrong-type]
        """,
        """
        a.yaml:4:64: error: "target" must be a share from 0 to 1, not "6 %".
          Write 0.06. [agreement.wrong-type]
        """,
        """
        a.yaml:5:40: error: "target" must be a number, not "6 %".
          Write digits with a decimal point, such as 1250 or 0.78. [agreement.wrong-type]
        """,
      ]
    )
  }
}
