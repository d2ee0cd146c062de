import PlumblineCore

extension QuotaPlanPage {
  /// The open leads behind the plan, the likeliest to be won in time first.
  ///
  /// - Parameters:
  ///   - most: How many are listed.
  ///   - address: Where a lead is shown, by its id.
  /// - Returns: A table; no leads where the plan does not name them.
  public func openLeads(atMost most: Int, leadAt address: (String) -> String) -> Markup {
    let leads = words.plan.pipeline.openLeads
    let all = Format.count(leads.count, "open lead")
    var table = MarkupTable(
      "plan-leads",
      caption: leads.count > most ? "The first \(Format.count(most)) of \(all)" : all,
      [
        .text("Lead"), .text("Furthest stage"), .number("Days old"),
        .number("Chance by \(words.plan.question.deadline)"),
      ]
    )
    for lead in leads.prefix(most) {
      table.add([
        .element("a", ["href": address(lead.id)], lead.id),
        .text(words.stages.label(lead.stage)),
        .text(lead.ageInDays.map { Format.count($0) } ?? Format.absent),
        .text(Format.percent(lead.chance)),
      ])
    }
    return table.markup
  }
}
