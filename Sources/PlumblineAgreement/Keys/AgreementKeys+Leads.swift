import PlumblineCore

extension AgreementKeys {
  /// Which values of an attribute fit.
  static let matchForm = KeyForm.oneOrMore(.filledText)

  static let factorForm = KeyForm.either([.nothing, .section(factor)])

  static let factor = Section(
    "qualifying_factors",
    [
      Key("is", .text, "What the factor means, in a sentence."),
      Key("yes", .oneOrMore(.filledText), "Words of the data that mean yes."),
      Key("no", .oneOrMore(.filledText), "Words of the data that mean no, besides the usual ones."),
    ]
  )

  static let score = Section(
    "score",
    [
      Key(
        "fit",
        .mapping(
          keys: .filledText,
          values: .mapping(keys: .filledText, values: .integer(KeyRange.points))
        ),
        "Points for what a lead is: for each attribute, points by its value."
      ),
      Key("engagement", .section(engagement), "Points for what a lead did, by type of touch."),
      Key(
        "mql_at",
        .integer(KeyRange.score),
        """
        The score, fit and engagement together, that marketing and sales agreed on for an MQL: what \
        the back-test judges. It decides who counts only through a stage's gate.
        """
      ),
    ]
  )

  static let engagement = Section(
    "engagement",
    [Key("half_life", .span(.days), "The time after which a touch's points count half.")],
    others: .either([.integer(KeyRange.points), .section(engagementRule)])
  )

  static let engagementRule = Section(
    "A touch",
    [
      Key(
        "points",
        .integer(KeyRange.points),
        "The points of each such touch; below 0 for what speaks against the lead.",
        isRequired: true
      ),
      Key(
        "most",
        .integer(KeyRange.mostPoints),
        "The most points that such touches bring together."
      ),
    ]
  )

  static let disposition = Section(
    "dispositions",
    [
      Key("id", stageIdForm, "The word in files and answers.", isRequired: true),
      Key("is", .text, "What it means, in a sentence."),
      Key(
        "outcome",
        .word(DispositionReason.Outcome.allCases.map(\.rawValue)),
        "What it amounts to.",
        isRequired: true
      ),
      Key("also", .oneOrMore(.filledText), "Other words that files use for it."),
      Key(
        "default",
        .flag,
        "Whether the CRM fills it in by itself, so that it says nothing until somebody changes it."
      ),
    ]
  )

  static let recycle = Section(
    "recycle",
    [
      Key(
        "when",
        .filledText,
        "The detour that the lead took, and after a colon the recorded reason.",
        isRequired: true
      ),
      Key("after", .span(.days), "How long after leaving it is taken up again.", isRequired: true),
      Key(
        "to",
        .form("^[A-Za-z0-9][A-Za-z0-9 ._-]{0,59}$", example: "nurture-timing"),
        "The list that it goes to.",
        isRequired: true
      ),
    ]
  )

  static let suppress = Section(
    "suppress",
    [
      Key(
        "touched_within",
        .span(.days),
        "Leads that somebody turned to, or that did something, so lately are left alone."
      ),
      Key(
        "unsubscribed",
        .oneOrMore(.filledText),
        "Types of touch after which a lead is never written to again."
      ),
    ]
  )
}
