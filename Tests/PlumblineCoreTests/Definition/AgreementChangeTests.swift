import Testing

@testable import PlumblineCore

struct AgreementChangeTests {
  private static var full: Agreement {
    var agreement = Agreement(
      company: "Acme",
      path: [
        Stage(id: "lead"),
        Stage(id: "mql", owner: .marketing, gate: StageGate(score: 50), staleAfterDays: 30),
        Stage(id: "sql", gate: StageGate(factors: 3, acceptedBy: .sales)), Stage(id: "won"),
      ],
      confirmations: [Confirmation(stage: 1, by: 2, withinDays: 30)],
      channels: [ChannelName(name: "Paid", aliases: ["Meta"])],
      economics: Economics(grossMargin: 0.78, horizonInMonths: 24, repMonthCost: 1_100_000),
      horizonsInDays: ["lead-won": 90],
      salesSLA: SalesSLA(
        firstTouch: SalesSLA.FirstTouch(
          usual: SalesSLA.Span(seconds: 4 * 3600, isWorkingTime: true),
          hot: SalesSLA.Span(seconds: 900, isWorkingTime: false),
          hotFromScore: 80
        ),
        attempts: SalesSLA.Attempts(count: 5, withinDays: 14),
        disposition: SalesSLA.Span(seconds: 2 * 86_400, isWorkingTime: false)
      ),
      plan: GapPlan(total: .init(leadsPerMonth: 400, rates: ["lead-mql": 0.45]))
    )
    agreement.economics.overheadPerMonth = 2_500_000
    agreement.economics.sales.minutes = ["call": 6]
    agreement.marketingSLA = MarketingSLA(qualifiedLeads: .init(count: 120, period: .month))
    agreement.idealCustomer = [AttributeCriterion(name: "size", match: .range(50, 1000))]
    agreement.scoring = LeadScoring(
      fit: [.init(AttributeCriterion(name: "country", match: .words(["DE", "AT"])), points: 10)],
      engagement: [.init(touch: "demo", points: 30, most: 60)],
      halfLifeInDays: 30,
      threshold: 50
    )
    return agreement
  }

  @Test func `finds nothing between equal agreements, whatever they are called`() {
    var other = Self.full
    other.version = "other"
    other.hash = "abc"
    other.effective = CivilDate(dayNumber: 1)
    other.earlier = [Agreement()]
    other.reader = .sales
    #expect(AgreementChange.changes(from: Self.full, to: other).isEmpty)
    #expect(AgreementChange.changes(from: Agreement(), to: Agreement()).isEmpty)
  }

  struct Edit: Sendable, CustomTestStringConvertible {
    var path: String
    var before: String?
    var after: String?
    var make: @Sendable (inout Agreement) -> Void
    var testDescription: String { path }
  }

