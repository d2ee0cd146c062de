/// What the fields of pages are called, for faults that name the options of commands.
enum FieldNames {
  /// A field's name for each option that a page asks for.
  private static let names = [
    "against": "Held against",
    "as-of": "day of the answer",
    "budget": "Budget a month",
    "by": "the last day",
    "from": "From",
    "hours": "Hours of sales a month",
    "hours-per-lead": "Hours of sales that a lead takes",
    "least": "At least",
    "months": "Months",
    "most": "At most",
    "move": "Move each by at most",
    "move-anyway": "Move even where the data cannot tell",
    "period": "Period",
    "quota": "Quota",
    "rates-since": "Rates of leads since",
    "set": "What if",
    "since": "Wins count from",
    "spend": "Spend",
    "to": "To",
    "weeks": "Read the newest weeks, at most",
    "what-if": "What if",
    "where": "Filter",
  ]

  /// The text with fields' names in place of options: `“Quota” -5 is not a sum of money`.
  ///
  /// - Complexity: O(*n*) in the text's length.
  static func inPlace(ofOptionsIn text: String) -> String {
    text.replacing(/--([a-z]+(?:-[a-z]+)*)(?![a-z-])/) { match in
      names[String(match.1)].map { "“\($0)”" } ?? String(match.0)
    }
  }
}
