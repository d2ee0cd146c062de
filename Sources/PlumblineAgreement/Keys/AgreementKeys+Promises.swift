import PlumblineCore

extension AgreementKeys {
  static let workingTime = Section(
    "working_time",
    [
      Key("days", .oneOrMore(.filledText), "The days of the week on which people work."),
      Key("hours", .oneOrMore(.filledText), "The hours of a working day by the wall clock."),
      Key("holidays", .oneOrMore(.date), "Days on which nobody works."),
    ]
  )

  static let sla = Section(
    "sla",
    [
      Key("marketing", .section(marketingSLA), "What marketing promised sales."),
      Key("sales", .section(salesSLA), "What sales promised about the leads it is given."),
    ]
  )

  static let marketingSLA = Section(
    "marketing",
    [
      Key(
        "qualified_leads",
        .form(
          "^ *[0-9]+ +per +(\(MarketingSLA.Period.allCases.map(\.rawValue).joined(separator: "|"))) *$",
          example: "120 per month"
        ),
        "How many leads reach the stage that hands them to sales."
      ),
      Key(
        "share_in_ideal_customer",
        .decimal(.positiveShare),
        "The share of them that fits the ideal customer."
      ),
      Key(
        "share_with_factors",
        .decimal(.positiveShare),
        "The share of them with every qualifying factor filled in by marketing."
      ),
    ]
  )

  static let salesSLA = Section(
    "sales",
    [
      Key(
        "first_touch",
        .either([.promisedSpan, .section(firstTouch)]),
        "How soon after the hand-off a person turns to a lead."
      ),
      Key(
        "attempts",
        .form("^ *[0-9]+ +in +[0-9]+ +(day|days|week|weeks) *$", example: "5 in 14 days"),
        "How often a lead that does not answer is tried."
      ),
      Key(
        "disposition",
        .promisedSpan,
        "How soon after the hand-off sales says what became of a lead."
      ),
      Key(
        "compliance",
        .decimal(.positiveShare),
        "The share of leads for which this is to hold."
      ),
      Key(
        "remind_before",
        .promisedSpan,
        "How long before a deadline it is called due soon."
      ),
      Key("escalate_after", .promisedSpan, "How long after a breach it is escalated."),
    ]
  )

  static let firstTouch = Section(
    "first_touch",
    [
      Key("default", .promisedSpan, "How soon most leads are touched.", isRequired: true),
      Key("hot", .promisedSpan, "How soon hot leads are touched; not later than the others."),
      Key("hot_from", .integer(KeyRange.score), "The score at hand-off from which a lead is hot."),
    ]
  )

  static let vocabulary = Section(
    "vocabulary",
    [
      Key("is", .text, "What the term means, in a sentence."),
      Key("marketing", .filledText, "Marketing's word for it."),
      Key("sales", .filledText, "Sales' word for it."),
      Key("leadership", .filledText, "Leadership's word for it."),
    ]
  )
}
