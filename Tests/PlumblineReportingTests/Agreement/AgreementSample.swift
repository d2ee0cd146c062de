import PlumblineCore

/// Agreements to be shown.
enum AgreementSample: String, CaseIterable {
  /// Nothing but what holds by default.
  case bare
  /// Something in every part.
  case whole
  /// Words from somebody who wants to break the page.
  case hostile

  var agreement: Agreement {
    switch self {
    case .bare: Agreement()
    case .whole: Self.wholeAgreement
    case .hostile: Self.hostileAgreement
    }
  }

  private static let wholeAgreement: Agreement = {
    var agreement = Agreement(
      company: "Example GmbH",
      version: "2026-Q1",
      effective: CivilDate("2026-01-01"),
      currency: "EUR",
      calendar: LocalCalendar(zoneName: "Europe/Berlin") ?? .utc,
      path: [
        Stage(id: "lead", meaning: "entered the CRM"),
        Stage(id: "mql", owner: .marketing, aliases: ["Qualified"], gate: StageGate(score: 60)),
        Stage(
          id: "sql",
          meaning: "sales took it over, after a first talk that told enough of what is needed",
          owner: .sales,
          gate: StageGate(score: 0, factors: 3, acceptedBy: .sales),
          staleAfterDays: 14
        ),
        Stage(id: "opportunity", owner: .sales, staleAfterDays: 1),
        Stage(id: "won", owner: .sales),
      ],
      skips: .strict,
      returns: .sameEpisode,
      confirmations: [Confirmation(stage: 1, by: 2, withinDays: 30)],
      economics: Economics(
        grossMargin: 0.78,
        horizonInMonths: 24,
        repMonthCost: 1_100_050,
        rampInMonths: 4
      ),
      workingTime: WorkingTime(
        weekdays: [0, 2, 4],
        shifts: [
          .init(startMinute: 540, endMinute: 720), .init(startMinute: 780, endMinute: 1440),
        ],
        holidays: Set([CivilDate("2026-12-25")].compactMap { $0 })
      ),
      salesSLA: SalesSLA(
        firstTouch: .init(
          usual: .init(seconds: 14_400, isWorkingTime: true),
          hot: .init(seconds: 1800, isWorkingTime: true),
          hotFromScore: 80
        ),
        attempts: .init(count: 5, withinDays: 14),
        compliance: 0.9,
        disposition: .init(seconds: 172_800, isWorkingTime: false),
        remindBefore: .init(seconds: 600, isWorkingTime: true),
        escalateAfter: .init(seconds: 3600, isWorkingTime: false)
      ),
      agreedHandOff: "mql",
      routing: .byScore,
      hash: "0123456789abcdef"
    )
    agreement.leakThresholds.namedOdds = 1.5
    setEconomics(of: &agreement)
    agreement.marketingSLA = MarketingSLA(
      qualifiedLeads: .init(count: 1200, period: .quarter),
      shareInIdealCustomer: 0.7,
      shareWithFactors: 1
    )
    setParts(of: &agreement)
    return agreement
  }()

  private static func setEconomics(of agreement: inout Agreement) {
    agreement.economics.dealCoversMonths = 12
    agreement.economics.monthlyChurn = 0.0125
    agreement.economics.monthlyDiscount = 0.008
    agreement.economics.targetRatio = 3
    agreement.economics.overheadPerMonth = 2_500_000
    agreement.economics.overheadRule = .leads
    agreement.economics.weeklyCarryOver = 0.3
    agreement.economics.otherCostPerMonth = 9_000_025
    agreement.economics.cash = -150_000_000
    agreement.economics.paymentWord = "annual"
    agreement.economics.sales = Economics.Sales(
      hireCost: 1_500_000,
      commission: 0.1,
      monthlyAttrition: 0.02,
      leadsPerRepMonth: 62.5,
      hoursPerRepMonth: 1,
      minutes: ["e mail": 2.5, "call": 0]
    )
  }

