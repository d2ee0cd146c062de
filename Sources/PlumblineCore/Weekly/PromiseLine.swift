public import PlumblineStatistics

/// What one side promised the other for a period, and what it delivered.
public struct PromiseLine: Hashable, Sendable {
  /// What was promised.
  public enum Promise: String, Sendable, Codable, CaseIterable {
    /// So many leads handed over.
    case qualifiedLeads = "qualified_leads"
    /// A share of them that fits the ideal customer.
    case idealCustomer = "ideal_customer"
    /// A share of them whose qualifying factors marketing filled in.
    case qualifyingFactors = "qualifying_factors"
    /// That somebody turns to a lead in time.
    case firstTouch = "first_touch"
    /// That a lead is reached, or tried often enough.
    case attempts
    /// That sales says in time what became of a lead.
    case disposition
  }

  /// Whether the promise was kept.
  public enum Verdict: String, Sendable, Codable, CaseIterable {
    /// As promised, or better.
    case kept
    /// Short of it by more than chance makes.
    case short
    /// Short of it, but by no more than chance may make; or what is unknown decides.
    case withinChance = "within_chance"
    /// Nothing fell due.
    case nothingDue = "nothing_due"
    /// The data do not say.
    case notRecorded = "not_recorded"
    /// Delivered without a promise.
    case notAgreed = "not_agreed"
  }

  /// What was promised.
  public var promise: Promise
  /// Whose promise it is.
  public var side: Stage.Team
  /// What was promised: a share, 0...1, or for `qualifiedLeads` a count over the page's period;
  /// nil where nothing is agreed.
  public var target: Double?
  /// How many it was due for; for `qualifiedLeads` the same as `kept`.
  public var base: Int
  /// For how many it was kept.
  public var kept: Int
  /// Of how many the data do not say; never part of `kept`.
  public var unknown: Int
  /// What the data support: of the share of those known, or of the count.
  public var interval: ConfidenceInterval?
  /// Whether it was kept.
  public var verdict: Verdict
  /// The leads for which it was kept, by id.
  public var keptLeads: [String]
  /// The leads for which it was not.
  public var missedLeads: [String]
  /// The leads of which nobody knows.
  public var unknownLeads: [String]

  /// The share kept of those known, 0...1; nil where none is known, and for counts.
  public var share: Double? {
    promise != .qualifiedLeads && base > unknown
      ? Double(kept) / Double(base - unknown) : nil
  }

  /// A promise about a share of leads.
  ///
  /// - Parameters:
  ///   - promise: What was promised.
  ///   - side: Whose promise it is.
  ///   - target: The share, 0...1; nil where none is agreed.
  ///   - kept: The leads for which it was kept.
  ///   - missed: The leads for which it was not.
  ///   - unknown: The leads of which nobody knows.
  public init(
    _ promise: Promise,
    by side: Stage.Team,
    target: Double?,
    kept: [String],
    missed: [String],
    unknown: [String] = []
  ) {
    (self.promise, self.side, self.target) = (promise, side, target)
    base = kept.count + missed.count + unknown.count
    self.kept = kept.count
    self.unknown = unknown.count
    (keptLeads, missedLeads, unknownLeads) = (kept.sorted(), missed.sorted(), unknown.sorted())
    let known = kept.count + missed.count
    interval =
      known > 0
      ? .wilson(successes: Double(kept.count), trials: Double(known)) : nil
    verdict = Self.verdict(target, kept.count, missed.count, unknown.count)
  }

  /// Kept where even the unknown being missed leaves enough; short where even the unknown being
  /// kept leaves less than chance explains.
  private static func verdict(
    _ target: Double?,
    _ kept: Int,
    _ missed: Int,
    _ unknown: Int
  ) -> Verdict {
    let base = kept + missed + unknown
    guard base > 0 else { return .nothingDue }
    guard unknown < base else { return .notRecorded }
    guard let target else { return .notAgreed }
    // A target of 0.8 is met by 4 of 5, whatever 0.8 is in binary.
    if Double(kept) >= target * Double(base) - 1e-9 { return .kept }
    guard missed > 0 else { return .withinChance }
    // The chance of so few or fewer when the promise is kept on average: the binomial tail as an
    // incomplete beta function.
    let chance = BetaDistribution(alpha: Double(missed), beta: Double(kept + unknown) + 1)
      .cumulative(1 - target)
    return chance < Self.chanceOfShort ? .short : .withinChance
  }

  /// The chance below which a share is called short; the one-sided part of a 95 % interval.
  private static let chanceOfShort = 0.025

  /// A promise of so many leads.
  ///
  /// - Parameters:
  ///   - leads: The leads delivered.
  ///   - target: How many were promised over the period; nil where none are.
  ///   - isOver: Whether the period is over; before that nothing is short.
  public init(volume leads: [String], target: Double?, isOver: Bool) {
    promise = .qualifiedLeads
    side = .marketing
    self.target = target
    (base, kept, unknown) = (leads.count, leads.count, 0)
    (keptLeads, missedLeads, unknownLeads) = (leads.sorted(), [], [])
    let range = ConfidenceInterval.garwood(count: leads.count)
    interval = range
    guard let target else {
      verdict = .notAgreed
      return
    }
    verdict =
      Double(leads.count) >= target - 1e-9
      ? .kept : isOver && range.upper < target ? .short : .withinChance
  }
}
