import PlumblineCore
import PlumblineYAML

extension AgreementCheck {
  /// A term of money that cannot be, or that was likely meant for a year.
  static let economics = AgreementCheck(code: "agreement.economics") { draft, report in
    let terms = draft.economics
    if checkRange(terms.monthlyChurn, named: "monthly_churn", in: .share, report) {
      noteYearly(
        terms.monthlyChurn,
        named: "monthly_churn",
        above: mostMonthlyLoss,
        inMonth: Economics.monthlyLoss,
        report
      )
    }
    if checkRange(terms.monthlyDiscount, named: "monthly_discount", in: .share, report) {
      noteYearly(
        terms.monthlyDiscount,
        named: "monthly_discount",
        above: mostDiscount,
        inMonth: Economics.monthlyRate,
        report
      )
    }
    checkRange(terms.weeklyCarryOver, named: "carry_over", in: .partialShare, report)
    checkRange(terms.targetRatio, named: "target_ratio", in: .ratio, report)
    if let ratio = terms.targetRatio, ratio.value.value > 0, ratio.value.value < 1 {
      report.note(
        "with \"target_ratio\" \(ratio.value) a customer may cost more than it brings.",
        at: ratio.position,
        remedy: "Write at least 1 if a customer is to bring its cost back; 3 is usual."
      )
    }
    for (key, amount) in [
      ("overhead_month", terms.overheadPerMonth), ("other_costs_month", terms.otherCostPerMonth),
    ] {
      if let amount { checkAmount(amount, named: key, in: draft, report) }
    }
    if let cash = terms.cash {
      checkAmount(cash, named: "cash", in: draft, mayBeOwed: true, report)
    }
    if let rule = terms.overheadRule, terms.overheadPerMonth == nil {
      report.note(
        "\"overhead_by\" has no meaning without \"overhead_month\".",
        at: rule.position,
        remedy: "Add \"overhead_month\" with what there is to divide, or remove it."
      )
    }
  }

  /// The share of customers or reps lost in a month above which a yearly share may be meant: one in
  /// five a month leaves 7 of 100 after a year.
  static let mostMonthlyLoss = 0.2

  /// The discount of a month above which a yearly one may be meant: 5 % a month is 80 % a year.
  static let mostDiscount = 0.05

  /// Notes a number outside its range, with the remedy for a share that was written in percent.
  ///
  /// - Returns: Whether there is a number, inside its range.
  @discardableResult
  static func checkRange(
    _ number: Positioned<ExactDecimal>?,
    named key: String,
    in range: DecimalRange,
    _ report: Report
  ) -> Bool {
    guard let number else { return false }
    guard !range.contains(number.value.value) else { return true }
    report(
      "\"\(key)\" must be \(range.words), not \(number.value).",
      at: number.position,
      remedy: number.value.value > 1 && range.high == 1
        ? ExactDecimal.percent("\(number.value) %").map { "Write \(number.value) % as \($0)." }
        : nil
    )
    return false
  }

  /// Asks whether a large monthly share was meant for a year, and says what it would be a month.
  static func noteYearly(
    _ share: Positioned<ExactDecimal>?,
    named key: String,
    above most: Double,
    inMonth monthly: (Double) -> Double,
    _ report: Report
  ) {
    guard let share, share.value.value > most else { return }
    report.note(
      "\"\(key)\" \(share.value) is a share for each month: was it meant for a year?",
      at: share.position,
      remedy: share.value.value < 1
        ? "\(share.value) in a year is about \(rounded(monthly(share.value.value))) a month. Leave it "
          + "if it is meant for a month."
        : "Write the share of one month. Leave it if it is all of them in a month."
    )
  }

  /// A share to four decimals, as a file would write it.
  private static func rounded(_ share: Double) -> ExactDecimal {
    ExactDecimal(significand: Int64((share * 10_000).rounded()), decimals: 4)
  }
}
