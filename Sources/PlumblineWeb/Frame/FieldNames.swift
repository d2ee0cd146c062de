/// What the fields of pages are called, for faults that name the options of commands.
enum FieldNames {
  /// A field's name for each option that a page asks for.
  private static let names = [
    "against": "Held against",
    "budget": "Budget a month",
    "confirmed": "This stage counts only",
    "from": "From",
    "horizon": "This step is judged",
    "hours": "Hours of sales a month",
    "hours-per-lead": "Hours of sales that a lead takes",
    "least": "At least",
    "months": "Months",
    "most": "At most",
    "mql-at": "from so many points",
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
  /// An option without a field of its own is a plain word: `ask by channel`.
  ///
  /// - Complexity: O(*n*) in the text's length.
  static func inPlace(ofOptionsIn text: String) -> String {
    text.replacing(", or an earlier --as-of", with: "")
      .replacing("with --by", with: "with “Won by”")
      .replacing(" to agreement.yaml", with: " to the agreement")
      .replacing(/--what-if ([a-z_]+)=/) {
        "“What if: \($0.1.replacing("_", with: " "))” "
      }
      // How the reader of options calls one: '--mql-at <mql-at>'.
      .replacing(/'(--[a-z-]+) <[a-z-]+>'/) { String($0.1) }
      .replacing(/--([a-z]+(?:-[a-z]+)*)/) { match in
        names[String(match.1)].map { "“\($0)”" } ?? match.1.replacing("-", with: " ")
      }
  }
}
