import PlumblineYAML

extension AgreementCheck {
  /// A gross margin that is not a share.
  static let grossMargin = AgreementCheck(code: "agreement.gross-margin") { draft, report in
    guard let margin = draft.grossMargin, !(0...1).contains(margin.value.value) else { return }
    report(
      "\"gross_margin\" must be between 0 and 1, not \(margin.value).",
      at: margin.position,
      remedy: ExactDecimal.percent("\(margin.value) %").map {
        "Write \(margin.value) % as \($0)."
      }
    )
  }
}
