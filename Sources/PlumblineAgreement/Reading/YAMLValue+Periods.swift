import PlumblineCore
import PlumblineYAML

/// A year, a quarter or a month, as goals name them.
enum GoalPeriod {
  /// The days of a period written `2026`, `2026-Q1` or `2026-01`; nil for any other text.
  static func days(of text: String) -> ClosedRange<CivilDate>? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let year = number(parts[0], digits: 4) else { return nil }
    let (first, months): (Int, Int)
    if parts.count == 1 {
      (first, months) = (1, 12)
    } else if parts[1].hasPrefix("Q") {
      guard let quarter = number(parts[1].dropFirst(), digits: 1), (1...4).contains(quarter)
      else { return nil }
      (first, months) = (quarter * 3 - 2, 3)
    } else {
      guard let month = number(parts[1], digits: 2), (1...12).contains(month) else { return nil }
      (first, months) = (month, 1)
    }
    let next = first + months
    guard let start = CivilDate(year: year, month: first, day: 1),
      let after = CivilDate(year: next > 12 ? year + 1 : year, month: next > 12 ? 1 : next, day: 1)
    else { return nil }
    return start...CivilDate(dayNumber: after.dayNumber - 1)
  }

  private static func number(_ text: Substring, digits: Int) -> Int? {
    guard text.utf8.count == digits, text.utf8.allSatisfy({ (48...57).contains($0) }) else {
      return nil
    }
    return Int(text)
  }
}

extension YAMLValue {
  /// How many leads in which period: `120 per month`.
  func volume() -> Positioned<MarketingSLA.Volume>? {
    guard let text = text() else { return nil }
    let words = text.value.split(separator: " ")
    guard words.count == 3, words[1] == "per", let number = ExactDecimal(String(words[0])),
      number.decimals == 0, let period = MarketingSLA.Period(rawValue: String(words[2]))
    else {
      let count = ExactDecimal(text.value).map { "\($0)" } ?? "120"
      report(
        "wrong-type",
        "\(name) must be a number per week, month or quarter, not "
          + "\"\(text.value.shownInMessage)\".",
        remedy: "Write \(count) per month."
      )
      return nil
    }
    guard let count = Int(exactly: number.significand), KeyRange.count.contains(count) else {
      report(
        "out-of-range",
        "\(name) must be between 1 and \(KeyRange.count.upperBound) leads, not "
          + "\"\(text.value.shownInMessage)\"."
      )
      return nil
    }
    return Positioned(MarketingSLA.Volume(count: count, period: period), at: position)
  }

  /// The least score that a gate asks for: `>= 60`, or `60`.
  func leastScore() -> Positioned<Int>? {
    guard let text = text() else { return nil }
    var digits = text.value.filter { $0 != " " }
    if digits.hasPrefix(">=") { digits.removeFirst(2) }
    guard let number = ExactDecimal(digits), number.decimals == 0 else {
      report(
        "wrong-type",
        "\(name) must be the least score, such as \">= 60\", not "
          + "\"\(text.value.shownInMessage)\".",
        remedy: digits.hasPrefix(">") ? "Only >= is read: a score at the mark is enough." : nil
      )
      return nil
    }
    guard let score = Int(exactly: number.significand), KeyRange.score.contains(score) else {
      report(
        "out-of-range",
        "\(name) must be between \(KeyRange.score.lowerBound) and \(KeyRange.score.upperBound), "
          + "not \(number)."
      )
      return nil
    }
    return Positioned(score, at: position)
  }
}
