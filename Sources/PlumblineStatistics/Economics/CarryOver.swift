/// Spreading spend over the periods in which it still works.
public enum CarryOver {
  /// Spend by the period in which it has its effect.
  ///
  /// Geometric: of what has not yet had its effect, the share `carried` waits another period.
  /// Nothing is lost or made: what the last period leaves over belongs to periods not shown.
  /// The share is an assumption, not an estimate: less than a year of weeks cannot tell it.
  ///
  /// - Parameters:
  ///   - amounts: What was spent in each period, oldest first.
  ///   - carried: The share that works in a later period, 0 for none.
  /// - Returns: What takes effect in each period.
  /// - Throws: `StatisticsError.notAShare` when `carried` is below 0, or 1 or more.
  /// - SeeAlso: Jin, Wang, Sun, Chan & Koehler (2017), Bayesian methods for media mix modeling
  ///   with carryover and shape effects, section 2, for the geometric decay.
  public static func geometric(
    _ amounts: [Double],
    carried: Double
  ) throws(StatisticsError) -> [Double] {
    guard carried >= 0, carried < 1 else { throw .notAShare(carried) }
    var waiting = 0.0
    return amounts.map { amount in
      let effective = (waiting + amount) * (1 - carried)
      waiting = (waiting + amount) * carried
      return effective
    }
  }
}
