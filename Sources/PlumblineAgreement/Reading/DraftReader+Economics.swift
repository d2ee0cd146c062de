import PlumblineCore
import PlumblineYAML

/// What an answer in money needs.
extension DraftReader {
  func readEconomics(_ value: YAMLValue) -> AgreementDraft.EconomicsEntry {
    var entry = AgreementDraft.EconomicsEntry()
    guard let fields = value.fields(AgreementKeys.economics.known) else { return entry }
    entry.grossMargin = fields["gross_margin"]?.share()
    entry.horizonInMonths = fields["horizon"]?.span(in: .months)
    entry.dealCoversMonths = fields["deal_covers"]?.span(in: .months)
    entry.monthlyChurn = fields["monthly_churn"]?.share()
    entry.monthlyDiscount = fields["monthly_discount"]?.share()
    entry.targetRatio = fields["target_ratio"]?.decimal()
    entry.overheadPerMonth = fields["overhead_month"]?.decimal()
    entry.overheadRule = fields["overhead_by"]?.word(Economics.OverheadRule.self)
    entry.weeklyCarryOver = fields["carry_over"]?.share()
    entry.otherCostPerMonth = fields["other_costs_month"]?.decimal()
    entry.cash = fields["cash"]?.decimal()
    entry.payments = fields["payments"]?.word(among: Economics.paymentWords)
    if let cost = fields["sales_cost"]?.fields(AgreementKeys.salesCost.known) {
      readSalesCost(cost, into: &entry)
    }
    return entry
  }

  private func readSalesCost(
    _ fields: YAMLFields,
    into entry: inout AgreementDraft.EconomicsEntry
  ) {
    entry.repMonthCost = fields["rep_month"]?.decimal()
    entry.rampInMonths = fields["ramp"]?.span(in: .months)
    entry.hireCost = fields["hire"]?.decimal()
    entry.commission = fields["commission"]?.share()
    entry.attrition = fields["attrition"]?.share()
    entry.leadsPerMonth = fields["leads_per_month"]?.decimal()
    entry.hoursPerMonth = fields["hours_per_month"]?.decimal()
    for (kind, value) in fields["minutes"]?.pairs() ?? [] {
      guard isNamed(kind, "a kind of activity"), let minutes = value.decimal() else { continue }
      entry.minutes.append((kind, minutes))
    }
  }
}
