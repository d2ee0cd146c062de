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
  }
}
