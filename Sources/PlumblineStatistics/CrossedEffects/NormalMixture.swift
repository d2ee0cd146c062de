/// A weighted mixture of normal distributions.
public struct NormalMixture: Sendable {
  /// One distribution of the mixture.
  public struct Component: Hashable, Sendable {
    /// Its share of the mixture, 0...1.
    public var weight: Double
    /// Its mean.
    public var mean: Double
    /// Its standard deviation, at least 0.
    public var standardDeviation: Double

    /// A component.
    public init(weight: Double, mean: Double, standardDeviation: Double) {
      self.weight = weight
      self.mean = mean
      self.standardDeviation = standardDeviation
    }
  }

  /// The distributions; their weights add up to 1.
  public let components: [Component]

  /// A mixture of distributions, whose weights are made to add up to 1.
  ///
  /// - Precondition: At least one weight is positive.
  public init(_ components: [Component]) {
    let total = components.reduce(0) { $0 + $1.weight }
    precondition(total > 0, "at least one weight is positive")
    self.components = components.map {
      Component(
        weight: $0.weight / total,
        mean: $0.mean,
        standardDeviation: $0.standardDeviation
      )
    }
  }

  /// The mean.
  public var mean: Double { components.reduce(0) { $0 + $1.weight * $1.mean } }

  /// The standard deviation.
  public var standardDeviation: Double {
    let mean = mean
    var sum = 0.0
    for part in components {
      let distance = part.mean - mean
      sum += part.weight * (part.standardDeviation * part.standardDeviation + distance * distance)
    }
    return sum.squareRoot()
  }

  /// The probability of a value below `x`.
  public func probability(below x: Double) -> Double {
    var sum = 0.0
    for part in components {
      if part.standardDeviation > 0 {
        sum += part.weight * StandardNormal.cumulative((x - part.mean) / part.standardDeviation)
      } else if part.mean < x {
        sum += part.weight
      }
    }
    return sum
  }

  /// The value that a share `probability` of the mixture stays below, by bisection.
  ///
  /// - Precondition: `probability` lies strictly between 0 and 1.
  public func quantile(_ probability: Double) -> Double {
    precondition(probability > 0 && probability < 1, "a probability strictly between 0 and 1")
    let z = StandardNormal.quantile(probability)
    var low = Double.infinity
    var high = -Double.infinity
    for part in components where part.weight > 0 {
      let point = part.mean + z * part.standardDeviation
      low = min(low, point)
      high = max(high, point)
    }
    // The mixture's quantile lies between the smallest and the largest of its parts' quantiles.
    for _ in 0..<200 where high - low > 1e-12 * max(1, low.magnitude) {
      let middle = 0.5 * (low + high)
      if self.probability(below: middle) < probability { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
  }

  /// The interval that leaves the same probability on either side.
  public func interval(confidence: Double) -> ConfidenceInterval {
    let tail = 0.5 * (1 - confidence)
    return ConfidenceInterval(lower: quantile(tail), upper: quantile(1 - tail))
  }
}
