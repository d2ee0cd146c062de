import PlumblineStatistics

/// One answer about costs while it is worked out.
struct EconomicsPass {
  let question: EconomicsQuestion
  let days: ClosedRange<Int>
  /// The question of the leads that came in on the days asked.
  let cells: FunnelQuestion
  let history: CompanyHistory
  let agreement: Agreement
  private let builder: EconomicsBuilder
  private let funnel: FunnelBuilder
  private let last: Int
  /// The stretch from coming in to winning, in the question's pairs.
  private let whole: Int

  init(_ builder: EconomicsBuilder, _ question: EconomicsQuestion) {
    self.builder = builder
    self.question = question
    history = builder.history
    agreement = builder.agreement
    funnel = FunnelBuilder(agreement, source: builder.source)
    days = builder.days(question)
    last = agreement.path.count - 1
    whole = funnel.stretches.index(from: 0, to: last) ?? 0
    cells = funnel.question(
      by: [question.dimension],
      filters: question.filters,
      firstDay: CivilDate(dayNumber: days.lowerBound),
      lastDay: CivilDate(dayNumber: days.upperBound),
      skips: question.skips
    )
  }

  /// The question of what was won on the days asked.
  var closing: FunnelQuestion {
    var closing = cells
    closing.datedBy = last
    return closing
  }

  /// The same question of all days.
  private var everyDay: FunnelQuestion {
    var everyDay = cells
    everyDay.firstDay = nil
    everyDay.lastDay = nil
    return everyDay
  }

  private var unconditional: FunnelQuestion {
    var everything = cells
    everything.filters = []
    return everything
  }

  func answer() throws -> EconomicsAnswer {
    let source = builder.source
    let journeys = source.journeys(under: cells.rule)
    let completer = try completer()
    var lines = lines(cells, completer)
    let all = question.filters.isEmpty ? lines : self.lines(unconditional, completer)
    let touches = SalesTouches(builder.records.activities, history, journeys, days: days)
    let sales = try addWork(touches, journeys, completer, to: &lines, of: all)
    let overhead = share(overheadOf: all, to: &lines)
    let (median, undated) = addDeals(journeys, to: &lines)
    let orphans = builder.records.dealsWithoutLead(history, on: question.view == .cash ? days : nil)
    let isCash = question.view == .cash && question.filters.isEmpty
    let table = EconomicsTable(
      lines,
      withoutLead: isCash && !orphans.ids.isEmpty ? orphans.row : nil,
      agreement,
      sales,
      overhead,
      everybody: question.filters.isEmpty
        ? lines.sorted { $0.key < $1.key }.reduce(AmountSummary([])) { $0 + $1.value.deals }
        : everybodysDeals(journeys),
      medianDeal: median
    )
    let onRecord = source.cells(for: everyDay).total?.episodes ?? 0
    let areDaysAsked = question.firstDay != nil || question.lastDay != nil
    return EconomicsAnswer(
      question: question,
      cells: cells,
      asOf: history.asOf,
      days: days,
      areDaysAsked: areDaysAsked,
      horizon: StretchHorizon(
        from: agreement.path[0].id,
        to: agreement.path[last].id,
        days: completer.horizonInDays,
        isAgreed: false
      ),
      rows: table.rows,
      total: table.total,
      sales: sales,
      overhead: overhead,
      residual: question.filters.isEmpty
        ? residual(table.total, sales, overhead, touches, journeys) : nil,
      leadsOnOtherDays: max(0, onRecord - table.total.leads),
      undatedWins: undated,
      dealsWithoutLead: orphans,
      hiddenCosts: question.view == .cohort ? CostRanking(table.rows).hiddenCosts : [],
      claims: builder.records.claims(
        history,
        on: areDaysAsked ? days : nil,
        by: question.claimsBy,
        where: question.filters
      )
    )
  }

  // MARK: Leads, spend and wins

  private func completer() throws -> WinCompleter {
    var record = unconditional
    record.firstDay = nil
    record.lastDay = nil
    let cells = builder.source.cells(for: record)
    var lags: [String: LagCounts] = [:]
    for (key, cell) in zip(cells.keys, cells.cells) where cell.episodes > 0 {
      lags[key[0]] = cell.pairs[whole].lags
    }
    let pair = StagePair(from: 0, to: last)
    let usual = try funnel.horizon(of: pair, rule: self.cells.rule).days
    let longest = WinCompleter.longestHorizon(Array(lags.values)) ?? usual
    return WinCompleter(record: lags, horizonInDays: max(usual, longest))
  }

