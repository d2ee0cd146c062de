import PlumblineCore
import PlumblineYAML

extension AgreementCheck {
  /// A cost that is negative, or finer than its currency's smallest unit.
  static let salesCost = AgreementCheck(code: "agreement.sales-cost") { draft, report in
    guard let cost = draft.repMonthCost else { return }
    checkAmount(cost, named: "rep_month", in: draft, report)
  }

  /// Notes an amount that is negative, too large, or finer than the agreement's currency.
  static func checkAmount(
    _ amount: Positioned<ExactDecimal>,
    named key: String,
    in draft: AgreementDraft,
    _ report: Report
  ) {
    let currency = draft.currency.map(\.value).flatMap { CurrencyCode.isValid($0) ? $0 : nil }
    let decimals = Currency.decimals(of: currency ?? "USD")
    if amount.value.significand < 0 {
      report("\"\(key)\" must not be negative, not \(amount.value).", at: amount.position)
    } else if amount.value.decimals > decimals {
      report(
        "\"\(key)\" has more decimals than \(currency ?? "USD"): \(amount.value).",
        at: amount.position,
        remedy: "Write at most \(decimals) decimals, and no sign between thousands."
      )
    } else if amount.value.scaled(byPowerOfTen: decimals).map({ $0 > 100_000_000_000_000 }) ?? true
    {
      report("\"\(key)\" is too large: \(amount.value).", at: amount.position)
    }
  }
}
