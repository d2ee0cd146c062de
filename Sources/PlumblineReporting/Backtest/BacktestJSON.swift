public import PlumblineCore
import PlumblineStatistics

/// A back-test as JSON; every key is documented in `Documentation/json.md`.
public struct BacktestJSON: Sendable {
  private let wire: BacktestWire

  /// A back-test to be written.
  ///
  /// - Parameters:
  ///   - test: The back-test.
  ///   - history: The history that it was made from.
  ///   - lists: Whether the ids of the leads are written, with score and outcome.
  public init(_ test: Backtest, of history: CompanyHistory, lists: Bool = false) {
    wire = BacktestWire(test, history, lists)
  }

  /// The JSON, ending in a line break.
  ///
  /// - Throws: `EncodingError` for a number that is not finite.
  public func text() throws -> String { try JSONText.text(wire) }
}

private struct BacktestWire: Encodable {
  struct CountWire: Encodable {
    let leads: Int
    let won: Int
    @OrNull var rate: Double?
    @OrNull var rateFrom: Double?
    @OrNull var rateTo: Double?

    init(_ count: Backtest.Count) {
      leads = count.leads
      won = count.won
      _rate = OrNull(wrappedValue: Rounded.share(count.rate))
      _rateFrom = OrNull(wrappedValue: Rounded.share(count.interval?.lower))
      _rateTo = OrNull(wrappedValue: Rounded.share(count.interval?.upper))
    }
  }

  struct ThresholdWire: Encodable {
    let kind: Backtest.Threshold.Kind
    let score: Double
    let worked: CountWire
    @OrNull var recall: Double?
    @OrNull var recallFrom: Double?
    @OrNull var recallTo: Double?
    @OrNull var net: Double?
    let isBelowTested: Bool

    init(_ threshold: Backtest.Threshold, _ currency: String) {
      kind = threshold.kind
      score = threshold.score
      worked = CountWire(threshold.worked)
      _recall = OrNull(wrappedValue: Rounded.share(threshold.recall))
      _recallFrom = OrNull(wrappedValue: Rounded.share(threshold.recallInterval?.lower))
      _recallTo = OrNull(wrappedValue: Rounded.share(threshold.recallInterval?.upper))
      _net = OrNull(wrappedValue: Rounded.amount(threshold.net, currency))
      isBelowTested = threshold.isBelowTested
    }
  }

  struct BandWire: Encodable {
    let scoreFrom: Double
    let scoreTo: Double
    let judged: CountWire
    @OrNull var promised: Double?
    @OrNull var pooled: Double?

    init(_ band: Backtest.Band) {
      scoreFrom = band.scores.lowerBound
      scoreTo = band.scores.upperBound
      judged = CountWire(band.judged)
      _promised = OrNull(wrappedValue: Rounded.share(band.promised))
      _pooled = OrNull(wrappedValue: Rounded.share(band.isotonic))
    }
  }

  struct FactorWire: Encodable {
    let factor: String
    let by: String
    let yes: CountWire
    let no: CountWire
    let notAsked: CountWire
    @OrNull var chiSquare: Double?
    @OrNull var pValue: Double?
    @OrNull var adjustedPValue: Double?
    @OrNull var aucWithout: Double?
    @OrNull var aucWith: Double?
    @OrNull var aucPValue: Double?
    @OrNull var netGain: Double?
    @OrNull var tells: Bool?

    init(_ factor: Backtest.Factor, _ currency: String) {
      func count(_ answer: QualifyingFactor.Answer) -> CountWire {
        CountWire(factor.counts[answer] ?? Backtest.Count(leads: 0, won: 0))
      }
      self.factor = factor.id
      by = factor.team.rawValue
      (yes, no, notAsked) = (count(.yes), count(.no), count(.notAsked))
      _chiSquare = OrNull(wrappedValue: Rounded.share(factor.value?.chiSquare))
      _pValue = OrNull(wrappedValue: Rounded.share(factor.value?.pValue))
      _adjustedPValue = OrNull(wrappedValue: Rounded.share(factor.adjusted))
      _aucWithout = OrNull(wrappedValue: Rounded.share(factor.value?.areas.first))
      _aucWith = OrNull(wrappedValue: Rounded.share(factor.value?.areas.second))
      _aucPValue = OrNull(wrappedValue: Rounded.share(factor.value?.areas.pValue))
      _netGain = OrNull(wrappedValue: Rounded.amount(factor.netGain, currency))
      _tells = OrNull(wrappedValue: factor.tells)
    }
  }

  struct PeriodWire: Encodable {
    let period: String
    let count: CountWire
    @OrNull var promised: Double?
    @OrNull var stability: Double?
    @OrNull var stabilityByChance: Double?
    @OrNull var auc: Double?
    @OrNull var aucFrom: Double?
    @OrNull var aucTo: Double?

