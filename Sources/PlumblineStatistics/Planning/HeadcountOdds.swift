#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// What chance may do to a headcount plan; what is nil or 0 comes exactly as planned.
public struct HeadcountOdds: Hashable, Sendable {
  /// How many leads the close rates rest on; nil when they are known.
  public var closeRateSample: Double?
  /// Whether a close rate of none or all was found among those leads, and not just assumed: then
  /// it is no certainty.
  public var isExtremeRateMeasured: Bool
  /// The variance of a month's leads over their mean, at least 1; nil when they come as planned.
  public var leadDispersion: Double?
  /// How many months the level of leads rests on; nil when it is known.
  public var leadMonths: Double?
  /// The factor by which the ramp is longer in one of ten cases, and shorter in another; 1 as
  /// planned.
  public var rampSpread: Double
  /// The standard deviation of deals over their mean.
  public var dealVariation: Double
  /// How many deals their mean rests on; nil when it is known.
  public var dealSample: Double?
  /// Whether whole leads are won by chance, instead of shares of them for certain.
  public var drawsWins: Bool

  /// What chance may do.
  public init(
    closeRateSample: Double? = nil,
    isExtremeRateMeasured: Bool = true,
    leadDispersion: Double? = nil,
    leadMonths: Double? = nil,
    rampSpread: Double = 1,
    dealVariation: Double = 0,
    dealSample: Double? = nil,
    drawsWins: Bool = false
  ) {
    self.closeRateSample = closeRateSample
    self.isExtremeRateMeasured = isExtremeRateMeasured
    self.leadDispersion = leadDispersion.map { max($0, 1) }
    self.leadMonths = leadMonths
    self.rampSpread = max(rampSpread, 1)
    self.dealVariation = max(dealVariation, 0)
    self.dealSample = dealSample
    self.drawsWins = drawsWins
  }

  /// Nothing is left to chance.
  public static let certain = HeadcountOdds()

  /// The close rate at a point of its distribution: beta, with the planned rate as its mean.
  ///
  /// None or all of the leads won is no certainty where that was measured: there the distribution
  /// is that of Jeffreys' prior, half a win and half a loss more.
  ///
  /// - Parameters:
  ///   - rate: The planned rate.
  ///   - probability: The point, strictly between 0 and 1.
  /// - Returns: The rate that is not exceeded with that probability; the planned one when known.
  public func closeRate(_ rate: Double, at probability: Double) -> Double {
    guard let known = closeRateSample, known > 0 else { return rate }
    // More leads tell nothing more that anybody could see.
    let sample = min(known, 1e7)
    guard rate > 0, rate < 1 else {
      guard isExtremeRateMeasured else { return rate }
      return BetaDistribution(jeffreysWithSuccesses: rate * sample, trials: sample)
        .quantile(probability)
    }
    return BetaDistribution(alpha: rate * sample, beta: (1 - rate) * sample).quantile(probability)
  }

  /// The level of leads at a point of its distribution, 1 as planned: gamma with mean 1.
  ///
  /// - Parameters:
  ///   - monthlyLeads: The planned leads of a month.
  ///   - probability: The point, strictly between 0 and 1.
  /// - Returns: The factor that is not exceeded with that probability.
  public func leadLevel(_ monthlyLeads: Double, at probability: Double) -> Double {
    guard let months = leadMonths, months > 0, monthlyLeads > 0 else { return 1 }
    return Self.gammaAroundOne(
      variance: (leadDispersion ?? 1) / (months * monthlyLeads),
      at: probability
    )
  }

  /// The size of deals at a point of the distribution of their mean, 1 as planned.
  ///
  /// - Parameter probability: The point, strictly between 0 and 1.
  /// - Returns: The factor that is not exceeded with that probability.
  public func dealLevel(at probability: Double) -> Double {
    guard let sample = dealSample, sample > 0, dealVariation > 0 else { return 1 }
    return Self.gammaAroundOne(variance: dealVariation * dealVariation / sample, at: probability)
  }

  /// The length of the ramp at a point of its distribution, 1 as planned: log-normal.
  ///
  /// - Parameter probability: The point, strictly between 0 and 1.
  /// - Returns: The factor that is not exceeded with that probability.
  public func rampLength(at probability: Double) -> Double {
    guard rampSpread > 1 else { return 1 }
    return exp(StandardNormal.quantile(probability) / Self.z90 * log(rampSpread))
  }

  /// The standard normal quantile of 0.9.
  private static let z90 = 1.281_551_565_544_600_5

  private static func gammaAroundOne(variance: Double, at probability: Double) -> Double {
    guard variance > 1e-9 else { return 1 }
    return GammaDistribution(shape: 1 / variance).quantile(probability) * variance
  }
}

extension HeadcountPlan {
  /// The plan played out many times, as chance has it.
  ///
  /// What is not known for certain is drawn once a course: close rate, level of leads, length of
  /// the ramp, mean deal. The rest is drawn each month: leads, wins, deals. Reps and customers
  /// leave as expected. Two plans drawn with one seed meet the same luck.
  ///
  /// - Parameters:
  ///   - count: How many times.
  ///   - odds: What is left to chance.
  ///   - seed: What the random numbers depend on.
  ///   - summary: What to keep of a course.
  /// - Returns: One value a course, the same whatever the number of processors; with nothing left
  ///   to chance each is exactly that of `forecast()`.
  /// - Complexity: O(count · months · (ramp + cycle)).
  public func draws<Value: Sendable>(
    _ count: Int,
    odds: HeadcountOdds,
    seed: UInt64,
    _ summary: @Sendable (HeadcountForecast) -> Value
  ) -> [Value] {
    ConcurrentMap.map(count: max(count, 0)) { index in
      summary(draw(index, odds: odds, seed: seed))
    }
  }

  /// One course of the plan.
  func draw(_ index: Int, odds: HeadcountOdds, seed: UInt64) -> HeadcountForecast {
    // A stream of its own for each course, from the seed and its number.
    var generator = SeededGenerator(seed: seed)
    generator = SeededGenerator(seed: generator.next() &+ UInt64(index) &* 0xA24B_AED4_963E_E407)
    func point() -> Double { min(max(generator.uniform(), 1e-9), 1 - 1e-9) }
    let (closing, leads, ramp, deals) = (point(), point(), point(), point())
    let course = varied(
      rampLength: odds.rampLength(at: ramp),
      leadFactor: odds.leadLevel(supply.monthlyLeads, at: leads)
    ) { odds.closeRate($0.closeRate, at: closing) }
    var chance = DrawnCourse(
      odds: odds,
      dealLevel: odds.dealLevel(at: deals),
      seed: generator.next()
    )
    return course.played(by: &chance)
  }
}