  private static func setParts(of agreement: inout Agreement) {
    agreement.dispositions = [
      DispositionReason(id: "accepted", outcome: .accepted),
      DispositionReason(id: "no_fit", meaning: "too small", outcome: .rejected, isDefault: true),
    ]
    let size = AttributeCriterion(name: "company_size", match: .range(50, 1000))
    agreement.idealCustomer = [
      size, AttributeCriterion(name: "industry", match: .words(["software", "fintech"])),
      AttributeCriterion(name: "age", match: .range(nil, 2.5)),
      AttributeCriterion(name: "revenue", match: .range(1_000_000, nil)),
    ]
    agreement.qualifyingFactors = [
      QualifyingFactor(id: "budget", meaning: "there is money", yes: ["approved"], no: ["cut"]),
      QualifyingFactor(id: "need"), QualifyingFactor(id: "timing"),
    ]
    agreement.scoring = LeadScoring(
      fit: [
        .init(size, points: 20),
        .init(AttributeCriterion(name: "company_size", match: .missing), points: -5),
        .init(AttributeCriterion(name: "company_size", match: .present), points: 1),
      ],
      engagement: [
        .init(touch: "email_open", points: 2, most: 10), .init(touch: "x", points: -20),
      ],
      halfLifeInDays: 30,
      threshold: 60
    )
    agreement.recycleRules = [
      RecycleRule(
        detour: "disqualified",
        reason: "bad timing",
        afterDays: 60,
        list: "nurture-timing"
      ), RecycleRule(detour: "lost", afterDays: 0, list: "win-back"),
    ]
    if let first = CivilDate("2026-01-01"), let last = CivilDate("2026-03-31") {
      agreement.goals = [
        Goal(measure: .revenue, period: "2026-Q1", days: first...last, amount: 240_000_000),
        Goal(measure: .quota, owner: "rep-01", period: "2026-Q1", days: first...last, amount: 0),
      ]
      agreement.launches = [
        Launch(
          name: "Spring",
          starts: first,
          ends: last,
          campaigns: ["a", "b"],
          qualifiedLeads: 1,
          wins: 12
        ), Launch(name: "Autumn", starts: last),
      ]
    }
    agreement.incentives = [
      Incentive(team: .marketing, measure: "qualified_leads", weight: 0.5, target: 1200),
      Incentive(
        team: .marketing,
        measure: "cost_per_win",
        weight: 0.25,
        payout: 100_000,
        target: 900_000,
        paysFrom: 0.8,
        paysUpTo: 1.5
      ), Incentive(team: .marketing, measure: "applause", weight: 0.25, target: 1.5),
      Incentive(
        team: .sales,
        measure: "won_share",
        weight: 1,
        payout: 500_000,
        target: 0.06,
        per: .month,
        paysUpTo: 2
      ),
    ]
    agreement.vocabulary = [
      VocabularyTerm(
        term: "sql",
        words: [.marketing: "hand-over", .sales: "accepted lead"],
        meaning: "sales took it over"
      ), VocabularyTerm(term: "win_rate", words: [.leadership: "hit rate"]),
    ]
  }

  private static let hostileAgreement: Agreement = {
    let word = String(repeating: "wide", count: 40) + "\u{1B}[31m\u{202E}"
    var agreement = Agreement(
      company: word,
      version: word,
      path: [Stage(id: "lead", meaning: word), Stage(id: word)],
      detours: [Stage(id: word)]
    )
    agreement.idealCustomer = [AttributeCriterion(name: word, match: .words([word]))]
    agreement.recycleRules = [RecycleRule(detour: word, reason: word, afterDays: 1, list: word)]
    agreement.vocabulary = [VocabularyTerm(term: word, words: [.sales: word], meaning: word)]
    agreement.scoring = LeadScoring(engagement: [.init(touch: word, points: 1)])
    agreement.incentives = [Incentive(team: .sales, measure: word, weight: 1)]
    return agreement
  }()
}
