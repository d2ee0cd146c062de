import PlumblineCore
import PlumblineYAML

extension AgreementCheck {
  /// A cost that cannot be, a share that is none, or work that nobody can do.
  static let salesCost = AgreementCheck(code: "agreement.sales-cost") { draft, report in
    let terms = draft.economics
    for (key, amount) in [("rep_month", terms.repMonthCost), ("hire", terms.hireCost)] {
      if let amount { checkAmount(amount, named: key, in: draft, report) }
    }
    checkRange(terms.commission, named: "commission", in: .share, report)
    if checkRange(terms.attrition, named: "attrition", in: .share, report) {
      noteYearly(
        terms.attrition,
        named: "attrition",
        above: mostMonthlyLoss,
        inMonth: Economics.monthlyLoss,
        report
      )
    }
    checkRange(terms.leadsPerMonth, named: "leads_per_month", in: .workload, report)
    checkRange(terms.hoursPerMonth, named: "hours_per_month", in: .monthHours, report)
    var first: [String: YAMLPosition] = [:]
    for (kind, minutes) in terms.minutes {
      let shown = kind.value.shownInMessage
      checkRange(minutes, named: shown, in: .minutes, report)
      let key = WordKey.of(kind.value)
      if let position = first[key] {
        report(
          "the minutes of \"\(shown)\" are given twice, first in line \(position.line).",
          at: kind.position,
          remedy: "Keep one of the two."
        )
      } else {
        first[key] = kind.position
      }
    }
  }

  /// Notes an amount that is negative where none may be, too large, or finer than the agreement's
  /// currency.
  static func checkAmount(
    _ amount: Positioned<ExactDecimal>,
    named key: String,
    in draft: AgreementDraft,
    mayBeOwed: Bool = false,
    _ report: Report
  ) {
    let currency = draft.currency.map(\.value).flatMap { CurrencyCode.isValid($0) ? $0 : nil }
    let decimals = Currency.decimals(of: currency ?? "USD")
    if amount.value.significand < 0, !mayBeOwed {
      report("\"\(key)\" must not be negative, not \(amount.value).", at: amount.position)
    } else if amount.value.decimals > decimals {
      report(
        "\"\(key)\" has more decimals than \(currency ?? "USD"): \(amount.value).",
        at: amount.position,
        remedy: "Write at most \(decimals) decimals, and no sign between thousands."
      )
    } else if amount.value.scaled(byPowerOfTen: decimals).map({ $0.magnitude > 100_000_000_000_000 }
    ) ?? true {
      report("\"\(key)\" is too large: \(amount.value).", at: amount.position)
    }
  }
}
