import PlumblineCore

extension AgreementKeys {
  static let economics = Section(
    "economics",
    [
      Key(
        "gross_margin",
        .decimal(.share),
        "The share of revenue left after the cost of delivering it."
      ),
      Key("horizon", .span(.months), "How long a customer's revenue counts."),
      Key(
        "deal_covers",
        .span(.months),
        "How long a time of revenue a deal's amount stands for."
      ),
      Key("monthly_churn", .decimal(.share), "The share of customers that leave each month."),
      Key(
        "monthly_discount",
        .decimal(.share),
        "What a month of waiting takes off the value of money."
      ),
      Key("target_ratio", .decimal(.ratio), "How many times its cost a customer should bring."),
      Key(
        "overhead_month",
        .decimal(.amount),
        "Marketing's cost a month that belongs to no single channel."
      ),
      Key(
        "overhead_by",
        .word(Economics.OverheadRule.allCases.map(\.rawValue)),
        "By what that cost is divided among channels."
      ),
      Key(
        "carry_over",
        .decimal(.partialShare),
        "The share of a week's spend that works in a later week."
      ),
      Key(
        "other_costs_month",
        .decimal(.amount),
        "What the company pays a month besides marketing and sales."
      ),
      Key("cash", .decimal(.balance), "The cash there is; negative when there is debt."),
      Key("payments", .word(Economics.paymentWords), "When customers pay."),
      Key("sales_cost", .section(salesCost), "What selling takes and costs."),
    ]
  )

  static let salesCost = Section(
    "sales_cost",
    [
      Key(
        "rep_month",
        .decimal(.amount),
        "What one rep costs a month, in the agreement's currency."
      ),
      Key("ramp", .span(.months), "How long a new rep takes to work at full strength."),
      Key("hire", .decimal(.amount), "What it costs to hire one rep."),
      Key(
        "commission",
        .decimal(.share),
        "The share of a won customer's first year of revenue that is paid to reps."
      ),
      Key("attrition", .decimal(.share), "The share of reps that leave each month."),
      Key(
        "leads_per_month",
        .decimal(.workload),
        "The leads that a rep at full strength works in a month."
      ),
      Key(
        "hours_per_month",
        .decimal(.monthHours),
        "The hours in which a rep works leads in a month."
      ),
      Key(
        "minutes",
        .mapping(keys: .filledText, values: .decimal(.minutes)),
        "The usual minutes of each kind of activity."
      ),
    ]
  )
}
