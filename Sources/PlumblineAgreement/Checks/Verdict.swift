import PlumblineCore
import PlumblineYAML

extension AgreementCheck {
  /// A threshold with which no difference, or every difference, would be named.
  static let verdict = AgreementCheck(code: "agreement.verdict") { draft, report in
    if let difference = draft.relativeDifference,
      !(difference.value.value > 0 && difference.value.value <= 1)
    {
      report(
        "\"relative_difference\" must be above 0 and at most 1, not \(difference.value).",
        at: difference.position
      )
    }
    if let rate = draft.falseDiscoveryRate, !(rate.value.value > 0 && rate.value.value < 1) {
      report(
        "\"false_discovery_rate\" must be above 0 and below 1, not \(rate.value).",
        at: rate.position
      )
    }
    for (key, value) in draft.leakDecimals {
      guard let range = key.range, !range.contains(value.value.value) else { continue }
      report(
        "\"\(key.key)\" must be \(range.words), not \(value.value).",
        at: value.position
      )
    }
    let (named, cleared) = (
      draft.leakDecimal("disagreement_named"), draft.leakDecimal("disagreement_cleared")
    )
    let usual = LeakThresholds()
    if let given = cleared ?? named,
      cleared?.value.value ?? usual.disagreementCleared
        >= named?.value.value ?? usual.disagreementNamed
    {
      report(
        "\"disagreement_cleared\" must be below \"disagreement_named\", not "
          + "\(cleared.map { "\($0.value)" } ?? "\(usual.disagreementCleared)").",
        at: given.position
      )
    }
  }
}

extension AgreementDraft {
  fileprivate func leakDecimal(_ key: String) -> Positioned<ExactDecimal>? {
    leakDecimals.first { $0.key.key == key }?.value
  }
}
