import PlumblineStatistics
import Testing

@testable import PlumblineCore

/// Draws of the whole population, the future included, against the truth that was planted.
@Suite struct ExampleCompanyTruthTests {
  /// Successes and trials of one group.
  struct Tally {
    var successes = 0
    var trials = 0

    mutating func add(_ success: Bool) {
      trials += 1
      if success { successes += 1 }
    }

    var rate: Double { Double(successes) / Double(trials) }

    /// How many standard errors the successes lie from what a probability leads to expect.
    func deviation(from probability: Double) -> Double {
      let expected = Double(trials) * probability
      return (Double(successes) - expected) / (expected * (1 - probability)).squareRoot()
    }
  }

  /// A transition of the path, and whether its probability is the same in each channel.
  enum Transition: CaseIterable {
    case marketingQualified, salesQualified, booked, held, opportunity, won

    /// Whether an episode made the transition; nil when it never came so far.
    func outcome(of episode: SimulatedEpisode) -> Bool? {
      switch self {
      case .marketingQualified: episode.marketingQualified != nil
      case .salesQualified:
        episode.marketingQualified == nil ? nil : episode.salesQualified != nil
      case .booked: episode.salesQualified == nil ? nil : episode.meeting != nil
      case .held: episode.meeting.map { $0.outcome == .held }
      case .opportunity: episode.isHeld ? episode.deal != nil : nil
      case .won: episode.deal.map(\.isWon)
      }
    }

    func truth(in channel: ExampleCompany.Channel) -> Double {
      switch self {
      case .marketingQualified: ExampleCompany.Rates.marketingQualified
      case .salesQualified: ExampleCompany.Rates.salesQualified
      case .booked: ExampleCompany.Rates.meetingBooked
      case .held: channel.showUp
      case .opportunity: ExampleCompany.Rates.opportunity
      case .won: channel.close / ExampleCompany.Rates.opportunity
      }
    }

    var leaks: Bool { self == .held || self == .won }
  }

  static let seeds = UInt64(1)...24
  static let meta = ExampleCompany.leakingChannel
  static let companies = seeds.map { ExampleCompany(seed: $0).population() }

  /// One tally a group for a transition.
  func tallies(
    _ transition: Transition,
    _ leads: [SimulatedLead],
    groups: Int,
    by group: (SimulatedLead) -> Int?
  ) -> [Tally] {
    var tallies = Array(repeating: Tally(), count: groups)
    for lead in leads {
      guard let group = group(lead) else { continue }
      for episode in lead.episodes {
        if let outcome = transition.outcome(of: episode) { tallies[group].add(outcome) }
      }
    }
    return tallies
  }

  /// Pearson's statistic for equal rates; its mean is the number of groups less one.
  func chiSquare(_ tallies: [Tally]) -> Double {
    let successes = tallies.reduce(0) { $0 + $1.successes }
    let rate = Double(successes) / Double(tallies.reduce(0) { $0 + $1.trials })
    return tallies.reduce(0) { $0 + $1.deviation(from: rate) * $1.deviation(from: rate) }
  }

  @Test func `the constants say what the company is meant to be`() {
    let channels = ExampleCompany.channels
    #expect(channels[Self.meta].name == "Meta")
    #expect(abs(channels.map(\.leadShare).reduce(0, +) - 1) < 1e-12)
    let held = channels.map { $0.leadShare * $0.showUp }
    let close = zip(held, channels).reduce(0) { $0 + $1.0 * $1.1.close } / held.reduce(0, +)
    #expect(abs(close - 0.40) < 0.005)
    let deal = ExampleCompany.segments.reduce(0) { $0 + $1.leadShare * $1.meanDeal }
    #expect(abs(deal - 9000) < 100)
    for (position, channel) in channels.enumerated() where position != Self.meta {
      #expect(channel.showUp == 0.8)
      #expect(channel.close == 0.46)
    }
  }

