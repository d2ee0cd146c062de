import PlumblineCore
import PlumblineYAML

/// The parts of a draft without faults as values of the agreement.
extension AgreementDraft {
  /// The decimals of the currency in force.
  private var currencyDecimals: Int { Currency.decimals(of: currency?.value ?? "USD") }

  /// An amount as written in minor units of the currency in force.
  func minorUnits(_ amount: Positioned<ExactDecimal>?) -> Int64? {
    amount?.value.scaled(byPowerOfTen: currencyDecimals)
  }

  /// Sets every part of an agreement about leads.
  func setLeadParts(of agreement: inout Agreement) {
    agreement.idealCustomer = idealCustomer.map {
      AttributeCriterion(name: $0.name.value, match: $0.match)
    }
    if let factors = qualifyingFactors {
      agreement.qualifyingFactors = factors.map { entry in
        QualifyingFactor(
          id: entry.id.value,
          meaning: entry.meaning,
          yes: entry.yes.map(\.value),
          no: entry.no.map(\.value)
        )
      }
    }
    agreement.scoring = score.map(Self.scoring)
    if let reasons = dispositions {
      agreement.dispositions = reasons.map { entry in
        DispositionReason(
          id: entry.id.value,
          meaning: entry.meaning,
          outcome: entry.outcome,
          aliases: entry.aliases.map(\.value),
          isDefault: entry.defaultPosition != nil
        )
      }
    }
    agreement.recycleRules = recycle.map { entry in
      RecycleRule(
        detour: entry.detour.value,
        reason: entry.reason,
        afterDays: entry.afterDays,
        list: entry.list.value
      )
    }
    if let days = suppression?.touchedWithinDays {
      agreement.suppression.touchedWithinDays = days.value
    }
    if let touches = suppression?.unsubscribed {
      agreement.suppression.unsubscribed = touches.map(\.value)
    }
  }

  /// Sets every part of an agreement about the teams.
  func setTeamParts(of agreement: inout Agreement) {
    agreement.marketingSLA = marketingSLA.map { entry in
      MarketingSLA(
        qualifiedLeads: entry.qualifiedLeads?.value,
        shareInIdealCustomer: entry.shareInIdealCustomer?.value.value,
        shareWithFactors: entry.shareWithFactors?.value.value
      )
    }
    agreement.goals = goals.compactMap { entry in
      minorUnits(entry.amount).map {
        Goal(
          measure: entry.measure,
          owner: entry.owner?.value,
          period: entry.period.value,
          days: entry.days,
          amount: $0
        )
      }
    }
    agreement.incentives = incentives.map { entry in
      Incentive(
        team: entry.team,
        measure: entry.measure.value,
        weight: entry.weight.value.value,
        payout: minorUnits(entry.payout),
        target: target(of: entry),
        per: entry.period?.value ?? .quarter,
        paysFrom: entry.paysFrom?.value.value ?? 1,
        paysUpTo: entry.paysUpTo?.value.value ?? 1
      )
    }
    agreement.launches = launches.map { entry in
      Launch(
        name: entry.name.value,
        starts: entry.starts,
        ends: entry.ends?.value,
        campaigns: entry.campaigns,
        qualifiedLeads: entry.qualifiedLeads,
        wins: entry.wins
      )
    }
    agreement.vocabulary = vocabulary.map { entry in
      VocabularyTerm(
        term: entry.term.value,
        words: Dictionary(entry.words.map { ($0.reader, $0.word.value) }) { first, _ in first },
        meaning: entry.meaning
      )
    }
  }

  /// A target in the unit of its measure.
  private func target(of entry: IncentiveEntry) -> Double? {
    entry.known?.unit == .money
      ? minorUnits(entry.target).map { Double($0) } : entry.target?.value.value
  }

  private static func scoring(_ entry: ScoreEntry) -> LeadScoring {
    LeadScoring(
      fit: entry.fit.map { rule in
        LeadScoring.FitRule(
          AttributeCriterion(name: rule.attribute.value, match: rule.match),
          points: rule.points.value
        )
      },
      engagement: entry.engagement.map { rule in
        LeadScoring.EngagementRule(
          touch: rule.touch.value,
          points: rule.points.value,
          most: rule.most?.value
        )
      },
      halfLifeInDays: entry.halfLifeInDays.map { Double($0.value) },
      threshold: entry.threshold?.value
    )
  }

  /// A stage of the path or a detour; a gate that asks for nothing is none.
  static func stage(_ entry: StageEntry) -> Stage {
    let gate = StageGate(
      score: entry.gate?.score?.value,
      factors: entry.gate?.factors?.value,
      acceptedBy: entry.gate?.acceptedBy?.value
    )
    return Stage(
      id: entry.id.value,
      meaning: entry.meaning,
      owner: entry.owner,
      evidence: entry.evidence?.map(\.value),
      aliases: entry.aliases.map(\.value),
      gate: gate == StageGate() ? nil : gate,
      staleAfterDays: entry.staleAfterDays?.value
    )
  }
}
