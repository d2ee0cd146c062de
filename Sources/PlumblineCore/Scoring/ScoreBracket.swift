/// The thresholds under which everything that was asked of a lead's score has the same answer.
///
/// Found by looking on while one threshold is tested: whoever reaches it reaches every lower one,
/// and whoever does not reaches no higher one.
struct ScoreBracket: Hashable, Sendable {
  /// The greatest threshold that is too low.
  private(set) var tooLow = Int.min
  /// The greatest threshold that is not too high.
  private(set) var most = Int.max

  /// Whether a threshold is among them.
  func contains(_ threshold: Int) -> Bool { threshold > tooLow && threshold <= most }

  /// Notes that a threshold was held against a total.
  ///
  /// - Parameters:
  ///   - total: The total, unrounded.
  ///   - isReached: Whether it reaches the threshold.
  mutating func note(_ total: Double, isReached: Bool) {
    let bounded = max(-1e15, min(1e15, total))
    var greatest = Int((bounded + LeadScore.tolerance).rounded(.down))
    // Rounding may put it one off.
    if bounded < Double(greatest) - LeadScore.tolerance { greatest -= 1 }
    if bounded >= Double(greatest + 1) - LeadScore.tolerance { greatest += 1 }
    note(greatest: greatest, isReached: isReached)
  }

  /// Notes that a threshold was held against a whole number.
  mutating func note(greatest: Int, isReached: Bool) {
    if isReached { most = min(most, greatest) } else { tooLow = max(tooLow, greatest) }
  }

  /// Notes that a lower threshold than one that was not reached might have been.
  mutating func noteUnreached(_ threshold: Int) { tooLow = max(tooLow, threshold - 1) }

  /// Notes that an answer holds for a threshold alone.
  mutating func noteExact(_ threshold: Int) {
    tooLow = max(tooLow, threshold - 1)
    most = min(most, threshold)
  }
}
