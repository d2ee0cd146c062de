import PlumblineCore
import PlumblineStatistics

/// What is said of a metric and of its definitions, in the reader's words.
struct ReconcileWords {
  let answer: ReconcileAnswer
  let agreement: Agreement
  let stages: StageWords

  init(_ answer: ReconcileAnswer, _ agreement: Agreement) {
    self.answer = answer
    self.agreement = agreement
    stages = StageWords(agreement)
  }

  private var from: String { stages.label(answer.pair?.from ?? 0) }
  private var to: String { stages.label(answer.pair?.to ?? 0) }
  private var within: String { answer.horizon.map { " within \(Format.days($0.days))" } ?? "" }

  /// The metric's name for a heading.
  var metric: String { Self.name(of: answer.metric, stages) }

  /// The name of a metric for a heading.
  static func name(of metric: ReconcileMetric, _ stages: StageWords) -> String {
    func word(_ term: String, _ usual: String) -> String {
      stages.word(term)?.capitalizedFirst ?? usual
    }
    return switch metric {
    case .stageRate(let from): stages.step(from, from + 1)
    case .winRate: word("win_rate", "Win rate")
    case .speedToLead: word("speed_to_lead", "Speed to lead")
    case .coverage: word("coverage", "Pipeline coverage")
    case .payback: word("payback", "Payback of acquisition cost")
    }
  }

  /// How many answers there are, in a sentence that can be read aloud.
  var headline: String {
    let values = answer.definitions.compactMap(\.reading.value)
    guard let least = values.min(), let most = values.max() else {
      return "\(metric): there is no number yet under any definition."
    }
    let definitions = Format.count(answer.definitions.count, "definition")
    if differentAnswers == 1 {
      return "\(metric): \(definitions), one answer: \(number(least))."
    }
    return "\(metric): \(definitions), \(Format.count(differentAnswers)) different answers, "
      + "from \(number(least)) to \(number(most))."
  }

  /// How many answers differ as they are shown.
  var differentAnswers: Int {
    Set(answer.definitions.compactMap(\.reading.value).map(number)).count
  }

  /// Which leads and deals the metric is about.
  var scope: String {
    let days =
      switch (answer.firstDay, answer.lastDay) {
      case (nil, nil): "All leads and deals on record"
      case (let first?, let last?): "From \(first) to \(last)"
      case (let first?, nil): "From \(first) on"
      case (nil, let last?): "Up to \(last)"
      }
    let filters = answer.filters.map { filter in
      "\(filter.dimension.word) is \(filter.values.map(\.printable).joined(separator: " or "))"
    }
    return days
      + (filters.isEmpty ? "" : ", only leads whose \(filters.joined(separator: " and "))") + "."
  }

  // MARK: Numbers

  /// A value as people read it; shares to a tenth of a percent, as definitions differ by little.
  func number(_ value: Double) -> String {
    switch answer.metric {
    case .stageRate, .winRate: "\(Self.tenths(value)) %"
    case .speedToLead: Self.hours(value)
    case .coverage: "\(Format.fixed(value, decimals: 2)) times"
    case .payback: "\(Format.fixed(value, decimals: 1)) months"
    }
  }

  private static func tenths(_ share: Double) -> String { Format.fixed(share * 100, decimals: 1) }

  private static func hours(_ seconds: Double) -> String {
    seconds < 3600
      ? "\(Format.fixed(seconds / 60, decimals: 0)) min"
      : "\(Format.fixed(seconds / 3600, decimals: 1)) h"
  }

  /// A reading with its interval, or why there is none.
  func value(_ reading: MetricReading) -> String {
    guard let value = reading.value else { return absence(reading) }
    guard let interval = reading.interval else { return number(value) }
    switch answer.metric {
    case .stageRate, .winRate:
      return "\(number(value)) (\(Self.tenths(interval.lower))–\(Self.tenths(interval.upper)) %)"
    default: break
    }
    return "\(number(value)) (\(number(interval.lower)) to \(number(interval.upper)))"
  }

  /// Why there is no number, in a few words.
  func absence(_ reading: MetricReading) -> String {
    switch reading.absence {
    case nil, .nothingToCount: "nothing to count"
    case .notOldEnough: "not old enough"
    case .undated: "too few dates"
    case .notReached: "fewer than half touched"
    case .quotaReached: "quota is won already"
    case .noQuota: "no quota on record"
    case .noProbability: "no probabilities on record"
    case .noMargin: "no margin agreed"
    case .noHorizon: "no months agreed"
    case .noSpend: "no spend on record"
    case .noRevenue: "no amounts on record"
    case .noSalesCost: "no cost of a rep agreed"
    case .neverPaidBack: "never"
    case .noActivities: "no activities on record"
    }
  }