  @Test(arguments: seeds)
  func `each channel has its true rates but for chance`(seed: UInt64) {
    let leads = Self.companies[Int(seed) - 1]
    #expect(leads.count == ExampleCompany.leadCount)
    for transition in Transition.allCases {
      let found = tallies(transition, leads, groups: 6) { $0.channel }
      for (tally, channel) in zip(found, ExampleCompany.channels) {
        let deviation = tally.deviation(from: transition.truth(in: channel))
        #expect(abs(deviation) < 4.5, "\(channel.name) \(transition): \(tally.rate)")
      }
    }
    for (position, channel) in ExampleCompany.channels.enumerated() {
      let tally = Tally(successes: leads.count { $0.channel == position }, trials: leads.count)
      #expect(abs(tally.deviation(from: channel.leadShare)) < 4.5, "\(channel.name)")
    }
  }

  @Test func `over many seeds the rates come near the truth`() {
    let all = Self.companies.flatMap { $0 }
    var close = Tally()
    var closeOfMeta = Tally()
    for lead in all {
      for episode in lead.episodes where episode.isHeld {
        close.add(episode.isWon)
        if lead.channel == Self.meta { closeOfMeta.add(episode.isWon) }
      }
    }
    #expect(abs(close.rate - 0.40) < 0.01)
    #expect(abs(closeOfMeta.rate - 0.15) < 0.02)
    for transition in Transition.allCases {
      let found = tallies(transition, all, groups: 6) { $0.channel }
      for (tally, channel) in zip(found, ExampleCompany.channels) {
        #expect(abs(tally.deviation(from: transition.truth(in: channel))) < 4.5)
      }
    }
    let amounts = all.flatMap { $0.episodes.compactMap { $0.deal?.amount } }
    let mean = Double(amounts.reduce(0, +)) / Double(amounts.count) / 100
    #expect(abs(mean - 9000) < 150)
  }

  /// The sum of many chi-squares is chi-square; a planted difference of a few points, which one
  /// company would hide, moves it far from its mean.
  @Test func `nothing differs by channel, rep or segment besides the planted leak`() {
    func expectNoise(
      _ what: String,
      groups: Int,
      _ transition: Transition,
      by group: (SimulatedLead) -> Int?
    ) {
      let sum = Self.companies.reduce(0) {
        $0 + chiSquare(tallies(transition, $1, groups: groups, by: group))
      }
      let mean = Double(Self.companies.count * (groups - 1))
      #expect(abs(sum - mean) < 4.5 * (2 * mean).squareRoot(), "\(what) \(transition)")
    }
    let others = [0, 1, 3, 4, 5]
    for transition in Transition.allCases {
      if transition.leaks {
        expectNoise("other channels", groups: 5, transition) { others.firstIndex(of: $0.channel) }
      } else {
        expectNoise("channels", groups: 6, transition) { $0.channel }
      }
      expectNoise("reps", groups: 8, transition) { $0.channel == Self.meta ? nil : $0.rep }
      expectNoise("segments", groups: 3, transition) { $0.channel == Self.meta ? nil : $0.segment }
    }
    expectNoise("reps within Meta", groups: 8, .won) { $0.channel == Self.meta ? $0.rep : nil }
    expectNoise("reps within Meta", groups: 8, .held) { $0.channel == Self.meta ? $0.rep : nil }
  }

  @Test func `leads reach reps and segments regardless of their channel`() {
    var sums = (reps: 0.0, segments: 0.0)
    for leads in Self.companies {
      for (keyPath, groups) in [(\SimulatedLead.rep, 8), (\SimulatedLead.segment, 3)] {
        var ofMeta = Array(repeating: Tally(), count: groups)
        for lead in leads { ofMeta[lead[keyPath: keyPath]].add(lead.channel == Self.meta) }
        if groups == 8 {
          sums.reps += chiSquare(ofMeta)
        } else {
          sums.segments += chiSquare(ofMeta)
        }
      }
    }
    let count = Double(Self.companies.count)
    #expect(abs(sums.reps - 7 * count) < 4.5 * (14 * count).squareRoot())
    #expect(abs(sums.segments - 2 * count) < 4.5 * (4 * count).squareRoot())
  }

