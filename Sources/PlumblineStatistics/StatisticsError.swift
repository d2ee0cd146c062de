/// What can be wrong with numbers handed to this module.
public enum StatisticsError: Error, Hashable, Sendable {
  /// The bucket edges do not start at 0, do not rise, or reach beyond a hundred years.
  case invalidBucketEdges
  /// A row of counts has another length than there are buckets.
  case bucketCountMismatch(expected: Int, found: Int)
  /// A number that must be finite and at least 0 is not.
  case negativeOrNotFinite(Double)
  /// A number that may be negative but must be finite is not.
  case notFinite(Double)
  /// A number that must be a share lies outside 0...1.
  case notAShare(Double)
  /// Two lists that belong together have different lengths.
  case lengthMismatch(expected: Int, found: Int)
  /// More successes were counted than trials.
  case successesExceedTrials(successes: Double, trials: Double)
  /// A state is named that is not one of the states counted from 0.
  case unknownState(Int, states: Int)
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
    case .notFinite(let value):
      "expected a finite number, found \(value)"
    case .notAShare(let value):
      "expected a share from 0 to 1, found \(value)"
    case .lengthMismatch(let expected, let found):
      "expected \(expected) values, found \(found)"
    case .successesExceedTrials(let successes, let trials):
      "\(successes) successes were counted in \(trials) trials"
    case .unknownState(let state, let states):
      "state \(state) is not one of the \(states) states counted from 0"
    }
  }
}