  private static let edits: [Edit] = [
    Edit(path: "company", before: "Acme", after: nil) { $0.company = "" },
    Edit(path: "time_zone", before: "UTC", after: "Europe/Berlin") {
      $0.calendar = LocalCalendar(zoneName: "Europe/Berlin") ?? .utc
    },
    Edit(path: "working_time.days", before: "mon, tue, wed, thu, fri", after: "sun") {
      $0.workingTime = WorkingTime(weekdays: [6], shifts: $0.workingTime.shifts)
    },
    Edit(path: "working_time.hours", before: "09:00-17:00", after: "none") {
      $0.workingTime = WorkingTime(weekdays: Set(0...4), shifts: [])
    },
    Edit(path: "working_time.holidays", before: nil, after: "1970-01-02") {
      $0.workingTime = WorkingTime(
        weekdays: Set(0...4),
        shifts: $0.workingTime.shifts,
        holidays: [CivilDate(dayNumber: 1)]
      )
    },
    Edit(path: "stages.skips", before: "filled", after: "strict") { $0.skips = .strict },
    Edit(path: "stages.returns", before: "new_episode", after: "same_episode") {
      $0.returns = .sameEpisode
    },
    Edit(path: "stages.mql.owner", before: "marketing", after: "sales") {
      $0.path[1].owner = .sales
      $0.agreedHandOff = "sql"
    },
    Edit(path: "stages.mql.gate.score", before: "at least 50", after: "at least 60") {
      $0.path[1].gate?.score = 60
    },
    Edit(path: "stages.sql.gate.factors", before: "at least 3", after: nil) {
      $0.path[2].gate?.factors = nil
    },
    Edit(path: "stages.sql.gate.accepted_by", before: "sales", after: "marketing") {
      $0.path[2].gate?.acceptedBy = .marketing
    },
    Edit(path: "stages.mql.stale_after", before: "30 days", after: "1 day") {
      $0.path[1].staleAfterDays = 1
    },
    Edit(path: "stages.mql.confirmed_by", before: "sql within 30 days", after: nil) {
      $0.confirmations = []
    },
    Edit(path: "stages.won.also", before: nil, after: "Closed Won, Customer") {
      $0.path[3].aliases = ["Closed Won", "Customer"]
    },
    Edit(path: "channels.Paid", before: "also Meta", after: "yes") { $0.channels[0].aliases = [] },
    Edit(path: "hand_off", before: "sql", after: "lead") { $0.agreedHandOff = "lead" },
    Edit(path: "routing", before: nil, after: "by_score") { $0.routing = .byScore },
    Edit(path: "horizons.lead-won", before: "90 days", after: "91 days") {
      $0.horizonsInDays["lead-won"] = 91
    },
    Edit(path: "ideal_customer.size", before: "50 to 1000", after: "51 or more") {
      $0.idealCustomer[0].match = .range(51, nil)
    },
    Edit(path: "qualifying_factors.need", before: "asked", after: nil) {
      $0.qualifyingFactors.remove(at: 2)
    },
    Edit(path: "score.fit.country", before: "10 points for DE, AT", after: "1 point for no value") {
      $0.scoring?.fit[0] = .init(AttributeCriterion(name: "country", match: .missing), points: 1)
    },
    Edit(
      path: "score.engagement.demo",
      before: "30 points each, at most 60",
      after: "30 points each"
    ) { $0.scoring?.engagement[0].most = nil },
    Edit(path: "score.engagement.half_life", before: "30 days", after: "7.5 days") {
      $0.scoring?.halfLifeInDays = 7.5
    },
    Edit(path: "score.mql_at", before: "50 points", after: "51 points") {
      $0.scoring?.threshold = 51
    },
    Edit(path: "sla.marketing.qualified_leads", before: "120 per month", after: "30 per week") {
      $0.marketingSLA?.qualifiedLeads = .init(count: 30, period: .week)
    },
    Edit(path: "sla.marketing.share_in_ideal_customer", before: nil, after: "70 %") {
      $0.marketingSLA?.shareInIdealCustomer = 0.7
    },
    Edit(path: "sla.marketing.share_with_factors", before: nil, after: "33.3 %") {
      $0.marketingSLA?.shareWithFactors = 0.333
    },
    Edit(
      path: "sla.sales.first_touch.default",
      before: "4 working hours",
      after: "1 working hour"
    ) { $0.salesSLA?.firstTouch?.usual.seconds = 3600 },
    Edit(path: "sla.sales.first_touch.hot", before: "15 minutes", after: "15 working minutes") {
      $0.salesSLA?.firstTouch?.hot?.isWorkingTime = true
    },
    Edit(path: "sla.sales.first_touch.hot_from", before: "80 points", after: "81 points") {
      $0.salesSLA?.firstTouch?.hotFromScore = 81
    },
    Edit(path: "sla.sales.attempts", before: "5 in 14 days", after: "1 in 1 day") {
      $0.salesSLA?.attempts = SalesSLA.Attempts(count: 1, withinDays: 1)
    },
    Edit(path: "sla.sales.compliance", before: "80 %", after: "90 %") {
      $0.salesSLA?.compliance = 0.9
    },
    Edit(path: "sla.sales.disposition", before: "2 days", after: nil) {
      $0.salesSLA?.disposition = nil
    },
    Edit(path: "sla.sales.remind_before", before: nil, after: "90 minutes") {
      $0.salesSLA?.remindBefore = SalesSLA.Span(seconds: 5400, isWorkingTime: false)
    },
    Edit(path: "sla.sales.escalate_after", before: nil, after: "1 second") {
      $0.salesSLA?.escalateAfter = SalesSLA.Span(seconds: 1, isWorkingTime: false)
    },
    Edit(path: "economics.gross_margin", before: "78 %", after: nil) {
      $0.economics.grossMargin = nil
    },
    Edit(path: "economics.horizon", before: "24 months", after: "12 months") {
      $0.economics.horizonInMonths = 12
    },
    Edit(path: "economics.sales_cost.rep_month", before: "USD 11000", after: "USD 0.5") {
      $0.economics.repMonthCost = 50
    },
    Edit(path: "economics.deal_covers", before: nil, after: "1 month") {
      $0.economics.dealCoversMonths = 1
    },
    Edit(path: "economics.monthly_churn", before: nil, after: "0 %") {
      $0.economics.monthlyChurn = 0
    },
    Edit(path: "economics.monthly_discount", before: nil, after: "0.8 %") {
      $0.economics.monthlyDiscount = 0.008
    },
    Edit(path: "economics.target_ratio", before: nil, after: "2.5") {
      $0.economics.targetRatio = 2.5
    },
    Edit(path: "economics.overhead_month", before: "USD 25000", after: "USD 0") {
      $0.economics.overheadPerMonth = 0
    },
    Edit(path: "economics.overhead_by", before: "media", after: "leads") {
      $0.economics.overheadRule = .leads
    },
    Edit(path: "economics.carry_over", before: nil, after: "99 %") {
      $0.economics.weeklyCarryOver = 0.99
    },
    Edit(path: "economics.other_costs_month", before: nil, after: "USD 0.01") {
      $0.economics.otherCostPerMonth = 1
    },
    Edit(path: "economics.cash", before: nil, after: "USD -100") {
      $0.economics.cash = -10_000
    },
    Edit(path: "economics.payments", before: nil, after: "annual") {
      $0.economics.paymentWord = "annual"
    },
    Edit(path: "economics.sales_cost.ramp", before: nil, after: "4 months") {
      $0.economics.rampInMonths = 4
    },
    Edit(path: "economics.sales_cost.hire", before: nil, after: "USD 15000") {
      $0.economics.sales.hireCost = 1_500_000
    },
    Edit(path: "economics.sales_cost.commission", before: nil, after: "10 %") {
      $0.economics.sales.commission = 0.1
    },
    Edit(path: "economics.sales_cost.attrition", before: nil, after: "100 %") {
      $0.economics.sales.monthlyAttrition = 1
    },
    Edit(path: "economics.sales_cost.leads_per_month", before: nil, after: "62.5") {
      $0.economics.sales.leadsPerRepMonth = 62.5
    },
    Edit(path: "economics.sales_cost.hours_per_month", before: nil, after: "120") {
      $0.economics.sales.hoursPerRepMonth = 120
    },
    Edit(path: "economics.sales_cost.minutes.call", before: "6", after: nil) {
      $0.economics.sales.minutes = [:]
    },
    Edit(path: "plan.leads", before: "400 a month", after: "401 a month") {
      $0.plan?.total.leadsPerMonth = 401
    },
    Edit(path: "plan.rates.lead-mql", before: "45 %", after: "40 %") {
      $0.plan?.total.rates["lead-mql"] = 0.4
    },
    Edit(path: "plan.channels.Paid.mean_deal", before: nil, after: "USD 12000") {
      $0.plan?.channels["Paid"] = .init(meanDeal: 1_200_000)
    },
    Edit(path: "verdict.minimum_leads", before: "20", after: "25") {
      $0.thresholds.minimumLeads = 25
    },
    Edit(path: "verdict.named_odds", before: "1.25", after: "2") {
      $0.leakThresholds.namedOdds = 2
    },
    Edit(
      path: "dispositions.no_fit",
      before: "rejected; not an ideal customer",
      after: "recycled; not an ideal customer; filled in by itself"
    ) {
      $0.dispositions[3].outcome = .recycled
      $0.dispositions[3].isDefault = true
    },
    Edit(path: "recycle.lost: timing", before: nil, after: "nurture after 60 days") {
      $0.recycleRules = [
        RecycleRule(detour: "lost", reason: "timing", afterDays: 60, list: "nurture")
      ]
    },
    Edit(path: "recycle.suppression.touched_within", before: "14 days", after: "7 days") {
      $0.suppression.touchedWithinDays = 7
    },
    Edit(path: "goals.quota.2026-Q1.ana", before: nil, after: "USD 24000") {
      let days = CivilDate(dayNumber: 0)...CivilDate(dayNumber: 9)
      $0.goals = [
        Goal(measure: .quota, owner: "ana", period: "2026-Q1", days: days, amount: 2_400_000)
      ]
    },
    Edit(path: "incentives.marketing.won_share", before: nil, after: "50 %, USD 10") {
      $0.incentives = [
        Incentive(team: .marketing, measure: "won_share", weight: 0.5, payout: 1000)
      ]
    },
    Edit(
      path: "incentives.sales.revenue",
      before: nil,
      after: "100 %, for USD 24000, from 80 %, up to 150 %"
    ) {
      $0.incentives = [
        Incentive(
          team: .sales,
          measure: "revenue",
          weight: 1,
          target: 2_400_000,
          paysFrom: 0.8,
          paysUpTo: 1.5
        )
      ]
    },
    Edit(path: "incentives.sales.won_share", before: nil, after: "25 %, for 6 %") {
      $0.incentives = [Incentive(team: .sales, measure: "won_share", weight: 0.25, target: 0.06)]
    },
    Edit(path: "incentives.sales.wins", before: nil, after: "25 %, for 12, per year") {
      $0.incentives = [
        Incentive(team: .sales, measure: "wins", weight: 0.25, target: 12, per: .year)
      ]
    },
    Edit(path: "incentives.sales.calls", before: nil, after: "25 %, for 6.5") {
      $0.incentives = [Incentive(team: .sales, measure: "calls", weight: 0.25, target: 6.5)]
    },
    Edit(path: "launches.Spring", before: nil, after: "1970-01-02 to open; c1; 3 wins") {
      $0.launches = [
        Launch(name: "Spring", starts: CivilDate(dayNumber: 1), campaigns: ["c1"], wins: 3)
      ]
    },
    Edit(path: "vocabulary.sql.sales", before: nil, after: "accepted lead") {
      $0.vocabulary = [VocabularyTerm(term: "sql", words: [.sales: "accepted lead"])]
    },
  ]

