import PlumblineStatistics

extension ExampleCompany {
  /// An event that an export leaves out because it has not happened yet.
  static func hasHappened(_ instant: Instant) -> Bool { instant <= exportedAt }

  /// `contacts.csv`: one line a lead; local times without offset, Meta under an older name at
  /// first, some leads without source or owner.
  func contactsFile(_ leads: [SimulatedLead]) -> ExampleFile {
    var dice = draws(ofStream: 1)
    var text = DelimitedText()
    text.row([
      "Record ID", "Email", "Create Date", "Original Source", "Original Source Drill-Down 1",
      "Segment", "Contact owner", "Lifecycle Stage",
    ])
    for lead in leads {
      let isSourceKnown = !dice.chance(Rates.channelMissing)
      let isOwnerKnown = !dice.chance(Rates.ownerMissing)
      text.row([
        "\(lead.id)", "lead-\(lead.id)@example.com", Self.clock.text(lead.episodes[0].began),
        isSourceKnown ? sourceLabel(of: lead) : "", isSourceKnown ? lead.campaign ?? "" : "",
        Self.segments[lead.segment].name, isOwnerKnown ? Self.reps[lead.rep] : "",
        lifecycleStage(of: lead),
      ])
    }
    return ExampleFile(name: "contacts.csv", bytes: text.bytes)
  }

  /// The channel's name in the CRM: whoever set up the forms wrote `fb`, and somebody mended that
  /// on the first of November.
  private func sourceLabel(of lead: SimulatedLead) -> String {
    let mendedOn = 20_393  // 2025-11-01
    let isOld = Self.clock.local(lead.episodes[0].began).day.dayNumber < mendedOn
    return lead.channel == Self.leakingChannel && isOld ? "fb" : Self.channels[lead.channel].name
  }

  private func lifecycleStage(of lead: SimulatedLead) -> String {
    let seen = lead.episodes.filter { Self.hasHappened($0.began) }
    guard let episode = seen.last else { return StageLabel.lead }
    if let deal = episode.deal, Self.hasHappened(deal.created) {
      return deal.isWon && Self.hasHappened(deal.closed) ? "Customer" : "Opportunity"
    }
    let events = stageLines(of: episode, isReturn: true).filter { Self.hasHappened($0.at) }
    return events.last?.stage ?? StageLabel.lead
  }

  /// What the CRM calls its stages.
  private enum StageLabel {
    static let lead = "Lead"
    static let marketingQualified = "Marketing Qualified Lead"
    static let salesQualified = "Sales Qualified Lead"
  }

  private struct StageLine {
    var stage: String
    var at: Instant
    var reason: String
  }

  private func stageLines(of episode: SimulatedEpisode, isReturn: Bool) -> [StageLine] {
    var lines: [StageLine] = []
    if isReturn {
      lines.append(StageLine(stage: StageLabel.lead, at: episode.began, reason: "Came back"))
    }
    if let at = episode.marketingQualified {
      lines.append(StageLine(stage: StageLabel.marketingQualified, at: at, reason: ""))
    }
    if let at = episode.salesQualified {
      lines.append(StageLine(stage: StageLabel.salesQualified, at: at, reason: ""))
    }
    if let exit = episode.exit {
      lines.append(StageLine(stage: exit.detour.rawValue, at: exit.at, reason: exit.reason))
    }
    return lines
  }

  /// `stage_history.csv`: a line each time a stage was set; a few lines appear twice.
  func stageHistoryFile(_ leads: [SimulatedLead]) -> ExampleFile {
    var dice = draws(ofStream: 2)
    var text = DelimitedText()
    text.row(["Record ID", "Stage", "Date entered", "Reason"])
    let lines = leads.flatMap { lead in
      lead.episodes.enumerated().flatMap { position, episode in
        stageLines(of: episode, isReturn: position > 0).map { (lead.id, $0) }
      }
    }.filter { Self.hasHappened($1.at) }
    for (id, line) in lines.sorted(by: { ($0.1.at, $0.0) < ($1.1.at, $1.0) }) {
      let row = ["\(id)", line.stage, Self.clock.text(line.at), line.reason]
      text.row(row)
      if dice.chance(Rates.lineRepeated) { text.row(row) }
    }
    return ExampleFile(name: "stage_history.csv", bytes: text.bytes)
  }

