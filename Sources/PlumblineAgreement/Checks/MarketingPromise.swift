import PlumblineCore
import PlumblineYAML

extension AgreementCheck {
  /// A promise of marketing that everybody or nobody keeps, or that nobody can judge.
  static let marketingSLA = AgreementCheck(code: "agreement.marketing-sla") { draft, report in
    guard let sla = draft.marketingSLA else { return }
    let shares = [
      ("share_in_ideal_customer", sla.shareInIdealCustomer),
      ("share_with_factors", sla.shareWithFactors),
    ]
    for (key, share) in shares {
      guard let share, !(share.value.value > 0 && share.value.value <= 1) else { continue }
      report(
        "\"\(key)\" must be above 0 and at most 1, not \(share.value).",
        at: share.position,
        remedy: ExactDecimal.percent("\(share.value) %").flatMap {
          $0.significand > 0 ? "Write \(share.value) % as \($0)." : nil
        }
      )
    }
    if let share = sla.shareInIdealCustomer, draft.idealCustomer.isEmpty {
      report(
        "\"share_in_ideal_customer\" cannot be judged: the ideal customer is not agreed.",
        at: share.position,
        remedy: "Add \"ideal_customer\", such as {company_size: 50..1000}."
      )
    }
    if let share = sla.shareWithFactors, let factors = draft.qualifyingFactors, factors.isEmpty {
      report(
        "\"share_with_factors\" cannot be judged: there are no qualifying factors.",
        at: share.position,
        remedy: "Name them under \"qualifying_factors\"."
      )
    }
  }
}
