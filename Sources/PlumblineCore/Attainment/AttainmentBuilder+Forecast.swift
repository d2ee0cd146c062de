import PlumblineStatistics

extension AttainmentBuilder {
  /// Says of the team and of each row where the period will end, and what is needed until then.
  ///
  /// The team's forecast is the one of `QuotaPlanBuilder`. A person's share of it is what the
  /// person's open leads are worth in it, and new leads as the person got them in the last weeks,
  /// each taken to close as the team's do: what is forecast adds up to the team's. Its odds are
  /// those of a Poisson number of deals of the team's sizes.
  ///
  /// - Returns: Why there is no forecast; nil where there is one, and when the period is over.
  /// - Throws: What the plan throws.
  func addForecasts(
    _ team: inout AttainmentRow,
    _ people: inout [AttainmentRow],
    _ nobody: inout AttainmentRow,
    period: AttainmentPeriod,
    pace: PeriodPace,
    deal: AmountSummary,
    names: OwnerNames,
    seed: UInt64
  ) throws -> QuotaPlan.Standing? {
    func forAll(_ body: (inout AttainmentRow) -> Void) {
      body(&team)
      for index in people.indices { body(&people[index]) }
      body(&nobody)
    }
    guard !pace.isOver else {
      forAll { row in
        let amount = Double(row.won.amount)
        row.forecast = AttainmentForecast(
          .actual,
          booked: amount,
          likely: (amount, amount, amount),
          chance: row.quota.map { row.won.amount >= $0.amount ? 1 : 0 }
        )
      }
      return nil
    }
    forAll { $0.need = Self.need($0, pace, deal) }
    var asked = QuotaQuestion(
      quota: max(0, team.quota?.amount ?? 0),
      deadline: period.days.upperBound,
      since: period.days.lowerBound,
      seed: seed
    )
    asked.namesLeads = true
    let plan = try QuotaPlanBuilder(source, under: history.agreement.journeyRule).plan(asked)
    guard let outlook = plan.outlook, let volume = plan.today else { return plan.standing }
    let parts = ForecastParts(plan, outlook, volume, history, names)
    team.forecast = parts.team(team)
    parts.addNeed(&team, pipeline: outlook.mean)
    // Whoever owns leads only has a part in what is to come, too.
    let known = Set(people.map { Self.key($0, names) })
    for key in parts.keys.subtracting(known).subtracting([""]).sorted() {
      let row = AttainmentRow(
        subject: .owner(names.name(key)),
        quota: nil,
        won: WonDealSum(),
        open: OpenDealSum(),
        months: period.months.map { AttainmentMonth(month: $0, quota: nil, won: WonDealSum()) }
      )
      people.append(row)
    }
    people.sort { names.name(Self.key($0, names)) < names.name(Self.key($1, names)) }
    for index in people.indices { parts.add(to: &people[index], Self.key(people[index], names)) }
    parts.add(to: &nobody, "")
    return nil
  }

  private static func key(_ row: AttainmentRow, _ names: OwnerNames) -> String {
    if case .owner(let name) = row.subject { names.key(name) } else { "" }
  }

  private static func need(
    _ row: AttainmentRow,
    _ pace: PeriodPace,
    _ deal: AmountSummary
  ) -> WeeklyNeed? {
    guard let gap = row.gap else { return nil }
    let weekly = pace.weeksLeft > 0 ? Double(max(0, gap)) / max(pace.weeksLeft, 0.2) : 0
    return WeeklyNeed(
      amount: weekly,
      deals: deal.mean.flatMap { $0 > 0 ? weekly / $0 : nil }
    )
  }
}

/// The parts of the team's forecast that fall on each person.
private struct ForecastParts {
  private let plan: QuotaPlan
  private let outlook: RevenueOutlook
  private let volume: LeadVolume
  private let size: AmountSummary
  /// The wins expected of each person's open leads, by key.
  private var openWins: [String: Double] = [:]
  /// Each person's share of the leads of the last weeks, by key.
  private var shares: [String: Double] = [:]
  private let handOffStage: Int

