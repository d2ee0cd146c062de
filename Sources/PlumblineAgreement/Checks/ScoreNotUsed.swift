import PlumblineCore
import PlumblineYAML

extension AgreementCheck {
  /// A mark for the score that no gate looks at.
  static let scoreNotUsed = AgreementCheck(code: "agreement.score-not-used") { draft, report in
    guard let threshold = draft.score?.threshold, draft.hasAllStages else { return }
    let gates = draft.pathInForce.dropFirst().compactMap(\.gate)
    guard gates.allSatisfy({ $0.isWhole && $0.score == nil }) else { return }
    report.note(
      "\"mql_at\" moves no lead: no stage has a gate with a score, so stages count as recorded.",
      at: threshold.position,
      remedy: "Give a stage gate: {score: \">= \(threshold.value)\"}, if the score is to decide."
    )
  }
}
