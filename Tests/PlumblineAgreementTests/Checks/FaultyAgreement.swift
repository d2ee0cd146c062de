import PlumblineAgreement
import PlumblineCore
import Testing

/// A file with one fault and everything that is to be said about it.
struct FaultyAgreement: Sendable {
  /// The check's code.
  let code: String
  /// What follows the first line `agreement: 1`.
  let text: String
  /// The exact diagnostics, without the code in brackets.
  let findings: [String]

  /// Every faulty file.
  static let all = basics + leads + money + teams

  /// Faults in stages, channels, money and times.
  static let basics = [
    FaultyAgreement(
      code: "agreement.ambiguous-channel",
      text: "channels: {Meta: [fb, ig], Facebook: [FB, ' meta ', facebook]}",
      findings: [
        """
        a.yaml:2:39: error: "FB" names both channel "Meta" and channel "Facebook".
          Keep it in one of the two; upper case does not matter.
        """,
        """
        a.yaml:2:43: error: " meta " names both channel "Meta" and channel "Facebook".
          Keep it in one of the two; upper case does not matter.
        """,
      ]
    ),
    FaultyAgreement(
      code: "agreement.ambiguous-evidence",
      text: "stages: {path: [lead, {id: customer, evidence: deal_won}, won]}",
      findings: [
        """
        a.yaml:2:59: error: "deal_won" shows both stage "customer" and stage "won".
          Give it to one stage; "evidence: []" takes it from a stage that has it by its name.
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.ambiguous-stage",
      text: "stages: {path: [{id: lead, also: [New]}, {id: mql, also: [new, LEAD, Mql]}, won]}",
      findings: [
        """
        a.yaml:2:59: error: "new" names both stage "lead" and stage "mql".
          Keep it in one of the two; upper case, blanks, "-" and "_" do not matter.
        """,
        """
        a.yaml:2:64: error: "LEAD" names both stage "lead" and stage "mql".
          Keep it in one of the two; upper case, blanks, "-" and "_" do not matter.
        """,
      ]
    ),
    FaultyAgreement(
      code: "agreement.confirmation",
      text:
        "stages: {path: [lead, {id: mql, confirmed_by: {stage: sqll, within_days: 3}}, sql, won]}",
      findings: [
        """
        a.yaml:2:55: error: "mql" is to be confirmed by stage "sqll", which is not on the path.
          Did you mean "sql"?
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.confirmation",
      text: "stages: {path: [lead, {id: mql, confirmed_by: {stage: lost, within_days: 3}}, won]}",
      findings: [
        """
        a.yaml:2:55: error: "mql" is to be confirmed by the detour "lost".
          Stages that can confirm it: won.
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.confirmation",
      text: "stages: {path: [lead, {id: mql, confirmed_by: {stage: mql, within_days: 3}}, won]}",
      findings: [
        """
        a.yaml:2:55: error: "mql" is to be confirmed by itself.
          Stages that can confirm it: won.
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.confirmation",
      text: "stages: {path: [lead, mql, {id: won, confirmed_by: {stage: mql, within_days: 3}}]}",
      findings: [
        """
        a.yaml:2:60: error: "won" is to be confirmed by "mql", which comes before it.
          Remove "confirmed_by" there: nothing comes after the last stage.
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.confirmation",
      text: "stages: {path: [{id: lead, confirmed_by: {stage: won, within_days: 3}}, won]}",
      findings: [
        """
        a.yaml:2:42: error: the first stage "lead" cannot wait to be confirmed: a lead is in it from the \
        beginning.
          Remove "confirmed_by" there.
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.confirmation",
      text: "stages: {detours: [{id: lost, confirmed_by: {stage: won, within_days: 3}}]}",
      findings: [
        """
        a.yaml:2:45: error: the detour "lost" cannot wait to be confirmed: leaving the path counts at \
        once.
          Remove "confirmed_by" there.
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.currency",
      text: "currency: eur",
      findings: [
        """
        a.yaml:2:11: error: the currency must be three capital letters, not "eur".
          Write EUR.
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.currency",
      text: "currency: €",
      findings: [
        """
        a.yaml:2:11: error: the currency must be three capital letters, not "€".
          Write EUR.
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.currency",
      text: "currency: Talers",
      findings: [
        """
        a.yaml:2:11: error: the currency must be three capital letters, not "Talers".
          Write the ISO 4217 code, such as EUR or USD.
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.duplicate-channel",
      text: "channels: [Google Ads, Meta, google ads]",
      findings: [
        """
        a.yaml:2:30: error: channel "google ads" is given twice, first in line 2.
          Keep one of the two; upper case does not matter.
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.duplicate-stage",
      text: "stages: {path: [lead, mql, lead], detours: [lost, gone, gone]}",
      findings: [
        """
        a.yaml:2:28: error: stage "lead" is given twice, first in line 2.
          Remove one of the two, or give it another id.
        """,
        """
        a.yaml:2:57: error: stage "gone" is given twice, first in line 2.
          Remove one of the two, or give it another id.
        """,
      ]
    ),
    FaultyAgreement(
      code: "agreement.effective-date",
      text: "effective: 2026-02-29",
      findings: [
        """
        a.yaml:2:12: error: "effective" must be a date, not "2026-02-29".
          Write year, month and day, such as 2026-01-31.
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.gross-margin",
      text: "economics: {gross_margin: 78}",
      findings: [
        """
        a.yaml:2:27: error: "gross_margin" must be between 0 and 1, not 78.
          Write 78 % as 0.78.
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.gross-margin",
      text: "economics: {gross_margin: -0.01}",
      findings: ["a.yaml:2:27: error: \"gross_margin\" must be between 0 and 1, not -0.01."]
    ),
    FaultyAgreement(
      code: "agreement.hand-off",
      text: "hand_off: sqll",
      findings: [
        """
        a.yaml:2:11: error: "hand_off" names stage "sqll", which is not on the path.
          Did you mean "sql"?
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.hand-off",
      text: "hand_off: recycled",
      findings: [
        """
        a.yaml:2:11: error: "hand_off" names the detour "recycled".
          Stages that can hand leads to sales: lead, mql, sql, meeting_booked, meeting_held, \
        opportunity.
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.hand-off",
      text: "hand_off: won",
      findings: [
        """
        a.yaml:2:11: error: "hand_off" names the last stage of the path, after which nothing can \
        be won.
          Name the stage at which sales takes over, such as "opportunity".
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.horizon",
      text:
        "horizons: {won: 1 day, mqll-won: 1 day, won-mql: 1 day, mql-mql: 1 day, mql-lost: 1 day}",
      findings: [
        """
        a.yaml:2:12: error: "won" does not name a transition.
          Write two stages of the path with a hyphen, such as "meeting_held-won".
        """,
        """
        a.yaml:2:24: error: the horizon "mqll-won" names stage "mqll", which is not on the path.
          Did you mean "mql"?
        """,
        """
        a.yaml:2:41: error: the horizon "won-mql" goes backwards: "mql" comes before "won".
          Did you mean "mql-won"?
        """,
        "a.yaml:2:57: error: the horizon \"mql-mql\" leads nowhere: both stages are the same.",
        """
        a.yaml:2:73: error: the horizon "mql-lost" names the detour "lost".
          Stages of the path: lead, mql, sql, meeting_booked, meeting_held, opportunity, w….
        """,
      ]
    ),
    FaultyAgreement(
      code: "agreement.path-too-short",
      text: "stages: {path: []}",
      findings: [
        """
        a.yaml:2:16: error: the path has no stages.
          Name at least two stages in order, such as [lead, won].
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.path-too-short",
      text: "stages: {path: [lead]}",
      findings: [
        """
        a.yaml:2:16: error: the path has only one stage.
          Name at least two stages in order, such as [lead, won].
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.plan",
      text: """
        plan: {leads: -1, rates: {lead-sql: 1, mql-sql: 45}, mean_deal: 0.001, \
        channels: {Meta: {}, meta: {mean_deal: -1}, fb: {rates: {lead-mqll: -0.1}}}}
        channels: {Meta: fb}
        """,
      findings: [
        "a.yaml:2:15: error: \"leads\" must be between 0 and 1000000000 a month, not -1.",
        """
        a.yaml:2:27: error: the plan names "lead-sql", which is no step from one stage of the path \
        to the next.
          Did you mean "lead-mql"?
        """,
        """
        a.yaml:2:49: error: "mql-sql" of "rates" must be between 0 and 1, not 45.
          Write 45 % as 0.45.
        """,
        """
        a.yaml:2:65: error: "mean_deal" has more decimals than USD: 0.001.
          Write at most 2 decimals, and no sign between thousands.
        """,
        """
        a.yaml:2:93: error: channel "meta" is planned twice, first in line 2.
          Keep one of the two; upper case does not matter.
        """,
        "a.yaml:2:111: error: \"mean_deal\" must not be negative, not -1.",
        """
        a.yaml:2:116: error: the plan names "fb", which is another name of channel "Meta".
          Write "Meta".
        """,
        """
        a.yaml:2:129: error: the plan names "lead-mqll", which is no step from one stage of the \
        path to the next.
          Did you mean "lead-mql"?
        """,
        "a.yaml:2:140: error: \"lead-mqll\" of \"rates\" must be between 0 and 1, not -0.1.",
      ]
    ),
    FaultyAgreement(
      code: "agreement.sales-cost",
      text: "economics: {sales_cost: {rep_month: -1}}",
      findings: ["a.yaml:2:37: error: \"rep_month\" must not be negative, not -1."]
    ),
    FaultyAgreement(
      code: "agreement.sales-cost",
      text: "economics: {sales_cost: {rep_month: 11.000}}",
      findings: [
        """
        a.yaml:2:37: error: "rep_month" has more decimals than USD: 11.000.
          Write at most 2 decimals, and no sign between thousands.
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.sales-cost",
      text: "economics: {sales_cost: {rep_month: 1000000000000.01}}",
      findings: ["a.yaml:2:37: error: \"rep_month\" is too large: 1000000000000.01."]
    ),
    FaultyAgreement(
      code: "agreement.sla",
      text: "sla: {sales: {compliance: 80, first_touch: {default: 1 hour, hot_from: 3}}}",
      findings: [
        """
        a.yaml:2:27: error: "compliance" must be above 0 and at most 1, not 80.
          Write 80 % as 0.8.
        """,
        """
        a.yaml:2:72: error: "hot_from" has no meaning without "hot".
          Add "hot" with the time for hot leads, such as 1 working hour, or remove it.
        """,
      ]
    ),
    FaultyAgreement(
      code: "agreement.sla",
      text: """
        sla: {sales: {compliance: 0, first_touch: {default: 1 hour, hot: 2 hours, hot_from: 3}}}
        """,
      findings: [
        "a.yaml:2:27: error: \"compliance\" must be above 0 and at most 1, not 0.",
        """
        a.yaml:2:66: error: "hot" gives hot leads more time than "default" gives the others.
          Give hot leads less time, or leave "hot" out.
        """,
      ]
    ),
    FaultyAgreement(
      code: "agreement.stage-id",
      text: "stages: {path: [lead, Discovery Call, 顧客, 1st]}",
      findings: [
        """
        a.yaml:2:23: error: stage id "Discovery Call" may hold only lower-case letters, digits and \
        _, and begins with a letter.
          Write {id: discovery_call, also: ["Discovery Call"]}; files may go on calling it \
        "Discovery Call".
        """,
        """
        a.yaml:2:39: error: stage id "顧客" may hold only lower-case letters, digits and _, and \
        begins with a letter.
          Give it a short id, and list the words that files use under "also".
        """,
        """
        a.yaml:2:43: error: stage id "1st" may hold only lower-case letters, digits and _, and \
        begins with a letter.
          Give it a short id, and list the words that files use under "also".
        """,
      ]
    ),
    FaultyAgreement(
      code: "agreement.stage-in-path-and-detours",
      text: "stages: {detours: [recycled, won]}",
      findings: [
        """
        a.yaml:2:30: error: stage "won" stands both in the path and among the detours.
          Remove it from one of the two.
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.time-zone",
      text: "time_zone: Europe/Berln",
      findings: [
        """
        a.yaml:2:12: error: there is no time zone "Europe/Berln".
          Did you mean "Europe/Berlin"?
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.time-zone",
      text: "time_zone: New York",
      findings: [
        """
        a.yaml:2:12: error: there is no time zone "New York".
          Did you mean "America/New_York"?
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.time-zone",
      text: "time_zone: at the office",
      findings: [
        """
        a.yaml:2:12: error: there is no time zone "at the office".
          Write a name such as Europe/Berlin or UTC.
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.verdict",
      text: "verdict: {relative_difference: 0, false_discovery_rate: 1}",
      findings: [
        "a.yaml:2:32: error: \"relative_difference\" must be above 0 and at most 1, not 0.",
        "a.yaml:2:57: error: \"false_discovery_rate\" must be above 0 and below 1, not 1.",
      ]
    ),
    FaultyAgreement(
      code: "agreement.working-time",
      text: "working_time: {days: [], hours: []}",
      findings: [
        """
        a.yaml:2:22: error: "days" names no day.
          Write the days on which people work, such as mon-fri.
        """,
        """
        a.yaml:2:33: error: "hours" names no hours.
          Write the hours of a working day, such as ["09:00-17:00"].
        """,
      ]
    ),
    FaultyAgreement(
      code: "agreement.working-time",
      text: "working_time: {hours: [\"22:00-06:00\", \"09:00-09:00\"]}",
      findings: [
        """
        a.yaml:2:24: error: the hours "22:00-06:00" end before they begin.
          Write hours over midnight as two: ["22:00-24:00", "00:00-06:00"].
        """,
        """
        a.yaml:2:39: error: the hours "09:00-09:00" end before they begin.
          Write hours over midnight as two: ["22:00-24:00", "00:00-06:00"].
        """,
      ]
    ),
    FaultyAgreement(
      code: "agreement.working-time",
      text: "working_time: {hours: [\"13:00-17:00\", \"09:00-13:01\", \"17:00-18:00\"]}",
      findings: [
        """
        a.yaml:2:39: error: the hours "13:00-17:00" overlap "09:00-13:01".
          Give each hour once.
        """
      ]
    ),
  ]
}
