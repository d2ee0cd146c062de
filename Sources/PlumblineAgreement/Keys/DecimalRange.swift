/// The numbers that a key may hold.
public struct DecimalRange: Sendable {
  let low: Double
  let high: Double
  let includesLow: Bool
  let includesHigh: Bool

  /// Above the first, up to and with the second.
  init(above low: Double, atMost high: Double) {
    self.init(low, high, includesLow: false, includesHigh: true)
  }

  private init(_ low: Double, _ high: Double, includesLow: Bool, includesHigh: Bool) {
    self.low = low
    self.high = high
    self.includesLow = includesLow
    self.includesHigh = includesHigh
  }

  /// Odds so many times lower.
  static let odds = DecimalRange(above: 1, atMost: 100)
  /// A share of wins, or of leads.
  static let loss = DecimalRange(0, 1, includesLow: true, includesHigh: false)
  /// A probability that is neither impossible nor certain.
  static let probability = DecimalRange(0, 1, includesLow: false, includesHigh: false)

  /// Any share, none and all included.
  static let share = DecimalRange(0, 1, includesLow: true, includesHigh: true)
  /// A share above none.
  static let positiveShare = DecimalRange(above: 0, atMost: 1)
  /// Leads a month.
  static let counted = DecimalRange(0, 1e9, includesLow: true, includesHigh: true)
  /// An amount of money; the checks know its currency.
  static let amount = DecimalRange(0, 1e14, includesLow: true, includesHigh: true)

  /// An amount that may be owed.
  static let balance = DecimalRange(-1e14, 1e14, includesLow: true, includesHigh: true)
  /// How many times its cost a customer should bring.
  static let ratio = DecimalRange(above: 0, atMost: 1000)
  /// A share that leaves something.
  static let partialShare = DecimalRange(0, 1, includesLow: true, includesHigh: false)
  /// Leads that one person works in a month.
  static let workload = DecimalRange(above: 0, atMost: 1e9)
  /// Hours of one month, of which the longest has 744.
  static let monthHours = DecimalRange(above: 0, atMost: 744)
  /// The minutes that one activity takes.
  static let minutes = DecimalRange(0, 10_000, includesLow: true, includesHigh: true)
  /// So many times a target, from the target itself on.
  static let overTarget = DecimalRange(1, 10, includesLow: true, includesHigh: true)

  /// Whether a number lies in the range.
  func contains(_ number: Double) -> Bool {
    (includesLow ? number >= low : number > low) && (includesHigh ? number <= high : number < high)
  }

  /// The range as messages put it, after "must be".
  var words: String {
    if includesLow, includesHigh { return "between \(Int(low)) and \(Int(high))" }
    return "\(includesLow ? "at least" : "above") \(Int(low)) and "
      + "\(includesHigh ? "at most" : "below") \(Int(high))"
  }
}
