/// Rows whose pairs spread more widely than others: columns disagree about them.
public struct LoosePairs: Hashable, Sendable {
  /// The rows.
  public var rows: Set<Int>
  /// The spread of their pairs, in log-odds.
  public var spread: Double

  /// Loose pairs of some rows.
  public init(rows: Set<Int>, spread: Double) {
    self.rows = rows
    self.spread = spread
  }
}
