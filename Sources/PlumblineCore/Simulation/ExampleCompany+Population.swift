import PlumblineStatistics

extension ExampleCompany {
  /// All leads in the order in which they came in, with their whole future.
  ///
  /// - Complexity: O(leads log leads).
  public func population() -> [SimulatedLead] {
    var dice = draws(ofStream: 0)
    let days = Self.firstDay.dayNumber...Self.lastDay.dayNumber
    var arrivals: [Instant] = []
    while arrivals.count < Self.leadCount {
      // By rejection: a busy day is kept more often.
      let day = CivilDate(dayNumber: days.lowerBound + dice.integer(below: days.count))
      guard dice.chance(Self.weight(of: day) / Self.greatestWeight) else { continue }
      let arrival = Self.clock.instant(of: day, minute: Self.minuteOfArrival(using: &dice))
      if arrival < Self.exportedAt { arrivals.append(arrival) }
    }
    arrivals.sort()
    return arrivals.enumerated().map { position, arrival in
      lead(id: 100_001 + position, arriving: arrival, using: &dice)
    }
  }

  private static func minuteOfArrival(using dice: inout SeededGenerator) -> Int {
    // Night, early morning, morning, midday, afternoon, evening.
    let spans = [0..<360, 360..<540, 540..<720, 720..<840, 840..<1080, 1080..<1440]
    let span = spans[dice.choice(weights: [0.06, 0.12, 0.26, 0.14, 0.26, 0.16])]
    return span.lowerBound + dice.integer(below: span.count)
  }

  private func lead(
    id: Int,
    arriving arrival: Instant,
    using dice: inout SeededGenerator
  ) -> SimulatedLead {
    let channel = dice.choice(weights: Self.channels.map(\.leadShare))
    let segment = dice.choice(weights: Self.segments.map(\.leadShare))
    var lead = SimulatedLead(
      id: id,
      channel: channel,
      campaign: nil,
      segment: segment,
      rep: dice.integer(below: Self.reps.count),
      episodes: []
    )
    let day = Self.clock.local(arrival).day
    let campaigns = Self.channels[channel].campaigns.filter { !Self.isPaused($0, on: day) }
    if !campaigns.isEmpty {
      lead.campaign = campaigns[dice.choice(weights: campaigns.map(\.share))].name
    }
    var begin: Instant? = arrival
    while let began = begin {
      var story = EpisodeStory(
        began: began,
        channel: Self.channels[channel],
        segment: Self.segments[segment],
        dice: dice
      )
      lead.episodes.append(story.tell())
      begin = story.comeback()
      dice = story.dice
    }
    return lead
  }
}
