import PlumblineCore
import PlumblineStatistics

/// A span of days in JSON.
struct PeriodWire: Codable, Hashable, Sendable {
  let firstDay: String
  let lastDay: String
  @OrNull var name: String?

  init(_ period: GapPeriod) {
    firstDay = period.first.description
    lastDay = period.last.description
    _name = OrNull(wrappedValue: period.name)
  }
}

/// A part of a gap in JSON, in major units.
struct GapPartWire: Codable, Hashable, Sendable {
  let amount: Double
  let lower: Double
  let upper: Double
  let isClear: Bool
  @OrNull var qValue: Double?

  init(_ part: GapPart, _ minorUnits: Int64) {
    amount = Double(part.amount) / Double(minorUnits)
    lower = Double(part.lower) / Double(minorUnits)
    upper = Double(part.upper) / Double(minorUnits)
    isClear = part.isClear
    _qValue = OrNull(wrappedValue: Rounded.share(part.qValue))
  }
}

/// A part with its factor in JSON.
struct GapFactorWire: Codable, Hashable, Sendable {
  let factor: String
  let part: GapPartWire
  @OrNull var logarithmicMean: Double?

  init(_ factor: String, _ part: GapPart, _ minorUnits: Int64, logMean: Double? = nil) {
    self.factor = factor
    self.part = GapPartWire(part, minorUnits)
    _logarithmicMean = OrNull(
      wrappedValue: logMean.map { ($0).rounded() / Double(minorUnits) }
    )
  }
}

/// A rate used for a gap in JSON.
struct GapRateWire: Codable, Hashable, Sendable {
  let from: String
  let to: String
  let basis: GapRate.Basis
  let withinDays: Int
  let entered: Int
  let converted: Int
  @OrNull var share: Double?
  @OrNull var maturity: Double?
  @OrNull var effectiveSampleSize: Double?

  init(_ rate: GapRate, _ stage: Int, _ agreement: Agreement) {
    from = agreement.path[stage].id
    to = agreement.path[stage + 1].id
    basis = rate.basis
    withinDays = rate.withinDays
    entered = rate.entered
    converted = rate.converted
    _share = OrNull(wrappedValue: Rounded.share(rate.rate))
    _maturity = OrNull(wrappedValue: Rounded.share(rate.maturity))
    _effectiveSampleSize = OrNull(wrappedValue: Rounded.tenth(rate.effectiveSampleSize))
  }
}

/// A mean deal in JSON.
struct GapDealWire: Codable, Hashable, Sendable {
  let basis: GapDeal.Basis
  let deals: Int
  @OrNull var mean: Double?
  @OrNull var standardError: Double?

  init(_ deal: GapDeal, _ currency: String) {
    basis = deal.basis
    deals = deal.deals
    let isKnown = deal.basis != .customers
    _mean = OrNull(wrappedValue: isKnown ? Rounded.amount(deal.mean, currency) : nil)
    _standardError = OrNull(
      wrappedValue: isKnown ? Rounded.amount(deal.standardError, currency) : nil
    )
  }
}

/// One side of a channel in JSON.
struct GapSideWire: Codable, Hashable, Sendable {
  let leads: Double
  @OrNull var share: Double?
  let rates: [GapRateWire]
  let deal: GapDealWire
  let expectedCustomers: Double
  let expected: Double
  @OrNull var customersSoFar: Int?
  @OrNull var bookedSoFar: Double?

  init(_ side: GapSide, _ answer: GapAnswer, _ agreement: Agreement) {
    leads = Rounded.tenth(side.volume) ?? 0
    _share = OrNull(wrappedValue: Rounded.share(side.share))
    rates = side.rates.enumerated().map { GapRateWire($1, $0, agreement) }
    deal = GapDealWire(side.deal, agreement.currency)
    expectedCustomers = Rounded.tenth(side.expectedWins) ?? 0
    expected = Double(side.expected) / Double(answer.minorUnits)
    _customersSoFar = OrNull(wrappedValue: side.wonSoFar)
    _bookedSoFar = OrNull(
      wrappedValue: Rounded.amount(side.bookedSoFar.map(Double.init), agreement.currency)
    )
  }
}

/// One channel in JSON.
struct GapChannelWire: Codable, Hashable, Sendable {
  let channel: String
  let base: GapSideWire
  let actual: GapSideWire
  let gap: GapPartWire
  let factors: [GapFactorWire]

  init(_ channel: GapChannel, _ words: GapWords) {
    let answer = words.answer
    self.channel = channel.name
    base = GapSideWire(channel.base, answer, words.agreement)
    actual = GapSideWire(channel.actual, answer, words.agreement)
    gap = GapPartWire(channel.total, answer.minorUnits)
    factors = answer.factors.enumerated().map { index, factor in
      GapFactorWire(
        words.id(factor),
        channel.parts[index],
        answer.minorUnits,
        logMean: channel.logMeanParts?[index]
      )
    }
  }
}