  @Test(arguments: seeds)
  func `Meta's meetings look cheapest and its customers cost most`(seed: UInt64) {
    let company = ExampleCompany(seed: seed)
    let leads = Self.companies[Int(seed) - 1]
    var perMeeting: [Double] = []
    var perCustomer: [Double] = []
    for channel in [0, 1, Self.meta] {
      let episodes = leads.filter { $0.channel == channel }.flatMap(\.episodes)
      let spend = company.dailySpend(of: channel).reduce(0) { $0 + ($1.cents ?? 0) }
      let booked = episodes.count {
        $0.meeting.map { ExampleCompany.hasHappened($0.booked) } ?? false
      }
      let won = episodes.count {
        $0.isWon && $0.deal.map { ExampleCompany.hasHappened($0.closed) } ?? false
      }
      perMeeting.append(Double(spend) / Double(booked))
      perCustomer.append(Double(spend) / Double(won))
    }
    #expect(perMeeting.min() == perMeeting[2])
    #expect(perCustomer.max() == perCustomer[2])
    #expect(perCustomer[2] > 1.5 * perCustomer[1])
  }

  @Test func `the documented company shows no difference by chance that asks for a name`() {
    let leads = ExampleCompany().population()
    let others = [0, 1, 3, 4, 5]
    for transition in Transition.allCases {
      let byChannel =
        transition.leaks
        ? tallies(transition, leads, groups: 5) { others.firstIndex(of: $0.channel) }
        : tallies(transition, leads, groups: 6) { $0.channel }
      let byRep = tallies(transition, leads, groups: 8) { $0.channel == Self.meta ? nil : $0.rep }
      for tallies in [byChannel, byRep] {
        let tail = GammaDistribution.chiSquareUpperTail(
          chiSquare(tallies),
          degreesOfFreedom: tallies.count - 1
        )
        #expect(tail > 0.2, "\(transition) of \(tallies.count) groups: \(tail)")
      }
    }
  }

  @Test(arguments: UInt64(1)...3)
  func `every story is told in order`(seed: UInt64) {
    for lead in Self.companies[Int(seed) - 1] {
      var end = Instant(seconds: 0)
      for episode in lead.episodes {
        let times = [
          episode.began, episode.marketingQualified, episode.firstTouch, episode.salesQualified,
          episode.meeting?.booked, episode.meeting?.starts, episode.deal?.created,
          episode.deal?.closed ?? episode.exit?.at,
        ].compactMap { $0 }
        #expect(zip(times, times.dropFirst()).allSatisfy(<), "\(lead.id)")
        #expect(times.allSatisfy { $0.seconds % 60 == 0 })
        #expect(episode.began > end)
        #expect(episode.deal == nil || episode.exit == nil)
        end = times[times.count - 1]
      }
    }
  }

  @Test func `recycled leads come back as often as planted and later`() {
    var returns = Tally()
    for lead in Self.companies.joined() {
      for (position, episode) in lead.episodes.enumerated() {
        let comesBack = position + 1 < lead.episodes.count
        let isRecycled = episode.exit?.detour == .recycled
        if isRecycled { returns.add(comesBack) }
        if comesBack { #expect(isRecycled, "\(lead.id)") }
      }
    }
    #expect(abs(returns.deviation(from: ExampleCompany.Rates.comesBack)) < 4.5)
  }

  @Test func `the newest cohorts are immature`() {
    let leads = ExampleCompany().population()
    func knownShare(_ days: Range<Int>) -> Double {
      var known = Tally()
      for lead in leads {
        for deal in lead.episodes.compactMap(\.deal)
        where days.contains(
          Int((ExampleCompany.exportedAt.seconds - deal.created.seconds) / 86_400)
        )
          && ExampleCompany.hasHappened(deal.created)
        {
          known.add(ExampleCompany.hasHappened(deal.closed))
        }
      }
      return known.rate
    }
    #expect(knownShare(0..<14) < 0.2)
    #expect(knownShare(180..<365) > 0.95)
  }
}
