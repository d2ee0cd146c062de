import PlumblineCore
import PlumblineStatistics
import PlumblineTestSupport

/// The example company as facts, straight from its story.
struct ExampleFacts {
  var facts = FactBuilder()
  var agreement = Self.agreed
  private let leads = ExampleCompany().population()

  /// What the example company's two teams agreed, as values.
  private static let agreed = Agreement(
    company: "Example company",
    version: "2025-H2",
    effective: CivilDate(dayNumber: 20_270),
    currency: ExampleCompany.currency,
    calendar: LocalCalendar(zoneName: ExampleCompany.zoneName) ?? .utc,
    path: [
      Stage(id: "lead", owner: .marketing), Stage(id: "mql", owner: .marketing),
      Stage(id: "sql", owner: .sales), Stage(id: "meeting_booked", owner: .sales),
      Stage(id: "meeting_held", owner: .sales), Stage(id: "opportunity", owner: .sales),
      Stage(id: "won", owner: .sales),
    ],
    economics: Economics(grossMargin: 0.78, horizonInMonths: 24, repMonthCost: 950_000),
    horizonsInDays: ["opportunity-won": 91, "meeting_held-won": 91],
    workingTime: WorkingTime(
      weekdays: Set(0...4),
      shifts: [WorkingTime.Shift(startMinute: 540, endMinute: 1050)]
    ),
    salesSLA: SalesSLA(
      firstTouch: SalesSLA.FirstTouch(
        usual: SalesSLA.Span(seconds: 8 * 3600, isWorkingTime: true)
      )
    ),
    agreedHandOff: "mql",
    routing: .regardless,
    hash: "5e1fc0ffee0123456789abcdef0123456789abcdef0123456789abcdef012345"
  )

  init() {
    for lead in leads { add(lead) }
  }

  private static func hasHappened(_ instant: Instant) -> Bool {
    instant <= ExampleCompany.exportedAt
  }

  private static func time(_ instant: Instant) -> FactBuilder.FieldValue {
    .time(TimePoint(instant))
  }

  private mutating func add(_ lead: SimulatedLead) {
    let (id, rep) = ("\(lead.id)", ExampleCompany.reps[lead.rep])
    facts.add(
      .lead,
      [
        "id": .text(id), "created": Self.time(lead.episodes[0].began), "owner": .text(rep),
        "channel": .text(ExampleCompany.channels[lead.channel].name),
        "segment": .text(ExampleCompany.segments[lead.segment].name),
      ]
    )
    for (number, episode) in lead.episodes.enumerated() {
      if number > 0 { stage(id, "lead", episode.began, "Came back") }
      stage(id, "mql", episode.marketingQualified)
      stage(id, "sql", episode.salesQualified)
      stage(
        id,
        episode.exit?.detour.rawValue.lowercased() ?? "",
        episode.exit?.at,
        episode.exit?.reason
      )
      if let at = episode.firstTouch {
        call("a\(id)-\(number)", id, at, rep)
        // Six in seven are called again two days later.
        if lead.id % 7 > 0 { call("b\(id)-\(number)", id, at.advanced(bySeconds: 172_800), rep) }
      }
      meeting("m\(id)-\(number)", id, episode.meeting)
      deal("d\(id)-\(number)", id, episode.deal)
    }
  }

  private mutating func call(_ id: String, _ lead: String, _ at: Instant, _ rep: String) {
    guard Self.hasHappened(at) else { return }
    facts.add(
      .activity,
      [
        "id": .text(id), "lead": .text(lead), "kind": .text("Call"), "at": Self.time(at),
        "owner": .text(rep), "automated": .number(0),
      ]
    )
  }

  private mutating func stage(
    _ id: String,
    _ stage: String,
    _ at: Instant?,
    _ reason: String? = nil
  ) {
    guard let at, Self.hasHappened(at) else { return }
    facts.add(
      .stageEvent,
      [
        "lead": .text(id), "stage": .text(stage), "at": Self.time(at),
        "reason": .text(reason ?? ""),
      ]
    )
  }