  /// `meetings.csv`: one line a meeting, German dates; no outcome where the meeting is still to
  /// come or nobody recorded it.
  func meetingsFile(_ leads: [SimulatedLead]) -> ExampleFile {
    var dice = draws(ofStream: 3)
    var text = DelimitedText()
    text.row(["Meeting ID", "Associated Contact IDs", "Booked", "Start Time", "Outcome", "Owner"])
    let meetings = leads.flatMap { lead in
      lead.episodes.compactMap(\.meeting).map { (lead, $0) }
    }.filter { Self.hasHappened($1.booked) }
    let sorted = meetings.sorted { ($0.1.booked, $0.0.id) < ($1.1.booked, $1.0.id) }
    for (position, (lead, meeting)) in sorted.enumerated() {
      let isOver = Self.hasHappened(meeting.starts.advanced(bySeconds: 1800))
      let isRecorded = !dice.chance(Rates.outcomeMissing)
      text.row([
        "\(700_001 + position)", "\(lead.id)", Self.clock.germanText(meeting.booked),
        Self.clock.germanText(meeting.starts),
        isOver && isRecorded ? meeting.outcome.rawValue : "", Self.reps[lead.rep],
      ])
    }
    return ExampleFile(name: "meetings.csv", bytes: text.bytes)
  }

  /// `deals.csv`: one line a deal; a few name no contact.
  func dealsFile(_ leads: [SimulatedLead]) -> ExampleFile {
    var dice = draws(ofStream: 4)
    var text = DelimitedText()
    text.row([
      "Deal ID", "Deal Name", "Deal Stage", "Amount", "Currency", "Create Date", "Close Date",
      "Closed Lost Reason", "Deal owner", "Associated Contact IDs",
    ])
    let deals = leads.flatMap { lead in
      lead.episodes.compactMap(\.deal).map { (lead, $0) }
    }.filter { Self.hasHappened($1.created) }
    let sorted = deals.sorted { ($0.1.created, $0.0.id) < ($1.1.created, $1.0.id) }
    for (position, (lead, deal)) in sorted.enumerated() {
      let isClosed = Self.hasHappened(deal.closed)
      let isContactKnown = !dice.chance(Rates.contactMissing)
      text.row([
        "\(900_001 + position)", "\(Self.segments[lead.segment].name) plan, yearly",
        isClosed ? (deal.isWon ? "Won" : "Lost") : "Open", Self.amount(deal.amount), Self.currency,
        Self.clock.text(deal.created), isClosed ? Self.clock.text(deal.closed) : "",
        isClosed ? deal.lostReason ?? "" : "", Self.reps[lead.rep],
        isContactKnown ? "\(lead.id)" : "",
      ])
    }
    return ExampleFile(name: "deals.csv", bytes: text.bytes)
  }

  /// Cents as `1234.56`, or as `1,234.56`.
  static func amount(_ cents: Int64, thousands: String = "") -> String {
    let fraction = cents % 100
    return "\(grouped(cents / 100, thousands)).\(fraction < 10 ? "0" : "")\(fraction)"
  }

  /// A whole number with a separator after each three digits.
  static func grouped(_ number: Int64, _ separator: String) -> String {
    if number < 1000 || separator.isEmpty { return "\(number)" }
    let rest = "\(number % 1000)"
    let zeros = String(repeating: "0", count: 3 - rest.count)
    return "\(grouped(number / 1000, separator))\(separator)\(zeros)\(rest)"
  }
}
