/// Exchange rates with their days; turns amounts into one currency.
public struct CurrencyTable: Sendable {
  private struct Pair: Hashable { var from: String, into: String }
  private var rates: [Pair: [(day: Instant, millionths: Int64)]] = [:]

  /// A table without rates.
  public init() {}

  /// Adds a rate: one unit of `from` is worth `millionths`/1,000,000 units of `into` from `day` on.
  public mutating func add(from: String, into: String, day: Instant, millionths: Int64) {
    rates[Pair(from: from, into: into), default: []].append((day, millionths))
  }

  /// Puts rates in order of time; call once after the last `add`.
  ///
  /// - Complexity: O(n log n).
  public mutating func sort() {
    for pair in rates.keys { rates[pair]?.sort { $0.day < $1.day } }
  }

  /// An amount in minor units of one currency as minor units of another, or nil without a rate.
  ///
  /// Uses the newest rate not after the day, in either direction; never 1 and never 0 for want of
  /// one. Rounds half away from zero; an amount beyond 10¹⁵ has none either, so that sums hold.
  public func convert(
    minorUnits amount: Int64,
    from: String,
    into: String,
    on day: Instant
  ) -> Int64? {
    if from == into { return amount }
    let scale = Double(Currency.minorUnits(of: into)) / Double(Currency.minorUnits(of: from))
    if let rate = newest(Pair(from: from, into: into), day) {
      return whole(Double(amount) * scale * Double(rate) / 1_000_000)
    }
    if let rate = newest(Pair(from: into, into: from), day), rate > 0 {
      return whole(Double(amount) * scale * 1_000_000 / Double(rate))
    }
    return nil
  }

  private func whole(_ value: Double) -> Int64? {
    abs(value) <= 1e15 ? Int64(value.rounded(.toNearestOrAwayFromZero)) : nil
  }

  private func newest(_ pair: Pair, _ day: Instant) -> Int64? {
    rates[pair]?.last { $0.day <= day }?.millionths
  }
}
