extension Agreement {
  /// All that the agreement says about how leads are read and what was promised, as a flat list.
  ///
  /// What says which agreement it is (version, first day, hash, earlier versions, reader) is left
  /// out.
  public var values: [AgreementValue] {
    var list = ValueList()
    list.add("company", company.isEmpty ? nil : company)
    list.add("currency", currency)
    list.add("time_zone", calendar.zoneName)
    addWorkingTime(to: &list)
    addStages(to: &list)
    for channel in channels {
      list.add(
        "channels.\(channel.name)",
        channel.aliases.isEmpty ? "yes" : "also \(channel.aliases.joined(separator: ", "))"
      )
    }
    list.add("hand_off", path.indices.contains(handOffStage) ? path[handOffStage].id : nil)
    list.add("routing", routing?.rawValue)
    for (name, days) in horizonsInDays.sorted(by: { $0.key < $1.key }) {
      list.add("horizons.\(name)", ValueList.days(days))
    }
    addQualification(to: &list)
    addPromises(to: &list)
    addMoney(to: &list)
    addThresholds(to: &list)
    addLists(to: &list)
    return list.values
  }

  private func addWorkingTime(to list: inout ValueList) {
    let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    let days = workingTime.weekdays.sorted().map { names[$0] }
    list.add("working_time.days", days.isEmpty ? "none" : days.joined(separator: ", "))
    let hours = workingTime.shifts.map {
      "\(ValueList.clock($0.startMinute))-\(ValueList.clock($0.endMinute))"
    }
    list.add("working_time.hours", hours.isEmpty ? "none" : hours.joined(separator: ", "))
    list.add(
      "working_time.holidays",
      workingTime.holidays.isEmpty
        ? nil : workingTime.holidays.sorted().map(\.description).joined(separator: ", ")
    )
  }

  private func addStages(to list: inout ValueList) {
    list.add("stages.path", path.map(\.id).joined(separator: ", "))
    list.add(
      "stages.detours",
      detours.isEmpty ? nil : detours.map(\.id).joined(separator: ", ")
    )
    list.add("stages.skips", skips.rawValue)
    list.add("stages.returns", returns.rawValue)
    for stage in path + detours {
      let key = "stages.\(stage.id)"
      list.add("\(key).is", stage.meaning.isEmpty ? nil : stage.meaning)
      list.add("\(key).owner", stage.owner?.rawValue)
      list.add("\(key).evidence", ValueList.words(stage.evidence.map(\.rawValue)))
      list.add("\(key).also", ValueList.words(stage.aliases))
      list.add("\(key).gate.score", stage.gate?.score.map { "at least \($0)" })
      list.add("\(key).gate.factors", stage.gate?.factors.map { "at least \($0)" })
      list.add("\(key).gate.accepted_by", stage.gate?.acceptedBy?.rawValue)
      list.add("\(key).stale_after", stage.staleAfterDays.map(ValueList.days))
    }
    for condition in confirmations
    where path.indices.contains(condition.stage) && path.indices.contains(condition.by) {
      list.add(
        "stages.\(path[condition.stage].id).confirmed_by",
        "\(path[condition.by].id) within \(ValueList.days(condition.withinDays))"
      )
    }
  }

  private func addQualification(to list: inout ValueList) {
    for criterion in idealCustomer {
      list.add("ideal_customer.\(criterion.name)", ValueList.match(criterion.match))
    }
    for factor in qualifyingFactors {
      let words =
        [factor.meaning] + factor.yes.map { "yes: \($0)" } + factor.no.map { "no: \($0)" }
      list.add(
        "qualifying_factors.\(factor.id)",
        ValueList.words(words.filter { !$0.isEmpty }) ?? "asked"
      )
    }
    guard let scoring else { return }
    for rule in scoring.fit {
      list.add(
        "score.fit.\(rule.criterion.name)",
        "\(ValueList.points(rule.points)) for \(ValueList.match(rule.criterion.match))"
      )
    }
    for rule in scoring.engagement {
      list.add(
        "score.engagement.\(rule.touch)",
        ValueList.points(rule.points) + " each" + (rule.most.map { ", at most \($0)" } ?? "")
      )
    }
    list.add(
      "score.engagement.half_life",
      scoring.halfLifeInDays.map { "\(ValueList.number($0)) days" }
    )
    list.add("score.mql_at", scoring.threshold.map { "\($0) points" })
  }

