import PlumblineCore

extension AgreementTermsWire {
  /// What an answer in money needs, in JSON.
  struct EconomicsTermsWire: Codable, Hashable, Sendable {
    @OrNull var grossMargin: Double?
    @OrNull var horizonMonths: Int?
    @OrNull var dealCoversMonths: Int?
    @OrNull var monthlyChurn: Double?
    @OrNull var monthlyDiscount: Double?
    @OrNull var targetRatio: Double?
    @OrNull var overheadMonth: Double?
    let overheadBy: Economics.OverheadRule
    @OrNull var carryOver: Double?
    @OrNull var otherCostsMonth: Double?
    @OrNull var cash: Double?
    @OrNull var payments: String?
    @OrNull var repMonthCost: Double?
    @OrNull var rampMonths: Int?
    @OrNull var hireCost: Double?
    @OrNull var commission: Double?
    @OrNull var attrition: Double?
    @OrNull var leadsPerMonth: Double?
    @OrNull var hoursPerMonth: Double?
    let minutes: [MinutesWire]

    /// The minutes of one kind of activity.
    struct MinutesWire: Codable, Hashable, Sendable {
      let kind: String
      let minutes: Double
    }

    init(_ economics: Economics, _ currency: String) {
      func amount(_ minorUnits: Int64?) -> OrNull<Double> {
        OrNull(wrappedValue: Rounded.amount(minorUnits.map { Double($0) }, currency))
      }
      func share(_ share: Double?) -> OrNull<Double> { OrNull(wrappedValue: Rounded.share(share)) }
      let sales = economics.sales
      _grossMargin = share(economics.grossMargin)
      _horizonMonths = OrNull(wrappedValue: economics.horizonInMonths)
      _dealCoversMonths = OrNull(wrappedValue: economics.dealCoversMonths)
      _monthlyChurn = share(economics.monthlyChurn)
      _monthlyDiscount = share(economics.monthlyDiscount)
      _targetRatio = share(economics.targetRatio)
      _overheadMonth = amount(economics.overheadPerMonth)
      overheadBy = economics.overheadRule
      _carryOver = share(economics.weeklyCarryOver)
      _otherCostsMonth = amount(economics.otherCostPerMonth)
      _cash = amount(economics.cash)
      _payments = OrNull(wrappedValue: economics.paymentWord)
      _repMonthCost = amount(economics.repMonthCost)
      _rampMonths = OrNull(wrappedValue: economics.rampInMonths)
      _hireCost = amount(sales.hireCost)
      _commission = share(sales.commission)
      _attrition = share(sales.monthlyAttrition)
      _leadsPerMonth = OrNull(wrappedValue: sales.leadsPerRepMonth)
      _hoursPerMonth = OrNull(wrappedValue: sales.hoursPerRepMonth)
      minutes = sales.minutes.sorted { $0.key < $1.key }.map {
        MinutesWire(kind: $0.key, minutes: $0.value)
      }
    }
  }
}
