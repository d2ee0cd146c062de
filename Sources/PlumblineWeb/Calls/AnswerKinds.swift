import PlumblineCommands

/// Which kinds of answer each question gives; a test asks them all.
enum AnswerKinds {
  /// The kinds of a question's answers, by the name of its door.
  static let ofDoors: [String: [String]] = [
    "agreement-backtest": ["backtest"],
    "agreement-diff": ["agreement_diff"],
    "agreement-glossary": ["glossary"],
    "agreement-history": ["agreement_versions"],
    "agreement-reconcile": ["reconcile", "reconcile_list"],
    "agreement-show": ["agreement_terms"],
    "agreement-verify": ["agreement_versions"],
    "alerts-list": ["alerts"],
    "attainment": ["attainment", "gaming"],
    "diagnose": ["diagnosis"],
    "disposition-report": ["disposition"],
    "economics": ["economics"],
    "funnel": ["funnel"],
    "gap": ["revenue_gap"],
    "plan-budget": ["plan_budget"],
    "plan-quota": ["quota_plan", "plan_replay"],
    "pulse-report": ["pulse"],
    "rebound": ["rebound"],
    "show-lead": ["lead"],
    "simulate": ["headcount"],
    "sla": ["sla"],
    "watch": ["watch"],
    "weekly": ["weekly"],
  ]
}