  /// What a reading rests on: `32 of 52`, `EUR 9,000 of EUR 25,000`, `31 leads`.
  func basis(_ reading: MetricReading) -> String {
    switch reading.unit {
    // What converts later counts no longer: an estimate is no plain share of its base.
    case .leads where reading.isEstimated, .deals where reading.isEstimated:
      "estimated, of \(Format.count(Int(reading.denominator)))"
    case .leads, .deals:
      "\(Format.count(Int(reading.numerator))) of \(Format.count(Int(reading.denominator)))"
    case .money:
      reading.denominator == 0
        ? Format.absent
        : "\(Format.amount(Double(reading.numerator), agreement.currency)) of "
          + "\(Format.money(Double(reading.denominator), agreement.currency))"
    case .seconds: Format.count(reading.records, "lead")
    case .months: Format.count(reading.records, "win")
    }
  }

  /// A change of the numerator or the denominator with its sign.
  func change(_ value: Int128?, _ unit: MetricReading.Unit) -> String {
    guard let value, unit != .seconds, unit != .months else { return "" }
    let size =
      unit == .money
      ? Format.amount(Double(value.magnitude), agreement.currency)
      : Format.count(Int(value.magnitude))
    return value == 0 ? "0" : (value < 0 ? "−" : "+") + size
  }

  // MARK: Definitions

  /// Whose definition it is, or what it is called.
  func title(_ name: ReconciledDefinition.Name) -> String {
    switch name {
    case .ours: "ours, as agreed"
    case .firstPass: "ours, first time round only"
    case .filled: "each lead once, later stages imply earlier ones"
    case .allStages: "HubSpot's funnel report, all stages"
    case .anyStages: "HubSpot's funnel report, any stages"
    case .statusToday: "report on today's status, as in Salesforce"
    case .stageDates: "dashboard that counts stage dates"
    case .decidedLeads: "decided leads only"
    case .createdDeals: "Salesforce's formula, all created deals"
    case .createdDecidedDeals: "decided deals, by day of creation"
    case .closedDeals: "Salesforce's formula, closed deals"
    case .closedAmount: "Fivetran's dbt package, closed amount"
    case .createdAmount: "created amount"
    case .touchedWorking: "touched leads only"
    case .touchedFromCreation: "from creation, around the clock"
    case .averageFromCreation: "average from creation to first response"
    case .anyActivity: "from creation, machines count"
    case .activeOverQuota: "active pipeline over the whole quota"
    case .openOverQuota: "open pipeline over the whole quota"
    case .weightedPipeline: "weighted pipeline over the quota left"
    case .mediaOnly: "media only"
    case .withoutMargin: "media only, without margin"
    case .withSalesCost: "media and reps, won so far"
    }
  }

  /// The formula of a definition.
  func formula(_ name: ReconciledDefinition.Name) -> String {
    switch answer.metric {
    case .stageRate, .winRate: rateFormula(name)
    default: otherFormula(name)
    }
  }

  private func rateFormula(_ name: ReconciledDefinition.Name) -> String {
    switch name {
    case .ours:
      "passes that went from \(from) to \(to)\(within) / passes that reached \(from), those still "
        + "too young counted for as long as they were watched; as every other answer counts"
    case .firstPass: "the same, of first passes alone (--where attempt=1)"
    case .filled:
      "leads that reached \(to) / leads that reached \(from), whatever day; who reached a later "
        + "stage reached the earlier ones"
    case .allStages:
      "leads that went through every stage in order up to \(to) / up to \(from)"
    case .anyStages:
      "leads that were ever at \(to) / leads that were ever at \(from), in any order"
    case .statusToday:
      "leads that are now at \(to) or later / now at \(from) or later; who left the path is in "
        + "neither"
    case .stageDates:
      "leads that reached \(to) in the period / leads that reached \(from) in the period, whenever "
        + "they came in"
    case .decidedLeads: "passes won / passes won, lost or given up, by the day the lead came in"
    case .createdDeals:
      "won deals / all deals created in the period, open ones too (WON:SUM / RowCount)"
    case .createdDecidedDeals: "won deals / won and lost deals created in the period"
    case .closedDeals:
      "won deals / won and lost deals closed in the period (WON:SUM / CLOSED:SUM)"
    case .closedAmount: "won amount / won and lost amount closed in the period (win_percent)"
    case .createdAmount: "won amount / amount of all deals created in the period, open ones too"
    default: ""
    }
  }

