public import PlumblineStatistics

/// What it takes to reach a quota by a day: what is booked, what the open pipeline brings, and how
/// many leads a week the rest needs.
///
/// Amounts are minor units of the agreement's currency. Numbers of chance are nil where `standing`
/// says in words why there are none.
public struct QuotaPlan: Sendable {
  /// Whether there are numbers, and if not, why.
  public enum Standing: Hashable, Sendable {
    /// There are.
    case planned
    /// No lead is on record.
    case noLeads
    /// Nobody was ever won.
    case noWins
    /// Too many leads or wins have no day.
    case undated
    /// No win has an amount.
    case noAmounts
    /// The record is too short to say what leads become by the deadline.
    case tooYoung(longestSupportedDays: Int, neededDays: Int)
  }

  /// What was asked.
  public let question: QuotaQuestion
  /// The instant up to which facts count.
  public let asOf: Instant
  /// Whether there are numbers.
  public let standing: Standing
  /// What is booked in the period so far.
  public internal(set) var booked: BookedRevenue
  /// How large wins are.
  public internal(set) var wins: WinSizes
  /// The experience with how many leads are won by what age.
  public internal(set) var curve: RecordedCurve
  /// The open leads, and what they are worth.
  public internal(set) var pipeline: OpenPipeline
  /// The weeks in which leads may still come, from the as-of instant on.
  public internal(set) var weeks: [PlanWeek]
  /// Each stage of the path.
  public internal(set) var stages: [PlanStage]
  /// The leads of the last weeks; nil where fewer than six whole weeks are on record.
  public internal(set) var today: LeadVolume?
  /// The channels of the mix; empty when all leads are taken alike.
  public internal(set) var channels: [PlanChannel]
  /// The money to come, by leads a week; nil without numbers.
  public internal(set) var outlook: RevenueOutlook?
  /// The same money by draws; nil without numbers.
  public internal(set) var simulation: RevenueSimulation?
  /// The wins in the period for one new lead in each of the weeks.
  public internal(set) var winsPerWeeklyLead = 0.0
  /// What would have to be true to make it with today's leads.
  public internal(set) var conditions: PlanConditions?
  /// The way to the deadline at today's volume, from the period's first day.
  public internal(set) var forecast: [ForecastPoint] = []
  /// The day of the newest step of a lead on record; nil without any.
  public internal(set) var newestDay: CivilDate?

  init(
    _ question: QuotaQuestion,
    asOf: Instant,
    standing: Standing,
    booked: BookedRevenue,
    wins: WinSizes,
    curve: RecordedCurve,
    pipeline: OpenPipeline
  ) {
    self.question = question
    self.asOf = asOf
    self.standing = standing
    self.booked = booked
    self.wins = wins
    self.curve = curve
    self.pipeline = pipeline
    (weeks, stages, channels) = ([], [], [])
  }

  /// The money still needed, 0 when the quota is met.
  public var need: Int64 { max(0, question.quota - booked.amount) }

  /// Whether what is booked meets the quota.
  public var isMet: Bool { booked.amount >= question.quota }

  /// How many weeks leads may still come in, parts of weeks included.
  public var weekCount: Double { weeks.reduce(0) { $0 + $1.share } }

  /// The chance of making it without any new lead.
  public var chanceWithoutNew: Double? { chance(leadsPerWeek: 0) }

  /// The chance of making it with a number of new leads in each week.
  ///
  /// - Parameters:
  ///   - leadsPerWeek: New leads in each of the weeks, 0 or more.
  ///   - arrivalVariance: The variance of that number where it is a forecast, see
  ///     `LeadVolume.arrivalVariance(weeks:)`.
  /// - Returns: A probability, 1 when the quota is met; nil without numbers.
  public func chance(leadsPerWeek: Double, arrivalVariance: Double = 0) -> Double? {
    if isMet { return 1 }
    return outlook?.chance(entriesPerWeek: leadsPerWeek, arrivalVariance: arrivalVariance)
  }

  /// The chance of making it with as many leads as in the last weeks.
  public var chanceToday: Double? {
    guard let today else { return isMet ? 1 : nil }
    return chance(
      leadsPerWeek: today.perWeek,
      arrivalVariance: today.arrivalVariance(weeks: weekCount)
    )
  }

