extension FaultyAgreement {
  /// Faults in what the teams promise, reach, are paid for and say.
  static let teams = [
    FaultyAgreement(
      code: "agreement.goals",
      text: "goals: {revenue: {2026Q1: 5, 2026-13: 5, 2026-Q5: 1}}",
      findings: [
        """
        a.yaml:2:19: error: "2026Q1" of "revenue" is no year, quarter or month.
          Write 2026, 2026-Q1 or 2026-01.
        """,
        """
        a.yaml:2:30: error: "2026-13" of "revenue" is no year, quarter or month.
          Write 2026, 2026-Q1 or 2026-01.
        """,
        """
        a.yaml:2:42: error: "2026-Q5" of "revenue" is no year, quarter or month.
          Write 2026, 2026-Q1 or 2026-01.
        """,
      ]
    ),
    FaultyAgreement(
      code: "agreement.goals",
      text: """
        goals:
          revenue: {2026: 12, 2026-Q2: 3}
          quota: {rep-01: {2026-Q1: 3, 2026-03: 1}, rep-02: {2026-Q1: 3}, 2026-Q1: 6}
        """,
      findings: [
        """
        a.yaml:3:23: error: "2026-Q2" of "revenue" overlaps "2026" in line 3.
          Keep the longer period or its parts: days that two goals claim count twice.
        """,
        """
        a.yaml:4:32: error: "2026-03" of "quota" of "rep-01" overlaps "2026-Q1" in line 4.
          Keep the longer period or its parts: days that two goals claim count twice.
        """,
      ]
    ),
    FaultyAgreement(
      code: "agreement.goals",
      text: "goals: {quota: {2026-Q1: {rep-01: 300000}}}",
      findings: [
        """
        a.yaml:2:17: error: "quota" names the period "2026-Q1" before its owners.
          Write the owner first: quota: {rep-01: {2026-Q1: 300000}}.
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.goals",
      text: """
        currency: JPY
        goals: {revenue: {2026-Q1: -5, 2026-Q2: 0.5, 2026-Q3: 900000000000000}}
        """,
      findings: [
        """
        a.yaml:3:28: error: "2026-Q1" must not be negative, not -5.
        """,
        """
        a.yaml:3:41: error: "2026-Q2" has more decimals than JPY: 0.5.
          Write at most 0 decimals, and no sign between thousands.
        """,
        """
        a.yaml:3:55: error: "2026-Q3" is too large: 900000000000000.
        """,
      ]
    ),
    FaultyAgreement(
      code: "agreement.incentives",
      text: """
        incentives:
          sales: [{measure: won_share, weight: 0.6}, {measure: meetings_held, weight: 0.5, \
        payout: -1}]
        """,
      findings: [
        """
        a.yaml:3:79: error: the weights of sales add up to more than 1.
          The weights of a team are shares of its variable pay: 1 is all of it.
        """,
        """
        a.yaml:3:92: error: "payout" must not be negative, not -1.
        """,
      ]
    ),
    FaultyAgreement(
      code: "agreement.incentives",
      text: "incentives: {marketing: [{measure: wins, weight: 50}, {measure: Wins, weight: 0}]}",
      findings: [
        """
        a.yaml:2:50: error: "weight" must be above 0 and at most 1, not 50.
          Write 50 % as 0.5.
        """,
        """
        a.yaml:2:65: error: marketing is paid for "Wins" twice, first in line 2.
          Keep one of the two.
        """,
        """
        a.yaml:2:79: error: "weight" must be above 0 and at most 1, not 0.
        """,
      ]
    ),
    FaultyAgreement(
      code: "agreement.launches",
      text: """
        launches: [{name: Spring, starts: 2026-03-01, ends: 2026-02-28}, {name: spring, starts: \
        2026-03-01}]
        """,
      findings: [
        """
        a.yaml:2:53: error: launch "Spring" ends on 2026-02-28, before it starts on 2026-03-01.
          Write a last day on or after the first, or leave "ends" out.
        """,
        """
        a.yaml:2:73: error: launch "spring" is given twice, first in line 2.
          Give one of the two another name.
        """,
      ]
    ),
    FaultyAgreement(
      code: "agreement.marketing-sla",
      text: "sla: {marketing: {share_in_ideal_customer: 0.7}}",
      findings: [
        """
        a.yaml:2:44: error: "share_in_ideal_customer" cannot be judged: the ideal customer is \
        not agreed.
          Add "ideal_customer", such as {company_size: 50..1000}.
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.marketing-sla",
      text: """
        qualifying_factors: []
        sla: {marketing: {share_with_factors: 0.5}}
        """,
      findings: [
        """
        a.yaml:3:39: error: "share_with_factors" cannot be judged: there are no qualifying \
        factors.
          Name them under "qualifying_factors".
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.marketing-sla",
      text: """
        ideal_customer: {country: DE}
        sla: {marketing: {share_in_ideal_customer: 70, share_with_factors: 0}}
        """,
      findings: [
        """
        a.yaml:3:44: error: "share_in_ideal_customer" must be above 0 and at most 1, not 70.
          Write 70 % as 0.7.
        """,
        """
        a.yaml:3:68: error: "share_with_factors" must be above 0 and at most 1, not 0.
        """,
      ]
    ),
    FaultyAgreement(
      code: "agreement.sla",
      text: "sla: {sales: {remind_before: 1 hour, escalate_after: 1 hour}}",
      findings: [
        """
        a.yaml:2:30: error: "remind_before" has no meaning without a deadline.
          Add "first_touch" or "disposition", or remove it.
        """,
        """
        a.yaml:2:54: error: "escalate_after" has no meaning without a promise.
          Add "first_touch", "attempts" or "disposition", or remove it.
        """,
      ]
    ),
    FaultyAgreement(
      code: "agreement.sla",
      text: """
        sla:
          sales: {first_touch: 1 working hour, disposition: 2 days, remind_before: 1 working \
        hour}
        """,
      findings: [
        """
        a.yaml:3:76: error: "remind_before" would remind of "default" before a lead is handed \
        over.
          Write a time shorter than that of "default".
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.vocabulary",
      text: "vocabulary: {sql: {sales: accepted lead}, SQL: {marketing: hand-over}}",
      findings: [
        """
        a.yaml:2:43: error: term "SQL" is given twice, first in line 2.
          Keep one of the two.
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.vocabulary",
      text: "vocabulary: {win rate: {sales: closing rate}, wim_rate: {sales: closing}}",
      findings: [
        """
        a.yaml:2:47: note: "wim_rate" is neither a stage nor a word of the answers: only the \
        glossary shows it.
          Did you mean "win_rate"?
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.word-with-two-meanings",
      text: "vocabulary: {mql: {marketing: good lead}, sql: {sales: Good-Lead}}",
      findings: [
        """
        a.yaml:2:56: warning: "Good-Lead" has two meanings: it is marketing's word for "mql" \
        and sales' word for "sql".
          Give one of the two another word.
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.word-with-two-meanings",
      text:
        "stages: {path: [lead, {id: mql, is: fits}, won]}\nvocabulary: {mql: {is: asked}}",
      findings: [
        """
        a.yaml:3:14: warning: "mql" has two meanings: the stage says "fits", the vocabulary \
        "asked".
          Keep one of the two sentences.
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.word-with-two-meanings",
      text: "vocabulary: {mql: {sales: lead}}",
      findings: [
        """
        a.yaml:2:27: warning: "lead" has two meanings: it is the usual word for "lead" and \
        sales' word for "mql".
          Give one of the two another word.
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.word-with-two-meanings",
      text: "vocabulary: {mql: {sales: raw}, sql: {sales: raw}}",
      findings: [
        """
        a.yaml:2:46: warning: "raw" has two meanings: it is sales' word for "mql" and sales' \
        word for "sql".
          Give one of the two another word.
        """
      ]
    ),
  ]
}
