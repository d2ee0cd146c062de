import PlumblineCore
import PlumblineStatistics
import Testing

/// Companies drawn at random, whose truth is known, with bad leads sent more often to some owners.
@Suite struct `Whose leak in simulated companies` {
  enum Truth: String, CaseIterable {
    case healthy, marketing, skill, discipline, late
  }

  /// 2,500 leads of six channels and nine owners; the first channel, or the first two owners, are
  /// at fault.
  private static func company(_ truth: Truth, seed: UInt64) -> WorkCells {
    var generator = SeededGenerator(seed: seed)
    let channels = 6
    let owners = 9
    let segments = 3
    func spread(_ count: Int, _ deviation: Double) -> [Double] {
      (0..<count).map { _ in generator.normal(standardDeviation: deviation) }
    }
    var channelEffects = spread(channels, 0.1)
    var ownerEffects = spread(owners, 0.1)
    var channelCompliance = spread(channels, 0.1)
    var ownerCompliance = spread(owners, 0.2)
    if truth == .marketing { channelEffects[0] -= 0.9 }
    if truth == .late { channelCompliance[0] -= 2.8 }
    for owner in 0..<2 {
      if truth == .skill { ownerEffects[owner] -= 0.9 }
      if truth == .discipline { ownerCompliance[owner] -= 2.8 }
    }
    let mix = (0..<channels).map { _ in 1 + generator.uniform() }
    // The first channel goes twice as often to the first two owners.
    let routing = (0..<channels).map { channel in
      (0..<owners).map { (channel == 0 && $0 < 2 ? 2 : 1) * (0.5 + generator.uniform()) }
    }
    var counts: [Int: (leads: Int, wins: Int)] = [:]
    for _ in 0..<2_500 {
      let channel = generator.choice(weights: mix)
      let owner = generator.choice(weights: routing[channel])
      let segment = Int(generator.uniform() * Double(segments))
      let isFollowedUp = generator.chance(
        SpecialFunctions.expit(1.8 + channelCompliance[channel] + ownerCompliance[owner])
      )
      let isWon = generator.chance(
        SpecialFunctions.expit(
          -1.5 + channelEffects[channel] + ownerEffects[owner] + (isFollowedUp ? 1 : 0)
            + 0.2 * Double(segment)
        )
      )
      let key = ((channel * owners + owner) * segments + segment) * 2 + (isFollowedUp ? 1 : 0)
      counts[key, default: (0, 0)].leads += 1
      counts[key, default: (0, 0)].wins += isWon ? 1 : 0
    }
    return WorkCells(
      channels: (0..<channels).map { "channel \($0)" },
      owners: (0..<owners).map { "owner \($0)" },
      segments: (0..<segments).map { "segment \($0)" },
      cells: counts.map { key, count in
        WorkCells.Cell(
          channel: key / 2 / segments / owners,
          owner: key / 2 / segments % owners,
          segment: key / 2 % segments,
          isFollowedUp: key % 2 == 1,
          leads: count.leads,
          wins: count.wins
        )
      }
    )
  }

  private static func guilty(_ truth: Truth) -> [LeakUnit] {
    let owners = ["owner 0", "owner 1"]
    return switch truth {
    case .healthy: []
    case .marketing: [LeakUnit(.channel, .direct, channel: "channel 0")]
    case .skill: owners.map { LeakUnit(.owner, .direct, owner: $0) }
    case .discipline: owners.map { LeakUnit(.owner, .followUp, owner: $0) }
    case .late: [LeakUnit(.channel, .followUp, channel: "channel 0")]
    }
  }

  @Test(arguments: Truth.allCases)
  func `the guilty are found and the innocent are left alone`(truth: Truth) throws {
    let guilty = Self.guilty(truth)
    let runs = 5
    var found = 0
    var wronglyNamed = 0
    var cleared = 0
    for run in 0..<runs {
      let verdict = LeakJudge(
        Self.company(truth, seed: UInt64(1_000 + run)),
        complianceTarget: 0.8,
        routing: .regardless
      ).verdict()
      let party = try #require(guilty.first.map { verdict[$0.party] } ?? verdict[.marketing])
      let others = verdict.parties.filter { $0.party != party.party }
      found +=
        truth == .healthy
        ? (verdict.answers.contains(.yes) ? 0 : 1) : (party.answer == .yes ? 1 : 0)
      wronglyNamed += others.count { $0.answer == .yes }
      cleared += truth != .healthy && party.answer == .no ? 1 : 0
    }
    #expect(found >= runs - 1)
    #expect(wronglyNamed <= 1)
    #expect(cleared == 0)
  }
}
