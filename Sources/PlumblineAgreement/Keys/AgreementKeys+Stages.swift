import PlumblineCore

extension AgreementKeys {
  static let stages = Section(
    "stages",
    [
      Key("path", .list(stageForm), "The way to a customer, in order; at least two stages."),
      Key("detours", .list(stageForm), "The ways off the path."),
      Key(
        "skips",
        .word(SkipRule.allCases.map(\.rawValue)),
        "How a stage that was passed over counts."
      ),
      Key(
        "returns",
        .word(ReturnRule.allCases.map(\.rawValue)),
        "What it is when a lead that left the path comes back."
      ),
    ]
  )

  private static let stageForm = KeyForm.either([stageIdForm, .section(stage)])

  static let stageIdForm = KeyForm.form("^[a-z][a-z0-9_]{0,59}$", example: "meeting_held")

  static let stage = Section(
    "A stage",
    [
      Key("id", stageIdForm, "The word in files, options and answers.", isRequired: true),
      Key("is", .text, "What the stage means, in a sentence."),
      Key(
        "owner",
        .word(Stage.Team.allCases.map(\.rawValue)),
        "The team that decides who enters."
      ),
      Key(
        "gate",
        .section(gate),
        "What must be true of a lead for the stage to count, see gate."
      ),
      Key(
        "stale_after",
        .span(.days),
        "How long a lead may stay before it is called stale."
      ),
      Key(
        "evidence",
        .oneOrMore(.word(Stage.Evidence.allCases.map(\.rawValue))),
        "Facts that show the stage besides events that name it."
      ),
      Key(
        "confirmed_by",
        .section(confirmation),
        "What must follow for the stage to count, see confirmed_by."
      ),
      Key("also", .oneOrMore(.filledText), "Other words that files use for the stage."),
    ]
  )

  static let gate = Section(
    "gate",
    [
      Key(
        "score",
        .either([
          .integer(KeyRange.score), .form("^ *(>=)? *-?[0-9]+ *$", example: ">= 60"),
        ]),
        "The least score at that time."
      ),
      Key(
        "factors",
        .integer(KeyRange.factors),
        "How many qualifying factors must be answered yes."
      ),
      Key("bant", .integer(KeyRange.factors), "Another word for factors; write one of the two."),
      Key(
        "accepted_by",
        .word(Stage.Team.allCases.map(\.rawValue)),
        "The team that must have accepted the lead."
      ),
    ]
  )

  static let confirmation = Section(
    "confirmed_by",
    [
      Key("stage", .filledText, "The stage that confirms.", isRequired: true),
      Key(
        "within_days",
        .integer(1...SpanUnit.days.longest),
        "The time within which it must follow, not before the stage itself.",
        isRequired: true
      ),
    ]
  )

  static let channelForm = KeyForm.either([
    .nothing, .filledText, .list(.filledText), .section(channel),
  ])

  static let channel = Section(
    "channels",
    [Key("also", .oneOrMore(.filledText), "What files call the channel.")]
  )
}
