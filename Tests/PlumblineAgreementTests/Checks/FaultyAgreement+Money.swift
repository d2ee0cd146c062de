extension FaultyAgreement {
  /// Faults in the terms of money and of pay.
  static let money = [
    FaultyAgreement(
      code: "agreement.economics",
      text: """
        economics:
          monthly_churn: -0.01
          monthly_discount: 1.01
          target_ratio: 0
          carry_over: 1
        """,
      findings: [
        "a.yaml:3:18: error: \"monthly_churn\" must be between 0 and 1, not -0.01.",
        """
        a.yaml:4:21: error: "monthly_discount" must be between 0 and 1, not 1.01.
          Write 1.01 % as 0.0101.
        """,
        "a.yaml:5:17: error: \"target_ratio\" must be above 0 and at most 1000, not 0.",
        "a.yaml:6:15: error: \"carry_over\" must be at least 0 and below 1, not 1.",
      ]
    ),
    FaultyAgreement(
      code: "agreement.economics",
      text: """
        economics: {monthly_churn: 1.5, target_ratio: 1000.1, carry_over: 30, cash: 0.001, \
        overhead_month: -1, other_costs_month: 9000000000000}
        """,
      findings: [
        """
        a.yaml:2:28: error: "monthly_churn" must be between 0 and 1, not 1.5.
          Write 1.5 % as 0.015.
        """,
        "a.yaml:2:47: error: \"target_ratio\" must be above 0 and at most 1000, not 1000.1.",
        """
        a.yaml:2:67: error: "carry_over" must be at least 0 and below 1, not 30.
          Write 30 % as 0.3.
        """,
        """
        a.yaml:2:77: error: "cash" has more decimals than USD: 0.001.
          Write at most 2 decimals, and no sign between thousands.
        """,
        "a.yaml:2:100: error: \"overhead_month\" must not be negative, not -1.",
        "a.yaml:2:123: error: \"other_costs_month\" is too large: 9000000000000.",
      ]
    ),
    FaultyAgreement(
      code: "agreement.economics",
      text: "economics: {cash: -1000000000000.01}",
      findings: ["a.yaml:2:19: error: \"cash\" is too large: -1000000000000.01."]
    ),
    FaultyAgreement(
      code: "agreement.economics",
      text: """
        economics:
          monthly_churn: 0.21
          monthly_discount: 0.1
          target_ratio: 0.5
          overhead_by: media
        """,
      findings: [
        """
        a.yaml:3:18: note: "monthly_churn" 0.21 is a share for each month: was it meant for a year?
          0.21 in a year is about 0.0195 a month. Leave it if it is meant for a month.
        """,
        """
        a.yaml:4:21: note: "monthly_discount" 0.1 is a share for each month: was it meant for a year?
          0.1 in a year is about 0.0080 a month. Leave it if it is meant for a month.
        """,
        """
        a.yaml:5:17: note: with "target_ratio" 0.5 a customer may cost more than it brings.
          Write at least 1 if a customer is to bring its cost back; 3 is usual.
        """,
        """
        a.yaml:6:16: note: "overhead_by" has no meaning without "overhead_month".
          Add "overhead_month" with what there is to divide, or remove it.
        """,
      ]
    ),
    FaultyAgreement(
      code: "agreement.economics",
      text: "economics: {monthly_churn: 1}",
      findings: [
        """
        a.yaml:2:28: note: "monthly_churn" 1 is a share for each month: was it meant for a year?
          Write the share of one month. Leave it if it is all of them in a month.
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.sales-cost",
      text: """
        economics:
          sales_cost:
            hire: -1
            commission: 10
            attrition: -0.1
            leads_per_month: 0
            hours_per_month: 744.5
            minutes: {call: -1, E-Mail: 10001, e_mail: 2}
        """,
      findings: [
        "a.yaml:4:11: error: \"hire\" must not be negative, not -1.",
        """
        a.yaml:5:17: error: "commission" must be between 0 and 1, not 10.
          Write 10 % as 0.1.
        """,
        "a.yaml:6:16: error: \"attrition\" must be between 0 and 1, not -0.1.",
        "a.yaml:7:22: error: \"leads_per_month\" must be above 0 and at most 1000000000, not 0.",
        "a.yaml:8:22: error: \"hours_per_month\" must be above 0 and at most 744, not 744.5.",
        "a.yaml:9:21: error: \"call\" must be between 0 and 10000, not -1.",
        "a.yaml:9:33: error: \"E-Mail\" must be between 0 and 10000, not 10001.",
        """
        a.yaml:9:40: error: the minutes of "e_mail" are given twice, first in line 9.
          Keep one of the two.
        """,
      ]
    ),
    FaultyAgreement(
      code: "agreement.sales-cost",
      text: "economics: {sales_cost: {attrition: 0.35}}",
      findings: [
        """
        a.yaml:2:37: note: "attrition" 0.35 is a share for each month: was it meant for a year?
          0.35 in a year is about 0.0353 a month. Leave it if it is meant for a month.
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.incentives",
      text: """
        incentives:
          marketing:
            - {measure: qualified_leads, weight: 0.1, target: -1}
            - {measure: accepted_share, weight: 0.1, target: 60}
            - {measure: cost_per_win, weight: 0.1, target: 0}
            - {measure: revenue, weight: 0.1, target: 0.001}
            - {measure: wins, weight: 0.1, pays_from: 0, pays_up_to: 0.99}
            - {measure: won_share, weight: 0.1, pays_from: 80, pays_up_to: 10.5}
        """,
      findings: [
        "a.yaml:4:55: error: \"target\" must be between 0 and 100000000000000, not -1.",
        """
        a.yaml:5:54: error: "target" must be between 0 and 1, not 60.
          Write 60 % as 0.6.
        """,
        """
        a.yaml:6:52: error: a "target" of 0 for "cost_per_win" can never be reached.
          Write what it may be at most.
        """,
        """
        a.yaml:7:47: error: "target" has more decimals than USD: 0.001.
          Write at most 2 decimals, and no sign between thousands.
        """,
        "a.yaml:8:47: error: \"pays_from\" must be above 0 and at most 1, not 0.",
        "a.yaml:8:62: error: \"pays_up_to\" must be between 1 and 10, not 0.99.",
        """
        a.yaml:9:52: error: "pays_from" must be above 0 and at most 1, not 80.
          Write 80 % as 0.8.
        """,
        "a.yaml:9:68: error: \"pays_up_to\" must be between 1 and 10, not 10.5.",
      ]
    ),
    FaultyAgreement(
      code: "agreement.incentives",
      text: """
        incentives:
          marketing:
            - {measure: qualified_leads, weight: 0.1, target: 0}
            - {measure: won_share, weight: 0.1, target: 0.0}
            - {measure: revenue, weight: 0.1, target: 0}
            - {measure: wins, weight: 0.1, target: 1}
        """,
      findings: [
        """
        a.yaml:4:55: error: a "target" of 0 for "qualified_leads" is reached by doing nothing.
          Write a target above 0, or leave it out.
        """,
        """
        a.yaml:5:49: error: a "target" of 0 for "won_share" is reached by doing nothing.
          Write a target above 0, or leave it out.
        """,
        """
        a.yaml:6:47: error: a "target" of 0 for "revenue" is reached by doing nothing.
          Write a target above 0, or leave it out.
        """,
      ]
    ),
    FaultyAgreement(
      code: "agreement.incentives",
      text: """
        incentives:
          sales: [{measure: wonshare, weight: 0.1}, {measure: Quota, weight: 0.1}]
          marketing: [{measure: applause, weight: 0.1, target: 1.5}]
        """,
      findings: [
        """
        a.yaml:3:21: warning: no answer computes "wonshare": pay for it stays out of the scorecard.
          Did you mean "won_share"?
        """,
        """
        a.yaml:3:55: warning: no answer computes "Quota": pay for it stays out of the scorecard.
          Did you mean "revenue"?
        """,
        """
        a.yaml:4:25: warning: no answer computes "applause": pay for it stays out of the scorecard.
          Known measures: qualified_leads, accepted_share, meetings_booked, meetings_held, wins, \
        won_share, revenue, first_touch, cost_per_win.
        """,
      ]
    ),
  ]
}
