public import PlumblineCore

/// The leads behind a number, a page at a time, and as lines for a spreadsheet.
public struct RecordSections: Sendable {
  /// A lead of the list.
  public struct Entry: Hashable, Sendable {
    /// Its id as the source writes it.
    public var id: String
    /// What became of it, as JSON says it; empty where the number says all.
    public var outcome: String
    /// What became of it in words.
    public var outcomeLabel: String
    /// Whether sales did as agreed, as JSON says it; empty where the number says all.
    public var followUp: String
    /// The day of what the number counts, where it counts something of the lead's.
    public var day: CivilDate?
    /// The amount of what the number counts, in minor units of the agreement's currency.
    public var amount: Int64?

    /// A lead.
    ///
    /// - Parameters:
    ///   - id: Its id.
    ///   - outcome: What became of it, as JSON says it.
    ///   - label: The same in words, where they are others.
    ///   - followUp: Whether sales did as agreed, as JSON says it.
    ///   - day: The day of what the number counts.
    ///   - amount: Its amount, in minor units of the agreement's currency.
    public init(
      id: String,
      outcome: String = "",
      labelled label: String? = nil,
      followUp: String = "",
      day: CivilDate? = nil,
      amount: Int64? = nil
    ) {
      self.id = id
      self.outcome = outcome
      outcomeLabel = label ?? outcome.replacing("_", with: " ")
      self.followUp = followUp
      self.day = day
      self.amount = amount
    }
  }

  /// How many leads there are and what they have in common, as a sentence.
  public let headline: String
  /// Which leads were asked for, and how the list goes with the number, in sentences.
  public let scope: String

  private let number: String
  private let entries: [Entry]
  private let provenance: Provenance
  /// Tells what a line says of a lead; nil for a list of deals.
  private let summaries: LeadSummaries?
  /// What happened on the days of entries; nil where they have none.
  private var dayTitle: String?

  /// A list of leads, or of deals.
  ///
  /// - Parameters:
  ///   - ids: Their ids.
  ///   - number: The number that they are behind, in a word for programs.
  ///   - headline: How many there are and what they have in common.
  ///   - scope: Which were asked for.
  ///   - provenance: What the number rests on.
  ///   - summaries: Tells of leads what their line says; nil for deals.
  init(
    _ ids: [String],
    behind number: String,
    headline: String,
    scope: String,
    provenance: Provenance,
    summaries: LeadSummaries?
  ) {
    self.init(
      ids.map { Entry(id: $0) },
      behind: number,
      headline: headline,
      scope: scope,
      provenance: provenance,
      summaries: summaries
    )
  }

  /// The same with what became of each, and what happened on their days.
  init(
    _ entries: [Entry],
    behind number: String,
    headline: String,
    scope: String,
    provenance: Provenance,
    summaries: LeadSummaries?,
    dayTitle: String? = nil
  ) {
    self.dayTitle = dayTitle
    self.number = number
    self.headline = headline
    self.scope = scope
    self.provenance = provenance
    self.summaries = summaries
    self.entries = entries
  }

  /// The leads behind a number of a funnel.
  ///
  /// - Parameters:
  ///   - ids: The ids of the leads, sorted.
  ///   - number: The number that they are behind, such as `open:sql`.
  ///   - answer: The funnel whose number it is.
  ///   - agreement: The agreement under which it was made.
  ///   - summaries: Tells of leads what their line says.
  public init(
    _ ids: [String],
    behind number: String,
    of answer: FunnelAnswer,
    under agreement: Agreement,
    _ summaries: LeadSummaries
  ) {
    self.number = number
    self.summaries = summaries
    entries = ids.map { Entry(id: $0) }
    provenance = Provenance(
      agreement: agreement,
      asOf: answer.asOf,
      question: answer.question,
      horizons: []
    )
    let words = RecordWords(agreement)
    headline =
      "\(Format.count(ids.count, "lead")) that \(words.clause(number, ids.count))"
    let passes = words.count(number, in: answer.total) ?? ids.count
    scope = provenance.scopeText + RecordWords.returns(of: ids.count, countedAs: passes)
  }

