import PlumblineCore

extension AgreementKeys {
  static let plan = Section(
    "plan",
    [
      Key("leads", .decimal(.counted), "Leads a month, all channels together."),
      Key("rates", ratesForm, "The share of leads that take a step."),
      Key("mean_deal", .decimal(.amount), "The mean of won deals, in the agreement's currency."),
      Key(
        "channels",
        .mapping(keys: .filledText, values: .section(plannedChannel)),
        "Plans of single channels."
      ),
    ]
  )

  static let plannedChannel = Section(
    "A planned channel",
    [
      Key("leads", .decimal(.counted), "The channel's leads a month."),
      Key("rates", ratesForm, "The channel's own rates."),
      Key("mean_deal", .decimal(.amount), "The mean of the channel's won deals."),
    ]
  )

  private static let ratesForm = KeyForm.mapping(keys: .filledText, values: .decimal(.share))

  static let goals = Section(
    "goals",
    [
      Key("revenue", periodsForm, "What won deals are to bring, by period."),
      Key(
        "quota",
        .mapping(keys: .filledText, values: .either([.decimal(.amount), periodsForm])),
        "What is to be won by everybody together, and by owner, by period."
      ),
    ]
  )

  private static let periodsForm = KeyForm.mapping(
    keys: .form("^[0-9]{4}(-Q[1-4]|-(0[1-9]|1[0-2]))?$", example: "2026-Q1"),
    values: .decimal(.amount)
  )

  static let incentives = Section(
    "incentives",
    [
      Key("marketing", .list(.section(incentive)), "What marketing is paid for."),
      Key("sales", .list(.section(incentive)), "What sales is paid for."),
    ]
  )

  static let incentive = Section(
    "An incentive",
    [
      Key("measure", .filledText, "What is measured, such as won_share.", isRequired: true),
      Key(
        "weight",
        .decimal(.positiveShare),
        "The share of the team's variable pay that hangs on it.",
        isRequired: true
      ),
      Key("payout", .decimal(.amount), "What is paid when it is reached."),
      Key("target", .decimal(.amount), "What must be reached in a period."),
      Key(
        "per",
        .word(AttainmentPeriod.Kind.allCases.map(\.rawValue)),
        "How long a period is: it is paid at its end."
      ),
      Key(
        "pays_from",
        .decimal(.positiveShare),
        "The share of the target from which anything is paid."
      ),
      Key(
        "pays_up_to",
        .decimal(.overTarget),
        "How many times the target more is paid for."
      ),
    ]
  )

  static let launch = Section(
    "launches",
    [
      Key("name", .filledText, "Its name.", isRequired: true),
      Key("starts", .date, "The first day.", isRequired: true),
      Key("ends", .date, "The last day on which its targets count."),
      Key("campaigns", .oneOrMore(.filledText), "The campaigns that belong to it."),
      Key("qualified_leads", .integer(KeyRange.count), "Marketing's target, in qualified leads."),
      Key("wins", .integer(KeyRange.count), "Sales' target, in won deals."),
    ]
  )

  static let verdict = Section(
    "verdict",
    [
      Key(
        "relative_difference",
        .decimal(.positiveShare),
        "The relative difference that matters."
      ),
      Key(
        "false_discovery_rate",
        .decimal(.probability),
        "How large a share of the named differences may be wrong."
      ),
      Key(
        "minimum_leads",
        .integer(KeyRange.leads),
        "Groups with fewer leads are never judged."
      ),
    ] + LeakThresholdKey.all.map { Key($0.key, $0.form, $0.meaning) }
  )
}