  @Test(arguments: edits)
  func `tells one edit as one change, and back`(edit: Edit) {
    var other = Self.full
    edit.make(&other)
    let change = AgreementChange(path: edit.path, before: edit.before, after: edit.after)
    #expect(AgreementChange.changes(from: Self.full, to: other) == [change])
    let back = AgreementChange(path: edit.path, before: edit.after, after: edit.before)
    #expect(AgreementChange.changes(from: other, to: Self.full) == [back])
  }

  @Test func `tells amounts in another currency, too`() {
    var other = Self.full
    other.currency = "EUR"
    #expect(
      AgreementChange.changes(from: Self.full, to: other).map(\.path) == [
        "currency", "economics.overhead_month", "economics.sales_cost.rep_month",
      ]
    )
  }

  @Test func `tells a stage that comes and one that goes, in the order of the file`() {
    var other = Self.full
    other.path.remove(at: 1)
    other.path.insert(Stage(id: "demo", evidence: [.meetingHeld]), at: 2)
    other.confirmations = []
    #expect(
      AgreementChange.changes(from: Self.full, to: other).map(\.path) == [
        "stages.path", "stages.mql.owner", "stages.mql.gate.score", "stages.mql.stale_after",
        "stages.demo.evidence", "stages.mql.confirmed_by",
      ]
    )
  }

  /// Fails when an agreement gets a property that nobody lists here: then list it in `values`, too.
  @Test func `knows every property of an agreement`() {
    let told: Set = [
      "company", "currency", "calendar", "path", "detours", "skips", "returns", "confirmations",
      "channels", "economics", "horizonsInDays", "thresholds", "workingTime", "salesSLA",
      "agreedHandOff", "routing", "leakThresholds", "plan", "marketingSLA", "dispositions",
      "idealCustomer", "qualifyingFactors", "scoring", "recycleRules", "suppression", "goals",
      "incentives", "launches", "vocabulary",
    ]
    let leftOut: Set = [
      "version", "effective", "earlier", "reader", "hash", "askedConfirmations", "askedScore",
      "askedReturns", "askedHorizons",
    ]
    let labels = Set(Mirror(reflecting: Agreement()).children.compactMap(\.label))
    #expect(labels == told.union(leftOut))
    // Every term of money has an edit above: a new one must be told in `values`, too.
    #expect(Mirror(reflecting: Economics()).children.count == 15)
    #expect(Mirror(reflecting: Economics.Sales()).children.count == 6)
    #expect(Mirror(reflecting: Incentive(team: .sales, measure: "", weight: 1)).children.count == 8)
    // Nineteen thresholds of the verdict about leaks, three of comparisons.
    #expect(Mirror(reflecting: LeakThresholds()).children.count == 19)
    #expect(Agreement().values.count { $0.path.hasPrefix("verdict.") } == 22)
  }
}