  /// The leads that entered a stage in a week.
  ///
  /// - Parameters:
  ///   - ids: The ids of the leads, sorted.
  ///   - entries: The stage and the week.
  ///   - question: The question whose passes they are.
  ///   - asOf: The instant up to which facts count.
  ///   - agreement: The agreement under which they were counted.
  ///   - summaries: Tells of leads what their line says.
  public init(
    _ ids: [String],
    entered entries: WeekEntries,
    of question: FunnelQuestion,
    asOf: Instant,
    under agreement: Agreement,
    _ summaries: LeadSummaries
  ) {
    let provenance = Provenance(
      agreement: agreement,
      asOf: asOf,
      question: question,
      horizons: []
    )
    let stage = StageWords(agreement).label(entries.stage)
    let filter = provenance.filterText.map { ", where \($0)" } ?? ""
    self.init(
      ids,
      behind: "entered:\(entries.text)",
      headline: "\(Format.count(ids.count, "lead")) that entered “\(stage)” in the week of "
        + "\(entries.week)",
      scope: "Each lead once\(filter), \(provenance.asOfText).",
      provenance: provenance,
      summaries: summaries
    )
  }

  /// The leads behind a channel, a rep or a pair of them that was judged, behind the others, or
  /// behind the whole verdict.
  ///
  /// - Parameters:
  ///   - leads: The leads.
  ///   - unit: The id of what was judged, such as `channel/Meta/direct`; see `JudgedGroup.id`.
  ///   - diagnosis: The diagnosis that judged it.
  ///   - agreement: The agreement under which it was made.
  ///   - summaries: Tells of leads what their line says.
  public init(
    _ leads: [Entry],
    judgedAs unit: String,
    in diagnosis: Diagnosis,
    under agreement: Agreement,
    _ summaries: LeadSummaries
  ) {
    number = unit
    self.summaries = summaries
    entries = leads
    let words = DiagnosisWords(diagnosis, agreement)
    provenance = words.provenance
    let verdict = diagnosis.verdict
    let group = JudgedGroup(id: unit, in: verdict) ?? .everybody
    var judged =
      "Handed to sales and old enough to judge; won within "
      + "\(Format.days(words.model.withinDays)) first."
    switch group {
    case .everybody:
      headline = "\(Format.count(leads.count, "lead")) behind the verdict"
      judged += " \(Format.shareWithBase(verdict.wins, of: verdict.leads)) won."
    case .unit(let unit):
      headline =
        "\(Format.count(leads.count, "lead")) behind what is said of \(words.model.name(unit))"
      if let evidence = verdict.evidence(of: unit) {
        judged += " \(words.model.counted(evidence).capitalizedFirst)."
      }
    case .followedUp(let isMet):
      headline =
        "\(Format.count(leads.count, "lead")) \(isMet ? "" : "not ")followed up as agreed"
    case .leftOut(let standing):
      headline = "\(Format.count(leads.count, "lead")) left out: \(standing.words)"
      judged = "Handed to sales and not judged."
    case .others(let unit):
      headline =
        "\(Format.count(leads.count, "other lead")), held against \(words.model.name(unit))"
    }
    scope = "\(provenance.scopeText) \(judged)"
  }

  /// What the list rests on, and what made the page.
  ///
  /// - Parameter program: What made the page, such as a program and its version.
  /// - Returns: The foot of the page.
  public func footer(generatedBy program: String) -> Markup {
    HTMLPage.footer(provenance.footer, under: provenance.agreement, generatedBy: program)
  }

  /// How many there are.
  public var count: Int { entries.count }

  /// Their ids, a line each.
  var idLines: String { entries.map { $0.id + "\n" }.joined() }

