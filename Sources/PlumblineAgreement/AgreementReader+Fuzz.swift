import PlumblineCore
public import PlumblineYAML

extension AgreementReader {
  /// Tries the reader on damaged agreements.
  ///
  /// - Parameters:
  ///   - iterations: How many damaged files to try.
  ///   - seed: The same seed tries the same files.
  /// - Returns: What came of it; `FuzzTally.failures` is empty when the reader kept its promises.
  public static func fuzz(iterations: Int, seed: UInt64) -> FuzzTally {
    let words =
      AgreementKeys.all.flatMap { $0.known.map { $0 + ": " } }
      + Stage.Evidence.allCases.map(\.rawValue) + SkipRule.allCases.map(\.rawValue)
      + ["lead", "won", "lead-won: 91 days\n", "24 months", "0.78", "Europe/Berlin", "EUR"]
      + RoutingRule.allCases.map(\.rawValue) + ReturnRule.allCases.map(\.rawValue)
      + ["mon-fri", "09:00-17:00", "2026-12-25", "4 working hours", "5 in 14 days"]
      + ["50..1000", "..", ">= 60", "120 per month", "2026-Q1: 5", "disqualified: bad timing"]
      + Economics.OverheadRule.allCases.map(\.rawValue) + Economics.paymentWords
      + ScorecardMeasure.allCases.map(\.rawValue)
      + ["60 days", "{points: 2, most: 10}", "missing: -5", "any: 1", "accepted", "recycled"]
    let starter = AgreementWriter.starter(
      company: "Example",
      currency: "EUR",
      timeZone: "UTC",
      observed: AgreementWriter.Observed(channels: ["Google Ads", "Meta"])
    )
    return FuzzTally(
      iterations: iterations,
      seed: seed,
      originals: [starter, wholeExample],
      words: words
    ) { bytes, file in
      let (agreement, diagnostics) = read(bytes, file: file)
      return (agreement != nil, diagnostics, nil)
    }
  }

  /// An agreement with every key, to be damaged and to try the schema with.
  static let wholeExample = """
    agreement: 1
    company: Acme Analytics
    version: 2026-Q1
    effective: 2026-01-01
    currency: EUR
    time_zone: Europe/Berlin
    stages:
      path:
        - lead
        - {id: mql, is: "worth a call", owner: marketing, also: [MQL, qualified],
           gate: {score: ">= 60"}, confirmed_by: {stage: won, within_days: 30}}
        - {id: sql, owner: sales, gate: {bant: 3, accepted_by: sales}, stale_after: 14 days}
        - {id: opportunity, gate: {factors: 2, score: 10}, stale_after: 13 weeks}
        - {id: won, evidence: [deal_won]}
      detours: [recycled, disqualified, lost]
      skips: strict
      returns: same_episode
    channels: {Google Ads: {also: [google]}, Meta: [fb, "*ig"], Fair: trade fair, Other: }
    ideal_customer: {company_size: 50..1000, industries: [software, fintech], countries: [DE, NO],
      revenue: 1000000.., age: ..10, city: any, region: south}
    qualifying_factors: {budget: {is: "there is money", yes: [approved], no: [frozen, cut]},
      authority: {}, need: , timing: {yes: soon}}
    score:
      fit: {company_size: {50..1000: 20, missing: -5, any: 1}, industry: {software: 10}}
      engagement: {download: 10, email_open: {points: 2, most: 10}, pricing_visit: 15,
        unsubscribe: -20, half_life: 30 days}
      mql_at: 60
    economics: {gross_margin: 0.78, horizon: 24 months, deal_covers: 1 year, monthly_churn: 0.015,
      monthly_discount: 0.008, target_ratio: 3, overhead_month: 25000, overhead_by: leads,
      carry_over: 0.3, other_costs_month: 90000.25, cash: -1500000, payments: annual,
      sales_cost: {rep_month: 11000.50, ramp: 4 months, hire: 15000, commission: 0.1,
        attrition: 0.02, leads_per_month: 62.5, hours_per_month: 120,
        minutes: {call: 6, E-Mail: 2.5, meeting: 0}}}
    horizons: {mql-won: 13 weeks}
    hand_off: mql
    routing: by_score
    working_time: {days: [mon-thu, "fri, sat"], hours: ["09:00-12:00", "13:00-17:00"],
      holidays: [2026-12-25]}
    sla:
      marketing: {qualified_leads: 120 per month, share_in_ideal_customer: 0.7,
        share_with_factors: 0.5}
      sales: {first_touch: {hot: 30 working minutes, hot_from: 80, default: 1 day},
        attempts: 5 in 14 days, disposition: 48 working hours, compliance: 0.9,
        remind_before: 10 working minutes, escalate_after: 4 working hours}
    dispositions:
      - {id: accepted, is: "worth working", outcome: accepted, also: [yes, ok]}
      - {id: not_now, outcome: recycled, also: bad timing}
      - {id: no_fit, outcome: rejected, default: true}
      - {id: no_need, outcome: rejected, default: false}
    recycle:
      - {when: "disqualified: bad timing", after: 60 days, to: nurture-timing}
      - {when: lost, after: 26 weeks, to: win-back}
    suppress: {touched_within: 14 days, unsubscribed: [unsubscribe, hard_bounce]}
    plan: {leads: 400.5, rates: {lead-mql: 0.45}, mean_deal: 12000,
      channels: {Meta: {leads: 0, rates: {opportunity-won: 0.1}, mean_deal: 9000.5}}}
    goals:
      revenue: {2026-Q1: 2400000, 2026-04: 900000.50, 2027: 12000000}
      quota: {rep-01: {2026-Q1: 300000}, "Ann Other": {2026: 1000000}, 2026-Q1: 2400000}
    incentives:
      marketing: [{measure: qualified_leads, weight: 0.5, target: 120, per: month,
        pays_from: 0.8, pays_up_to: 1.5}, {measure: cost_per_win, weight: 0.5, target: 9000.50}]
      sales: [{measure: won_share, weight: 0.3, payout: 1000, target: 0.06}]
    launches:
      - {name: Spring, starts: 2026-03-01, ends: 2026-05-31, campaigns: [spring-a, spring-b],
         qualified_leads: 200, wins: 12}
      - {name: Autumn, starts: 2026-09-01, campaigns: autumn}
    vocabulary:
      sql: {marketing: hand-over, sales: accepted lead, leadership: accepted, is: "sales took it"}
      win_rate: {sales: closing rate}
    verdict: {relative_difference: 0.2, false_discovery_rate: 0.05, minimum_leads: 20,
      cleared_odds: 1.5, cleared_probability: 0.15, disagreement_cleared: 0.1,
      disagreement_named: 0.6, disagreement_prior: 0.05, disagreement_spread: 1,
      minimum_joining_leads: 5, minimum_pair_leads: 10, minimum_pairs: 3,
      minimum_unit_leads: 30, minimum_wins: 10, named_loss: 0.01, named_odds: 1.25,
      named_probability: 0.9, party_loss: 0.02, routing_chance: 0.001, stability: 8,
      team_cleared: 0.5, team_margin: 0.05}
    signatures: []

    """
}