/// A step over all channels in JSON.
struct GapStepWire: Codable, Hashable, Sendable {
  @OrNull var baseRate: GapRateWire?
  let actualRate: GapRateWire

  init(_ step: GapStep, _ agreement: Agreement) {
    _baseRate = OrNull(wrappedValue: step.base.map { GapRateWire($0, step.from, agreement) })
    actualRate = GapRateWire(step.actual, step.from, agreement)
  }
}

/// Mix against rate in JSON.
struct MixRateWire: Codable, Hashable, Sendable {
  /// One channel's parts.
  struct Channel: Codable, Hashable, Sendable {
    let channel: String
    @OrNull var mix: Double?
    @OrNull var ownRate: Double?
  }

  @OrNull var base: Double?
  @OrNull var actual: Double?
  @OrNull var change: Double?
  @OrNull var mix: Double?
  @OrNull var ownRates: Double?
  let isSimpson: Bool
  let hasOppositeSigns: Bool
  let byChannel: [Channel]

  init(_ mixRate: GapMixRate) {
    let decomposition = mixRate.decomposition
    _base = OrNull(wrappedValue: Rounded.share(decomposition.baseRate))
    _actual = OrNull(wrappedValue: Rounded.share(decomposition.rate))
    _change = OrNull(wrappedValue: Rounded.share(decomposition.change))
    _mix = OrNull(wrappedValue: Rounded.share(decomposition.mix))
    _ownRates = OrNull(wrappedValue: Rounded.share(decomposition.ownRates))
    isSimpson = decomposition.isSimpson
    hasOppositeSigns = decomposition.hasOppositeSigns
    byChannel = mixRate.channels.enumerated().map { index, channel in
      Channel(
        channel: channel,
        mix: Rounded.share(decomposition.mixParts[index]),
        ownRate: Rounded.share(decomposition.rateParts[index])
      )
    }
  }
}

/// The best channel in JSON.
struct GapBestWire: Codable, Hashable, Sendable {
  let channel: String
  let leads: Int
  @OrNull var winRate: Double?
  let runnerUp: String
  @OrNull var runnerUpWinRate: Double?
  let considered: Int

  init(_ best: GapBest) {
    channel = best.channel
    leads = best.entered
    _winRate = OrNull(wrappedValue: Rounded.share(best.winRate))
    runnerUp = best.runnerUp
    _runnerUpWinRate = OrNull(wrappedValue: Rounded.share(best.runnerUpWinRate))
    considered = best.considered
  }
}

/// A whole gap in JSON.
struct RevenueGapWire: Codable, Hashable, Sendable {
  var format = JSONText.format
  var kind = "revenue_gap"
  let headline: String
  let agreement: AgreementWire
  let asOf: String
  let question: QuestionWire
  let benchmark: GapBenchmark
  let period: PeriodWire
  let isChosenPeriod: Bool
  @OrNull var passedOver: PeriodWire?
  @OrNull var basePeriod: PeriodWire?
  @OrNull var baseRecordBegins: String?
  @OrNull var best: GapBestWire?
  let unit: String
  let expectedBase: Double
  let expectedActual: Double
  let gap: GapPartWire
  let factors: [GapFactorWire]
  let byChannel: [GapChannelWire]
  let steps: [GapStepWire]
  let mixRate: MixRateWire
  let horizons: [HorizonWire]
  let wonDealsWithoutAmount: Int
  let seed: UInt64
  let draws: Int
  let notes: [String]

  init(_ answer: GapAnswer, _ agreement: Agreement) {
    let words = GapWords(answer, agreement)
    headline = words.headline
    self.agreement = AgreementWire(agreement)
    asOf = Format.iso8601(answer.asOf, agreement.calendar)
    question = QuestionWire(answer.question, agreement)
    benchmark = answer.benchmark
    period = PeriodWire(answer.period)
    isChosenPeriod = answer.isChosenPeriod
    _passedOver = OrNull(wrappedValue: answer.passedOver.map { PeriodWire($0) })
    _basePeriod = OrNull(wrappedValue: answer.basePeriod.map { PeriodWire($0) })
    _baseRecordBegins = OrNull(wrappedValue: answer.baseRecordBegins?.description)
    _best = OrNull(wrappedValue: answer.best.map { GapBestWire($0) })
    unit = words.unit
    expectedBase = Double(answer.base) / Double(answer.minorUnits)
    expectedActual = Double(answer.actual) / Double(answer.minorUnits)
    gap = GapPartWire(answer.total, answer.minorUnits)
    factors = zip(answer.factors, answer.factorTotals).map {
      GapFactorWire(words.id($0), $1, answer.minorUnits)
    }
    byChannel = answer.channels.map { GapChannelWire($0, words) }
    steps = answer.steps.map { GapStepWire($0, agreement) }
    mixRate = MixRateWire(answer.mixRate)
    horizons = answer.horizons.map { HorizonWire($0, agreement) }
    wonDealsWithoutAmount = answer.wonDealsWithoutAmount
    seed = answer.seed
    draws = answer.draws
    notes = words.notes
  }
}