  /// Some of the leads, each a link to its page, with where it came from and where it stands.
  ///
  /// - Parameters:
  ///   - range: Their places in the list.
  ///   - address: Where a lead's page is.
  /// - Returns: The list.
  public func list(_ range: Range<Int>, _ address: (String) -> String) -> Markup {
    let shown = entries[range.clamped(to: entries.indices)]
    guard !shown.isEmpty else { return .element("p", [:], "There are none.") }
    guard let summaries else {
      return .element(
        "ol",
        ["class": "records", "start": String(range.lowerBound + 1)],
        [.lines(shown.map { .element("li", [:], $0.id) })]
      )
    }
    let isJudged = shown.contains { !$0.outcome.isEmpty }
    let isFollowedUp = shown.contains { !$0.followUp.isEmpty }
    let hasAmounts = entries.contains { $0.amount != nil }
    let currency = provenance.agreement.currency
    var table = MarkupTable(
      "records-table",
      caption: isJudged ? "Leads with what became of them" : "Leads with where they stand",
      [
        .text("Lead"), .text("Channel"), .text("Segment"), .text("Stage now"), .text("Owner"),
        .text("Created"),
      ] + (isJudged ? [.text("Outcome")] : []) + (isFollowedUp ? [.text("Follow-up")] : [])
        + (dayTitle.map { [.text($0)] } ?? [])
        + (hasAmounts ? [.number("Amount, \(currency)")] : [])
    )
    for (entry, lead) in zip(shown, summaries.of(shown.map(\.id))) {
      let known = [
        lead.channel, lead.segment, label(lead.standing), lead.owner, day(lead.created),
      ].map { Markup.text($0.isEmpty ? Format.absent : $0) }
      let judged =
        (isJudged ? [entry.outcomeLabel] : [])
        + (isFollowedUp ? [entry.followUp.replacing("_", with: " ")] : [])
        + (dayTitle == nil ? [] : [entry.day?.description ?? Format.absent])
        + (hasAmounts
          ? [entry.amount.map { Format.exactAmount($0, currency) } ?? Format.absent] : [])
      table.add(
        [.element("a", ["href": address(entry.id)], entry.id)] + known
          + judged.map { .text($0) }
      )
    }
    return table.markup
  }

  /// A standing in the reader's words.
  private func label(_ standing: LeadSummary.Standing?) -> String {
    name(standing).map(StageWords(provenance.agreement).label) ?? ""
  }

  /// The id of the stage or detour of a standing.
  private func name(_ standing: LeadSummary.Standing?) -> String? {
    let agreement = provenance.agreement
    switch standing {
    case .onPath(let stage): return agreement.path[stage].id
    case .left(let detour): return agreement.detours[detour].id
    case nil: return nil
    }
  }

  /// The day of a time on the agreement's clock; empty where nobody knows it.
  private func day(_ time: TimePoint) -> String {
    time.isPresent && time.isDated
      ? provenance.agreement.calendar.day(of: time.instant).description : ""
  }

  /// Some of them as JSON, with the columns of `csv`.
  ///
  /// - Parameter window: Which of them.
  /// - Returns: The JSON, ending in a line break.
  /// - Throws: `EncodingError`; texts and whole numbers give no cause for it.
  public func json(_ window: ListWindow) throws -> String {
    let shown = entries[window.range(of: count)]
    return try JSONText.text(
      RecordsWire(
        "records",
        behind: number,
        provenance,
        count: count,
        window,
        summaries.map { summaries in
          zip(shown, summaries.of(shown.map(\.id))).map { record(of: $0, $1) }
        } ?? shown.map { RecordWire(dealId: $0.id) }
      )
    )
  }

  private func record(of entry: Entry, _ lead: LeadSummary) -> RecordWire {
    RecordWire(
      leadId: entry.id,
      channel: lead.channel.orNil,
      segment: lead.segment.orNil,
      stage: name(lead.standing),
      owner: lead.owner.orNil,
      created: day(lead.created).orNil,
      outcome: entry.outcome.orNil,
      followUp: entry.followUp.orNil,
      day: entry.day?.description,
      amount: Rounded.amount(entry.amount.map(Double.init), provenance.agreement.currency)
    )
  }

  /// All of them as comma-separated values, each with what the list rests on.
  public var csv: String {
    let agreement = provenance.agreement
    let tail = [
      Format.iso8601(provenance.asOf, agreement.calendar), agreement.version, agreement.hash,
    ]
    let basis = ["as_of", "agreement_version", "agreement_hash"]
    guard let summaries else {
      return DelimitedRow.line(["deal_id", "number"] + basis)
        + entries.map { DelimitedRow.line([$0.id, number] + tail) }.joined()
    }
    let names = [
      "lead_id", "number", "channel", "segment", "stage", "owner", "created", "outcome",
      "follow_up", "day", "amount",
    ]
    return DelimitedRow.line(names + basis)
      + zip(entries, summaries.of(entries.map(\.id))).map { entry, lead in
        DelimitedRow.line(
          [
            entry.id, number, lead.channel, lead.segment, name(lead.standing) ?? "", lead.owner,
            day(lead.created), entry.outcome, entry.followUp, entry.day?.description ?? "",
            Rounded.amountText(entry.amount, agreement.currency),
          ] + tail
        )
      }.joined()
  }
}
