public import PlumblineStatistics

/// The share of some leads that close: what marketing and sales are measured by alike.
public struct ClosingCohort: Hashable, Sendable {
  /// The month in which they came; nil for all leads of the period.
  public var month: AttainmentPeriod?
  /// The share, completed where leads are still open; its base and its maturity.
  public var rate: GapRate
  /// What the data support of the share; nil where nobody came or nothing is known.
  public var interval: ConfidenceInterval?
  /// The wins so far and those still to come.
  public var wins: CompletedCount?

  /// Whether the share may still change: some leads are too young.
  public var isPreliminary: Bool { rate.maturity.map { $0 < 1 } ?? false }
}

/// The shared measure of both teams, by when the leads came.
public struct ClosingShare: Hashable, Sendable {
  /// The days after which a lead counts as not won.
  public var withinDays: Int
  /// The leads of the period asked about.
  public var period: ClosingCohort
  /// The leads of each month with leads up to the period's end, at most twelve, oldest first.
  public var months: [ClosingCohort]
}

/// Computes how many leads close.
struct ClosingShareBuilder {
  /// The most months shown.
  private static let mostMonths = 12

  private let builder: FunnelBuilder
  private let source: any CellSource
  private let completer: RateCompleter
  /// The position of the stretch from the first stage to the last.
  private let whole: Int
  private let byMonth: [String: FunnelCell]

  /// Reads everything on record.
  ///
  /// - Throws: What the source throws.
  init(_ agreement: Agreement, source: any CellSource) throws {
    builder = FunnelBuilder(agreement, source: source)
    self.source = source
    whole = builder.stretches.index(from: 0, to: agreement.path.count - 1) ?? 0
    let cells = try source.cells(for: builder.question(by: [.cohort]))
    byMonth = Dictionary(zip(cells.keys.map { $0[0] }, cells.cells)) { first, _ in first }
    let everything = cells.total.map { ["": $0] } ?? [:]
    completer = RateCompleter(
      horizons: try builder.horizons(rule: agreement.journeyRule),
      record: everything
    )
  }

  /// The shares.
  ///
  /// - Throws: What the source throws.
  func share(_ period: AttainmentPeriod) throws -> ClosingShare {
    let months = byMonth.compactMap { name, cell in
      AttainmentPeriod(name).map { ($0, cell) }
    }.filter { $0.0.days.lowerBound <= period.days.upperBound }
      .sorted { $0.0.days.lowerBound < $1.0.days.lowerBound }
    return ClosingShare(
      withinDays: completer.horizons[whole].days,
      period: cohort(try cell(period), nil),
      months: months.suffix(Self.mostMonths).map { cohort($0.1, $0.0) }
    )
  }

  /// Everything about the leads that came in a period; nil without any.
  func cell(_ period: AttainmentPeriod) throws -> FunnelCell? {
    try source.cells(
      for: builder.question(firstDay: period.days.lowerBound, lastDay: period.days.upperBound)
    ).total
  }

  private func cohort(_ cell: FunnelCell?, _ month: AttainmentPeriod?) -> ClosingCohort {
    let rate = completer.rate(cell, of: nil, from: whole)
    var cohort = ClosingCohort(month: month, rate: rate)
    guard let value = rate.rate, rate.entered > 0 else { return cohort }
    let (counted, variance) = completer.openVariance(cell, from: whole)
    let total = value * Double(rate.entered)
    cohort.wins = try? CompletedCount(
      counted: Double(counted),
      expected: max(0, total - Double(counted)),
      variance: variance
    )
    if rate.basis == .observed {
      let trials = max(rate.effectiveSampleSize ?? Double(rate.entered), 1)
      cohort.interval = .wilson(successes: min(value * trials, trials), trials: trials)
    } else {
      cohort.interval = cohort.wins.map { wins in
        let ends = wins.interval()
        let base = Double(rate.entered)
        return ConfidenceInterval(
          lower: min(1, ends.lower / base),
          upper: min(1, ends.upper / base)
        )
      }
    }
    return cohort
  }
}

extension RateCompleter {
  /// The conversions of a cohort so far, and the variance of what its open rest will bring.
  fileprivate func openVariance(_ cell: FunnelCell?, from stage: Int) -> (Int, Double) {
    guard let pair = cell?.pairs[stage] else { return (0, 0) }
    let days = horizons[stage].days
    let last = pair.lags.buckets.bucket(ofHorizonInDays: days)
    let converted = pair.lags[.converted].prefix(last + 1).reduce(0, +)
    let everything = record[""].map { CumulativeIncidence($0.pairs[stage].lags) }
    let toGo = everything.map { ConversionToGo(history: $0, horizonInDays: days) }
    let completed = try? toGo?.complete(converted: converted, open: Array(pair.lags[.open]))
    return (converted + pair.undatedConversions, completed?.variance ?? 0)
  }
}
