import PlumblineCore
import PlumblineYAML

/// What the teams promised, are to reach and are paid for, and the words they use.
extension DraftReader {
  func readMarketingSLA(_ value: YAMLValue) -> AgreementDraft.MarketingSLAEntry? {
    guard let fields = value.fields(AgreementKeys.marketingSLA.known) else { return nil }
    return AgreementDraft.MarketingSLAEntry(
      qualifiedLeads: fields["qualified_leads"]?.volume(),
      shareInIdealCustomer: fields["share_in_ideal_customer"]?.share(),
      shareWithFactors: fields["share_with_factors"]?.share()
    )
  }

  func readGoals(_ value: YAMLValue) -> [AgreementDraft.GoalEntry] {
    guard let fields = value.fields(AgreementKeys.goals.known) else { return [] }
    var goals: [AgreementDraft.GoalEntry] = []
    for (period, value) in fields["revenue"]?.pairs() ?? [] {
      if let goal = readGoal(.revenue, nil, period, value) { goals.append(goal) }
    }
    for (name, value) in fields["quota"]?.pairs() ?? [] {
      guard case .mapping = value.node.content else {
        if let goal = readGoal(.quota, nil, name, value) { goals.append(goal) }
        continue
      }
      guard isNamed(name, "an owner") else { continue }
      if GoalPeriod.days(of: name.value) != nil {
        findings.report(
          code: "agreement.goals",
          "\"quota\" names the period \"\(name.value.shownInMessage)\" before its owners.",
          at: name.position,
          remedy: "Write the owner first: quota: {rep-01: {\(name.value): 300000}}."
        )
        continue
      }
      for (period, value) in value.pairs() ?? [] {
        if let goal = readGoal(.quota, name, period, value) { goals.append(goal) }
      }
    }
    return goals
  }

  private func readGoal(
    _ measure: Goal.Measure,
    _ owner: Positioned<String>?,
    _ period: Positioned<String>,
    _ value: YAMLValue
  ) -> AgreementDraft.GoalEntry? {
    let amount = value.decimal()
    guard let days = GoalPeriod.days(of: period.value) else {
      findings.report(
        code: "agreement.goals",
        "\"\(period.value.shownInMessage)\" of \"\(measure.rawValue)\" is no year, quarter or month.",
        at: period.position,
        remedy: measure == .quota && owner == nil
          ? "Write 2026, 2026-Q1 or 2026-01; an owner's quota has a period too: "
            + "{rep-01: {2026-Q1: 300000}}."
          : "Write 2026, 2026-Q1 or 2026-01."
      )
      return nil
    }
    guard let amount else { return nil }
    return AgreementDraft.GoalEntry(
      measure: measure,
      owner: owner,
      period: period,
      days: days,
      amount: amount
    )
  }

  func readIncentives(_ value: YAMLValue) -> [AgreementDraft.IncentiveEntry] {
    guard let fields = value.fields(AgreementKeys.incentives.known) else { return [] }
    return Stage.Team.allCases.flatMap { team in
      (fields[team.rawValue]?.items() ?? []).compactMap { item in
        guard let fields = item.fields(AgreementKeys.incentive.known) else { return nil }
        let measure = fields.required("measure")?.filledText()
        let weight = fields.required("weight")?.share()
        let payout = fields["payout"]?.decimal()
        let isShare = measure.flatMap { ScorecardMeasure(naming: $0.value) }?.unit == .share
        let target = isShare ? fields["target"]?.share() : fields["target"]?.decimal()
        let period = fields["per"]?.word(AttainmentPeriod.Kind.self)
        let paysFrom = fields["pays_from"]?.share()
        let paysUpTo = fields["pays_up_to"]?.decimal()
        guard let measure, let weight else { return nil }
        return AgreementDraft.IncentiveEntry(
          team: team,
          measure: measure,
          weight: weight,
          payout: payout,
          target: target,
          period: period,
          paysFrom: paysFrom,
          paysUpTo: paysUpTo
        )
      }
    }
  }

  func readLaunch(_ value: YAMLValue) -> AgreementDraft.LaunchEntry? {
    guard let fields = value.fields(AgreementKeys.launch.known) else { return nil }
    let name = fields.required("name")?.filledText()
    let starts = fields.required("starts")?.date()
    let ends = fields["ends"]?.date()
    let campaigns = words(fields["campaigns"]).map(\.value)
    let qualifiedLeads = fields["qualified_leads"]?.integer(in: KeyRange.count)?.value
    let wins = fields["wins"]?.integer(in: KeyRange.count)?.value
    guard let name, let starts else { return nil }
    return AgreementDraft.LaunchEntry(
      name: name,
      starts: starts.value,
      ends: ends,
      campaigns: campaigns,
      qualifiedLeads: qualifiedLeads,
      wins: wins
    )
  }

  func readVocabulary(_ value: YAMLValue) -> [AgreementDraft.TermEntry] {
    (value.pairs() ?? []).compactMap { term, value in
      guard isNamed(term, "a term"), let fields = value.fields(AgreementKeys.vocabulary.known)
      else { return nil }
      return AgreementDraft.TermEntry(
        term: term,
        words: PlumblineCore.Reader.allCases.compactMap { reader in
          fields[reader.rawValue]?.filledText().map { (reader, $0) }
        },
        meaning: fields["is"]?.text()?.value ?? ""
      )
    }
  }
}
