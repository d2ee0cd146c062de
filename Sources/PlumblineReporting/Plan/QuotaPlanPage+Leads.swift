import PlumblineCore

extension QuotaPlanPage {
  /// The open leads behind the plan, the likeliest to be won in time first.
  ///
  /// - Parameters:
  ///   - range: Their places in the list.
  ///   - address: Where a lead is shown, by its id.
  /// - Returns: A table; no leads where the plan does not name them.
  public func openLeads(_ range: Range<Int>, leadAt address: (String) -> String) -> Markup {
    let leads = words.plan.pipeline.openLeads
    var table = MarkupTable(
      "plan-leads",
      caption: Format.count(leads.count, "open lead"),
      [
        .text("Lead"), .text("Furthest stage"), .number("Days old"),
        .number("Chance by \(words.plan.question.deadline)"),
      ]
    )
    for lead in leads[range.clamped(to: leads.indices)] {
      table.add([
        .element("a", ["href": address(lead.id)], lead.id),
        .text(words.stages.label(lead.stage)),
        .text(lead.ageInDays.map { Format.count($0) } ?? Format.absent),
        .text(Format.percent(lead.chance)),
      ])
    }
    return table.markup
  }

  /// How many open leads are behind the plan; 0 where it does not name them.
  public var openLeadCount: Int { words.plan.pipeline.openLeads.count }

  /// All of them as comma-separated values, each with what the list rests on.
  public var openLeadsCSV: String {
    let (agreement, plan) = (words.agreement, words.plan)
    let tail = [
      plan.question.deadline.description,
      Format.iso8601(words.provenance.asOf, agreement.calendar), agreement.version, agreement.hash,
    ]
    return DelimitedRow.line([
      "lead_id", "furthest_stage", "age_in_days", "chance", "deadline", "as_of",
      "agreement_version", "agreement_hash",
    ])
      + plan.pipeline.openLeads.map { lead in
        DelimitedRow.line(
          [
            lead.id, agreement.path[lead.stage].id, lead.ageInDays.map(String.init) ?? "",
            Format.fixed(lead.chance, decimals: 4),
          ] + tail
        )
      }.joined()
  }
}
