/// The days of one amount spent that fall into a question, and what falls on them.
struct SpendSpan {
  /// The days that count.
  let days: ClosedRange<Int>
  private let firstDay: Int
  private let share: Int64
  private let rest: Int64

  /// The days of an amount up to the as-of day; nil when none of them counts.
  init?(_ spend: CompanyHistory.Spend, _ question: FunnelQuestion, lastDay today: Int) {
    firstDay = spend.firstDay.dayNumber
    let first = max(firstDay, question.firstDay ?? .min)
    let last = min(spend.lastDay.dayNumber, today, question.lastDay ?? .max)
    guard first <= last else { return nil }
    days = first...last
    let count = Int64(spend.lastDay.dayNumber - firstDay + 1)
    (share, rest) = spend.amount.quotientAndRemainder(dividingBy: count)
  }

  /// What falls on some of the days.
  ///
  /// The first days take one minor unit more, so that the days add up to the amount exactly.
  func amount(on days: ClosedRange<Int>) -> Int64 {
    let extra = max(0, min(days.upperBound + 1, firstDay + Int(rest.magnitude)) - days.lowerBound)
    return share * Int64(days.count) + Int64(extra) * rest.signum()
  }
}

extension FunnelQuestion {
  /// Whether the question can have spend: it is known by channel, campaign and day only, so that one
  /// that splits or filters by anything else, or dates leads by a later stage, has none.
  public var isSpendKnown: Bool {
    let known: Set<FunnelDimension> = [.channel, .campaign, .cohort, .week]
    return datedBy == 0 && (by + filters.map(\.dimension)).allSatisfy(known.contains)
  }
}
