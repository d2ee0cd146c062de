import PlumblineCore
import PlumblineYAML

extension AgreementCheck {
  /// A cost that is negative, or finer than its currency's smallest unit.
  static let salesCost = AgreementCheck(code: "agreement.sales-cost") { draft, report in
    guard let cost = draft.repMonthCost else { return }
    let currency = draft.currency.map(\.value).flatMap { CurrencyCode.isValid($0) ? $0 : nil }
    let decimals = Currency.decimals(of: currency ?? "USD")
    if cost.value.significand < 0 {
      report("\"rep_month\" must not be negative, not \(cost.value).", at: cost.position)
    } else if cost.value.decimals > decimals {
      report(
        "\"rep_month\" has more decimals than \(currency ?? "USD"): \(cost.value).",
        at: cost.position,
        remedy: "Write at most \(decimals) decimals, and no sign between thousands."
      )
    } else if cost.value.scaled(byPowerOfTen: decimals).map({ $0 > 100_000_000_000_000 }) ?? true {
      report("\"rep_month\" is too large: \(cost.value).", at: cost.position)
    }
  }
}
