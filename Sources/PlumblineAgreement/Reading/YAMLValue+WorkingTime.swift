import PlumblineCore
import PlumblineYAML

extension YAMLValue {
  /// Days of the week such as `mon-fri` or `sat`, several with commas between them; 0 for Monday.
  func weekdays() -> Set<Int>? {
    guard let text = filledText() else { return nil }
    var days: Set<Int> = []
    for part in text.value.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false).map(Self.weekday)
      guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1]
      else {
        report(
          "wrong-type",
          "\(name) must be days such as mon-fri, or mon, wed, not "
            + "\"\(text.value.shownInMessage)\".",
          remedy: "The days are mon, tue, wed, thu, fri, sat, sun."
        )
        return nil
      }
      // A range may run over the end of the week: sun-thu.
      days.formUnion((0...(last - first + 7) % 7).map { (first + $0) % 7 })
    }
    return days
  }

  /// The day of the week that a word names, by its first three letters or in full.
  private static func weekday(_ word: Substring) -> Int? {
    let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    let word = WordKey.of(String(word))
    return names.firstIndex { $0 == word || $0.prefix(3) == word }
  }

  /// A stretch of a day such as `09:00-12:30`, in minutes after midnight, `24:00` at most.
  func hours() -> Positioned<AgreementDraft.Hours>? {
    guard let text = filledText() else { return nil }
    let ends = text.value.split(separator: "-", omittingEmptySubsequences: false)
      .map { Self.minute($0) }
    guard ends.count == 2, let start = ends[0], let end = ends[1] else {
      report(
        "wrong-type",
        "\(name) must be hours such as 09:00-12:30, not \"\(text.value.shownInMessage)\".",
        remedy: "Write hour and minute of both ends, from 00:00 to 24:00."
      )
      return nil
    }
    return Positioned(.init(start: start, end: end, text: text.value), at: position)
  }

  /// The minute of the day of a time such as `09:00`.
  private static func minute(_ text: Substring) -> Int? {
    let parts = text.split(separator: " ").joined(separator: " ")
      .split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, (1...2).contains(parts[0].count), parts[1].count == 2,
      parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
      let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60,
      hour * 60 + minute <= 1440
    else { return nil }
    return hour * 60 + minute
  }

  /// A promised span of time such as `4 working hours` or `24 hours`.
  func promisedSpan() -> Positioned<SalesSLA.Span>? {
    guard let text = text() else { return nil }
    var words = text.value.split(separator: " ")
    let isWorkingTime = words.count == 3 && words[1] == "working"
    if isWorkingTime { words.remove(at: 1) }
    let units: [Substring: Int64] = [
      "minute": 60, "minutes": 60, "hour": 3600, "hours": 3600, "day": 86_400, "days": 86_400,
    ]
    guard words.count == 2, let number = ExactDecimal(String(words[0])), number.decimals == 0,
      let unit = units[words[1]], !(isWorkingTime && unit == 86_400)
    else {
      let isDays = words.count == 2 && units[words[1]] == 86_400
      report(
        "wrong-type",
        "\(name) must be a number of working hours or working minutes, or of hours, not "
          + "\"\(text.value.shownInMessage)\".",
        remedy: isDays
          ? "A working day has no fixed length: write its hours, such as 8 working hours."
          : "Write 4 working hours."
      )
      return nil
    }
    let (seconds, overflow) = number.significand.multipliedReportingOverflow(by: unit)
    guard !overflow, (60...365 * 86_400).contains(seconds) else {
      report(
        "out-of-range",
        "\(name) must be between 1 minute and 365 days, not \"\(text.value.shownInMessage)\"."
      )
      return nil
    }
    return Positioned(SalesSLA.Span(seconds: seconds, isWorkingTime: isWorkingTime), at: position)
  }

  /// A number of attempts such as `5 in 14 days`.
  func attempts() -> Positioned<SalesSLA.Attempts>? {
    guard let text = text() else { return nil }
    let words = text.value.split(separator: " ")
    let units = Dictionary(uniqueKeysWithValues: SpanUnit.days.words.map { ($0.word, $0.count) })
    guard words.count == 4, words[1] == "in", let unit = units[String(words[3])],
      let count = ExactDecimal(String(words[0])), count.decimals == 0,
      let number = ExactDecimal(String(words[2])), number.decimals == 0
    else {
      report(
        "wrong-type",
        "\(name) must be a number of attempts in days or weeks, not "
          + "\"\(text.value.shownInMessage)\".",
        remedy: "Write 5 in 14 days."
      )
      return nil
    }
    let (days, overflow) = number.significand.multipliedReportingOverflow(by: Int64(unit))
    guard !overflow, (1...100).contains(count.significand), (1...365).contains(days) else {
      report(
        "out-of-range",
        "\(name) must be between 1 and 100 attempts in 1 day to 365 days, not "
          + "\"\(text.value.shownInMessage)\"."
      )
      return nil
    }
    return Positioned(
      SalesSLA.Attempts(count: Int(count.significand), withinDays: Int(days)),
      at: position
    )
  }
}
