import PlumblineYAML

extension AgreementCheck {
  /// A currency that is not written with three capital letters.
  static let currency = AgreementCheck(code: "agreement.currency") { draft, report in
    guard let currency = draft.currency, !CurrencyCode.isValid(currency.value) else { return }
    report(
      "the currency must be three capital letters, not \"\(currency.value.shownInMessage)\".",
      at: currency.position,
      remedy: CurrencyCode.nearest(to: currency.value).map { "Write \($0)." }
        ?? "Write the ISO 4217 code, such as EUR or USD."
    )
  }
}
