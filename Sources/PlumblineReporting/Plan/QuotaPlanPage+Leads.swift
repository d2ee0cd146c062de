import PlumblineCore

extension QuotaPlanPage {
  private var openLeads: [OpenLead] {
    let leads = words.plan.pipeline.openLeads
    return openStage.map { stage in leads.filter { $0.stage == stage } } ?? leads
  }

  /// The open leads behind the plan, the likeliest to be won in time first.
  ///
  /// - Parameters:
  ///   - range: Their places in the list.
  ///   - address: Where a lead is shown, by its id.
  /// - Returns: A table; no leads where the plan does not name them.
  public func openLeads(_ range: Range<Int>, leadAt address: (String) -> String) -> Markup {
    let leads = openLeads
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
  public var openLeadCount: Int { openLeads.count }

  /// Some of them as JSON, with the columns of `openLeadsCSV`.
  ///
  /// - Parameter window: Which of them.
  /// - Returns: The JSON, ending in a line break.
  /// - Throws: `EncodingError` for a number that is not finite.
  public func openLeadsJSON(_ window: ListWindow) throws -> String {
    let (agreement, leads) = (words.agreement, openLeads)
    return try JSONText.text(
      OpenLeadsWire(
        agreement: AgreementWire(agreement),
        asOf: Format.iso8601(words.provenance.asOf, agreement.calendar),
        deadline: words.plan.question.deadline.description,
        total: leads.count,
        offset: window.offset,
        limit: window.limit,
        next: window.next(of: leads.count),
        leads: leads[window.range(of: leads.count)].map { lead in
          OpenLeadsWire.Lead(
            leadId: lead.id,
            furthestStage: agreement.path[lead.stage].id,
            ageInDays: lead.ageInDays,
            chance: Rounded.share(lead.chance) ?? 0
          )
        }
      )
    )
  }

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
      + openLeads.map { lead in
        DelimitedRow.line(
          [
            lead.id, agreement.path[lead.stage].id, lead.ageInDays.map(String.init) ?? "",
            Format.fixed(lead.chance, decimals: 4),
          ] + tail
        )
      }.joined()
  }
}

private struct OpenLeadsWire: Codable, Hashable, Sendable {
  struct Lead: Codable, Hashable, Sendable {
    let leadId: String
    let furthestStage: String
    @OrNull var ageInDays: Int?
    let chance: Double
  }

  var format = JSONText.format
  var kind = "open_leads"
  let agreement: AgreementWire
  let asOf: String
  let deadline: String
  let total: Int
  let offset: Int
  let limit: Int
  @OrNull var next: String?
  let leads: [Lead]
}