  private func addPromises(to list: inout ValueList) {
    let marketing = marketingSLA
    list.add(
      "sla.marketing.qualified_leads",
      marketing?.qualifiedLeads.map { "\($0.count) per \($0.period.rawValue)" }
    )
    list.add(
      "sla.marketing.share_in_ideal_customer",
      marketing?.shareInIdealCustomer.map(ValueList.percent)
    )
    list.add(
      "sla.marketing.share_with_factors",
      marketing?.shareWithFactors.map(ValueList.percent)
    )
    guard let sales = salesSLA else { return }
    list.add("sla.sales.first_touch.default", sales.firstTouch.map { ValueList.span($0.usual) })
    list.add("sla.sales.first_touch.hot", sales.firstTouch?.hot.map(ValueList.span))
    list.add(
      "sla.sales.first_touch.hot_from",
      sales.firstTouch?.hotFromScore.map { "\($0) points" }
    )
    list.add(
      "sla.sales.attempts",
      sales.attempts.map { "\($0.count) in \(ValueList.days($0.withinDays))" }
    )
    list.add("sla.sales.compliance", ValueList.percent(sales.compliance))
    list.add("sla.sales.disposition", sales.disposition.map(ValueList.span))
    list.add("sla.sales.remind_before", sales.remindBefore.map(ValueList.span))
    list.add("sla.sales.escalate_after", sales.escalateAfter.map(ValueList.span))
  }

  private func money(_ minorUnits: Int64) -> String { money(Double(minorUnits)) }

  private func money(_ minorUnits: Double) -> String {
    "\(currency) " + ValueList.number(minorUnits / Double(Currency.minorUnits(of: currency)))
  }

  private func addEconomics(to list: inout ValueList) {
    func months(_ months: Int) -> String { months == 1 ? "1 month" : "\(months) months" }
    list.add("economics.gross_margin", economics.grossMargin.map(ValueList.percent))
    list.add("economics.horizon", economics.horizonInMonths.map(months))
    list.add("economics.deal_covers", economics.dealCoversMonths.map(months))
    list.add("economics.monthly_churn", economics.monthlyChurn.map(ValueList.percent))
    list.add("economics.monthly_discount", economics.monthlyDiscount.map(ValueList.percent))
    list.add("economics.target_ratio", economics.targetRatio.map(ValueList.number))
    list.add("economics.overhead_month", economics.overheadPerMonth.map(money))
    list.add(
      "economics.overhead_by",
      economics.overheadPerMonth == nil && economics.overheadRule == .media
        ? nil : economics.overheadRule.rawValue
    )
    list.add("economics.carry_over", economics.weeklyCarryOver.map(ValueList.percent))
    list.add("economics.other_costs_month", economics.otherCostPerMonth.map(money))
    list.add("economics.cash", economics.cash.map(money))
    list.add("economics.payments", economics.paymentWord)
    let sales = economics.sales
    list.add("economics.sales_cost.rep_month", economics.repMonthCost.map(money))
    list.add("economics.sales_cost.ramp", economics.rampInMonths.map(months))
    list.add("economics.sales_cost.hire", sales.hireCost.map(money))
    list.add("economics.sales_cost.commission", sales.commission.map(ValueList.percent))
    list.add("economics.sales_cost.attrition", sales.monthlyAttrition.map(ValueList.percent))
    list.add(
      "economics.sales_cost.leads_per_month",
      sales.leadsPerRepMonth.map(ValueList.number)
    )
    list.add(
      "economics.sales_cost.hours_per_month",
      sales.hoursPerRepMonth.map(ValueList.number)
    )
    for (kind, minutes) in sales.minutes.sorted(by: { $0.key < $1.key }) {
      list.add("economics.sales_cost.minutes.\(kind)", ValueList.number(minutes))
    }
  }

  private func words(_ incentive: Incentive) -> String {
    let target = incentive.target.map { target in
      switch incentive.known?.unit {
      case .money: money(target)
      case .share: ValueList.percent(target)
      case .count, nil: ValueList.number(target)
      }
    }
    return [
      ValueList.percent(incentive.weight), incentive.payout.map(money), target.map { "for \($0)" },
      incentive.period == .quarter ? nil : "per \(incentive.period.rawValue)",
      incentive.paysFrom == 1 ? nil : "from \(ValueList.percent(incentive.paysFrom))",
      incentive.paysUpTo == 1 ? nil : "up to \(ValueList.percent(incentive.paysUpTo))",
    ].compactMap { $0 }.joined(separator: ", ")
  }

  private func addMoney(to list: inout ValueList) {
    addEconomics(to: &list)
    for goal in goals {
      list.add(
        "goals.\(goal.measure.rawValue).\(goal.period)" + (goal.owner.map { ".\($0)" } ?? ""),
        money(goal.amount)
      )
    }
    for incentive in incentives {
      list.add(
        "incentives.\(incentive.team.rawValue).\(incentive.measure)",
        words(incentive)
      )
    }
    let lines =
      plan.map { plan in
        [("plan", plan.total)]
          + plan.channels.sorted { $0.key < $1.key }.map { ("plan.channels.\($0)", $1) }
      } ?? []
    for (key, line) in lines {
      list.add("\(key).leads", line.leadsPerMonth.map { "\(ValueList.number($0)) a month" })
      list.add("\(key).mean_deal", line.meanDeal.map(money))
      for (step, rate) in line.rates.sorted(by: { $0.key < $1.key }) {
        list.add("\(key).rates.\(step)", ValueList.percent(rate))
      }
    }
  }

