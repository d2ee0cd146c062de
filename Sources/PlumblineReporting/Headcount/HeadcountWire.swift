import PlumblineCore
import PlumblineStatistics

/// A band in JSON.
struct HeadcountBandWire: Codable, Hashable, Sendable {
  let low: Double
  let median: Double
  let high: Double

  init?(_ band: HeadcountBand?, _ rounded: (Double?) -> Double?) {
    guard let band, let low = rounded(band.low), let middle = rounded(band.middle),
      let high = rounded(band.high)
    else { return nil }
    (self.low, median, self.high) = (low, middle, high)
  }
}

/// An input in JSON.
struct HeadcountInputWire: Codable, Hashable, Sendable {
  let input: HeadcountInput
  @OrNull var value: Double?
  @OrNull var lower: Double?
  @OrNull var upper: Double?
  @OrNull var shares: [Double]?
  @OrNull var terms: String?
  let source: String
  let basis: String

  init(_ input: HeadcountInput, _ sourced: SourcedValue, _ currency: String) {
    self.input = input
    func rounded(_ number: Double?) -> Double? {
      input.unit == .money ? Rounded.amount(number, currency) : Rounded.share(number)
    }
    _value = OrNull(wrappedValue: rounded(sourced.value.number))
    _lower = OrNull(wrappedValue: rounded(sourced.interval?.lower))
    _upper = OrNull(wrappedValue: rounded(sourced.interval?.upper))
    _shares = OrNull(
      wrappedValue: sourced.value.shares.map { $0.compactMap { Rounded.share($0) } }
    )
    if case .payments(let terms) = sourced.value {
      _terms = OrNull(wrappedValue: terms.rawValue)
    } else {
      _terms = OrNull(wrappedValue: nil)
    }
    source =
      switch sourced.source {
      case .measured: "measured"
      case .agreed: "agreed"
      case .option, .file: "given"
      case .scenario: "scenario"
      case .assumed: "assumed"
      }
    basis = HeadcountWords.source(sourced.source, of: input)
  }
}

/// One month in JSON.
struct HeadcountStepWire: Codable, Hashable, Sendable {
  let month: String
  @OrNull var reps: Double?
  @OrNull var effectiveReps: Double?
  @OrNull var leads: Double?
  @OrNull var worked: Double?
  @OrNull var utilisation: Double?
  @OrNull var wins: Double?
  @OrNull var customers: Double?
  @OrNull var income: Double?
  @OrNull var cost: Double?
  @OrNull var profit: Double?
  @OrNull var cash: Double?
  let limit: HeadcountLimit
  @OrNull var leadsBand: HeadcountBandWire?
  @OrNull var winsBand: HeadcountBandWire?
  @OrNull var customersBand: HeadcountBandWire?
  @OrNull var profitBand: HeadcountBandWire?
  @OrNull var cashBand: HeadcountBandWire?

  init(_ step: HeadcountStep, _ currency: String) {
    func amount(_ value: Double?) -> Double? { Rounded.amount(value, currency) }
    let row = step.expected
    month = step.month.description
    _reps = OrNull(wrappedValue: Rounded.share(row.reps))
    _effectiveReps = OrNull(wrappedValue: Rounded.share(row.effectiveReps))
    _leads = OrNull(wrappedValue: Rounded.share(row.leads))
    _worked = OrNull(wrappedValue: Rounded.share(row.worked))
    _utilisation = OrNull(wrappedValue: Rounded.share(row.utilisation))
    _wins = OrNull(wrappedValue: Rounded.share(row.wins))
    _customers = OrNull(wrappedValue: Rounded.share(row.customers))
    _income = OrNull(wrappedValue: amount(row.income))
    _cost = OrNull(wrappedValue: amount(row.cost))
    _profit = OrNull(wrappedValue: amount(row.net))
    _cash = OrNull(wrappedValue: amount(row.cash))
    limit = step.limit
    _leadsBand = OrNull(wrappedValue: HeadcountBandWire(step.leads, Rounded.tenth))
    _winsBand = OrNull(wrappedValue: HeadcountBandWire(step.wins, Rounded.tenth))
    _customersBand = OrNull(wrappedValue: HeadcountBandWire(step.customers, Rounded.tenth))
    _profitBand = OrNull(wrappedValue: HeadcountBandWire(step.profit, amount))
    _cashBand = OrNull(wrappedValue: HeadcountBandWire(step.cash, amount))
  }
}

