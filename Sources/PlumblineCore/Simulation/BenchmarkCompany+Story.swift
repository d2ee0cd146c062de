import PlumblineStatistics

extension BenchmarkCompany {
  /// What happened to one lead, with the slips of those who recorded it.
  struct Story {
    /// Stages and exits by number from 1, and when they were recorded.
    var events: [(stage: Int, at: Int64)] = []
    var opportunity: Int64?
    var won: Int64?
    var lost: Int64?
  }

  /// The story of a lead by its number; the same each time.
  func story(of number: Int) -> Story {
    var random = Self.generator(seed, .story, number)
    var story = history(of: leads[number], &random)
    blur(&story, &random)
    return story
  }

  /// The lead's way, with at most two returns.
  private func history(of lead: Lead, _ random: inout SeededGenerator) -> Story {
    var story = Story()
    let channel = BenchmarkMarket.channels[Int(lead.channel)]
    let segment = BenchmarkMarket.segments[Int(lead.segment)]
    var now = lead.created
    for attempt in 0..<3 {
      var returns = false
      for (index, step) in BenchmarkMarket.steps.enumerated() {
        let stage = index + 1
        let odds =
          stage == 4
          ? channel.showing : channel.quality * segment.quality * (attempt > 0 ? 0.75 : 1)
        let moves = random.chance(Self.chance(step.chance, timesOdds: odds))
        let lag = random.logNormal(median: step.days * 86_400, logStandardDeviation: step.spread)
        guard moves else {
          let first = stage == 1 && attempt == 0
          returns = leave(&story, &now, isNew: first, &random) && attempt < 2
          break
        }
        now += Int64(lag * segment.slowness) + 30
        if stage == 6 || random.chance(0.94) { story.events.append((stage, now)) }
        if stage == 5 { story.opportunity = now }
        if stage == 6 { story.won = now }
      }
      guard returns else { break }
    }
    return story
  }

  /// The lead leaves, or nobody writes down that it did.
  ///
  /// - Returns: Whether it comes back; `now` is then when.
  private func leave(
    _ story: inout Story,
    _ now: inout Int64,
    isNew: Bool,
    _ random: inout SeededGenerator
  ) -> Bool {
    // Leads that never qualified are often just left.
    let fate = random.uniform() * (isNew ? 1.6 : 1)
    let wait = random.logNormal(median: 12 * 86_400, logStandardDeviation: 1)
    let left = now + Int64(wait) + 60
    if fate < 0.58 {
      story.events.append((BenchmarkMarket.lost, left))
      story.lost = left
    } else if fate < 0.86 {
      story.events.append((BenchmarkMarket.recycled, left))
      now = left
      if random.chance(0.6) {
        now += Int64(random.uniform(in: 15..<120) * 86_400)
        return true
      }
    }
    return false
  }

  /// Events recorded late, twice, nearly twice, entered again, or dated in the future.
  private func blur(_ story: inout Story, _ random: inout SeededGenerator) {
    let day = 86_400.0
    var events: [(stage: Int, at: Int64)] = []
    for event in story.events {
      let slip = random.uniform()
      var at = event.at
      if slip < 0.04 { at -= Int64(random.exponential(mean: 4 * day)) }
      events.append((event.stage, at))
      if slip > 0.92, slip < 0.95, event.stage <= 3 {
        events.append((event.stage, at + Int64(random.exponential(mean: 20 * day))))
      } else if slip > 0.95, slip < 0.98 {
        events.append((event.stage, at))
      } else if slip >= 0.98 {
        events.append((event.stage, at + 1 + Int64(random.next() % 89)))
      }
    }
    story.events = events.compactMap { event in
      guard event.at >= Self.exportSecond else {
        return (event.stage, max(event.at, Self.firstSecond - Self.earliestSlip))
      }
      return random.chance(0.004)
        ? (event.stage, min(event.at, Self.exportSecond + 60 * 86_400)) : nil
    }
  }

  /// No slip dates an event more than so long before the first lead.
  static let earliestSlip: Int64 = 365 * 86_400

  /// What people and machines did for a lead, given how many events it has: kind, when, and who,
  /// -1 for a machine.
  func touches(of number: Int, events: Int) -> [(kind: Int, at: Int64, owner: Int)] {
    var random = Self.generator(seed, .touches, number)
    let lead = leads[number]
    let expected = random.gamma(shape: 2, scale: (2.6 + 1.1 * Double(events)) / 2)
    let count = random.poisson(mean: expected)
    var now = lead.created
    var touches: [(kind: Int, at: Int64, owner: Int)] = []
    for index in 0..<count {
      if index == 0 {
        let wait = random.logNormal(median: 2.5 * 3600, logStandardDeviation: 2)
        // A few are written down as done before the lead was.
        now += Int64(random.chance(0.01) ? -wait : wait)
      } else {
        now += Int64(random.exponential(mean: 4 * 86_400))
      }
      let kind = random.choice(weights: Self.touchWeights)
      let who = random.uniform()
      var owner = Int(lead.owner)
      if who > 0.95 || owner < 0 { owner = random.integer(below: BenchmarkMarket.ownerCount) }
      if who < 0.35 { owner = -1 }
      guard now < Self.exportSecond || random.chance(0.004) else { continue }
      let latest = Self.exportSecond + 30 * 86_400
      touches.append((kind, now.clamped(to: Self.firstSecond - Self.earliestSlip...latest), owner))
    }
    return touches
  }

  static let touchWeights = BenchmarkMarket.touchKinds.map(\.weight)
  static let currencyWeights = BenchmarkMarket.currencies.map(\.weight)

  /// A deal of a lead by its number.
  struct Deal {
    var leadID: Int64
    var cents: Int64
    var currency: Int
    /// Nil while it is open.
    var closed: Int64?
    var isWon = false
  }

  /// The deals of a lead: none, one or two.
  func deals(of number: Int, _ story: Story) -> [Deal] {
    guard let opportunity = story.opportunity, opportunity < Self.exportSecond else { return [] }
    var random = Self.generator(seed, .deals, number)
    let segment = BenchmarkMarket.segments[Int(leads[number].segment)]
    return (0..<(random.chance(0.06) ? 2 : 1)).map { index in
      let amount = random.logNormal(median: segment.amount, logStandardDeviation: 0.7)
      var deal = Deal(
        leadID: leads[number].id,
        cents: Int64(amount.rounded()),
        currency: random.choice(weights: Self.currencyWeights)
      )
      if let won = story.won, won < Self.exportSecond {
        deal.closed = won + (index == 0 ? 0 : 40 * 86_400)
        deal.isWon = true
      } else if let lost = story.lost, lost < Self.exportSecond {
        deal.closed = lost
      }
      return deal
    }
  }

  /// A chance whose odds are so many times those of another.
  private static func chance(_ chance: Double, timesOdds factor: Double) -> Double {
    let odds = chance / (1 - chance) * factor
    return odds / (1 + odds)
  }
}
