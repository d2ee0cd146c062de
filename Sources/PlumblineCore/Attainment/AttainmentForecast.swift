/// Where a period will end: what is booked, and what is still to come.
public struct AttainmentForecast: Hashable, Sendable {
  /// What a forecast stands on.
  public enum Basis: String, Sendable, Codable {
    /// The period is over: it is what came.
    case actual
    /// The open leads by their age, and new ones at the present pace.
    case forecast
  }

  /// What it stands on.
  public var basis: Basis
  /// What is booked by now, minor units of the agreement's currency.
  public var booked: Double
  /// What the open leads are expected to bring by the end; 0 when the period is over.
  public var fromPipeline: Double
  /// What new leads at the present pace are expected to bring by the end.
  public var fromNew: Double
  /// The standard deviation of both together.
  public var standardDeviation: Double
  /// What is reached with a chance of 9 in 10, of 1 in 2 and of 1 in 10.
  public var likely: (p90: Double, p50: Double, p10: Double) {
    get { (least, middle, most) }
    set { (least, middle, most) = newValue }
  }
  private var least: Double
  private var middle: Double
  private var most: Double
  /// The chance to reach the quota, 0...1; nil without a quota.
  public var chance: Double?

  /// What is expected at the end.
  public var expected: Double { booked + fromPipeline + fromNew }

  /// A forecast.
  ///
  /// - Parameters:
  ///   - basis: What it stands on.
  ///   - booked: What is booked.
  ///   - fromPipeline: What the open leads are expected to bring.
  ///   - fromNew: What new ones are expected to bring.
  ///   - standardDeviation: The standard deviation of both together.
  ///   - likely: What is reached with chances of 9 in 10, 1 in 2 and 1 in 10.
  ///   - chance: The chance to reach the quota.
  public init(
    _ basis: Basis,
    booked: Double,
    fromPipeline: Double = 0,
    fromNew: Double = 0,
    standardDeviation: Double = 0,
    likely: (p90: Double, p50: Double, p10: Double),
    chance: Double?
  ) {
    self.basis = basis
    self.booked = booked
    self.fromPipeline = fromPipeline
    self.fromNew = fromNew
    self.standardDeviation = standardDeviation
    (least, middle, most) = likely
    self.chance = chance
  }
}
