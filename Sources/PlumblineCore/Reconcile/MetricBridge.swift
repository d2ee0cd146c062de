/// A rule in which two definitions of a metric differ.
public enum ReconcileRule: String, Sendable, CaseIterable, Codable {
  // Leads on the path.
  case tooYoung = "too_young"
  case undated
  case late
  case confirmations
  case laterPasses = "later_passes"
  case cameBack = "came_back"
  case straightPast = "straight_past"
  case earlierStageMissing = "earlier_stage_missing"
  case outOfOrder = "out_of_order"
  case leftThePath = "left_the_path"
  case presentStage = "present_stage"
  case otherCohort = "other_cohort"
  case reachedOutside = "reached_outside"
  // Deals.
  case undecidedLeads = "undecided_leads"
  case perDeal = "per_deal"
  case dealsWithoutLead = "deals_without_lead"
  case createdInPeriod = "created_in_period"
  case createdOutside = "created_outside"
  case openDeals = "open_deals"
  case closedInPeriod = "closed_in_period"
  case closedOutside = "closed_outside"
  case withoutAmount = "without_amount"
  case byAmount = "by_amount"
  // Times.
  case neverTouched = "never_touched"
  case aroundTheClock = "around_the_clock"
  case laterHandOffs = "later_hand_offs"
  case notHandedOver = "not_handed_over"
  case fromCreation = "from_creation"
  case automation
  case average
  // Pipeline and quota.
  case wonAlready = "won_already"
  case overdueDeals = "overdue_deals"
  case dealsOffThePath = "deals_off_the_path"
  case withoutProbability = "without_probability"
  case byProbability = "by_probability"
  // Payback.
  case withoutMargin = "without_margin"
  case withSalesCost = "with_sales_cost"
  /// Media alone over the wins so far, for all costs over all wins: without overhead, commission,
  /// wins to come and churn.
  case mediaOnly = "media_only"
}

/// One step from one definition's number towards another's: one rule changed, all else equal.
public struct BridgeStep: Hashable, Sendable {
  /// The rule that is changed.
  public var rule: ReconcileRule
  /// The number before.
  public var before: MetricReading
  /// The number after.
  public var after: MetricReading
  /// The ids of the leads, or deals, that count otherwise afterwards, sorted.
  public var recordIDs: [String]

  /// What the step adds to the numerator; nil where it is
  /// in another unit afterwards.
  public var numeratorChange: Int128? {
    isComparable ? after.numerator - before.numerator : nil
  }

  /// What the step adds to the denominator; nil where it is
  /// in another unit afterwards.
  public var denominatorChange: Int128? {
    isComparable ? after.denominator - before.denominator : nil
  }

  private var isComparable: Bool {
    let counts: Set<MetricReading.Unit> = [.leads, .deals]
    return before.unit == after.unit
      || (counts.contains(before.unit) && counts.contains(after.unit))
  }

  /// What the step adds to the number, exactly; nil where one of the two is estimated or missing.
  public var exactChange: ExactRatio? {
    guard let after = after.ratio, let before = before.ratio else { return nil }
    return after.subtracting(before)
  }

  /// What the step adds to the number; nil where one of the two is missing.
  public var change: Double? {
    guard let new = after.value, let old = before.value else { return nil }
    return exactChange?.value ?? new - old
  }
}

/// A metric under one definition, with the bridge from our own.
public struct ReconciledDefinition: Hashable, Sendable {
  /// A definition that circulates.
  public enum Name: String, Sendable, CaseIterable, Codable {
    /// The agreement's, as every other answer counts.
    case ours
    case firstPass = "first_pass"
    case filled
    case allStages = "all_stages"
    case anyStages = "any_stages"
    case statusToday = "status_today"
    case stageDates = "stage_dates"
    case decidedLeads = "decided_leads"
    case createdDeals = "created_deals"
    case createdDecidedDeals = "created_decided_deals"
    case closedDeals = "closed_deals"
    case closedAmount = "closed_amount"
    case createdAmount = "created_amount"
    case touchedWorking = "touched_working"
    case touchedFromCreation = "touched_from_creation"
    case averageFromCreation = "average_from_creation"
    case anyActivity = "any_activity"
    case activeOverQuota = "active_over_quota"
    case openOverQuota = "open_over_quota"
    case weightedPipeline = "weighted_pipeline"
    case withoutMargin = "without_margin"
    case withSalesCost = "with_sales_cost"
    case mediaOnly = "media_only"
  }

  /// Which definition.
  public var name: Name
  /// The metric under it.
  public var reading: MetricReading
  /// From our number to this one: each step begins where the one before ends.
  public var steps: [BridgeStep]
}

/// One metric under every definition.
public struct ReconcileAnswer: Sendable {
  /// What was asked.
  public var metric: ReconcileMetric
  /// The first day on which a lead may have come in, or a deal be dated; nil for all.
  public var firstDay: CivilDate?
  /// The last such day.
  public var lastDay: CivilDate?
  /// Conditions on leads.
  public var filters: [DimensionFilter]
  /// The instant up to which facts count.
  public var asOf: Instant
  /// The stretch of the path that the metric is about; nil where it is about none.
  public var pair: StagePair?
  /// The days within which our own rate counts; nil where there is no such rate.
  public var horizon: StretchHorizon?
  /// The quota's period; nil where there is none, or the metric does not need it.
  public var quota: QuotaChoice?
  /// Our definition first, then the others.
  public var definitions: [ReconciledDefinition]
  /// How many hand-offs are left out of times because they are known to the day only, or not at all.
  public var untimedCount: Int

  /// How many different numbers the definitions give; those without one do not count.
  ///
  /// Numbers are told apart as they are, not as they are rounded.
  public var differentValues: Int { Set(definitions.compactMap(\.reading.value)).count }

  /// A step by its name, such as `any_stages.2`: the definition, and which step, counted from 1.
  ///
  /// - Throws: `InputError` when there is no such step.
  public func step(_ name: String) throws -> BridgeStep {
    let parts = name.split(separator: ".").map(String.init)
    if parts.count == 2, let number = Int(parts[1]),
      let definition = definitions.first(where: {
        WordKey.of($0.name.rawValue) == WordKey.of(parts[0])
      }), definition.steps.indices.contains(number - 1)
    {
      return definition.steps[number - 1]
    }
    let names = definitions.flatMap { definition in
      definition.steps.indices.map { "\(definition.name.rawValue).\($0 + 1)" }
    }
    throw InputError(
      code: "reconcile.unknown-step",
      "there is no step \"\(name)\" in these bridges.",
      remedy: names.isEmpty
        ? "No definition differs from ours here."
        : "Name a definition and a step's number, one of: \(names.joined(separator: ", "))."
    )
  }
}
