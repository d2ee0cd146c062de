/// The shapes of all JSON answers; a test asks every question and holds each answer against its own.
extension AnswerShape {
  /// A shape for each kind of answer, in alphabetical order; `format` and `kind` go without saying.
  public static let kinds: [AnswerShape] = [
    AnswerShape(
      "accounts",
      """
      accounts: [account]
      """
    ),
    AnswerShape(
      "agreement_diff",
      """
      agreement_after: agreement, agreement_before: agreement, as_of: time, \
      changed_class: integer, changes: [object], gaps: [gap], headline: text, \
      months: object?, notes: [text], passes: [object], passes_in_all: integer, \
      promises: object, score_without_hand_off: object, stages: [object], \
      transitions: [object], workload: object
      """
    ),
    AnswerShape(
      "agreement_terms",
      """
      agreement: agreement, detours: [object], dispositions: [object], economics: object, \
      effective: text?, goals: [object], hand_off: text, headline: text, \
      ideal_customer: [object], incentives: [object], is_hand_off_agreed: truth, \
      launches: [object], marketing: object?, not_agreed: [text], \
      qualifying_factors: [object], recycle: [object], returns: text, routing: text?, \
      sales: object?, score: object?, skips: text, stages: [object], suppress: object, \
      thresholds: [object], vocabulary: [object], working_time: object
      """
    ),
    AnswerShape(
      "agreement_versions",
      """
      agreement_hash: text?, faults: integer, is_signed: truth, versions: [object]
      """
    ),
    AnswerShape(
      "alerts",
      """
      agreement: agreement, alerts: [object]
      """
    ),
    AnswerShape(
      "attainment",
      """
      absence: text?, agreement: agreement, as_of: time, closing: object, \
      cost_within_days: integer?, deals_behind_mean: integer, differences: [text], \
      first_day: text, forecast_absence: text?, has_begun: truth, headline: text, \
      is_over: truth, last_day: text, launches: [object], mean_deal: number?, nobody: object, \
      notes: [text], people: [object], period: text, quota_of_nobody: number?, \
      record: object?, residual: number, team: object, teams: [object], time_gone: number, \
      undated_wins: [text], value: object, weeks_left: number, what_if: object?, \
      worth_a_look: [text]?, written_periods: [text]
      """
    ),
    AnswerShape(
      "audit_log",
      """
      events: [audit_event], next: text?
      """
    ),
    AnswerShape(
      "backtest",
      """
      agreement: agreement, as_of: time, auc: number?, auc_from: number?, auc_to: number?, \
      bands: [object], break_even_chance: number?, brier_score: number?, \
      calibration_intercept: number?, calibration_p_value: number?, \
      calibration_slope: number?, choosing: object, cost_per_lead: number?, entered: integer, \
      factors: [object], headline: text, horizon_in_days: integer, is_cost_from_reps: truth, \
      is_undated: truth, judging: object, leads: [object] sometimes, \
      lift_of_best_tenth: number?, lowest_tested_score: number?, months: [object], \
      net_difference: number?, net_difference_from: number?, net_difference_to: number?, \
      never_entered: integer, outside: integer, quarters: [object], split_day: text?, \
      stage: text, standing: text, thresholds: [object], too_young: integer, \
      undated: integer, value_per_win: number?, without_score: integer
      """
    ),
    AnswerShape(
      "diagnosis",
      """
      agreement: agreement, as_of: time, bulk_exit_days: [object], channel_gaps: [object], \
      channels: [object], comparisons: [object], drifts: [object], gaps: [gap], \
      headline: text, horizons: [horizon], leaks: [object], look_alikes: [object], \
      mean_deal: number?, model: object, parties: [object], question: question, \
      spreads: [object], stages: [text], standardized: [object], total: object, work: object
      """
    ),
    AnswerShape(
      "disposition",
      """
      agreement: agreement, as_of: time, bulk: [object], defaults: [object], \
      factors: [object], first_day: text?, headline: text, last_day: text?, leads: integer, \
      meetings: [object], notes: [text], rows: [object]
      """
    ),
    AnswerShape(
      "economics",
      """
      agreement: agreement, allocation: object, are_days_asked: truth, as_of: time, \
      claims: object, deals_without_lead: object, headline: text, hidden_cost_rule: text, \
      hidden_costs: [object], leads_on_other_days: integer, notes: [text], \
      question: question, rows: [object], scope: text, total: object, undated_wins: integer, \
      view: text, wins_within_days: integer?
      """
    ),
    AnswerShape(
      "funnel",
      """
      agreement: agreement, as_of: time, gaps: [gap], horizons: [horizon], \
      question: question, rows: [object], skip_rules: [object], stages: [text], \
      total: object
      """
    ),
    AnswerShape(
      "gaming",
      """
      agreement: agreement, as_of: time, detectors: [object], false_alarm_chance: number, \
      findings: [object], headline: text, note: text
      """
    ),
    AnswerShape(
      "gaps",
      """
      agreement: agreement?, gaps: [gap]
      """
    ),
    AnswerShape(
      "glossary",
      """
      agreement: agreement, clashes: [object], headline: text, terms: [object]
      """
    ),
    AnswerShape(
      "headcount",
      """
      agreement: agreement?, as_of: time?, courses: [object], currency: text, draws: integer, \
      headline: text, inputs: [object], is_cash_known: truth, metric: text, \
      month_count: integer, notes: [text], seed: integer, start: text
      """
    ),
    AnswerShape(
      "import",
      """
      diagnostics: [finding], files: [object], gaps: [gap], is_repetition: truth, \
      kinds: [object], merged_leads: integer, refused: [object], sequence: integer, \
      source: text, stage_dates_disappeared: [object], stage_dates_moved: [object]
      """
    ),
    AnswerShape(
      "import_record",
      """
      facts: [fact_count], record: import_summary, report: import?
      """
    ),
    AnswerShape(
      "imports",
      """
      imports: [import_summary], limit: integer, next: text?, offset: integer, total: integer
      """
    ),
    AnswerShape(
      "lead",
      """
      agreement: agreement, attributes: [object], entries: [object], episodes: [object], \
      id: text, known_before_contact: object?
      """
    ),
    AnswerShape(
      "lead_search",
      """
      asked: text, lead: text?
      """
    ),
    AnswerShape(
      "open_leads",
      """
      agreement: agreement, as_of: time, deadline: text, leads: [open_lead], limit: integer, \
      next: text?, offset: integer, total: integer
      """
    ),
    AnswerShape(
      "open_promises",
      """
      agreement: agreement, as_of: time, limit: integer, next: text?, offset: integer, \
      promises: [open_promise], total: integer
      """
    ),
    AnswerShape(
      "plan_budget",
      """
      advises_best_known: truth, agreement: agreement, as_of: time, \
      best_known_spend_per_month: number?, budget_per_month: number?, \
      budget_per_week: number?, by: text, deals: integer, draws: integer, first_week: text?, \
      gain: object?, headline: text, horizon_days: integer, horizon_is_agreed: truth, \
      hours: object, last_spend_day: text?, last_week: text?, limits: [text], \
      mean_deal: number?, more_budget: object?, more_hours: object?, move: number, \
      moves_anyway: truth, not_moved: [object], notes: [text], objective: text, \
      price_of_money: number?, proposed_spend_per_month: number?, rows: [object], \
      seed: integer, todays_spend_per_month: number?, verdict: text
      """
    ),
    AnswerShape(
      "plan_replay",
      """
      above_even_odds: object, above_likely: object, agreement: agreement, as_of: time, \
      chances: [object], days: integer, fewest_months: integer, filters: [object], \
      headline: text, mean_distance: number?, mean_error: number?, notes: [text], \
      older_dates: integer, period_before: object, plan: object, plans: [object], \
      replays: integer, separate_periods: integer, skips: text, straight_line: object, \
      verdict: text, within_range: object
      """
    ),
    AnswerShape(
      "pulse",
      """
      counted: integer, headline: text, notes: [text], period: text, questions: [object], \
      smallest_group: integer, through: text, waiting: integer
      """
    ),
    AnswerShape(
      "quota_plan",
      """
      agreement: agreement, answers: [object], as_of: time, assumptions: [text], \
      booked: object, chance_without_new: number?, channels: [object], conditions: object?, \
      curve: object, filters: [object], forecast: [object], headline: text, is_met: truth, \
      need: number, period: object, pipeline: object, quota: number, seed: integer, \
      skips: text, stages: [object], standing: text, today: object?, weeks: [object], \
      wins: object
      """
    ),
    AnswerShape(
      "rebound",
      """
      agreement: agreement, as_of: time, earlier: [object], files: [text], \
      forgotten: [object], headline: text, listed: integer, matched: integer, notes: [text], \
      passes: [object], revenue: number?, rules: [object], unknown_entries: integer, \
      week: text, without_rule: [object], won_deals: integer
      """
    ),
    AnswerShape(
      "reconcile",
      """
      agreement: agreement, as_of: time, definitions: [object], different_answers: integer, \
      filters: [object], first_day: text?, from: text?, headline: text, last_day: text?, \
      metric: text, notes: [text], quota: object?, to: text?, untimed_hand_offs: integer, \
      within_days: integer?
      """
    ),
    AnswerShape(
      "reconcile_list",
      """
      agreement: agreement, metrics: [object]
      """
    ),
    AnswerShape(
      "recorded",
      """
      count: integer
      """
    ),
    AnswerShape(
      "records",
      """
      agreement: agreement, as_of: time, limit: integer, next: text?, number: text, \
      offset: integer, records: [record], total: integer
      """
    ),
    AnswerShape(
      "revenue_gap",
      """
      agreement: agreement, as_of: time, base_period: object?, base_record_begins: text?, \
      benchmark: text, best: object?, by_channel: [object], draws: integer, \
      expected_actual: number, expected_base: number, factors: [object], gap: object, \
      headline: text, horizons: [horizon], is_chosen_period: truth, mix_rate: object, \
      notes: [text], passed_over: object?, period: object, question: question, seed: integer, \
      steps: [object], unit: text, won_deals_without_amount: integer
      """
    ),
    AnswerShape(
      "sla",
      """
      agreement: agreement, as_of: time, facts_until: time?, headline: text, marketing: object?, \
      notes: [text], question: question, sales: object?, steps: [object]
      """
    ),
    AnswerShape(
      "spend",
      """
      agreement: agreement, as_of: time, limit: integer, next: text?, number: text, \
      offset: integer, records: [spend_record], total: integer
      """
    ),
    AnswerShape(
      "watch",
      """
      agreement: agreement, alerting: integer, as_of: time, baseline_to: text?, \
      false_alarms_per_year: number?, headline: text, judged: integer, limit_factor: number?, \
      notes: [text], question: question, series: [object], undated_steps: [text], \
      weeks_watched: integer
      """
    ),
    AnswerShape(
      "weekly",
      """
      agenda: object, agreement: agreement, as_of: time, beliefs: object, changes: object, \
      headline: text, is_follow_up_judged: truth, loop: object, period: object, \
      promises: [object], pulse: [object]
      """
    ),
  ]
}
