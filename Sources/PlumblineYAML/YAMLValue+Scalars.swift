public import PlumblineCore

extension YAMLValue {
  /// The text as written; numbers and dates are texts too.
  public func text() -> Positioned<String>? {
    guard let scalar = node.scalar, !scalar.isNull else {
      reportWrongType(wanted: "a text")
      return nil
    }
    return Positioned(scalar.text, at: position)
  }

  /// The text as written, which must hold more than blanks.
  public func filledText() -> Positioned<String>? {
    guard let text = text() else { return nil }
    guard text.value.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
      report("no-value", "\(name) must not be empty.")
      return nil
    }
    return text
  }

  /// A whole number within a range.
  public func integer(in range: ClosedRange<Int>) -> Positioned<Int>? {
    guard let scalar = node.scalar, let number = ExactDecimal(scalar.text), number.decimals == 0
    else {
      reportWrongType(wanted: "a whole number")
      return nil
    }
    guard let value = Int(exactly: number.significand), range.contains(value) else {
      report(
        "out-of-range",
        "\(name) must be between \(range.lowerBound) and \(range.upperBound), not \(number)."
      )
      return nil
    }
    return Positioned(value, at: position)
  }

  /// A decimal number with the digits as written.
  public func decimal() -> Positioned<ExactDecimal>? {
    guard let scalar = node.scalar, let number = ExactDecimal(scalar.text) else {
      reportWrongType(
        wanted: "a number",
        remedy: "Write digits with a decimal point, such as 1250 or 0.78."
      )
      return nil
    }
    return Positioned(number, at: position)
  }

  /// A decimal number with the remedy for a share that was written in percent.
  ///
  /// The range is left to the caller.
  public func share() -> Positioned<ExactDecimal>? {
    guard let scalar = node.scalar else {
      reportWrongType(wanted: "a share from 0 to 1")
      return nil
    }
    if let number = ExactDecimal(scalar.text) { return Positioned(number, at: position) }
    reportWrongType(
      wanted: "a share from 0 to 1",
      remedy: ExactDecimal.percent(scalar.text).map { "Write \($0)." }
    )
    return nil
  }

  /// A day written as `2026-01-31`.
  public func date() -> Positioned<CivilDate>? {
    guard let scalar = node.scalar, let date = CivilDate(scalar.text) else {
      reportWrongType(
        wanted: "a date",
        remedy: "Write year, month and day, such as 2026-01-31."
      )
      return nil
    }
    return Positioned(date, at: position)
  }

  /// One of the words of a closed list.
  public func word<Word>(_ type: Word.Type) -> Positioned<Word>?
  where Word: RawRepresentable & CaseIterable & Sendable, Word.RawValue == String {
    word(among: type.allCases.map(\.rawValue)).flatMap { text in
      Word(rawValue: text.value).map { Positioned($0, at: text.position) }
    }
  }

  /// One of a list of words.
  public func word(among words: [String]) -> Positioned<String>? {
    let wanted = words.count == 1 ? "\(words[0])" : "one of \(words.joined(separator: ", "))"
    guard let scalar = node.scalar, words.contains(scalar.text) else {
      reportWrongType(
        wanted: wanted,
        remedy: node.scalar.flatMap { Suggestion.nearest(to: $0.text, among: words) }
          .map { "Did you mean \"\($0)\"?" }
      )
      return nil
    }
    return Positioned(scalar.text, at: position)
  }

  /// Yes or no, written `true` or `false`.
  public func flag() -> Positioned<Bool>? {
    switch node.scalar?.text {
    case "true": return Positioned(true, at: position)
    case "false": return Positioned(false, at: position)
    default:
      reportWrongType(wanted: "true or false")
      return nil
    }
  }
}
