import PlumblineCore
import PlumblineYAML

extension AgreementDraft {
  /// What an answer in money needs; what is nil the agreement does not say.
  struct EconomicsEntry {
    var grossMargin: Positioned<ExactDecimal>?
    var horizonInMonths: Positioned<Int>?
    var dealCoversMonths: Positioned<Int>?
    var monthlyChurn: Positioned<ExactDecimal>?
    var monthlyDiscount: Positioned<ExactDecimal>?
    var targetRatio: Positioned<ExactDecimal>?
    var overheadPerMonth: Positioned<ExactDecimal>?
    var overheadRule: Positioned<Economics.OverheadRule>?
    var weeklyCarryOver: Positioned<ExactDecimal>?
    var otherCostPerMonth: Positioned<ExactDecimal>?
    var cash: Positioned<ExactDecimal>?
    var payments: Positioned<String>?
    var repMonthCost: Positioned<ExactDecimal>?
    var rampInMonths: Positioned<Int>?
    var hireCost: Positioned<ExactDecimal>?
    var commission: Positioned<ExactDecimal>?
    var attrition: Positioned<ExactDecimal>?
    var leadsPerMonth: Positioned<ExactDecimal>?
    var hoursPerMonth: Positioned<ExactDecimal>?
    var minutes: [(kind: Positioned<String>, minutes: Positioned<ExactDecimal>)] = []
  }

  /// The economics of a draft without faults.
  var economicsInForce: Economics {
    var result = Economics(
      grossMargin: economics.grossMargin?.value.value,
      horizonInMonths: economics.horizonInMonths?.value,
      repMonthCost: minorUnits(economics.repMonthCost),
      rampInMonths: economics.rampInMonths?.value
    )
    result.dealCoversMonths = economics.dealCoversMonths?.value
    result.monthlyChurn = economics.monthlyChurn?.value.value
    result.monthlyDiscount = economics.monthlyDiscount?.value.value
    result.targetRatio = economics.targetRatio?.value.value
    result.overheadPerMonth = minorUnits(economics.overheadPerMonth)
    if let rule = economics.overheadRule { result.overheadRule = rule.value }
    result.weeklyCarryOver = economics.weeklyCarryOver?.value.value
    result.otherCostPerMonth = minorUnits(economics.otherCostPerMonth)
    result.cash = minorUnits(economics.cash)
    result.paymentWord = economics.payments?.value
    result.sales = Economics.Sales(
      hireCost: minorUnits(economics.hireCost),
      commission: economics.commission?.value.value,
      monthlyAttrition: economics.attrition?.value.value,
      leadsPerRepMonth: economics.leadsPerMonth?.value.value,
      hoursPerRepMonth: economics.hoursPerMonth?.value.value,
      minutes: Dictionary(
        economics.minutes.map { (WordKey.of($0.kind.value), $0.minutes.value.value) }
      ) { first, _ in first }
    )
    return result
  }
}