  private func otherFormula(_ name: ReconciledDefinition.Name) -> String {
    let handOff = stages.label(agreement.handOffStage)
    let sales = agreement.inForce(at: answer.asOf).salesSLA
    let hours =
      sales?.firstTouch?.usual.isWorkingTime ?? true ? "working hours" : "hours"
    return switch (answer.metric, name) {
    case (.speedToLead, .ours):
      "median \(hours) from \(handOff) to the first attempt of a person; leads that nobody has "
        + "touched are waiting still"
    case (.speedToLead, .touchedWorking):
      "median \(hours) from \(handOff) to the first attempt, of leads that were touched"
    case (.speedToLead, .touchedFromCreation):
      "median hours by the clock from creation to the first attempt, of leads that were touched"
    case (.speedToLead, .averageFromCreation):
      "average hours by the clock from creation to the first response, of leads that got one"
    case (.speedToLead, .anyActivity):
      "median hours by the clock from creation to the first activity, automatic mail included"
    case (.coverage, .ours):
      "open deals that are neither overdue nor off the path / quota less what is won already"
    case (.coverage, .activeOverQuota):
      "open deals that are neither overdue nor off the path / quota"
    case (.coverage, .openOverQuota): "all open deals / quota"
    case (.coverage, .weightedPipeline):
      "open deals' amount x probability, those without one left out / quota less what is won already"
    case (.payback, .ours):
      "whole months until a customer's margin, with churn, has covered all costs over all wins, those "
        + "to come included: the payback of `plumbline economics`"
    case (.payback, .mediaOnly): "spend a win / (monthly revenue a win x gross margin)"
    case (.payback, .withoutMargin): "spend a win / monthly revenue a win"
    case (.payback, .withSalesCost):
      "(spend and the cost of reps) a win / (monthly revenue a win x gross margin)"
    default: ""
    }
  }

  // MARK: Steps

  /// What a rule changes, in a few words.
  func rule(_ step: BridgeStep) -> String {
    switch step.rule {
    case .tooYoung: "plain counts for the estimate; records: too young to tell"
    case .undated: "went on, or entered, on an unknown day"
    case .late: "went on, but not\(within)"
    case .confirmations: "count without being confirmed"
    case .laterPasses: "came back: only the first time counts"
    case .cameBack: "came back: each lead counts once"
    case .straightPast: "reached \(to) and never \(from)"
    case .earlierStageMissing: "missed a stage before"
    case .outOfOrder: "reached the stages in another order"
    case .leftThePath: "have left the path, so have no stage today"
    case .presentStage: "stand at another stage today"
    case .otherCohort: "came in at another time, reached a stage in the period"
    case .reachedOutside: "reached a stage outside the period, or on an unknown day"
    case .undecidedLeads: "are still open"
    case .perDeal: "deals count, not passes of leads; records: leads"
    case .dealsWithoutLead: "deals without a lead on record"
    case .createdInPeriod: "created in the period, lead came in at another time"
    case .createdOutside: "created outside the period"
    case .openDeals: "open deals"
    case .closedInPeriod: "closed in the period, created outside it"
    case .closedOutside: "created in the period, closed outside it"
    case .withoutAmount: "deals without an amount"
    case .byAmount: "deals weigh by their amount"
    case .neverTouched: "nobody has touched them"
    case .aroundTheClock: "every hour counts, not only working ones"
    case .laterHandOffs: "were handed over again"
    case .notHandedOver: "touched, but never handed over"
    case .fromCreation: "the clock starts when the lead came in"
    case .automation: "a machine's activity counts"
    case .average: "average in place of the median"
    case .wonAlready: "won in the period already; the whole quota counts"
    case .overdueDeals: "open deals whose closing day has passed"
    case .dealsOffThePath: "open deals whose lead has left the path"
    case .withoutProbability: "open deals without a probability"
    case .byProbability: "deals weigh by their probability"
    case .mediaOnly: "media alone, wins so far, nobody leaves"
    case .withoutMargin: "revenue counts in full, not its margin"
    case .withSalesCost: "the cost of reps is added"
    }
  }
}