  /// The lines of a question with their leads, spend and wins; by name.
  private func lines(
    _ cells: FunnelQuestion,
    _ completer: WinCompleter
  ) -> [String: EconomicsRow] {
    var lines: [String: EconomicsRow] = [:]
    let counted = builder.source.cells(for: cells)
    for (key, cell) in zip(counted.keys, counted.cells) {
      var row = EconomicsRow(.group, key[0])
      row.leads = cell.episodes
      row.spend = cell.spend ?? 0
      row.media = Double(row.spend)
      if question.view == .cohort {
        row.wins = completer.complete(
          counted: cell.reached[last],
          open: Array(cell.pairs[whole].lags[.open]),
          of: key[0]
        )
        row.openByAge = Array(cell.pairs[whole].lags[.open])
        row.dealsWithoutAmount = cell.wonDealsWithoutAmount
        let builder = RowBuilder(agreement, funnel.stretches, [], cell)
        row.meetingsHeld = builder.showUp()?.held
      }
      lines[key[0]] = row
    }
    if question.view == .cash { addClosings(to: &lines, cells) }
    if let carried = agreement.economics.weeklyCarryOver, carried > 0 {
      addCarriedMedia(carried, to: &lines, cells)
    }
    return lines
  }

  private func addClosings(to lines: inout [String: EconomicsRow], _ cells: FunnelQuestion) {
    var closing = cells
    closing.datedBy = last
    let counted = builder.source.cells(for: closing)
    for (key, cell) in zip(counted.keys, counted.cells) where cell.episodes > 0 {
      var row = lines[key[0]] ?? EconomicsRow(.group, key[0])
      row.wins = CompletedWins(counted: cell.reached[last])
      row.dealsWithoutAmount = cell.wonDealsWithoutAmount
      lines[key[0]] = row
    }
  }

  private func addCarriedMedia(
    _ carried: Double,
    to lines: inout [String: EconomicsRow],
    _ cells: FunnelQuestion
  ) {
    let pass = CellPass(history, builder.source.journeys(under: cells.rule), cells)
    let isByCampaign = question.dimension == .campaign
    let media = MediaTiming(carried: carried).media(workingOn: days, cells, history) { spend in
      guard pass.numbers(of: spend, on: spend.firstDay.dayNumber) != nil else { return nil }
      return isByCampaign ? name(spend.campaign, .campaign) : name(spend.channel, .channel)
    }
    for group in Array(lines.keys) { lines[group]?.media = 0 }
    for (group, amount) in media {
      var row = lines[group] ?? EconomicsRow(.group, group)
      row.media = amount
      lines[group] = row
    }
  }

  private func name(_ code: UInt32, _ domain: TextDomain) -> String {
    code == 0 ? FunnelDimension.none : history.texts[domain][code]
  }

  /// The episodes of a question with the line each counts in.
  private func forEachRow(
    of question: FunnelQuestion,
    _ journeys: Journeys,
    _ body: (_ row: Int, _ group: String) -> Void
  ) {
    let (codes, domain) =
      self.question.dimension == .campaign
      ? (history.leads.campaigns, TextDomain.campaign) : (history.leads.channels, .channel)
    for row in CellPass(history, journeys, question).wantedRows() {
      body(row, name(codes[Int(journeys.leads[row])], domain))
    }
  }

  // MARK: Sales

  /// Adds sales' work to the lines and says what it costs.
  private func addWork(
    _ touches: SalesTouches,
    _ journeys: Journeys,
    _ completer: WinCompleter,
    to lines: inout [String: EconomicsRow],
    of all: [String: EconomicsRow]
  ) throws -> SalesShare {
    var sales = SalesShare(
      base: .none,
      team: try funnel.salesTeamCost(of: unconditional, asOf: history.asOf),
      units: 0,
      unknownKinds: touches.unknownKinds,
      minutesOfUnknown: touches.weightOfUnknown
    )
    guard let team = sales.team, team.whole > 0 else { return sales }
    sales.units = touches.weightsOnDays.reduce(0, +)
    guard sales.units > 0 else {
      sales.units = Double(all.values.reduce(0) { $0 + $1.leads })
      sales.base = sales.units > 0 ? .leads : .none
      for (group, row) in lines { lines[group]?.touches = Double(row.leads) }
      return sales
    }
    sales.base = agreement.economics.sales.minutes.isEmpty ? .activities : .minutes
    if question.view == .cash {
      forEachRow(of: everyDay, journeys) { row, group in
        guard touches.weightsOnDays[row] > 0 else { return }
        lines[group, default: EconomicsRow(.group, group)].touches += touches.weightsOnDays[row]
      }
      return sales
    }
    forEachRow(of: cells, journeys) { row, group in
      lines[group]?.touches += touches.weights[row]
    }
    let toGo = workToGo(touches, journeys, completer)
    sales.unitsOfLead = toGo.perLead
    for (group, row) in lines {
      lines[group]?.expectedTouches = toGo.expected(open: row.openByAge, of: group)
    }
    return sales
  }

