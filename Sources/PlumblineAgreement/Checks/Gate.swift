import PlumblineCore
import PlumblineYAML

extension AgreementCheck {
  /// A gate that nobody can pass, that everybody passes, or that contradicts another line.
  static let gate = AgreementCheck(code: "agreement.gate") { draft, report in
    for detour in draft.detoursInForce {
      guard let gate = detour.gate else { continue }
      report(
        "the detour \"\(detour.id.value.shownInMessage)\" cannot have a gate: leaving the path "
          + "counts at once.",
        at: gate.position,
        remedy: "Remove \"gate\" there."
      )
    }
    for (index, stage) in draft.pathInForce.enumerated() {
      guard let gate = stage.gate else { continue }
      let shown = stage.id.value.shownInMessage
      if index == 0 {
        report(
          "the first stage \"\(shown)\" cannot have a gate: a lead is in it from the beginning.",
          at: gate.position,
          remedy: "Remove \"gate\" there."
        )
        continue
      }
      if gate.isWhole, gate.score == nil, gate.factors == nil, gate.acceptedBy == nil {
        report.note(
          "the gate of \"\(shown)\" asks for nothing.",
          at: gate.position,
          remedy: "Write what must be true of a lead, such as {score: \">= 60\"}, or remove it."
        )
      }
      let factors = draft.qualifyingFactors?.count ?? QualifyingFactor.usual.count
      if let asked = gate.factors, asked.value > factors {
        report(
          "\"\(shown)\" asks for \(asked.value) qualifying factor\(asked.value == 1 ? "" : "s"), but "
            + (factors == 0
              ? "there are none." : factors == 1 ? "there is 1." : "there are \(factors)."),
          at: asked.position,
          remedy: factors == 0
            ? "Name them under \"qualifying_factors\"."
            : "Ask for \(factors) at most, or name more under \"qualifying_factors\"."
        )
      }
      let reasons = draft.dispositions?.map(\.outcome) ?? [.accepted]
      if let team = gate.acceptedBy, draft.hasAllDispositions, !reasons.contains(.accepted) {
        report(
          "\"\(shown)\" asks that \(team.value.rawValue) accepted the lead, but no disposition has "
            + "the outcome accepted.",
          at: team.position,
          remedy: "Add one under \"dispositions\", such as {id: accepted, outcome: accepted}."
        )
      } else if let team = gate.acceptedBy, team.value == .marketing {
        report.warn(
          "\"\(shown)\" asks that marketing accepted the lead, but nobody records that: it can "
            + "never be tested, and every entry counts.",
          at: team.position,
          remedy: "Write \"accepted_by: sales\", or ask for a score or factors."
        )
      }
      if stage.id.value == "mql", let score = gate.score, let threshold = draft.score?.threshold,
        score.value != threshold.value
      {
        report(
          "the gate of \"mql\" asks for a score of \(score.value), but \"mql_at\" says "
            + "\(threshold.value).",
          at: score.position,
          remedy: "Write the same number in both, or leave one of them out."
        )
      }
    }
  }
}
