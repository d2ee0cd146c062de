/// What can be wrong with numbers handed to this module.
public enum StatisticsError: Error, Hashable, Sendable {
  /// The bucket edges do not start at 0, do not rise, or reach beyond a hundred years.
  case invalidBucketEdges
  /// A row of counts has another length than there are buckets.
  case bucketCountMismatch(expected: Int, found: Int)
  /// A number that must be finite and at least 0 is not.
  case negativeOrNotFinite(Double)
  /// More successes were counted than trials.
  case successesExceedTrials(successes: Double, trials: Double)
}

extension StatisticsError: CustomStringConvertible {
  /// The fault in a sentence, with the numbers found.
  public var description: String {
    switch self {
    case .invalidBucketEdges:
      "bucket edges must start at 0, rise, and stay within \(LagBuckets.longestEdgeInDays) days"
    case .bucketCountMismatch(let expected, let found):
      "expected \(expected) bucket counts, found \(found)"
    case .negativeOrNotFinite(let value):
      "expected a number of at least 0, found \(value)"
    case .successesExceedTrials(let successes, let trials):
      "\(successes) successes were counted in \(trials) trials"
    }
  }
}
