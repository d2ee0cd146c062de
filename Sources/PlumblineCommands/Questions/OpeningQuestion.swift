import PlumblineCore
public import PlumblineReporting

/// A question with numbers that open to more than the leads of a funnel's cell.
public protocol OpeningQuestion: Question {
  /// The records behind a number, as `--ids` names it.
  ///
  /// - Parameter number: The number.
  /// - Returns: The records.
  /// - Throws: `InputError` where there is no such number, or what the question throws.
  func records(behind number: String) throws -> NumberSections
}

extension NumberSections {
  /// The refusal of a number that opens to nothing.
  ///
  /// - Parameters:
  ///   - number: The number.
  ///   - known: What may be asked for, in words.
  /// - Returns: The refusal.
  static func unknown(_ number: String, known: String) -> InputError {
    InputError(
      code: "option.unknown-number",
      "\(number.isEmpty ? "nothing" : number.printable) names no number of this answer.",
      remedy: known
    )
  }
}
