/// What a place of the file may hold.
///
/// One description drives the keys that the reader knows, the schema for editors and the test of
/// the documentation, so that they cannot drift apart.
public indirect enum KeyForm: Sendable {
  /// Any text, number or word.
  case text
  /// Any text but an empty one.
  case filledText
  /// A text of a certain form, as a regular expression of ECMA-262, and an example of it.
  case form(String, example: String)
  /// One of some words.
  case word([String])
  /// `true` or `false`.
  case flag
  /// A whole number.
  case integer(ClosedRange<Int>)
  /// A number within bounds.
  case decimal(DecimalRange)
  /// A list.
  case list(KeyForm)
  /// A mapping with keys of the file's own.
  case mapping(keys: KeyForm, values: KeyForm)
  /// A mapping with known keys.
  case section(AgreementKeys.Section)
  /// Nothing at all.
  case nothing
  /// Whatever stands there.
  case anything
  /// One of several forms.
  case either([KeyForm])

  /// A value, or a list of such values.
  static func oneOrMore(_ form: KeyForm) -> KeyForm { .either([form, .list(form)]) }

  /// A day.
  static let date = form("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", example: "2026-01-31")

  /// A count of units of time such as `91 days`.
  static func span(_ unit: SpanUnit) -> KeyForm {
    let words = unit.words.map(\.word).joined(separator: "|")
    return form("^ *[0-9]+ +(\(words)) *$", example: unit.example)
  }

  /// A promised span of time such as `4 working hours`.
  static let promisedSpan = form(
    "^ *[0-9]+ +(working +(minute|minutes|hour|hours)|minute|minutes|hour|hours|day|days) *$",
    example: "4 working hours"
  )

  /// The sections that stand directly or deeper in this form.
  var sections: [AgreementKeys.Section] {
    switch self {
    case .section(let section): [section]
    case .list(let form): form.sections
    case .mapping(let keys, let values): keys.sections + values.sections
    case .either(let forms): forms.flatMap(\.sections)
    default: []
    }
  }
}

/// Whole numbers that the reader and the schema let through.
enum KeyRange {
  /// A score, or a threshold of one.
  static let score = -1_000_000...1_000_000
  /// The points of one rule.
  static let points = -10_000...10_000
  /// A limit for points.
  static let mostPoints = 1...1_000_000
  /// Leads, wins and other things that are counted.
  static let count = 1...1_000_000_000
  /// Leads that a group must have.
  static let leads = 1...1_000_000
  /// Qualifying factors.
  static let factors = 1...100
}
