public import PlumblineCore
import PlumblineStatistics

/// What more of a limit would bring in JSON.
struct BudgetStepWire: Codable, Hashable, Sendable {
  @OrNull var stepPerMonth: Double?
  @OrNull var winsPerMonth: Double?
  @OrNull var netPerMonth: Double?

  /// A step of money where a currency is given, else of hours.
  init(_ step: BudgetStep, money: Bool, _ currency: String) {
    let month = BudgetWords.month(step.step)
    _stepPerMonth = OrNull(
      wrappedValue: money ? Rounded.amount(month, currency) : Rounded.share(month)
    )
    _winsPerMonth = OrNull(wrappedValue: Rounded.share(BudgetWords.month(step.wins)))
    _netPerMonth = OrNull(
      wrappedValue: Rounded.amount(step.net.map { BudgetWords.month($0) }, currency)
    )
  }
}

/// The gain of a proposal in JSON.
struct BudgetGainWire: Codable, Hashable, Sendable {
  let reference: BudgetGain.Reference
  @OrNull var expected: Double?
  @OrNull var low: Double?
  @OrNull var median: Double?
  @OrNull var high: Double?
  @OrNull var chance: Double?

  init(_ gain: BudgetGain, _ objective: BudgetAnswer.Objective, _ currency: String) {
    func value(_ number: Double) -> OrNull<Double> {
      let month = BudgetWords.month(number)
      return OrNull(
        wrappedValue: objective == .value
          ? Rounded.amount(month, currency) : Rounded.share(month)
      )
    }
    reference = gain.reference
    (_expected, _low) = (value(gain.expected), value(gain.low))
    (_median, _high) = (value(gain.median), value(gain.high))
    _chance = OrNull(wrappedValue: Rounded.share(gain.chance))
  }
}

/// Hours of sales in JSON.
struct BudgetHoursWire: Codable, Hashable, Sendable {
  let perLeadFrom: SalesHours.LeadBasis
  let limitFrom: SalesHours.LimitBasis
  @OrNull var limitPerMonth: Double?
  let reps: Int
  @OrNull var todayPerMonth: Double?
  @OrNull var proposedPerMonth: Double?
  @OrNull var withoutSpendPerMonth: Double?
  @OrNull var costPerHour: Double?
  @OrNull var priceOfHour: Double?

  init(_ answer: BudgetAnswer, _ currency: String) {
    func month(_ value: Double?) -> OrNull<Double> {
      OrNull(wrappedValue: Rounded.share(value.map { BudgetWords.month($0) }))
    }
    perLeadFrom = answer.hours.leadBasis
    limitFrom = answer.hours.limitBasis
    _limitPerMonth = month(answer.hours.limit)
    reps = answer.hours.reps
    _todayPerMonth = month(answer.hoursToday)
    _proposedPerMonth = month(answer.hoursProposed)
    _withoutSpendPerMonth = month(answer.bystanderHours)
    _costPerHour = OrNull(wrappedValue: Rounded.amount(answer.hours.costPerHour, currency))
    _priceOfHour = OrNull(wrappedValue: Rounded.amount(answer.priceOfHour, currency))
  }
}

/// A divided budget in JSON.
struct BudgetWire: Codable, Hashable, Sendable {
  var format = JSONText.format
  var kind = "plan_budget"
  let headline: String
  let agreement: AgreementWire
  let asOf: String
  let by: FunnelDimension
  let verdict: String
  let objective: BudgetAnswer.Objective
  @OrNull var budgetPerMonth: Double?
  @OrNull var budgetPerWeek: Double?
  @OrNull var todaysSpendPerMonth: Double?
  @OrNull var proposedSpendPerMonth: Double?
  let advisesBestKnown: Bool
  @OrNull var bestKnownSpendPerMonth: Double?
  @OrNull var gain: BudgetGainWire?
  @OrNull var priceOfMoney: Double?
  @OrNull var moreBudget: BudgetStepWire?
  @OrNull var moreHours: BudgetStepWire?
  let hours: BudgetHoursWire
  let rows: [BudgetRowWire]
  let notMoved: [BudgetBystanderWire]
  let horizonDays: Int
  let horizonIsAgreed: Bool
  @OrNull var firstWeek: String?
  @OrNull var lastWeek: String?
  @OrNull var lastSpendDay: String?
  let deals: Int
  @OrNull var meanDeal: Double?
  let move: Double
  let movesAnyway: Bool
  let seed: UInt64
  let draws: Int
  let limits: [String]
  let notes: [String]

  init(_ answer: BudgetAnswer, _ agreement: Agreement) {
    let words = BudgetWords(answer, agreement)
    let currency = agreement.currency
    func month(_ value: Double?) -> OrNull<Double> {
      OrNull(
        wrappedValue: Rounded.amount(value.map { BudgetWords.month($0) }, currency)
      )
    }
    headline = words.headline
    self.agreement = AgreementWire(agreement)
    asOf = Format.iso8601(answer.asOf, agreement.calendar)
    by = answer.options.by
    verdict = answer.verdict.code
    objective = answer.objective
    _budgetPerMonth = month(answer.budget)
    _budgetPerWeek = OrNull(wrappedValue: Rounded.amount(answer.budget, currency))
    _todaysSpendPerMonth = month(answer.todaysSpend)
    _proposedSpendPerMonth = month(answer.proposedSpend)
    advisesBestKnown = answer.advisesBest
    _bestKnownSpendPerMonth = month(answer.bestSpend)
    _gain = OrNull(
      wrappedValue: answer.gain.map { BudgetGainWire($0, answer.objective, currency) }
    )
    _priceOfMoney = OrNull(wrappedValue: Rounded.share(answer.priceOfMoney))
    _moreBudget = OrNull(
      wrappedValue: answer.moreBudget.map { BudgetStepWire($0, money: true, currency) }
    )
    _moreHours = OrNull(
      wrappedValue: answer.moreHours.map { BudgetStepWire($0, money: false, currency) }
    )
    hours = BudgetHoursWire(answer, currency)
    rows = answer.rows.map { BudgetRowWire($0, words) }
    notMoved = answer.bystanders.map { BudgetBystanderWire($0, currency) }
    horizonDays = answer.horizon.days
    horizonIsAgreed = answer.horizon.isAgreed
    _firstWeek = OrNull(wrappedValue: answer.firstWeek?.description)
    _lastWeek = OrNull(wrappedValue: answer.lastWeek?.description)
    _lastSpendDay = OrNull(wrappedValue: answer.lastSpendDay?.description)
    deals = answer.deals.count
    _meanDeal = OrNull(wrappedValue: Rounded.amount(answer.deals.mean, currency))
    move = answer.options.move
    movesAnyway = answer.options.movesAnyway
    seed = answer.options.seed
    draws = answer.options.draws
    limits = words.limits
    notes =
      [words.aboveBreakEvenText, words.crossedText].compactMap { $0 } + words.assumptions
  }
}

/// A divided budget as JSON; every key is documented in `Documentation/json.md`.
public struct BudgetJSON: Sendable {
  private let wire: BudgetWire

  /// A divided budget to be written.
  ///
  /// - Parameters:
  ///   - answer: The budget.
  ///   - agreement: The agreement under which it was divided.
  public init(_ answer: BudgetAnswer, under agreement: Agreement) {
    wire = BudgetWire(answer, agreement.inUsualWords)
  }

  /// The JSON, ending in a line break.
  ///
  /// - Throws: `EncodingError` for a number that is not finite.
  public func text() throws -> String { try JSONText.text(wire) }
}