  /// What open leads will still take, from the whole record.
  private func workToGo(
    _ touches: SalesTouches,
    _ journeys: Journeys,
    _ completer: WinCompleter
  ) -> WorkToGo {
    let isByCampaign = question.dimension == .campaign
    let codes = isByCampaign ? history.leads.campaigns : history.leads.channels
    var work: [UInt32: [Double]] = [:]
    let none = Array(repeating: 0.0, count: LagBuckets.standard.count)
    for (row, bucket, weight) in touches.aged {
      work[codes[Int(journeys.leads[Int(row)])], default: none][Int(bucket)] += weight
    }
    let domain: TextDomain = isByCampaign ? .campaign : .channel
    // Two values may go by the same name: no text, and a text that says so.
    let byName = Dictionary(
      work.sorted { $0.key < $1.key }.map { (name($0.key, domain), $0.value) },
      uniquingKeysWith: { zip($0, $1).map(+) }
    )
    return WorkToGo(byName, completer)
  }

  // MARK: Overhead

  private func share(
    overheadOf all: [String: EconomicsRow],
    to lines: inout [String: EconomicsRow]
  ) -> OverheadShare {
    let economics = agreement.economics
    func weight(_ row: EconomicsRow, _ rule: Economics.OverheadRule) -> Double {
      rule == .media ? max(0, row.media) : Double(row.leads)
    }
    func sum(_ rule: Economics.OverheadRule) -> Double {
      all.sorted { $0.key < $1.key }.reduce(0) { $0 + weight($1.value, rule) }
    }
    let agreed = economics.overheadRule
    let other: Economics.OverheadRule = agreed == .media ? .leads : .media
    let isFallback = sum(agreed) <= 0 && sum(other) > 0
    let rule = isFallback ? other : agreed
    let whole = sum(rule)
    let overhead = OverheadShare(
      perMonth: economics.overheadPerMonth,
      months: GapPeriod(
        first: CivilDate(dayNumber: days.lowerBound),
        last: CivilDate(dayNumber: days.upperBound)
      ).months,
      rule: rule,
      isFallback: isFallback,
      isUnallocated: whole <= 0
    )
    guard whole > 0, overhead.whole > 0 else { return overhead }
    for (group, row) in lines {
      lines[group]?.overhead = overhead.whole * weight(row, rule) / whole
    }
    return overhead
  }

  // MARK: Deals

  /// Adds the sizes of the won deals.
  ///
  /// - Returns: The middle deal of all lines, and the wins of their leads of which nobody knows the
  ///   day.
  private func addDeals(
    _ journeys: Journeys,
    to lines: inout [String: EconomicsRow]
  ) -> (median: Double?, undatedWins: Int) {
    var groups: [Int: String] = [:]
    forEachRow(of: question.view == .cash ? closing : cells, journeys) { row, group in
      groups[row] = group
    }
    var amounts: [String: [Double]] = [:]
    for deal in history.wonDeals {
      guard let amount = deal.amount,
        let row = journeys.row(ofLead: deal.lead, at: deal.closed), let group = groups[row]
      else { continue }
      amounts[group, default: []].append(Double(amount))
    }
    for (group, amounts) in amounts {
      let sorted = amounts.sorted()
      lines[group]?.deals = AmountSummary(sorted)
      lines[group]?.medianDeal = Self.middle(sorted)
    }
    var undated = 0
    let wins = journeys.reached[last]
    forEachRow(of: question.view == .cash ? everyDay : cells, journeys) { row, _ in
      if wins[row].isPresent, !wins[row].isDated { undated += 1 }
    }
    return (Self.middle(amounts.values.flatMap { $0 }.sorted()), undated)
  }

  /// The deals of the question's leads, whatever the conditions.
  private func everybodysDeals(_ journeys: Journeys) -> AmountSummary {
    var question = question.view == .cash ? closing : cells
    question.filters = []
    let rows = Set(CellPass(history, journeys, question).wantedRows())
    return AmountSummary(
      history.sizedDeals(in: rows, of: journeys).compactMap(\.amount).map(Double.init).sorted()
    )
  }

  private static func middle(_ sorted: [Double]) -> Double? {
    guard !sorted.isEmpty else { return nil }
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  // MARK: Adding up

  /// What the company paid on these days by its own sums, less what the lines bear.
  private func residual(
    _ total: EconomicsRow,
    _ sales: SalesShare,
    _ overhead: OverheadShare,
    _ touches: SalesTouches,
    _ journeys: Journeys
  ) -> Double {
    let timing = MediaTiming(carried: agreement.economics.weeklyCarryOver ?? 0)
    let media = timing.media(workingOn: days, unconditional, history) { _ in "" }[""] ?? 0
    var work = sales.units
    if question.view == .cohort, sales.base == .activities || sales.base == .minutes {
      work = CellPass(history, journeys, unconditional).wantedRows()
        .reduce(0) { $0 + touches.weights[$1] }
    }
    let paid = media + overhead.whole + sales.costPerUnit * (work + total.expectedTouches)
    return paid - total.fixedCost
  }
}
