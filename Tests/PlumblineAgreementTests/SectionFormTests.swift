import PlumblineAgreement
import PlumblineCore
import Testing

/// Values of the wrong form in the sections about leads and teams, with all that is said of them.
struct SectionFormTests {
  @Test(arguments: [
    (
      """
      score: {fit: {size: {50: x, ..: 1, 9..1: 1, a..b: 1}}, engagement: {open: {}, click: \
      {points: 1.5, most: 0}, half_life: 30}, mql_at: high}
      """,
      [
        """
        a.yaml:2:26: error: "50" of "size" of "fit" must be a whole number, not "x". \
        [agreement.wrong-type]
        """,
        """
        a.yaml:2:29: error: "size" of "fit" must be a range such as 50..1000, not "..".
          Write two numbers, or one and an open end: 50.. or ..1000. [agreement.wrong-type]
        """,
        """
        a.yaml:2:36: error: the range "9..1" of "size" of "fit" ends before it begins.
          Write 1..9. [agreement.out-of-range]
        """,
        """
        a.yaml:2:45: error: "size" of "fit" must be a range such as 50..1000, not "a..b".
          Write two numbers, or one and an open end: 50.. or ..1000. [agreement.wrong-type]
        """,
        """
        a.yaml:2:75: error: "open" of "engagement" has no "points".
          Add "points". [agreement.missing-key]
        """,
        """
        a.yaml:2:95: error: "points" must be a whole number, not "1.5". [agreement.wrong-type]
        """,
        """
        a.yaml:2:106: error: "most" must be between 1 and 1000000, not 0. \
        [agreement.out-of-range]
        """,
        """
        a.yaml:2:121: error: "half_life" of "engagement" must be a number of days or weeks, \
        not "30".
          Write 30 days. [agreement.wrong-type]
        """,
        """
        a.yaml:2:134: error: "mql_at" must be a whole number, not "high". [agreement.wrong-type]
        """,
      ]
    ),
    (
      """
      stages: {path: [lead, {id: sql, gate: {score: '> 60', bant: 0, accepted_by: both}, \
      stale_after: 14}, won]}
      """,
      [
        """
        a.yaml:2:47: error: "score" must be the least score, such as ">= 60", not "> 60".
          Only >= is read: a score at the mark is enough. [agreement.wrong-type]
        """,
        """
        a.yaml:2:61: error: "bant" must be between 1 and 100, not 0. [agreement.out-of-range]
        """,
        """
        a.yaml:2:77: error: "accepted_by" must be one of marketing, sales, not "both". \
        [agreement.wrong-type]
        """,
        """
        a.yaml:2:97: error: "stale_after" must be a number of days or weeks, not "14".
          Write 14 days. [agreement.wrong-type]
        """,
      ]
    ),
    (
      """
      ideal_customer: {size: [1..5, software], industry: [], country: , city: {a: b}}
      qualifying_factors: {need: 5, '': {}, budget: {yes: }}
      """,
      [
        """
        a.yaml:2:25: error: entry 1 of "size" of "ideal_customer" must be a word, not the \
        range "1..5".
          A range stands alone, without brackets. [agreement.wrong-type]
        """,
        """
        a.yaml:2:52: error: "industry" of "ideal_customer" names no value.
          Name those that fit, or remove it. [agreement.no-value]
        """,
        """
        a.yaml:2:65: error: "country" of "ideal_customer" has no value.
          Write its value, or remove it; an empty text is written "". [agreement.no-value]
        """,
        """
        a.yaml:2:73: error: "city" of "ideal_customer" must be a text, not a mapping. \
        [agreement.wrong-type]
        """,
        """
        a.yaml:3:28: error: "need" of "qualifying_factors" must be a mapping, not "5".
          Known keys: is, no, yes. [agreement.wrong-type]
        """,
        """
        a.yaml:3:31: error: the name of a qualifying factor must not be empty. \
        [agreement.no-value]
        """,
        """
        a.yaml:3:53: error: "yes" has no value.
          Write its value, or remove it; an empty text is written "". [agreement.no-value]
        """,
      ]
    ),
    (
      """
      sla: {marketing: {qualified_leads: 120, share_in_ideal_customer: 70%}, sales: \
      {disposition: soon, remind_before: 1 working day, escalate_after: 0 hours}}
      """,
      [
        """
        a.yaml:2:36: error: "qualified_leads" must be a number per week, month or quarter, \
        not "120".
          Write 120 per month. [agreement.wrong-type]
        """,
        """
        a.yaml:2:66: error: "share_in_ideal_customer" must be a share from 0 to 1, not "70%".
          Write 0.7. [agreement.wrong-type]
        """,
        """
        a.yaml:2:93: error: "disposition" must be a number of working hours or working \
        minutes, or of hours, not "soon".
          Write 4 working hours. [agreement.wrong-type]
        """,
        """
        a.yaml:2:114: error: "remind_before" must be a number of working hours or working \
        minutes, or of hours, not "1 working day".
          A working day has no fixed length: write its hours, such as 8 working hours. \
        [agreement.wrong-type]
        """,
        """
        a.yaml:2:145: error: "escalate_after" must be between 1 minute and 365 days, not "0 \
        hours". [agreement.out-of-range]
        """,
      ]
    ),
    (
      """
      sla: {marketing: {qualified_leads: 0 per month}}
      """,
      [
        """
        a.yaml:2:36: error: "qualified_leads" must be between 1 and 1000000000 leads, not "0 \
        per month". [agreement.out-of-range]
        """
      ]
    ),
    (
      """
      dispositions: [accepted, {is: x, outcome: maybe}, {id: ok, outcome: accepted, \
      default: yes}]
      """,
      [
        """
        a.yaml:2:16: error: entry 1 of "dispositions" must be a mapping, not "accepted".
          Known keys: also, default, id, is, outcome. [agreement.wrong-type]
        """,
        """
        a.yaml:2:26: error: entry 2 of "dispositions" has no "id".
          Add "id". [agreement.missing-key]
        """,
        """
        a.yaml:2:43: error: "outcome" must be one of accepted, rejected, recycled, not \
        "maybe". [agreement.wrong-type]
        """,
        """
        a.yaml:2:88: error: "default" must be true or false, not "yes". [agreement.wrong-type]
        """,
      ]
    ),
    (
      """
      recycle: [{when: lost, after: soon, to: x}, {after: -1 days, to: x}]
      suppress: {touched_within: 14, unsubscribed: }
      """,
      [
        """
        a.yaml:2:31: error: "after" must be a number of days or weeks, not "soon".
          Write 91 days. [agreement.wrong-type]
        """,
        """
        a.yaml:2:45: error: entry 2 of "recycle" has no "when".
          Add "when". [agreement.missing-key]
        """,
        """
        a.yaml:2:53: error: "after" must be between 0 days and 3650 days, not "-1 days". \
        [agreement.out-of-range]
        """,
        """
        a.yaml:3:28: error: "touched_within" must be a number of days or weeks, not "14".
          Write 14 days. [agreement.wrong-type]
        """,
        """
        a.yaml:3:46: error: "unsubscribed" has no value.
          Write its value, or remove it; an empty text is written "". [agreement.no-value]
        """,
      ]
    ),
    (
      """
      goals: {revenue: 5, profit: {}, quota: {rep-01: {2026-Q1: much}, rep-02: lots}}
      incentives: {sales: [{weight: 50%}], reps: []}
      """,
      [
        """
        a.yaml:2:18: error: "revenue" must be a mapping, not "5".
          Write key: value, one on each line. [agreement.wrong-type]
        """,
        """
        a.yaml:2:21: error: "goals" has no key "profit".
          Known keys: quota, revenue. [agreement.unknown-key]
        """,
        """
        a.yaml:2:59: error: "2026-Q1" of "rep-01" of "quota" must be a number, not "much".
          Write digits with a decimal point, such as 1250 or 0.78. [agreement.wrong-type]
        """,
        """
        a.yaml:2:66: error: "rep-02" of "quota" is no year, quarter or month.
          Write 2026, 2026-Q1 or 2026-01; an owner's quota has a period too: {rep-01: \
        {2026-Q1: 300000}}. [agreement.goals]
        """,
        """
        a.yaml:2:74: error: "rep-02" of "quota" must be a number, not "lots".
          Write digits with a decimal point, such as 1250 or 0.78. [agreement.wrong-type]
        """,
        """
        a.yaml:3:22: error: entry 1 of "sales" has no "measure".
          Add "measure". [agreement.missing-key]
        """,
        """
        a.yaml:3:31: error: "weight" must be a share from 0 to 1, not "50%".
          Write 0.5. [agreement.wrong-type]
        """,
        """
        a.yaml:3:38: error: "incentives" has no key "reps".
          Known keys: marketing, sales. [agreement.unknown-key]
        """,
      ]
    ),
    (
      """
      launches: [{name: x, starts: soon, ends: 2026-02-30, wins: 0, qualified_leads: few}]
      vocabulary: {sql: accepted, mql: {seller: x}}
      """,
      [
        """
        a.yaml:2:30: error: "starts" must be a date, not "soon".
          Write year, month and day, such as 2026-01-31. [agreement.wrong-type]
        """,
        """
        a.yaml:2:42: error: "ends" must be a date, not "2026-02-30".
          Write year, month and day, such as 2026-01-31. [agreement.wrong-type]
        """,
        """
        a.yaml:2:60: error: "wins" must be between 1 and 1000000000, not 0. \
        [agreement.out-of-range]
        """,
        """
        a.yaml:2:80: error: "qualified_leads" must be a whole number, not "few". \
        [agreement.wrong-type]
        """,
        """
        a.yaml:3:19: error: "sql" of "vocabulary" must be a mapping, not "accepted".
          Known keys: is, leadership, marketing, sales. [agreement.wrong-type]
        """,
        """
        a.yaml:3:35: error: "mql" of "vocabulary" has no key "seller".
          Known keys: is, leadership, marketing, sales. [agreement.unknown-key]
        """,
      ]
    ),
    (
      """
      quota: {}
      signatures: [x]
      economics: {sales_cost: {ramp: 0 months}}
      """,
      [
        """
        a.yaml:2:1: error: the agreement has no key "quota".
          Known keys: agreement, channels, company, currency, dispositions, economics, \
        effective, goals, hand_off, horizons, ideal_customer, incentives, launches, plan, \
        qualifying_factors, recycle, routing, score, signatures, sla, stages, suppress, \
        time_zone, verdict, version, vocabulary, working_time. [agreement.unknown-key]
        """,
        """
        a.yaml:3:1: note: signatures in this file are not read: they would change the bytes \
        that they sign.
          Sign the file with plumbline agreement sign; signatures stand beside it. \
        [agreement.signatures]
        """,
        """
        a.yaml:4:32: error: "ramp" must be between 1 month and 120 months, not "0 months". \
        [agreement.out-of-range]
        """,
      ]
    ),
  ])
  func `finds everything that has the wrong form`(text: String, findings: [String]) {
    let (agreement, diagnostics) = AgreementReader.read(
      text: "agreement: 1\n\(text)\n",
      file: "a.yaml"
    )
    #expect(agreement == nil)
    #expect(diagnostics.map(\.description) == findings)
  }
}
