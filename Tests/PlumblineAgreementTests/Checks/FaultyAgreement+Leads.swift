extension FaultyAgreement {
  /// Faults in what leads are, score and become.
  static let leads = [
    FaultyAgreement(
      code: "agreement.dispositions",
      text: "dispositions: []",
      findings: [
        """
        a.yaml:2:15: error: "dispositions" lists nothing that sales may say.
          Remove it to take the usual list, or name at least one.
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.dispositions",
      text: "dispositions: [{id: No Fit!, outcome: rejected}, {id: '9', outcome: accepted}]",
      findings: [
        """
        a.yaml:2:21: error: disposition id "No Fit!" may hold only lower-case letters, digits \
        and _, and begins with a letter.
          Write {id: no_fit, also: ["No Fit!"]}.
        """,
        """
        a.yaml:2:55: error: disposition id "9" may hold only lower-case letters, digits and \
        _, and begins with a letter.
          Give it a short id.
        """,
      ]
    ),
    FaultyAgreement(
      code: "agreement.dispositions",
      text: "dispositions: [{id: ok, outcome: accepted}, {id: ok, outcome: rejected}]",
      findings: [
        """
        a.yaml:2:50: error: disposition "ok" is given twice, first in line 2.
          Remove one of the two, or give it another id.
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.dispositions",
      text: """
        dispositions:
          - {id: ok, outcome: accepted, also: [fine, No-Fit]}
          - {id: no_fit, outcome: rejected, also: Fine}
        """,
      findings: [
        """
        a.yaml:3:46: error: "No-Fit" names both disposition "no_fit" and disposition "ok".
          Keep it in one of the two.
        """,
        """
        a.yaml:4:43: error: "Fine" names both disposition "ok" and disposition "no_fit".
          Keep it in one of the two.
        """,
      ]
    ),
    FaultyAgreement(
      code: "agreement.dispositions",
      text: """
        dispositions: [{id: a, outcome: accepted, default: true}, {id: b, outcome: rejected, \
        default: true}]
        """,
      findings: [
        """
        a.yaml:2:95: error: both "a" and "b" are the default.
          A CRM fills in one: keep "default: true" there.
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.gate",
      text: """
        stages: {path: [{id: lead, gate: {score: 1}}, won], detours: [{id: lost, gate: \
        {factors: 1}}]}
        """,
      findings: [
        """
        a.yaml:2:34: error: the first stage "lead" cannot have a gate: a lead is in it from \
        the beginning.
          Remove "gate" there.
        """,
        """
        a.yaml:2:80: error: the detour "lost" cannot have a gate: leaving the path counts at \
        once.
          Remove "gate" there.
        """,
      ]
    ),
    FaultyAgreement(
      code: "agreement.gate",
      text: "stages: {path: [lead, {id: sql, gate: {bant: 5}}, won]}",
      findings: [
        """
        a.yaml:2:46: error: "sql" asks for 5 qualifying factors, but there are 4.
          Ask for 4 at most, or name more under "qualifying_factors".
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.gate",
      text: """
        stages: {path: [lead, {id: sql, gate: {factors: 1}}, won]}
        qualifying_factors: []
        """,
      findings: [
        """
        a.yaml:2:49: error: "sql" asks for 1 qualifying factor, but there are none.
          Name them under "qualifying_factors".
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.gate",
      text: "stages: {path: [lead, {id: sql, gate: {bant: 3, factors: 3}}, won]}",
      findings: [
        """
        a.yaml:2:40: error: "bant" and "factors" say the same thing twice.
          Keep one of the two.
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.gate",
      text: """
        stages: {path: [lead, {id: sql, gate: {accepted_by: sales}}, won]}
        dispositions: [{id: no, outcome: rejected}]
        """,
      findings: [
        """
        a.yaml:2:53: error: "sql" asks that sales accepted the lead, but no disposition has \
        the outcome accepted.
          Add one under "dispositions", such as {id: accepted, outcome: accepted}.
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.gate",
      text: """
        stages: {path: [lead, {id: mql, gate: {score: '>= 50'}}, won]}
        score: {mql_at: 60}
        """,
      findings: [
        """
        a.yaml:2:47: error: the gate of "mql" asks for a score of 50, but "mql_at" says 60.
          Write the same number in both, or leave one of them out.
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.gate",
      text: "stages: {path: [lead, {id: sql, gate: {accepted_by: marketing, bant: 1}}, won]}",
      findings: [
        """
        a.yaml:2:53: warning: "sql" asks that marketing accepted the lead, but nobody records \
        that: it can never be tested, and every entry counts.
          Write "accepted_by: sales", or ask for a score or factors.
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.ideal-customer",
      text: "ideal_customer: {industry: software, industries: [fintech]}",
      findings: [
        """
        a.yaml:2:38: error: attribute "industry" of the ideal customer is given twice, first \
        in line 2.
          Put all values that fit into one list.
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.qualifying-factors",
      text: "qualifying_factors: [need, Need]",
      findings: [
        """
        a.yaml:2:28: error: qualifying factor "Need" is given twice, first in line 2.
          Keep one of the two.
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.qualifying-factors",
      text: "qualifying_factors: {budget: {yes: [open, ok], no: [frozen, Open]}}",
      findings: [
        """
        a.yaml:2:61: error: "Open" means both yes and no of "budget".
          Keep it in one of the two lists.
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.recycle",
      text: "recycle: [{when: \"dsqualified: bad timing\", after: 60 days, to: later}]",
      findings: [
        """
        a.yaml:2:18: error: "when" names "dsqualified", which is no detour.
          Did you mean "disqualified"?
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.recycle",
      text: "recycle: [{when: won, after: 60 days, to: later}]",
      findings: [
        """
        a.yaml:2:18: error: "when" names stage "won", which is on the path.
          The detours are: recycled, disqualified, lost.
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.recycle",
      text: "recycle: [{when: \"lost:\", after: 0 days, to: ../secret}]",
      findings: [
        """
        a.yaml:2:18: error: "when" names no reason after the colon.
          Write "lost: bad timing", or "lost" alone for any reason.
        """,
        """
        a.yaml:2:46: error: "../secret" cannot name a list: it becomes the name of a file.
          Use letters, digits, blanks, ".", "-" and "_", beginning with a letter or digit.
        """,
      ]
    ),
    FaultyAgreement(
      code: "agreement.recycle",
      text: """
        recycle:
          - {when: "lost: price", after: 60 days, to: a}
          - {when: "lost:  Price", after: 90 days, to: b}
          - {when: lost, after: 90 days, to: b}
        """,
      findings: [
        """
        a.yaml:4:12: error: two rules take up the same leads, the first in line 3.
          Keep one of the two.
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.score",
      text: """
        score: {fit: {industry: {software: 10, any: 1, Software: 5, missing: -5}, size: \
        {10..100: 5, 20..50: 9}}}
        """,
      findings: [
        """
        a.yaml:2:48: error: "Software" never counts: the value at line 2, column 40, fits first.
          The first value that fits counts: put it first, or remove it.
        """,
        """
        a.yaml:2:94: error: "20..50" never counts: the value at line 2, column 82, fits first.
          The first value that fits counts: put it first, or remove it.
        """,
      ]
    ),
    FaultyAgreement(
      code: "agreement.score",
      text: "score: {fit: {industry: {software: 10}, industries: {fintech: 10}}}",
      findings: [
        """
        a.yaml:2:41: error: attribute "industry" is scored twice, first in line 2.
          Put all its values in one place.
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.score",
      text: """
        score: {engagement: {download: 0, email_open: {points: -20, most: 10}, E-Mail open: 1, \
        email-open: 1}}
        """,
      findings: [
        """
        a.yaml:2:32: error: touch "download" brings no points.
          Give it points, below 0 for what speaks against a lead, or remove it.
        """,
        """
        a.yaml:2:67: error: one "email_open" brings 20 points, more than "most" allows.
          Write at least 20, or fewer points.
        """,
        """
        a.yaml:2:88: error: touch "email-open" is scored twice, first in line 2.
          Keep one of the two.
        """,
      ]
    ),
    FaultyAgreement(
      code: "agreement.score-not-used",
      text: """
        stages: {path: [lead, {id: mql, gate: {factors: 1}}, won]}
        score: {engagement: {open: 2}, mql_at: 40}
        """,
      findings: [
        """
        a.yaml:3:40: note: "mql_at" moves no lead: no stage has a gate with a score, so stages \
        count as recorded.
          Give a stage gate: {score: ">= 40"}, if the score is to decide.
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.score-reach",
      text: """
        score: {fit: {size: {50..: 20, any: 5}}, engagement: {open: {points: 2, most: 10}, \
        spam: -5}, mql_at: 31}
        stages: {path: [lead, {id: mql, gate: {score: 31}}, won]}
        """,
      findings: [
        """
        a.yaml:2:103: warning: no lead can reach "mql_at": the rules bring 30 points at most.
          Lower it to 30 or less, or give more points.
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.score-reach",
      text: """
        score: {fit: {size: {missing: 5}}, engagement: {open: 2}, mql_at: 5}
        stages: {path: [lead, {id: mql, gate: {score: 5}}, won]}
        """,
      findings: [
        """
        a.yaml:2:67: warning: a lead of which nothing is known reaches "mql_at" with 5 points.
          Raise it above 5.
        """
      ]
    ),
    FaultyAgreement(
      code: "agreement.stale-after",
      text: """
        stages: {path: [lead, {id: won, stale_after: 1 day}], detours: [{id: lost, stale_after: \
        2 weeks}]}
        """,
      findings: [
        """
        a.yaml:2:46: error: leads at the last stage "won" cannot become stale: nothing comes \
        after it.
          Remove "stale_after" there.
        """,
        """
        a.yaml:2:89: error: leads at the detour "lost" cannot become stale: they left the path.
          Remove "stale_after" there; "recycle" says when they are taken up again.
        """,
      ]
    ),
  ]
}