  private func addThresholds(to list: inout ValueList) {
    list.add("verdict.relative_difference", ValueList.number(thresholds.relativeDifference))
    list.add("verdict.false_discovery_rate", ValueList.number(thresholds.falseDiscoveryRate))
    list.add("verdict.minimum_leads", String(thresholds.minimumLeads))
    let leaks = leakThresholds
    for (key, value) in [
      ("cleared_odds", leaks.clearedOdds), ("cleared_probability", leaks.clearedProbability),
      ("disagreement_cleared", leaks.disagreementCleared),
      ("disagreement_named", leaks.disagreementNamed),
      ("disagreement_prior", leaks.disagreementPrior),
      ("disagreement_spread", leaks.disagreementSpread),
      ("minimum_joining_leads", Double(leaks.minimumJoiningLeads)),
      ("minimum_pair_leads", Double(leaks.minimumPairLeads)),
      ("minimum_pairs", Double(leaks.minimumPairs)),
      ("minimum_unit_leads", Double(leaks.minimumUnitLeads)),
      ("minimum_wins", Double(leaks.minimumWins)), ("named_loss", leaks.namedLoss),
      ("named_odds", leaks.namedOdds), ("named_probability", leaks.namedProbability),
      ("party_loss", leaks.partyLoss), ("routing_chance", leaks.routingChance),
      ("stability", leaks.stability), ("team_cleared", leaks.teamCleared),
      ("team_margin", leaks.teamMargin),
    ] { list.add("verdict.\(key)", ValueList.number(value)) }
  }

  private func addLists(to list: inout ValueList) {
    for reason in dispositions {
      let words = [
        reason.outcome.rawValue, reason.meaning,
        ValueList.words(reason.aliases).map { "also \($0)" } ?? "",
        reason.isDefault ? "filled in by itself" : "",
      ]
      list.add(
        "dispositions.\(reason.id)",
        words.filter { !$0.isEmpty }.joined(separator: "; ")
      )
    }
    for rule in recycleRules {
      list.add(
        "recycle.\(rule.detour)" + (rule.reason.map { ": \($0)" } ?? ""),
        "\(rule.list) after \(ValueList.days(rule.afterDays))"
      )
    }
    list.add(
      "recycle.suppression.touched_within",
      ValueList.days(suppression.touchedWithinDays)
    )
    list.add("recycle.suppression.unsubscribed", ValueList.words(suppression.unsubscribed))
    for launch in launches {
      let words = [
        "\(launch.starts) to \(launch.ends?.description ?? "open")",
        ValueList.words(launch.campaigns) ?? "",
        launch.qualifiedLeads.map { "\($0) qualified leads" } ?? "",
        launch.wins.map { "\($0) wins" } ?? "",
      ]
      list.add("launches.\(launch.name)", words.filter { !$0.isEmpty }.joined(separator: "; "))
    }
    for term in vocabulary {
      if !term.meaning.isEmpty { list.add("vocabulary.\(term.term).is", term.meaning) }
      for reader in Reader.allCases {
        list.add("vocabulary.\(term.term).\(reader.rawValue)", term.words[reader])
      }
    }
  }
}

/// Values as they are found, and how each kind of value reads.
private struct ValueList {
  var values: [AgreementValue] = []

  mutating func add(_ path: String, _ text: String?) {
    if let text { values.append(AgreementValue(path, text)) }
  }

  static func words(_ words: [String]) -> String? {
    words.isEmpty ? nil : words.joined(separator: ", ")
  }

  static func days(_ days: Int) -> String { days == 1 ? "1 day" : "\(days) days" }

  static func points(_ points: Int) -> String {
    points == 1 || points == -1 ? "\(points) point" : "\(points) points"
  }

  static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
  }

  /// A share to six figures, without what binary fractions add.
  static func percent(_ share: Double) -> String {
    "\(number((share * 1e8).rounded() / 1e6)) %"
  }

  static func clock(_ minute: Int) -> String {
    let (hour, rest) = (minute / 60, minute % 60)
    return "\(hour < 10 ? "0" : "")\(hour):\(rest < 10 ? "0" : "")\(rest)"
  }

  static func span(_ span: SalesSLA.Span) -> String {
    let units: [(Int64, String)] =
      span.isWorkingTime
      ? [(3600, "hour"), (60, "minute"), (1, "second")]
      : [(86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second")]
    let (size, unit) = units.first { span.seconds % $0.0 == 0 } ?? (1, "second")
    let count = span.seconds / size
    return "\(count) \(span.isWorkingTime ? "working " : "")\(unit)\(count == 1 ? "" : "s")"
  }

  static func match(_ match: AttributeMatch) -> String {
    switch match {
    case .present: "any value"
    case .missing: "no value"
    case .words(let words): words.joined(separator: ", ")
    case .range(let least?, let most?): "\(number(least)) to \(number(most))"
    case .range(let least?, nil): "\(number(least)) or more"
    case .range(nil, let most?): "\(number(most)) or less"
    case .range(nil, nil): "any number"
    }
  }
}
