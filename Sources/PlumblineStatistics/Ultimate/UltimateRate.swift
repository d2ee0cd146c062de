/// The share that converts in the end, however long it takes, as a model of the waits sees it.
///
/// An entry converts, leaves or is never resolved; the waits of those who do are Weibull or
/// log-normal, whichever explains the counts better. Unlike `CumulativeIncidence` this looks
/// beyond the data, so it is only to be reported where `reservations` is empty; elsewhere the rate
/// within the longest supported horizon is the answer.
///
/// - SeeAlso: Larson & Dinse (1985), doi:10.2307/2347464; Maller & Zhou (1996), Survival Analysis
///   with Long-Term Survivors.
public struct UltimateRate: Sendable {
  /// What becomes of exits.
  public enum ExitTreatment: Sendable {
    /// Exits have waits of their own.
    case modelled
    /// Exits count as still open at the age at which they left: the plain cure model.
    case stillOpen
  }

  /// The shares in the long run.
  public let shares: UltimateShares
  /// The waits.
  public let shape: MixtureShape
  /// The family of the waits.
  public let family: LagFamily
  /// The logarithm of the likelihood by family tried.
  public let logLikelihoods: [LagFamily: Double]
  /// The lowest converting share that the counts allow at 95 %; nil when none is too low.
  public let lower: Double?
  /// The highest converting share that the counts allow at 95 %; nil when none is too high.
  public let upper: Double?
  /// Whether the waits are those of a larger group, because this one has too few conversions.
  public let isShapeBorrowed: Bool
  /// Conversions behind the waits: this group's, or the larger one's.
  public let conversionsBehindShape: Int
  /// Why the rate is not to be reported; empty when it is.
  public let reservations: [UltimateReservation]

  /// The converting share.
  public var rate: Double { shares.converts }

  /// Fewer conversions do not fix the shape of the waits.
  public static let fewestConversions = 30

  /// The ultimate rate of one group; nil when nobody has converted.
  ///
  /// - Parameters:
  ///   - counts: The waits.
  ///   - exits: What becomes of exits.
  ///   - families: The families to try; the better one is taken.
  /// - Complexity: Some ten thousand evaluations of the likelihood, each as long as there are
  ///   occupied buckets.
  public init?(
    _ counts: LagCounts,
    exits: ExitTreatment = .modelled,
    families: [LagFamily] = LagFamily.allCases
  ) {
    let likelihood = MixtureLikelihood(counts, exitsAreOpen: exits == .stillOpen)
    guard likelihood.conversionCount > 0 else { return nil }
    var best: (model: MixtureModel, fit: MixtureModel.Fit)?
    var logLikelihoods: [LagFamily: Double] = [:]
    for family in families {
      let model = MixtureModel(likelihood, family: family, hasExits: likelihood.exitCount > 0)
      guard let fit = model.fit(from: model.starts(), isThorough: true) else { continue }
      logLikelihoods[family] = fit.logLikelihood
      if best.map({ fit.logLikelihood > $0.fit.logLikelihood }) ?? true { best = (model, fit) }
    }
    guard let best else { return nil }
    self.init(counts, best.model, best.fit, logLikelihoods, lender: nil)
  }

  /// The ultimate rate of one group with the waits of a larger one.
  ///
  /// For groups of fewer than thirty conversions, even none: only the shares are fitted.
  ///
  /// - Parameters:
  ///   - counts: The waits.
  ///   - larger: The larger group's rate, exits treated the same way.
  public init?(_ counts: LagCounts, borrowingShapeOf larger: UltimateRate) {
    let hasExits = larger.shape.exit != nil
    let likelihood = MixtureLikelihood(counts, exitsAreOpen: !hasExits)
    var model = MixtureModel(likelihood, family: larger.family, hasExits: hasExits)
    model.fixedShape = larger.shape
    guard likelihood.total > 0, let fit = model.fit(from: model.starts(), isThorough: true) else {
      return nil
    }
    self.init(counts, model, fit, [larger.family: fit.logLikelihood], lender: larger)
  }

  private init(
    _ counts: LagCounts,
    _ model: MixtureModel,
    _ fit: MixtureModel.Fit,
    _ logLikelihoods: [LagFamily: Double],
    lender: UltimateRate?
  ) {
    var (fit, logLikelihoods) = (fit, logLikelihoods)
    var interval = ProfileInterval(model, around: fit)
    // The search for an end may leave a lesser peak for a higher one: begin again there.
    for _ in 0..<3 {
      guard let point = interval.betterPoint,
        let better = model.fit(from: [point], isThorough: true),
        better.logLikelihood > fit.logLikelihood
      else { break }
      fit = better
      logLikelihoods[model.family] = better.logLikelihood
      interval = ProfileInterval(model, around: fit)
    }
    shares = fit.shares
    shape = fit.shape
    family = model.family
    self.logLikelihoods = logLikelihoods
    lower = interval.lower
    upper = interval.upper
    isShapeBorrowed = lender != nil
    let conversions = lender?.conversionsBehindShape ?? counts.total(.converted)
    conversionsBehindShape = conversions
    reservations = UltimateReservation.all(
      conversions: conversions,
      shares: fit.shares,
      shape: fit.shape,
      interval: (interval.lower, interval.upper),
      longestFollowUp: model.likelihood.longestFollowUp,
      curve: CumulativeIncidence(counts)
    )
  }

  /// The ultimate rates of disjoint groups; those of few conversions borrow the waits of all.
  ///
  /// - Parameter groups: The waits by group, all in the same buckets.
  /// - Returns: One a group, in their order; nil for a group without entries, and for all when
  ///   nobody has converted.
  /// - Precondition: The groups have the same buckets.
  public static func estimates(_ groups: [LagCounts]) -> [UltimateRate?] {
    guard var all = groups.first else { return [] }
    for group in groups.dropFirst() { all.merge(group) }
    let hasFew = groups.contains { $0.total(.converted) < fewestConversions }
    let pooled = hasFew ? UltimateRate(all) : nil
    return groups.map { group in
      if group.total(.converted) >= fewestConversions { return UltimateRate(group) }
      return pooled.flatMap { UltimateRate(group, borrowingShapeOf: $0) }
    }
  }

  /// The share that has converted before an age in days, as the model sees it.
  public func converted(byDay day: Double) -> Double {
    shares.converts * shape.conversion.cumulative(days: day)
  }
}