  init(
    _ plan: QuotaPlan,
    _ outlook: RevenueOutlook,
    _ volume: LeadVolume,
    _ history: CompanyHistory,
    _ names: OwnerNames
  ) {
    (self.plan, self.outlook, self.volume) = (plan, outlook, volume)
    size = plan.wins.amounts
    handOffStage = history.agreement.handOffStage
    let leads = history.leads
    func key(_ lead: Int) -> String {
      leads.owners[lead] == 0 ? "" : names.key(history.texts[.owner][leads.owners[lead]])
    }
    let owners = Dictionary(
      leads.ids.indices.map { (history.id(ofLead: $0), key($0)) },
      uniquingKeysWith: { first, _ in first }
    )
    for lead in plan.pipeline.openLeads {
      openWins[owners[lead.id] ?? "", default: 0] += lead.chance
    }
    let last = volume.lastDay.dayNumber
    let days = (last - 7 * volume.weeks.count + 1)...last
    var counts: [String: Int] = [:]
    for lead in leads.ids.indices where leads.created[lead].isDated {
      let day = history.agreement.calendar.day(of: leads.created[lead].instant).dayNumber
      if days.contains(day) { counts[key(lead), default: 0] += 1 }
    }
    let total = counts.values.reduce(0, +)
    if total > 0 { shares = counts.mapValues { Double($0) / Double(total) } }
  }

  /// Everybody who owns an open lead or one of the last weeks.
  var keys: Set<String> { Set(openWins.keys).union(shares.keys) }

  private var arrivalVariance: Double { volume.arrivalVariance(weeks: plan.weekCount) }

  /// The team's forecast, with what all deals booked: those without a lead too.
  func team(_ row: AttainmentRow) -> AttainmentForecast {
    let booked = Double(row.won.amount)
    let pace = volume.perWeek
    var outlook = outlook
    func reached(_ probability: Double) -> Double {
      booked
        + outlook.reached(
          withProbability: probability,
          entriesPerWeek: pace,
          arrivalVariance: arrivalVariance
        )
    }
    var chance: Double?
    if let gap = row.gap {
      outlook.need = Double(gap)
      chance =
        gap <= 0 ? 1 : outlook.chance(entriesPerWeek: pace, arrivalVariance: arrivalVariance)
    }
    return AttainmentForecast(
      .forecast,
      booked: booked,
      fromPipeline: outlook.mean,
      fromNew: pace * outlook.gain,
      standardDeviation: outlook.standardDeviation(
        entriesPerWeek: pace,
        arrivalVariance: arrivalVariance
      ),
      likely: (reached(0.9), reached(0.5), reached(0.1)),
      chance: chance
    )
  }

  /// Adds a person's forecast and need.
  func add(to row: inout AttainmentRow, _ key: String) {
    guard let mean = size.mean, mean > 0 else { return }
    let (wins, share) = (openWins[key] ?? 0, shares[key] ?? 0)
    let fromNew = volume.perWeek * share * outlook.gain
    addNeed(&row, pipeline: wins * mean)
    guard
      let sum = try? PoissonGammaSum(
        count: wins + fromNew / mean,
        mean: mean,
        standardDeviation: size.variance.squareRoot()
      )
    else { return }
    let booked = Double(row.won.amount)
    row.forecast = AttainmentForecast(
      .forecast,
      booked: booked,
      fromPipeline: wins * mean,
      fromNew: fromNew,
      standardDeviation: sum.variance.squareRoot(),
      likely: (
        booked + sum.quantile(0.1), booked + sum.quantile(0.5), booked + sum.quantile(0.9)
      ),
      chance: row.gap.map { $0 <= 0 ? 1 : sum.upperTail(Double($0)) }
    )
  }

  /// Adds the leads that are needed each week for an even chance, what is open taken off.
  func addNeed(_ row: inout AttainmentRow, pipeline: Double) {
    guard let gap = row.gap, row.need != nil else { return }
    let missing = Double(gap) - pipeline
    let leads: Double? = missing <= 0 ? 0 : outlook.gain > 0 ? missing / outlook.gain : nil
    row.need?.leads = leads
    row.need?.handOffs = leads.flatMap { leads in
      plan.stages.first { $0.stage == handOffStage }?.entries(ofLeads: leads)
    }
  }
}
