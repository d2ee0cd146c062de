import PlumblineStatistics

extension ExampleCompany {
  private struct Activity {
    var lead: SimulatedLead
    var kind: String
    var at: Instant
    var subject: String
    var outcome: String
    var isAutomated: Bool
  }

  /// `calls_and_mails.csv`: what reps did, and among it the mails of a workflow that no rep wrote.
  func callsAndMailsFile(_ leads: [SimulatedLead]) -> ExampleFile {
    var dice = draws(ofStream: 5)
    var text = DelimitedText()
    text.row([
      "Activity ID", "Activity Type", "Activity Date", "Subject", "Call Outcome", "Created By",
      "Activity Owner", "Associated Contact IDs",
    ])
    let all = leads.flatMap { lead in
      lead.episodes.flatMap { activities(of: lead, in: $0, using: &dice) }
    }
    let sorted = all.filter { Self.hasHappened($0.at) }.sorted {
      ($0.at, $0.lead.id) < ($1.at, $1.lead.id)
    }
    for (position, activity) in sorted.enumerated() {
      text.row([
        "\(300_001 + position)", activity.kind, Self.clock.text(activity.at), activity.subject,
        activity.outcome, activity.isAutomated ? "Workflow" : "CRM user",
        activity.isAutomated ? "" : Self.reps[activity.lead.rep], "\(activity.lead.id)",
      ])
    }
    return ExampleFile(name: "calls_and_mails.csv", bytes: text.bytes)
  }

  private func activities(
    of lead: SimulatedLead,
    in episode: SimulatedEpisode,
    using dice: inout SeededGenerator
  ) -> [Activity] {
    var activities = [
      Activity(
        lead: lead,
        kind: "Email",
        at: episode.began.advanced(bySeconds: 60),
        subject: "Welcome",
        outcome: "",
        isAutomated: true
      )
    ]
    if let first = episode.firstTouch {
      let end = episode.salesQualified ?? episode.exit?.at
      activities += attempts(of: lead, from: first, until: end, using: &dice)
    }
    if let deal = episode.deal {
      var at = deal.created
      for _ in 0..<dice.integer(below: 5) {
        at = nextWorkday(after: at, using: &dice)
        guard at < deal.closed else { break }
        let subject = dice.chance(0.3) ? "Offer, \"final\" terms" : "Offer, next steps"
        activities.append(human(lead, at, subject, using: &dice))
      }
    }
    return activities
  }

  /// One to six attempts to reach a lead, a working day or more apart.
  private func attempts(
    of lead: SimulatedLead,
    from first: Instant,
    until end: Instant?,
    using dice: inout SeededGenerator
  ) -> [Activity] {
    var attempts: [Activity] = []
    var at = first
    for attempt in 1...(1 + dice.integer(below: 6)) {
      if attempt > 1, let end, at >= end { break }
      attempts.append(human(lead, at, "Your request", using: &dice))
      at = nextWorkday(after: at, using: &dice)
    }
    return attempts
  }

  private func nextWorkday(after instant: Instant, using dice: inout SeededGenerator) -> Instant {
    let later = instant.advanced(bySeconds: 86_400 + Int64(dice.integer(below: 2880)) * 60)
    return Self.clock.working(from: later, using: &dice)
  }

  private func human(
    _ lead: SimulatedLead,
    _ at: Instant,
    _ subject: String,
    using dice: inout SeededGenerator
  ) -> Activity {
    let isCall = dice.chance(0.6)
    let outcomes = ["No answer", "Connected", "Left voicemail"]
    let outcome = isCall ? outcomes[dice.choice(weights: [0.5, 0.35, 0.15])] : ""
    return Activity(
      lead: lead,
      kind: isCall ? "Call" : "Email",
      at: at,
      subject: subject,
      outcome: outcome,
      isAutomated: false
    )
  }
}
