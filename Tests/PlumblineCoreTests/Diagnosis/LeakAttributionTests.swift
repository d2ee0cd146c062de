import PlumblineCore
import PlumblineStatistics
import Testing

@Suite struct `Parts of a channel's gap` {
  private func attribution(_ work: SimulatedWork, recorded: Bool = true) -> LeakAttribution {
    LeakAttribution(work.cells, complianceTarget: 0.8, followUpIsRecorded: recorded)
  }

  private func value(_ gap: ChannelGap, _ factor: ChannelGap.Factor) -> Double {
    gap.parts.first { $0.factor == factor }?.value ?? .nan
  }

  @Test func `there is no gap without another channel, or for one without leads`() {
    #expect(attribution(SimulatedWork(channels: 1)).gap(ofChannel: "channel 0") == nil)
    #expect(attribution(SimulatedWork()).gap(ofChannel: "channel 9") == nil)
    var work = SimulatedWork()
    work.isEmpty = { channel, _ in channel == 2 }
    let missing = attribution(work)
    #expect(missing.gap(ofChannel: "channel 2") == nil)
    #expect(missing.channels.map(\.unit).contains("channel 2") == false)
    let none = LeakAttribution(
      WorkCells(channels: [], owners: [], segments: [], cells: []),
      complianceTarget: 0.8
    )
    #expect(none.channels.isEmpty && none.owners.isEmpty)
  }

  @Test func `channels that are alike have no gap`() throws {
    let gap = try #require(attribution(SimulatedWork()).gap(ofChannel: "channel 1", draws: 200))
    #expect(gap.gap.magnitude < 0.003)
    #expect(gap.parts.allSatisfy { $0.value.magnitude < 0.003 })
    #expect(gap.gapInterval90.lower < 0 && gap.gapInterval90.upper > 0)
  }

  @Test func `parts add up to the gap, and bad leads bear it`() throws {
    let work = SimulatedWork(leads: 60, channelEffects: [1: -0.9])
    let gap = try #require(attribution(work).gap(ofChannel: "channel 1", draws: 200))
    let sum = gap.parts.reduce(0) { $0 + $1.value }
    #expect((sum - gap.gap).magnitude < 1e-12)
    #expect((gap.reference - gap.rate - gap.gap).magnitude < 1e-12)
    #expect(value(gap, .leadQuality) > 0.9 * gap.gap)
    #expect(gap.gap > 0.1)
    for part in gap.parts {
      #expect(part.interval90.lower <= part.value && part.value <= part.interval90.upper)
    }
  }

  @Test func `a channel worked by the weaker owners is not worse itself`() throws {
    var work = SimulatedWork(leads: 60, ownerEffects: [0: -1, 1: -1, 2: -1])
    // The first channel goes to weak owners three times in four.
    work.isEmpty = { channel, owner in channel == 0 && owner > 3 }
    let gap = try #require(attribution(work).gap(ofChannel: "channel 0", draws: 100))
    #expect(gap.gap > 0.02)
    #expect(value(gap, .ownerAllocation) > 0.8 * gap.gap)
    let rates = try #require(attribution(work).channels.first)
    #expect(rates.averagePartner > rates.asWorked + 0.02)
  }

  @Test func `a channel that arrives late loses by follow-up`() throws {
    let work = SimulatedWork(leads: 60, channelCompliance: [2: -3.5])
    let result = attribution(work)
    let gap = try #require(result.gap(ofChannel: "channel 2", draws: 100))
    #expect(value(gap, .followUp) > 0.8 * gap.gap)
    let rates = result.channels[2]
    let (all, target) = (rates.allFollowedUp ?? 0, rates.followedUpOnTarget ?? 0)
    #expect(rates.asWorked < target && target < all)
    // A channel above the target stays as it is.
    #expect(result.channels[0].followedUpOnTarget == result.channels[0].asWorked)
  }

  @Test func `the expected wins of all channels are those of all owners`() {
    let result = attribution(SimulatedWork(channelEffects: [1: -0.5], ownerEffects: [2: 0.4]))
    let byChannel = result.channels.reduce(0) { $0 + Double($1.leads) * $1.asWorked }
    let byOwner = result.owners.reduce(0) { $0 + Double($1.leads) * $1.asWorked }
    #expect((byChannel - byOwner).magnitude < 1e-9)
  }

  @Test func `the same seed gives the same interval, another one another`() throws {
    let result = attribution(SimulatedWork(channelEffects: [1: -0.5]))
    let one = try #require(result.gap(ofChannel: "channel 1", draws: 50, seed: 3))
    let same = try #require(result.gap(ofChannel: "channel 1", draws: 50, seed: 3))
    let other = try #require(result.gap(ofChannel: "channel 1", draws: 50, seed: 4))
    #expect(one.gapInterval90 == same.gapInterval90)
    #expect(one.gapInterval90 != other.gapInterval90)
    #expect(one.gap == other.gap)
    #expect(one.seed == 3)
    let none = try #require(result.gap(ofChannel: "channel 1", draws: 0))
    #expect(none.gapInterval90.lower == none.gap && none.gapInterval90.upper == none.gap)
  }

  @Test func `without a record of follow-up it has no part`() throws {
    let result = attribution(SimulatedWork(channelEffects: [1: -0.5]), recorded: false)
    let gap = try #require(result.gap(ofChannel: "channel 1", draws: 50))
    #expect(value(gap, .followUp) == 0)
    #expect(result.channels.allSatisfy { $0.allFollowedUp == nil && $0.followedUpOnTarget == nil })
  }
}
