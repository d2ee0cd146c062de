import PlumblineStatistics

/// Which leads, and which days, a metric is asked about.
struct ReconcileScope: Sendable {
  let history: CompanyHistory
  let source: EmbeddedCells
  let filters: [DimensionFilter]
  let firstDay: CivilDate?
  let lastDay: CivilDate?
  let rule: JourneyRule

  var leadCount: Int { history.leads.ids.count }
  var hasDays: Bool { firstDay != nil || lastDay != nil }

  func id(_ lead: Int) -> String { history.id(ofLead: lead) }

  /// The question for episodes under a rule.
  func question(
    _ rule: JourneyRule,
    pairs: [StagePair] = [],
    withDays: Bool = true
  ) -> FunnelQuestion {
    FunnelQuestion(
      filters: filters,
      firstDay: withDays ? firstDay : nil,
      lastDay: withDays ? lastDay : nil,
      rule: rule,
      pairs: pairs
    )
  }

  /// The episodes under a rule that are asked about.
  func passages(under rule: JourneyRule, withDays: Bool = true) -> Passages {
    let journeys = source.journeys(under: rule)
    let pass = CellPass(history, journeys, question(rule, withDays: withDays))
    return Passages(journeys: journeys, rows: pass.wantedRows())
  }

  /// The leads that conditions let through, whenever they came in.
  func leadsThatPass() -> [Bool] {
    guard !filters.isEmpty else { return Array(repeating: true, count: leadCount) }
    var passes = Array(repeating: false, count: leadCount)
    let passages = passages(under: rule, withDays: false)
    for row in passages.rows { passes[Int(passages.journeys.leads[row])] = true }
    return passes
  }

  /// Whether a time lies in the period; without one every time does that is known.
  func contains(_ time: TimePoint) -> Bool {
    guard time.isDated else { return false }
    let day = history.agreement.calendar.day(of: time.instant)
    return firstDay.map { $0 <= day } ?? true && lastDay.map { day <= $0 } ?? true
  }

  /// The rate of a stretch as every answer gives it, with its plain counts beside it.
  ///
  /// - Parameters:
  ///   - pair: The stretch.
  ///   - horizon: The days within which it counts.
  ///   - more: Conditions besides those that are asked for.
  /// - Returns: The rate; with an absence, and no interval, where it is too young to tell.
  func estimate(
    of pair: StagePair,
    _ horizon: StretchHorizon,
    where more: [DimensionFilter] = []
  ) -> MetricReading {
    var question = question(rule, pairs: [pair])
    question.filters += more
    let cells = source.cells(for: question)
    let agreement = history.agreement
    let cell = cells.total ?? FunnelCell(cells.question, agreement)
    let row = RowBuilder(agreement, Stretches(agreement), [horizon], cell)
    // Who reached the second stage without the first went no way from one to the other.
    let rate = row.rate(pairAt: 0, converted: row.conversions(pairAt: 0))
    var reading = MetricReading(
      .leads,
      Int128(rate.converted),
      Int128(rate.entered),
      records: rate.entered,
      interval: rate.interval
    )
    reading.isEstimated = true
    reading.estimate = rate.rate
    reading.absence =
      switch rate.status {
      case .supported: nil
      case .noEntries: .nothingToCount
      case .notOldEnough: .notOldEnough
      case .undated: .undated
      }
    return reading
  }
}

/// Episodes that are asked about.
struct Passages {
  let journeys: Journeys
  let rows: [Int]
}

extension ReconcileScope {
  /// The bridge from our rate of a stretch to the plain count of all that converted so far, by the
  /// agreement's rule: what every other way to count begins with.
  func trunk(
    _ pair: StagePair,
    _ horizon: StretchHorizon
  ) -> (ours: ReconciledDefinition, bridge: CountBridge) {
    let ours = estimate(of: pair, horizon)
    let passages = passages(under: rule)
    let nobody = CountedRecords(.leads, .leads, count: leadCount)
    var (within, dated, whole) = (nobody, nobody, nobody)
    var young: [Int] = []
    for row in passages.rows {
      guard let wait = passages.journeys.wait(for: pair, row: row, in: history) else { continue }
      let lead = Int(passages.journeys.leads[row])
      let isConverted = wait.outcome == .converted
      whole.add(lead, above: isConverted ? 1 : 0, below: 1)
      guard let lag = wait.lagInDays else { continue }
      dated.add(lead, above: isConverted && lag < horizon.days ? 1 : 0, below: 1)
      within.add(lead, above: isConverted && lag < horizon.days ? 1 : 0, below: 1)
      if wait.outcome == .open, lag < horizon.days { young.append(lead) }
    }
    // What nobody dated joins first with whatever it says, then what came too late.
    for row in passages.rows {
      guard let wait = passages.journeys.wait(for: pair, row: row, in: history),
        wait.lagInDays == nil
      else { continue }
      dated.add(
        Int(passages.journeys.leads[row]),
        above: wait.outcome == .converted ? 1 : 0,
        below: 1
      )
    }
    var bridge = CountBridge(from: ours, .tooYoung, young.map(id).sorted(), to: within)
    bridge.move(to: dated, .undated, name: id)
    bridge.move(to: whole, .late, name: id)
    return (ReconciledDefinition(name: .ours, reading: ours, steps: []), bridge)
  }

  /// Our rate of first passes alone, as every answer gives it `--where attempt=1`: one step from
  /// ours, or none where nobody came back.
  func firstPass(
    _ ours: ReconciledDefinition,
    _ pair: StagePair,
    _ horizon: StretchHorizon
  ) -> ReconciledDefinition {
    let first = estimate(of: pair, horizon, where: [DimensionFilter(.attempt, values: ["1"])])
    let passages = passages(under: rule)
    var back: Set<Int> = []
    for row in passages.rows where passages.journeys.attempts[row] > 1 {
      guard passages.journeys.wait(for: pair, row: row, in: history) != nil else { continue }
      back.insert(Int(passages.journeys.leads[row]))
    }
    let step = BridgeStep(
      rule: .laterPasses,
      before: ours.reading,
      after: first,
      recordIDs: back.map(id).sorted()
    )
    return ReconciledDefinition(
      name: .firstPass,
      reading: first,
      steps: back.isEmpty && first == ours.reading ? [] : [step]
    )
  }
}