/// A total in JSON.
struct HeadcountTotalWire: Codable, Hashable, Sendable {
  @OrNull var expected: Double?
  @OrNull var band: HeadcountBandWire?

  init(_ total: HeadcountTotal, _ rounded: (Double?) -> Double?) {
    _expected = OrNull(wrappedValue: rounded(total.expected))
    _band = OrNull(wrappedValue: HeadcountBandWire(total.drawn, rounded))
  }
}

/// What a scenario changes against today's course, in JSON.
struct HeadcountDifferenceWire: Codable, Hashable, Sendable {
  @OrNull var wins: Double?
  @OrNull var acquisitionCost: Double?
  @OrNull var costPerWin: Double?
  let endCash: HeadcountTotalWire
  let betterCases: Int

  init(_ difference: HeadcountDifference, _ currency: String) {
    func amount(_ value: Double?) -> Double? { Rounded.amount(value, currency) }
    _wins = OrNull(wrappedValue: Rounded.share(difference.wins))
    _acquisitionCost = OrNull(wrappedValue: amount(difference.acquisitionCost))
    _costPerWin = OrNull(wrappedValue: amount(difference.costPerWin))
    endCash = HeadcountTotalWire(difference.endCash, amount)
    betterCases = difference.betterCases
  }
}

/// A sensitivity in JSON.
struct HeadcountSensitivityWire: Codable, Hashable, Sendable {
  let input: HeadcountInput
  let isMeasured: Bool
  @OrNull var low: Double?
  @OrNull var high: Double?
  @OrNull var atLow: Double?
  @OrNull var atHigh: Double?

  init(_ item: HeadcountSensitivity, _ answer: HeadcountAnswer) {
    let isMoney = item.input.unit == .money
    func end(_ value: Double) -> Double? {
      isMoney ? Rounded.amount(value, answer.currency) : Rounded.share(value)
    }
    func metric(_ value: Double) -> Double? {
      answer.question.metric == .wins
        ? Rounded.share(value) : Rounded.amount(value, answer.currency)
    }
    input = item.input
    isMeasured = item.isMeasured
    _low = OrNull(wrappedValue: end(item.range.lowerBound))
    _high = OrNull(wrappedValue: end(item.range.upperBound))
    _atLow = OrNull(wrappedValue: metric(item.atLow))
    _atHigh = OrNull(wrappedValue: metric(item.atHigh))
  }
}

/// A span of months with one limit, in JSON.
struct HeadcountLimitWire: Codable, Hashable, Sendable {
  let limit: HeadcountLimit
  let from: String
  let to: String
}

/// What one more hire changes, in JSON.
struct NextHireWire: Codable, Hashable, Sendable {
  let month: String
  @OrNull var wins: Double?
  @OrNull var acquisitionCost: Double?
  @OrNull var costPerWin: Double?
  @OrNull var endCash: Double?
  @OrNull var utilisationAfterRamp: Double?
  let verdict: HireVerdict
}

/// When cash runs out, in JSON.
struct CashOutWire: Codable, Hashable, Sendable {
  @OrNull var expectedMonth: String?
  let cases: Int
  @OrNull var medianMonth: String?
}

/// A course in JSON.
struct HeadcountCourseWire: Codable, Hashable, Sendable {
  let name: String
  let changes: [String]
  let inputs: [HeadcountInputWire]
  let wins: HeadcountTotalWire
  let revenue: HeadcountTotalWire
  let profit: HeadcountTotalWire
  let lowestCash: HeadcountTotalWire
  @OrNull var lowestMonth: String?
  let endCash: HeadcountTotalWire
  @OrNull var cashOut: CashOutWire?
  @OrNull var breakEven: Double?
  @OrNull var costPerWin: Double?
  let nextHire: NextHireWire
  @OrNull var difference: HeadcountDifferenceWire?
  let limits: [HeadcountLimitWire]
  let sensitivities: [HeadcountSensitivityWire]
  let months: [HeadcountStepWire]

