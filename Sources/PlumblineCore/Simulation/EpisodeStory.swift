import PlumblineStatistics

/// Draws one episode, stage by stage.
struct EpisodeStory {
  var episode: SimulatedEpisode
  var dice: SeededGenerator
  let channel: ExampleCompany.Channel
  let segment: ExampleCompany.Segment

  init(
    began: Instant,
    channel: ExampleCompany.Channel,
    segment: ExampleCompany.Segment,
    dice: SeededGenerator
  ) {
    episode = SimulatedEpisode(began: began)
    self.channel = channel
    self.segment = segment
    self.dice = dice
  }

  mutating func tell() -> SimulatedEpisode {
    guard dice.chance(ExampleCompany.Rates.marketingQualified) else {
      leave(
        after: episode.began,
        medianDays: 5,
        recycled: 0,
        disqualified: 0.35,
        recycledFor: [],
        disqualifiedFor: ["Student", "Competitor", "Not a company"]
      )
      return episode
    }
    let qualified = later(than: episode.began, medianDays: 2, spread: 0.9)
    let touched = workingTime(later(than: qualified, medianDays: 0.16, spread: 0.9))
    episode.marketingQualified = qualified
    episode.firstTouch = touched
    guard dice.chance(ExampleCompany.Rates.salesQualified) else {
      leave(
        after: touched,
        medianDays: 8,
        recycled: 0.5,
        disqualified: 0.4,
        recycledFor: ["Bad timing", "No answer", "No budget"],
        disqualifiedFor: ["Too small", "Wrong industry", "No need"]
      )
      return episode
    }
    let accepted = workingTime(later(than: touched, medianDays: 2.5, spread: 0.7))
    episode.salesQualified = accepted
    guard dice.chance(ExampleCompany.Rates.meetingBooked) else {
      leave(
        after: accepted,
        medianDays: 12,
        recycled: 0.6,
        disqualified: 0.25,
        recycledFor: ["No answer", "Bad timing"],
        disqualifiedFor: ["No authority", "No need"]
      )
      return episode
    }
    tellMeeting(after: accepted)
    return episode
  }

  private mutating func tellMeeting(after accepted: Instant) {
    let booked = workingTime(later(than: accepted, medianDays: 2, spread: 0.7))
    var meeting = SimulatedEpisode.Meeting(
      booked: booked,
      starts: meetingTime(after: booked),
      outcome: .held
    )
    if !dice.chance(channel.showUp) { meeting.outcome = dice.chance(0.75) ? .noShow : .cancelled }
    episode.meeting = meeting
    guard meeting.outcome == .held else {
      leave(
        after: meeting.starts,
        medianDays: 6,
        recycled: 0.7,
        disqualified: 0,
        recycledFor: [meeting.outcome == .noShow ? "No show" : "Meeting cancelled"],
        disqualifiedFor: []
      )
      return
    }
    guard dice.chance(ExampleCompany.Rates.opportunity) else {
      leave(
        after: meeting.starts,
        medianDays: 4,
        recycled: 0.5,
        disqualified: 0.5,
        recycledFor: ["Bad timing", "No budget"],
        disqualifiedFor: ["No need"]
      )
      return
    }
    tellDeal(after: meeting.starts)
  }

  private mutating func tellDeal(after meeting: Instant) {
    let created = workingTime(later(than: meeting.advanced(bySeconds: 3600), medianDays: 1.5))
    let isWon = dice.chance(channel.close / ExampleCompany.Rates.opportunity)
    let closed = workingTime(later(than: created, medianDays: isWon ? 30 : 38, spread: 0.6))
    // A log-normal of spread 1/2 has a mean exp(1/8) times its median.
    let median = segment.meanDeal / SeededGenerator.portableExponential(0.125)
    let tens = (dice.portableLogNormal(median: median, spread: 0.5) / 10).rounded()
    episode.deal = SimulatedEpisode.Deal(
      created: created,
      closed: closed,
      isWon: isWon,
      amount: Int64(tens) * 1000,
      lostReason: isWon ? nil : pick(["No decision", "Price", "Chose a competitor", "Feature"])
    )
  }

  /// When the lead comes back after the episode, if it does.
  mutating func comeback() -> Instant? {
    guard let exit = episode.exit, exit.detour == .recycled,
      dice.chance(ExampleCompany.Rates.comesBack)
    else { return nil }
    return later(than: exit.at, medianDays: 75, spread: 0.5)
  }

  /// Leaves the path with the given probabilities; otherwise the episode stays open for ever.
  private mutating func leave(
    after instant: Instant,
    medianDays: Double,
    recycled: Double,
    disqualified: Double,
    recycledFor recycleReasons: [String],
    disqualifiedFor disqualifyReasons: [String]
  ) {
    let draw = dice.uniform()
    guard draw < recycled + disqualified else { return }
    let detour: SimulatedEpisode.Exit.Detour = draw < recycled ? .recycled : .disqualified
    let at = workingTime(later(than: instant, medianDays: medianDays))
    let reasons = detour == .recycled ? recycleReasons : disqualifyReasons
    episode.exit = SimulatedEpisode.Exit(detour: detour, at: at, reason: pick(reasons))
  }

  private mutating func pick(_ words: [String]) -> String {
    words[dice.integer(below: words.count)]
  }

  private mutating func workingTime(_ instant: Instant) -> Instant {
    ExampleCompany.clock.working(from: instant, using: &dice)
  }

  /// A later whole minute, the lag log-normal.
  private mutating func later(
    than instant: Instant,
    medianDays: Double,
    spread: Double = 0.7
  ) -> Instant {
    let minutes = dice.portableLogNormal(median: medianDays * 1440, spread: spread).rounded()
    return instant.advanced(bySeconds: Int64(max(1, minutes)) * 60)
  }

  /// A half hour of a working day, most often about a week later and never before the day after
  /// next.
  private mutating func meetingTime(after booked: Instant) -> Instant {
    let days = 2 + Int(dice.portableLogNormal(median: 4.5, spread: 0.5))
    var day = CivilDate(dayNumber: ExampleCompany.clock.local(booked).day.dayNumber + days)
    while day.weekday > 4 { day = CivilDate(dayNumber: day.dayNumber + 1) }
    return ExampleCompany.clock.instant(of: day, minute: 540 + 30 * dice.integer(below: 16))
  }
}