  private mutating func meeting(_ id: String, _ lead: String, _ meeting: SimulatedEpisode.Meeting?)
  {
    guard let meeting, Self.hasHappened(meeting.booked) else { return }
    let outcomes: [SimulatedEpisode.Meeting.Outcome: String] = [
      .held: "held", .noShow: "no_show", .cancelled: "cancelled",
    ]
    let isOver = Self.hasHappened(meeting.starts.advanced(bySeconds: 1800))
    facts.add(
      .meeting,
      [
        "id": .text(id), "lead": .text(lead), "booked": Self.time(meeting.booked),
        "starts": Self.time(meeting.starts),
        "outcome": .text(isOver ? outcomes[meeting.outcome] ?? "" : ""),
      ]
    )
  }

  private mutating func deal(_ id: String, _ lead: String, _ deal: SimulatedEpisode.Deal?) {
    guard let deal, Self.hasHappened(deal.created) else { return }
    let isClosed = Self.hasHappened(deal.closed)
    facts.add(
      .deal,
      [
        "id": .text(id), "lead": .text(lead), "created": Self.time(deal.created),
        "closed": isClosed ? Self.time(deal.closed) : .time(.missing),
        "outcome": .text(isClosed ? (deal.isWon ? "won" : "lost") : "open"),
        "amount": .number(deal.amount), "currency": .text(ExampleCompany.currency),
        "reason": .text(isClosed ? deal.lostReason ?? "" : ""),
      ]
    )
  }

  /// Adds what marketing promised and believed of each lead, and what sales said of it.
  mutating func addWordsOfBothSides() {
    agreement.marketingSLA = MarketingSLA(
      qualifiedLeads: MarketingSLA.Volume(count: 250, period: .month),
      shareInIdealCustomer: 0.7,
      shareWithFactors: 0.8
    )
    agreement.salesSLA?.attempts = SalesSLA.Attempts(count: 2, withinDays: 10)
    agreement.salesSLA?.disposition = SalesSLA.Span(seconds: 5 * 8 * 3600, isWorkingTime: true)
    agreement.path[1].staleAfterDays = 21
    agreement.path[2].staleAfterDays = 30
    agreement.idealCustomer = [
      AttributeCriterion(name: "employees", match: .range(50, 1000))
    ]
    var dice = SeededGenerator(seed: 11)
    for lead in leads {
      let id = "\(lead.id)"
      attribute(
        id,
        "employees",
        nil,
        ["20", "120", "400", "700", ""][Int.random(in: 0..<5, using: &dice)]
      )
      for factor in QualifyingFactor.usual {
        let believed = ["yes", "yes", "yes", "yes", "no", ""][Int.random(in: 0..<6, using: &dice)]
        attribute(id, factor.id, "marketing", believed)
        let found = [believed, believed, believed, "no", ""][Int.random(in: 0..<5, using: &dice)]
        attribute(id, factor.id, "sales", found)
      }
      for episode in lead.episodes {
        guard let touched = episode.firstTouch, Int.random(in: 0..<4, using: &dice) > 0 else {
          continue
        }
        let said =
          episode.salesQualified != nil
          ? "accepted" : ["not_now", "no_fit", "no_budget"][Int.random(in: 0..<3, using: &dice)]
        let at = touched.advanced(bySeconds: Int64.random(in: 3600..<400_000, using: &dice))
        guard Self.hasHappened(at) else { continue }
        facts.add(
          .disposition,
          [
            "lead": .text(id), "at": Self.time(at), "reason": .text(said),
            "owner": .text(ExampleCompany.reps[lead.rep]),
          ]
        )
      }
    }
  }

  private mutating func attribute(_ id: String, _ name: String, _ by: String?, _ value: String) {
    guard !value.isEmpty else { return }
    facts.add(
      .attribute,
      [
        "lead": .text(id), "name": .text(name), "by": .text(by ?? ""), "value": .text(value),
      ]
    )
  }
}
