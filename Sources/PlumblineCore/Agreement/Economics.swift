public import PlumblineStatistics

/// What an answer in money needs; nil where the agreement does not say.
public struct Economics: Hashable, Sendable {
  /// By what marketing's overhead is divided among channels.
  public enum OverheadRule: String, Sendable, CaseIterable, Codable {
    /// By what was spent on media.
    case media
    /// By how many leads came.
    case leads
  }

  /// What selling takes and costs.
  public struct Sales: Hashable, Sendable {
    /// What it costs to hire one rep, minor units.
    public var hireCost: Int64?
    /// The share of a won customer's first year of revenue that is paid to reps, 0...1.
    public var commission: Double?
    /// The share of reps that leave each month, 0...1.
    public var monthlyAttrition: Double?
    /// The leads that a rep past the ramp works in a month.
    public var leadsPerRepMonth: Double?
    /// The hours in which a rep works leads in a month.
    public var hoursPerRepMonth: Double?
    /// The usual minutes of each kind of activity, by its `WordKey`.
    public var minutes: [String: Double]

    /// What selling takes; anything not given is unknown.
    public init(
      hireCost: Int64? = nil,
      commission: Double? = nil,
      monthlyAttrition: Double? = nil,
      leadsPerRepMonth: Double? = nil,
      hoursPerRepMonth: Double? = nil,
      minutes: [String: Double] = [:]
    ) {
      self.hireCost = hireCost
      self.commission = commission
      self.monthlyAttrition = monthlyAttrition
      self.leadsPerRepMonth = leadsPerRepMonth
      self.hoursPerRepMonth = hoursPerRepMonth
      self.minutes = minutes
    }
  }

  /// The share of revenue left after the cost of delivering it, 0...1.
  public var grossMargin: Double?
  /// Months over which a customer's revenue is counted.
  public var horizonInMonths: Int?
  /// What one rep costs a month, in minor units of the agreement's currency.
  public var repMonthCost: Int64?
  /// Months that a new rep takes to work at full strength.
  public var rampInMonths: Int?
  /// The months of revenue that a deal's amount stands for; see `monthsPerDealAmount`.
  public var dealCoversMonths: Int?
  /// The share of customers that leave each month, 0...1.
  public var monthlyChurn: Double?
  /// What a month of waiting takes off the value of money, 0...1.
  public var monthlyDiscount: Double?
  /// How many times its cost a customer should bring; 3 when nil.
  public var targetRatio: Double?
  /// Marketing's cost a month that belongs to no single channel, minor units.
  public var overheadPerMonth: Int64?
  /// By what it is divided among channels.
  public var overheadRule = OverheadRule.media
  /// The share of a week's spend that works in a later week, 0..<1; none when nil.
  public var weeklyCarryOver: Double?
  /// What the company pays each month besides marketing and sales, minor units.
  public var otherCostPerMonth: Int64?
  /// The cash there is, minor units; negative when there is debt.
  public var cash: Int64?
  /// When customers pay; each month when nil.
  public var payments: PaymentTerms?
  /// What selling takes and costs.
  public var sales = Sales()

  /// Economics; anything not given is unknown.
  public init(
    grossMargin: Double? = nil,
    horizonInMonths: Int? = nil,
    repMonthCost: Int64? = nil,
    rampInMonths: Int? = nil
  ) {
    self.rampInMonths = rampInMonths
    self.grossMargin = grossMargin
    self.horizonInMonths = horizonInMonths
    self.repMonthCost = repMonthCost
  }

  /// The words for when customers pay, as an agreement file writes them.
  public static let paymentWords = PaymentTerms.allCases.map(\.rawValue)

  /// When customers pay, as an agreement file writes it; nil when it does not say.
  public var paymentWord: String? {
    get { payments?.rawValue }
    set { payments = newValue.flatMap { PaymentTerms(rawValue: $0) } }
  }

  /// The months of revenue that a deal's amount stands for: as agreed, else all that count, else 12.
  public var monthsPerDealAmount: Int { dealCoversMonths ?? horizonInMonths ?? 12 }

  /// How deals turn into value over time; nil without a margin.
  ///
  /// Without churn and without a horizon only the months of the deal itself count, since nothing
  /// else bounds them.
  public var valueTerms: ValueTerms? {
    guard let grossMargin else { return nil }
    return try? ValueTerms(
      monthsPerDealAmount: Double(monthsPerDealAmount),
      grossMargin: grossMargin,
      monthlyChurn: monthlyChurn ?? 0,
      monthlyDiscount: monthlyDiscount ?? 0,
      horizonInMonths: horizonInMonths ?? (monthlyChurn ?? 0 > 0 ? nil : monthsPerDealAmount),
      targetRatio: targetRatio ?? 3
    )
  }

  /// What reps are paid for a customer who signed a deal of an amount: the agreed share of the first
  /// year's revenue; 0 where none is agreed.
  ///
  /// - Parameter amount: The deal's amount, in any currency.
  /// - Returns: The commission in the same currency.
  public func commission(ofDeal amount: Double) -> Double {
    (sales.commission ?? 0) * amount * 12 / Double(monthsPerDealAmount)
  }

  /// What a customer brings who signed a deal of an amount: the most that winning one may cost.
  ///
  /// - Parameter amount: The deal's amount, in any currency.
  /// - Returns: The value in the same currency; nil without a margin.
  /// - SeeAlso: `CustomerValue.lifetimeValue`.
  public func lifetimeValue(ofDeal amount: Double) -> Double? {
    valueTerms.flatMap { try? $0.customer(ofDealSize: amount).lifetimeValue }
  }
}
