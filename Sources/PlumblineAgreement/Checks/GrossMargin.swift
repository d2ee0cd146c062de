import PlumblineYAML

extension AgreementCheck {
  /// A gross margin that is not a share.
  static let grossMargin = AgreementCheck(code: "agreement.gross-margin") { draft, report in
    checkRange(draft.economics.grossMargin, named: "gross_margin", in: .share, report)
  }
}