  init(_ course: HeadcountCourse, _ answer: HeadcountAnswer) {
    let currency = answer.currency
    func amount(_ value: Double?) -> Double? { Rounded.amount(value, currency) }
    name = course.scenario.name
    changes = HeadcountScenarioWords(course.scenario, HeadcountWords(answer)).lines
    inputs = HeadcountInput.allCases.compactMap { input in
      course.inputs[input].map { HeadcountInputWire(input, $0, currency) }
    }
    wins = HeadcountTotalWire(course.wins, Rounded.tenth)
    revenue = HeadcountTotalWire(course.revenue, amount)
    profit = HeadcountTotalWire(course.profit, amount)
    lowestCash = HeadcountTotalWire(course.lowestCash, amount)
    _lowestMonth = OrNull(wrappedValue: course.lowestMonth?.description)
    endCash = HeadcountTotalWire(course.endCash, amount)
    _cashOut = OrNull(
      wrappedValue: answer.isCashKnown
        ? CashOutWire(
          expectedMonth: course.cashOut.expected?.description,
          cases: course.cashOut.cases,
          medianMonth: course.cashOut.medianMonth?.description
        ) : nil
    )
    _breakEven = OrNull(wrappedValue: amount(course.breakEven))
    _costPerWin = OrNull(wrappedValue: amount(course.costPerWin))
    let hire = course.nextHire
    nextHire = NextHireWire(
      month: answer.question.start.advanced(by: hire.month).description,
      wins: Rounded.share(hire.extraWins),
      acquisitionCost: amount(hire.extraCost),
      costPerWin: amount(hire.costPerWin),
      endCash: amount(hire.extraEndCash),
      utilisationAfterRamp: Rounded.share(hire.utilisationAfterRamp),
      verdict: course.verdict
    )
    _difference = OrNull(
      wrappedValue: course.difference.map { HeadcountDifferenceWire($0, currency) }
    )
    limits = course.limits.map {
      HeadcountLimitWire(
        limit: $0.limit,
        from: $0.months.lowerBound.description,
        to: $0.months.upperBound.description
      )
    }
    sensitivities = course.sensitivities.map { HeadcountSensitivityWire($0, answer) }
    months = course.steps.map { HeadcountStepWire($0, currency) }
  }
}

/// A simulation in JSON.
struct HeadcountWire: Codable, Hashable, Sendable {
  var format = JSONText.format
  var kind = "headcount"
  let headline: String
  @OrNull var agreement: AgreementWire?
  @OrNull var asOf: String?
  let currency: String
  let start: String
  let monthCount: Int
  let draws: Int
  let seed: UInt64
  let metric: HeadcountQuestion.Metric
  let isCashKnown: Bool
  let inputs: [HeadcountInputWire]
  let courses: [HeadcountCourseWire]
  let notes: [String]

  init(_ answer: HeadcountAnswer, _ agreement: Agreement?, _ asOf: Instant?) {
    let words = HeadcountWords(answer)
    headline = words.headline
    _agreement = OrNull(wrappedValue: agreement.map { AgreementWire($0) })
    _asOf = OrNull(
      wrappedValue: agreement.flatMap { agreement in
        asOf.map { Format.iso8601($0, agreement.calendar) }
      }
    )
    currency = answer.currency
    start = answer.question.start.description
    monthCount = answer.question.months
    draws = answer.question.draws
    seed = answer.question.seed
    metric = answer.question.metric
    isCashKnown = answer.isCashKnown
    inputs = HeadcountInput.allCases.compactMap { input in
      answer.inputs[input].map { HeadcountInputWire(input, $0, answer.currency) }
    }
    courses = answer.courses.map { HeadcountCourseWire($0, answer) }
    notes = words.notes
  }
}
