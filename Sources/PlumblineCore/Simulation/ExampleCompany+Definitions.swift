extension ExampleCompany {
  /// How the files are to be read, as `mapping.yaml`.
  public static let mappingYAML = """
    # How the example company's exports become facts.
    mapping: 1
    source: crm
    time_zone: Europe/Berlin
    currency: EUR
    missing: ["", "--"]
    values:
      channel: {fb: Meta}   # what the forms wrote until 1 November 2025
    files:
      - file: contacts.csv
        records:
          - kind: lead
            id: Record ID
            created: Create Date
            channel: Original Source
            campaign: Original Source Drill-Down 1
            segment: Segment
            owner: Contact owner
      - file: stage_history.csv
        records:
          - kind: stage_event
            lead: Record ID
            stage:
              column: Stage
              values:
                Lead: lead
                Marketing Qualified Lead: mql
                Sales Qualified Lead: sql
                Recycled: recycled
                Disqualified: disqualified
            at: Date entered
            reason: Reason
      - file: meetings.csv
        records:
          - kind: meeting
            id: Meeting ID
            lead: Associated Contact IDs
            booked: {column: Booked, date_order: day_first}
            starts: {column: Start Time, date_order: day_first}
            outcome:
              column: Outcome
              values: {Completed: held, No show: no_show, Cancelled: cancelled}
            owner: Owner
      - file: calls_and_mails.csv
        records:
          - kind: activity
            id: Activity ID
            lead: Associated Contact IDs
            type: Activity Type
            at: Activity Date
            owner: Activity Owner
            outcome: Call Outcome
            automated: {column: Created By, values: {Workflow: "1", CRM user: "0"}}
      - file: deals.csv
        records:
          - kind: deal
            id: Deal ID
            lead: Associated Contact IDs
            created: Create Date
            closed: Close Date
            stage: Deal Stage
            outcome: {column: Deal Stage, values: {Open: open, Won: won, Lost: lost}}
            amount: Amount
            currency: Currency
            owner: Deal owner
            reason: Closed Lost Reason
      - file: web_and_mail.csv
        records:
          - kind: touch
            id: Touch ID
            lead: Record ID
            type: What
            at: Date
            campaign: Campaign
      - file: form_answers.csv
        records:
          - kind: attribute
            lead: Record ID
            name: {constant: company_size}
            value: Company size
          - kind: attribute
            lead: Record ID
            name: {constant: industry}
            value: Industry
          - kind: attribute
            lead: Record ID
            name: {constant: country}
            value: Country
          - kind: attribute
            lead: Record ID
            name: {constant: budget}
            value: Budget
            by: {constant: marketing}
          - kind: attribute
            lead: Record ID
            name: {constant: authority}
            value: Authority
            by: {constant: marketing}
          - kind: attribute
            lead: Record ID
            name: {constant: need}
            value: Need
            by: {constant: marketing}
          - kind: attribute
            lead: Record ID
            name: {constant: timing}
            value: Timing
            by: {constant: marketing}
      - file: qualification.csv
        records:
          - kind: attribute
            lead: Record ID
            name: {constant: budget}
            value: Budget
            by: {constant: sales}
            at: Date
          - kind: attribute
            lead: Record ID
            name: {constant: authority}
            value: Authority
            by: {constant: sales}
            at: Date
          - kind: attribute
            lead: Record ID
            name: {constant: need}
            value: Need
            by: {constant: sales}
            at: Date
          - kind: attribute
            lead: Record ID
            name: {constant: timing}
            value: Timing
            by: {constant: sales}
            at: Date
      - file: dispositions.csv
        records:
          - kind: disposition
            lead: Record ID
            at: Date
            reason: Disposition
            owner: Rep
      - file: google_ads.csv
        records:
          - kind: spend
            account: {constant: google-ads}
            channel: {constant: Google Ads}
            campaign: Campaign
            from: Day
            to: Day
            amount: Cost
            currency: Currency code
            impressions: Impr.
            clicks: Clicks
      - file: linkedin_ads.csv
        records:
          - kind: spend
            account: {constant: linkedin-ads}
            channel: {constant: LinkedIn}
            campaign: Campaign Name
            from: {column: Start Date (in UTC), date_order: month_first}
            to: {column: Start Date (in UTC), date_order: month_first}
            amount: Total Spent
            currency: Currency
            impressions: Impressions
            clicks: Clicks
      - file: meta_ads.csv
        records:
          - kind: spend
            account: {constant: meta-ads}
            channel: {constant: Meta}
            campaign: Campaign name
            from: Day
            to: Day
            amount: Amount spent (EUR)
            currency: {constant: EUR}
            impressions: Impressions
            clicks: Link clicks

    """

  /// What the example company's two teams agreed, as `agreement.yaml`.
  public static let agreementYAML = """
    # What marketing and sales of the example company agreed.
    agreement: 1
    company: Example company
    version: 2025-H2
    effective: 2025-07-01
    currency: EUR
    time_zone: Europe/Berlin
    stages:
      path:
        - {id: lead, is: "entered the CRM with a way to reach them", owner: marketing}
        - {id: mql, is: "fits the ideal customer and asked for something", owner: marketing,
           stale_after: 14 days}
        - {id: sql, is: "a rep spoke to them and accepted them", owner: sales}
        - {id: meeting_booked, is: "a first meeting stands in the calendar", owner: sales}
        - {id: meeting_held, is: "the first meeting took place", owner: sales}
        - {id: opportunity, is: "a deal was opened", owner: sales}
        - {id: won, is: "the deal was signed", owner: sales}
      detours: [recycled, disqualified, lost]
      skips: filled
    hand_off: mql
    working_time: {days: mon-fri, hours: ["09:00-17:30"]}
    ideal_customer:
      company_size: 50..1000
      industries: [Software, Fintech, Logistics]
      countries: [DE, AT, CH]
    qualifying_factors:
      budget: {is: "money is set aside"}
      authority: {is: "the person can decide"}
      need: {is: "has the problem that we solve"}
      timing: {is: "wants to begin within six months"}
    score:
      fit:
        company_size: {50..1000: 20, missing: -5}
        industry: {Software: 10, Fintech: 10, Logistics: 10}
        country: {DE: 5, AT: 5, CH: 5}
      engagement:
        page_visit: {points: 3, most: 12}
        download: 10
        pricing_visit: 20
        email_open: {points: 2, most: 6}
        unsubscribe: -20
        half_life: 30 days
      mql_at: 40
    sla:
      marketing:
        qualified_leads: 280 per month
        share_in_ideal_customer: 0.5
        share_with_factors: 0.1
      sales:
        first_touch: 8 working hours
        disposition: 14 days
        remind_before: 1 working hour
        escalate_after: 16 working hours
        compliance: 0.8
    dispositions:
      - {id: accepted, is: "worth working", outcome: accepted}
      - {id: bad_timing, is: "a fit, but later", outcome: recycled}
      - {id: no_answer, is: "never answered", outcome: recycled}
      - {id: no_budget, is: "cannot pay for it", outcome: recycled}
      - {id: too_small, is: "smaller than our customers", outcome: rejected}
      - {id: wrong_industry, is: "not our market", outcome: rejected}
      - {id: no_need, is: "has no such problem", outcome: rejected}
    recycle:
      - {when: "recycled: Bad timing", after: 60 days, to: nurture-timing}
      - {when: "recycled: No budget", after: 90 days, to: nurture-budget}
      - {when: "recycled: No answer", after: 30 days, to: nurture-silent}
      - {when: "lost: Price", after: 120 days, to: win-back}
    suppress: {touched_within: 14 days, unsubscribed: [unsubscribe]}
    goals:
      revenue:
        {2025-Q3: 550000, 2025-Q4: 1000000, 2026-Q1: 1300000, 2026-Q2: 1500000, 2026-Q3: 1600000}
      quota:
        2025-Q3: 550000
        2025-Q4: 1000000
        2026-Q1: 1300000
        2026-Q2: 1500000
        2026-Q3: 1600000
        rep-01: {2025-Q3: 70000, 2025-Q4: 130000, 2026-Q1: 165000, 2026-Q2: 190000, 2026-Q3: 200000}
        rep-02: {2025-Q3: 70000, 2025-Q4: 130000, 2026-Q1: 165000, 2026-Q2: 190000, 2026-Q3: 200000}
        rep-03: {2025-Q3: 70000, 2025-Q4: 130000, 2026-Q1: 165000, 2026-Q2: 190000, 2026-Q3: 200000}
        rep-04: {2025-Q3: 70000, 2025-Q4: 130000, 2026-Q1: 165000, 2026-Q2: 190000, 2026-Q3: 200000}
        rep-05: {2025-Q3: 70000, 2025-Q4: 130000, 2026-Q1: 165000, 2026-Q2: 190000, 2026-Q3: 200000}
        rep-06: {2025-Q3: 70000, 2025-Q4: 130000, 2026-Q1: 165000, 2026-Q2: 190000, 2026-Q3: 200000}
        rep-07: {2025-Q3: 70000, 2025-Q4: 130000, 2026-Q1: 165000, 2026-Q2: 190000, 2026-Q3: 200000}
        rep-08: {2025-Q3: 70000, 2025-Q4: 130000, 2026-Q1: 165000, 2026-Q2: 190000, 2026-Q3: 200000}
    incentives:   # paid each quarter
      marketing:
        - {measure: qualified_leads, weight: 0.5, payout: 6000, target: 840, pays_from: 0.8,
           pays_up_to: 1.2}
        - {measure: cost_per_win, weight: 0.25, payout: 3000, target: 6000}
        - {measure: won_share, weight: 0.25, payout: 3000, target: 0.08, pays_from: 0.8}
      sales:
        - {measure: revenue, weight: 0.5, payout: 12000, target: 1500000, pays_from: 0.7,
           pays_up_to: 1.5}
        - {measure: meetings_held, weight: 0.2, payout: 4800, target: 330, pays_from: 0.8}
        - {measure: won_share, weight: 0.2, payout: 4800, target: 0.08, pays_from: 0.8}
        - {measure: first_touch, weight: 0.1, payout: 2400, target: 0.8}
    vocabulary:
      mql: {marketing: "qualified lead", sales: "hand-over"}
      sql: {sales: "accepted lead", leadership: "accepted lead"}
    routing: regardless
    channels:
      Google Ads: {also: [google, AdWords]}
      LinkedIn: {also: [linkedin ads]}
      Meta: {also: [fb, Facebook, Instagram]}
      Organic search: {also: [organic]}
      Referral: {also: [referrals]}
      Webinar: {also: [webinars]}
    horizons: {opportunity-won: 91 days, meeting_held-won: 91 days}
    economics:
      gross_margin: 0.78
      horizon: 24 months
      deal_covers: 12 months
      monthly_churn: 0.02
      target_ratio: 3
      overhead_month: 25000
      overhead_by: media
      other_costs_month: 110000
      cash: 1800000
      payments: annual
      sales_cost:
        rep_month: 9500
        ramp: 4 months
        hire: 14000
        commission: 0.08
        attrition: 0.02
        leads_per_month: 45
        hours_per_month: 100
        minutes: {email: 5, call: 10, meeting: 60}

    """
}
