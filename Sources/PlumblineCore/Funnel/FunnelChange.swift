/// One line of a funnel under two readings of the same facts, such as the agreement and a what-if.
public struct FunnelChange: Sendable {
  /// The group's value; empty for all of them.
  public let group: String
  /// The line as it was; nil where the group has no leads then.
  public let before: FunnelRow?
  /// The line as it would be; nil where the group has no leads then.
  public let after: FunnelRow?

  /// The lines of two answers side by side: groups in the order of the first, then those that only
  /// the second has, then all together.
  ///
  /// - Parameters:
  ///   - before: One answer.
  ///   - after: The other, over the same path.
  /// - Returns: The lines.
  /// - Complexity: O(groups).
  public static func all(from before: FunnelAnswer, to after: FunnelAnswer) -> [FunnelChange] {
    let later = Dictionary(after.rows.map { ($0.group, $0) }) { first, _ in first }
    let known = Set(before.rows.map(\.group))
    return before.rows.map { FunnelChange(group: $0.group, before: $0, after: later[$0.group]) }
      + after.rows.filter { !known.contains($0.group) }
      .map { FunnelChange(group: $0.group, before: nil, after: $0) }
      + [FunnelChange(group: "", before: before.total, after: after.total)]
  }

  /// By how much a count moves; a group without leads counts none.
  ///
  /// - Parameter count: The count of a line.
  /// - Returns: The difference.
  public func difference(of count: (FunnelRow) -> Int) -> Int {
    (after.map(count) ?? 0) - (before.map(count) ?? 0)
  }

  /// By how much an amount moves; nil where either line has none.
  ///
  /// - Parameter amount: The amount of a line.
  /// - Returns: The difference.
  public func difference(of amount: (FunnelRow) -> Double?) -> Double? {
    guard let before = before.flatMap(amount), let after = after.flatMap(amount) else { return nil }
    return after - before
  }

  /// By how much a rate moves, as a fraction; nil where either line does not support it, or where
  /// the two are not judged within the same days.
  ///
  /// - Parameter rate: The rate of a line.
  /// - Returns: The difference.
  public func difference(of rate: (FunnelRow) -> RateEstimate?) -> Double? {
    guard let before = before.flatMap(rate), let after = after.flatMap(rate),
      before.withinDays == after.withinDays, let first = before.rate, let second = after.rate
    else { return nil }
    return second - first
  }
}
