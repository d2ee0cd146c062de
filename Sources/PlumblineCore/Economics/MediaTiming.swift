/// What of each amount spent works on some days, where a share of every week's spend works later.
///
/// The same geometric carry-over as `CarryOver`, day by day: of what has not yet worked, the agreed
/// share waits another seven days.
struct MediaTiming: Sendable {
  /// The share of a week's spend that works a week later, 0..<1.
  let carried: Double

  /// The share of what was spent on a day that works on some days.
  func share(ofDay day: Int, workingOn days: ClosedRange<Int>) -> Double {
    guard carried > 0 else { return days.contains(day) ? 1 : 0 }
    let first = max(0, (days.lowerBound - day + 6).flooredQuotient(by: 7))
    let last = (days.upperBound - day).flooredQuotient(by: 7)
    guard last >= first else { return 0 }
    return power(first) - power(last + 1)
  }

  private func power(_ exponent: Int) -> Double {
    var (result, base, rest) = (1.0, carried, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result *= base }
      base *= base
      rest >>= 1
    }
    return result
  }

  /// What works on some days of everything that was spent, by channel or campaign.
  ///
  /// - Parameters:
  ///   - days: The days asked.
  ///   - question: What limits the spend; its days do not matter.
  ///   - history: The history.
  ///   - group: The name under which an amount counts.
  /// - Returns: Minor units by name.
  /// - Complexity: O(days with spend).
  func media(
    workingOn days: ClosedRange<Int>,
    _ question: FunnelQuestion,
    _ history: CompanyHistory,
    by group: (CompanyHistory.Spend) -> String?
  ) -> [String: Double] {
    var everyDay = question
    everyDay.firstDay = nil
    everyDay.lastDay = nil
    var result: [String: Double] = [:]
    for spend in history.spend {
      guard let name = group(spend),
        let span = SpendSpan(spend, everyDay, lastDay: days.upperBound)
      else { continue }
      for day in span.days {
        let share = share(ofDay: day, workingOn: days)
        if share > 0 { result[name, default: 0] += share * Double(span.amount(on: day...day)) }
      }
    }
    return result
  }
}

extension Int {
  /// The quotient rounded down, also below 0.
  fileprivate func flooredQuotient(by divisor: Int) -> Int {
    let (quotient, rest) = quotientAndRemainder(dividingBy: divisor)
    return rest < 0 ? quotient - 1 : quotient
  }
}
