import PlumblineStatistics

/// A gap divided among channels and factors, in whole minor units that add up.
struct GapDivision {
  let channels: [GapChannel]
  let factorTotals: [GapPart]
  let total: GapPart
  let mixRate: GapMixRate
  let minorUnits: Int64

  init(
    _ rows: [GapRow],
    unit: GapAnswer.Unit,
    hasCommonBase: Bool,
    _ agreement: Agreement
  ) {
    // Thousandths, so that fractions of a customer add up as well.
    let minorUnits = unit == .money ? Currency.minorUnits(of: agreement.currency) : 1000
    self.minorUnits = minorUnits
    let customer = GapDeal(
      basis: .customers,
      mean: Double(minorUnits),
      standardError: 0,
      deals: 0
    )
    let rows = rows.map { row in
      var row = row
      if unit == .customers { (row.base.deal, row.actual.deal) = (customer, customer) }
      return row
    }
    let gap = ProductGap(
      base: Self.factors(rows.map(\.base)),
      actual: Self.factors(rows.map(\.actual)),
      hasCommonBase: hasCommonBase,
      seed: GapBuilder.seed
    )
    let volumes = (rows.reduce(0) { $0 + $1.base.volume }, rows.reduce(0) { $0 + $1.actual.volume })
    let qValues = Self.qValues(gap)
    channels = rows.enumerated().map { index, row in
      let base = Self.side(row.base, row.actual, of: volumes.0, gap.base[index])
      let actual = Self.side(row.actual, row.base, of: volumes.1, gap.actual[index])
      let target = actual.expected - base.expected
      return GapChannel(
        name: row.name,
        base: base,
        actual: actual,
        parts: Self.parts(gap.parts[index], qValues[index], addingUpTo: target),
        total: Self.part(gap.terms[index], target),
        logMeanParts: gap.logMeanShares[index]
      )
    }
    let channels = channels
    factorTotals =
      rows.isEmpty
      ? Array(repeating: Self.part(gap.total, 0), count: agreement.path.count + 2)
      : zip(gap.factors, Self.qValues(ofFactors: gap)).enumerated().map { factor, total in
        Self.part(total.0, channels.reduce(0) { $0 + $1.parts[factor].amount }, total.1)
      }
    total = Self.part(gap.total, channels.reduce(0) { $0 + $1.total.amount })
    mixRate = GapMixRate(
      channels: rows.map(\.name),
      decomposition: MixRateDecomposition(
        rows.map { row in
          let rates = Self.rates(row.base, row.actual)
          return MixRateGroup(
            baseCases: row.base.volume,
            baseSuccesses: row.base.volume * rates.base,
            cases: row.actual.volume,
            successes: row.actual.volume * rates.actual
          )
        }
      )
    )
  }

  /// Total volume, share, rates and deal of every channel on one side.
  private static func factors(_ side: [GapDraft]) -> [[UncertainFactor?]] {
    let volume = side.reduce(0) { $0 + $1.volume }
    return side.map { row in
      [.exact(volume), volume > 0 ? .exact(row.volume / volume) : nil] + row.rateFactors
        + [row.dealFactor]
    }
  }

  /// The rates from the first stage to the last, with the other side's where one is missing.
  private static func rates(
    _ base: GapDraft,
    _ actual: GapDraft
  ) -> (base: Double, actual: Double) {
    zip(base.rates, actual.rates).reduce((1, 1)) { product, step in
      (
        product.0 * (step.0.rate ?? step.1.rate ?? 0),
        product.1 * (step.1.rate ?? step.0.rate ?? 0)
      )
    }
  }

  private static func side(
    _ draft: GapDraft,
    _ other: GapDraft,
    of volume: Double,
    _ expected: Double
  ) -> GapSide {
    let isPlan = draft.rates.contains { [.planned, .notPlanned].contains($0.basis) }
    var deal = draft.deal ?? other.deal
    if draft.deal == nil, deal?.basis != .allChannels {
      deal?.basis = isPlan ? .notPlanned : .otherSide
    }
    return GapSide(
      volume: draft.volume,
      share: volume > 0 ? draft.volume / volume : nil,
      rates: draft.rates,
      deal: deal ?? GapDeal(basis: .otherSide, mean: 0, standardError: 0, deals: 0),
      expectedWins: draft.volume * rates(draft, other).base,
      expected: whole(expected),
      wonSoFar: draft.isCounted ? draft.cell?.reached.last ?? 0 : nil,
      bookedSoFar: draft.isCounted ? draft.cell?.revenue ?? 0 : nil
    )
  }

  /// One a factor, over the rates and the deal of all terms together.
  private static func qValues(ofFactors gap: ProductGap) -> [Double?] {
    BenjaminiHochberg.qValues(
      gap.factors.enumerated().map { factor, part in factor < 2 ? nil : part.pValue }
    )
  }

  /// One row a term, over all parts of rates and deals together.
  ///
  /// Whoever looks in fifty places must allow for fifty. Volume and mix are counts, and no guess.
  private static func qValues(_ gap: ProductGap) -> [[Double?]] {
    let pValues = gap.parts.map { row in
      row.enumerated().map { factor, part in factor < 2 ? nil : part.pValue }
    }
    var rest = BenjaminiHochberg.qValues(pValues.flatMap { $0 })[...]
    return pValues.map { row in
      let own = Array(rest.prefix(row.count))
      rest = rest.dropFirst(row.count)
      return own
    }
  }

  /// Rounded parts of which the largest takes what rounding left over, so that they add up.
  private static func parts(
    _ parts: [ProductGap.Part],
    _ qValues: [Double?],
    addingUpTo target: Int64
  ) -> [GapPart] {
    var amounts = parts.map { whole($0.value) }
    let largest = amounts.indices.max { amounts[$0].magnitude < amounts[$1].magnitude }
    if let largest { amounts[largest] += target - amounts.reduce(0, +) }
    return parts.indices.map { part(parts[$0], amounts[$0], qValues[$0]) }
  }

  private static func part(
    _ part: ProductGap.Part,
    _ amount: Int64,
    _ qValue: Double? = nil
  ) -> GapPart {
    GapPart(
      amount: amount,
      lower: min(whole(part.interval.lower), amount),
      upper: max(whole(part.interval.upper), amount),
      isClear: part.isClear,
      qValue: qValue
    )
  }

  /// The nearest whole number; beyond 10^15 that bound, so that sums of many still fit.
  private static func whole(_ value: Double) -> Int64 {
    Int64(min(max(value.isNaN ? 0 : value, -1e15), 1e15).rounded())
  }
}
