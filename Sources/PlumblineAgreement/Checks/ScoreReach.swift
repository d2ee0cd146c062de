import PlumblineCore
import PlumblineYAML

extension AgreementCheck {
  /// A threshold that no lead can reach, or that every lead has reached from the beginning.
  static let scoreReach = AgreementCheck(code: "agreement.score-reach") { draft, report in
    guard let score = draft.score, score.isWhole, let threshold = score.threshold,
      !(score.fit.isEmpty && score.engagement.isEmpty)
    else { return }
    let byAttribute = Dictionary(grouping: score.fit) { WordKey.of($0.attribute.value) }
    let fit = byAttribute.values.reduce(0) { sum, rules in
      sum + max(0, rules.map(\.points.value).max() ?? 0)
    }
    let gains = score.engagement.filter { $0.points.value > 0 }
    let engagement = gains.reduce(0) { $0 + ($1.most?.value ?? 0) }
    if gains.allSatisfy({ $0.most != nil }), fit + engagement < threshold.value {
      report.warn(
        "no lead can reach \"mql_at\": the rules bring \(fit + engagement) points at most.",
        at: threshold.position,
        remedy: "Lower it to \(fit + engagement) or less, or give more points."
      )
    }
    let unknown = byAttribute.values.reduce(0) { sum, rules in
      sum + (rules.first { $0.match == .missing }?.points.value ?? 0)
    }
    if unknown >= threshold.value {
      report.warn(
        "a lead of which nothing is known reaches \"mql_at\" with \(unknown) points.",
        at: threshold.position,
        remedy: "Raise it above \(unknown)."
      )
    }
  }
}