    init(_ period: Backtest.Period) {
      self.period = period.name
      count = CountWire(period.count)
      _promised = OrNull(wrappedValue: Rounded.share(period.calibration?.promised))
      _stability = OrNull(wrappedValue: Rounded.share(period.stability?.index))
      _stabilityByChance = OrNull(wrappedValue: Rounded.share(period.stability?.expectedByChance))
      _auc = OrNull(wrappedValue: Rounded.share(period.area?.area))
      _aucFrom = OrNull(wrappedValue: Rounded.share(period.area?.interval().lower))
      _aucTo = OrNull(wrappedValue: Rounded.share(period.area?.interval().upper))
    }
  }

  struct LeadWire: Encodable {
    let id: String
    let score: Double
    let isWon: Bool
    let isForJudging: Bool
  }

  var format = JSONText.format
  var kind = "backtest"
  let agreement: AgreementWire
  let asOf: String
  let headline: String
  let stage: String
  let horizonInDays: Int
  let isUndated: Bool
  @OrNull var splitDay: String?
  let entered: Int
  let withoutScore: Int
  let tooYoung: Int
  let undated: Int
  let outside: Int
  let neverEntered: Int
  let choosing: CountWire
  let judging: CountWire
  @OrNull var valuePerWin: Double?
  @OrNull var costPerLead: Double?
  let isCostFromReps: Bool
  @OrNull var breakEvenChance: Double?
  @OrNull var auc: Double?
  @OrNull var aucFrom: Double?
  @OrNull var aucTo: Double?
  @OrNull var liftOfBestTenth: Double?
  @OrNull var calibrationSlope: Double?
  @OrNull var calibrationIntercept: Double?
  @OrNull var calibrationPValue: Double?
  @OrNull var brierScore: Double?
  @OrNull var netDifference: Double?
  @OrNull var netDifferenceFrom: Double?
  @OrNull var netDifferenceTo: Double?
  @OrNull var lowestTestedScore: Double?
  let standing: Backtest.Standing
  let thresholds: [ThresholdWire]
  let bands: [BandWire]
  let factors: [FactorWire]
  let months: [PeriodWire]
  let quarters: [PeriodWire]
  var leads: [LeadWire]?

  init(_ test: Backtest, _ history: CompanyHistory, _ lists: Bool) {
    let agreement = history.agreement
    let (cohort, currency) = (test.cohort, agreement.currency)
    self.agreement = AgreementWire(agreement)
    asOf = Format.iso8601(history.asOf, agreement.calendar)
    headline = BacktestWords(test: test, agreement: agreement, asOf: history.asOf).headline
    stage = agreement.path[cohort.stage].id
    horizonInDays = cohort.horizonInDays
    isUndated = cohort.isUndated
    var day: String?
    if case .byDay(let split) = cohort.split { day = split.description }
    _splitDay = OrNull(wrappedValue: day)
    entered = cohort.entered
    withoutScore = cohort.withoutScore
    tooYoung = cohort.tooYoung
    undated = cohort.undated
    outside = cohort.outside
    neverEntered = cohort.neverEntered
    choosing = CountWire(test.choosing)
    judging = CountWire(test.judging)
    _valuePerWin = OrNull(wrappedValue: Rounded.amount(test.valuePerWin, currency))
    _costPerLead = OrNull(wrappedValue: Rounded.amount(test.costPerLead, currency))
    isCostFromReps = test.isCostFromReps
    _breakEvenChance = OrNull(wrappedValue: Rounded.share(test.value?.breakEvenProbability))
    _auc = OrNull(wrappedValue: Rounded.share(test.area?.area))
    _aucFrom = OrNull(wrappedValue: Rounded.share(test.area?.interval().lower))
    _aucTo = OrNull(wrappedValue: Rounded.share(test.area?.interval().upper))
    _liftOfBestTenth = OrNull(wrappedValue: Rounded.share(test.lift))
    let regression = test.calibration?.regression
    _calibrationSlope = OrNull(wrappedValue: Rounded.share(regression?.slope))
    _calibrationIntercept = OrNull(wrappedValue: Rounded.share(regression?.intercept))
    _calibrationPValue = OrNull(wrappedValue: Rounded.share(regression?.pValue))
    _brierScore = OrNull(wrappedValue: Rounded.share(test.calibration?.brierScore))
    let difference = test.difference
    _netDifference = OrNull(wrappedValue: Rounded.amount(difference?.net, currency))
    _netDifferenceFrom = OrNull(wrappedValue: Rounded.amount(difference?.range.lower, currency))
    _netDifferenceTo = OrNull(wrappedValue: Rounded.amount(difference?.range.upper, currency))
    _lowestTestedScore = OrNull(wrappedValue: test.lowestTested)
    standing = test.standing
    thresholds = test.thresholds.map { ThresholdWire($0, currency) }
    bands = test.bands.map(BandWire.init)
    factors = test.factors.map { FactorWire($0, currency) }
    months = test.months.map(PeriodWire.init)
    quarters = test.quarters.map(PeriodWire.init)
    leads =
      lists
      ? cohort.cases.map {
        LeadWire(
          id: history.id(ofLead: $0.lead),
          score: $0.score,
          isWon: $0.isWon,
          isForJudging: $0.isForJudging
        )
      } : nil
  }
}
