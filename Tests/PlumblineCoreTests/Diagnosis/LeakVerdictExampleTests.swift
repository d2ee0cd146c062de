import PlumblineCore
import PlumblineStatistics
import Testing

/// The example on the page Documentation/methods/whose-leak.md, to the digits printed there.
@Suite struct `Whose leak as documented` {
  private static let work: SimulatedWork = {
    var work = SimulatedWork(
      channels: 4,
      owners: 5,
      channelEffects: [1: -0.9],
      ownerEffects: [0: -0.9]
    )
    work.isEmpty = { channel, owner in channel == 3 && owner > 1 }
    return work
  }()

  private func agree(_ value: Double?, _ printed: Double, _ within: Double) -> Bool {
    value.map { ($0 - printed).magnitude <= within } ?? false
  }

  @Test func `the table is as the page says`() throws {
    let verdict = Self.work.verdict()
    #expect(verdict.leads == 1_360)
    #expect(verdict.answers == [.yes, .yes, .no])
    let page: [(unit: LeakUnit, numbers: [Double], isNamed: Bool)] = [
      (LeakUnit(.channel, .direct, channel: "channel 0"), [38.8, 0.28, 0.05, 0.52, 0], false),
      (LeakUnit(.channel, .direct, channel: "channel 1"), [21.3, -0.76, -1.04, -0.48, 13.6], true),
      (LeakUnit(.channel, .direct, channel: "channel 2"), [38.8, 0.28, 0.05, 0.52, 0], false),
      (LeakUnit(.channel, .direct, channel: "channel 3"), [33.1, 0.20, -0.14, 0.54, 0], false),
      (LeakUnit(.owner, .direct, owner: "owner 0"), [20.6, -0.72, -1.02, -0.41, 10.1], true),
    ]
    let probabilities = [0.0005, 0.998, 0.0005, 0.021, 0.992]
    for ((unit, numbers, isNamed), probability) in zip(page, probabilities) {
      let evidence = try #require(verdict.evidence(of: unit))
      let contrast = try #require(evidence.contrast)
      #expect(agree(evidence.rawRate.map { 100 * $0 }, numbers[0], 0.0501))
      #expect(agree(contrast.mean, numbers[1], 0.005))
      #expect(agree(contrast.interval90.lower, numbers[2], 0.005))
      #expect(agree(contrast.interval90.upper, numbers[3], 0.005))
      #expect(agree(100 * evidence.lossShare, numbers[4], 0.05))
      #expect(agree(evidence.probability, probability, 0.0005))
      #expect(evidence.isNamed == isNamed)
    }
    #expect(agree(verdict.evidence(of: page[1].unit)?.eValue, 2.3, 0.05))
  }

  @Test func `what the page says of channel 3 is so`() throws {
    let attribution = LeakAttribution(Self.work.cells, complianceTarget: 0.8)
    #expect(agree(100 * attribution.channels[3].averagePartner, 36.2, 0.05))
    let gap = try #require(attribution.gap(ofChannel: "channel 3"))
    let part = try #require(gap.parts.first { $0.factor == .ownerAllocation })
    #expect(agree(100 * part.value, 4.1, 0.05))
    #expect(agree(100 * part.interval90.lower, 0.9, 0.05))
    #expect(agree(100 * part.interval90.upper, 7.3, 0.05))
  }
}