  /// The fewest new leads in each week that make it with a probability.
  ///
  /// - Parameter probability: The wanted chance, strictly between 0 and 1.
  /// - Returns: Leads a week, 0 when none are needed; nil when no number is enough, or without
  ///   numbers (see `standing`).
  public func leadsPerWeek(probability: Double) -> Double? {
    if isMet { return 0 }
    return outlook?.entriesPerWeek(probability: probability)
  }

  /// The money of the whole period that is expected, what is booked included.
  public func total(leadsPerWeek: Double) -> Double? {
    outlook.map { Double(booked.amount) + $0.mean(entriesPerWeek: leadsPerWeek) }
  }

  /// The standard deviation of the money of the period.
  ///
  /// - Parameters:
  ///   - leadsPerWeek: New leads in each of the weeks.
  ///   - arrivalVariance: See `chance(leadsPerWeek:arrivalVariance:)`.
  /// - Returns: An amount; nil without numbers.
  public func standardDeviation(leadsPerWeek: Double, arrivalVariance: Double = 0) -> Double? {
    outlook?.standardDeviation(entriesPerWeek: leadsPerWeek, arrivalVariance: arrivalVariance)
  }

  /// The money of the whole period, what is booked included, that is reached or passed with a
  /// probability.
  ///
  /// - Parameters:
  ///   - probability: The chance of reaching it, strictly between 0 and 1.
  ///   - leadsPerWeek: New leads in each of the weeks.
  ///   - arrivalVariance: See `chance(leadsPerWeek:arrivalVariance:)`.
  /// - Returns: An amount; a higher chance has a lower one. Nil without numbers.
  public func total(
    reachedWithProbability probability: Double,
    leadsPerWeek: Double,
    arrivalVariance: Double = 0
  ) -> Double? {
    outlook.map {
      Double(booked.amount)
        + $0.reached(
          withProbability: probability,
          entriesPerWeek: leadsPerWeek,
          arrivalVariance: arrivalVariance
        )
    }
  }

  // MARK: Few wins, or very uneven ones

  /// Below so many expected wins the normal sum is not to be trusted.
  public static let fewestWinsForNormal = 10.0
  /// Above this unevenness of wins it is not, either: the standard deviation over the mean.
  public static let mostUnevenForNormal = 1.5

  /// Whether chances should be drawn: few wins are expected, or wins are very uneven.
  public func needsSimulation(leadsPerWeek: Double) -> Bool {
    guard outlook != nil, !isMet else { return false }
    let expected = pipeline.wins + leadsPerWeek * winsPerWeeklyLead
    return expected < Self.fewestWinsForNormal
      || (wins.unevenness ?? 0) > Self.mostUnevenForNormal
  }

  /// The chance of making it, by draws with the question's seed.
  ///
  /// - Parameters:
  ///   - leadsPerWeek: New leads in each of the weeks.
  ///   - arrivalVariance: See `chance(leadsPerWeek:arrivalVariance:)`.
  ///   - draws: How often to draw.
  /// - Returns: The share of draws that make it, 1 when the quota is met; nil without numbers.
  public func simulatedChance(
    leadsPerWeek: Double,
    arrivalVariance: Double = 0,
    draws: Int = 10_000
  ) -> Double? {
    if isMet { return 1 }
    var generator = SeededGenerator(seed: question.seed)
    return simulation?.chance(
      need: Double(need),
      entriesPerWeek: leadsPerWeek,
      arrivalVariance: arrivalVariance,
      draws: draws,
      using: &generator
    )
  }

  /// Notes which won deals of the period are not booked because no lead of theirs is on record.
  ///
  /// Nothing is noted where the plan is for some leads only.
  ///
  /// - Parameters:
  ///   - records: All deals.
  ///   - calendar: The agreement's days.
  public mutating func leaveOut(_ records: DealRecords, _ calendar: LocalCalendar) {
    guard question.filters.isEmpty else { return }
    let first = calendar.instant(of: question.since)
    let deals = records.wonWithoutLead.filter {
      $0.closed.isDated && $0.closed.instant >= first && $0.closed.instant <= asOf
    }
    booked.withoutLead = DealsWithoutLead(deals)
  }
}
