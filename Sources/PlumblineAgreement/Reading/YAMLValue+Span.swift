import PlumblineYAML

/// A unit in which an agreement counts time.
enum SpanUnit {
  case days, months

  /// The unit's words and how many of the unit each is.
  var words: [(word: String, count: Int)] {
    switch self {
    case .days: [("day", 1), ("days", 1), ("week", 7), ("weeks", 7)]
    case .months: [("month", 1), ("months", 1), ("year", 12), ("years", 12)]
    }
  }

  /// The longest span that makes sense: ten years.
  var longest: Int {
    switch self {
    case .days: 3650
    case .months: 120
    }
  }

  /// A span as an example for messages.
  var example: String {
    switch self {
    case .days: "91 days"
    case .months: "24 months"
    }
  }
}

extension YAMLValue {
  /// A span of time such as `91 days` or `24 months`, counted in a unit.
  ///
  /// - Parameters:
  ///   - unit: The unit.
  ///   - least: The shortest span that may stand there.
  /// - Returns: The span, or nil and a fault.
  func span(in unit: SpanUnit, atLeast least: Int = 1) -> Positioned<Int>? {
    guard let text = text() else { return nil }
    let parts = text.value.split(separator: " ")
    guard parts.count == 2, let number = ExactDecimal(String(parts[0])), number.decimals == 0,
      let word = unit.words.first(where: { $0.word == parts[1] })
    else {
      let count = ExactDecimal(text.value).map { "\($0) \(unit.words[1].word)" }
      report(
        "wrong-type",
        "\(name) must be a number of \(unit.words[1].word) or \(unit.words[3].word), not "
          + "\"\(text.value.shownInMessage)\".",
        remedy: "Write \(count ?? unit.example)."
      )
      return nil
    }
    let (total, overflow) = Int(number.significand).multipliedReportingOverflow(by: word.count)
    guard !overflow, (least...unit.longest).contains(total) else {
      report(
        "out-of-range",
        "\(name) must be between \(least) \(unit.words[least == 1 ? 0 : 1].word) and \(unit.longest) "
          + "\(unit.words[1].word), not \"\(text.value.shownInMessage)\"."
      )
      return nil
    }
    return Positioned(total, at: position)
  }
}
