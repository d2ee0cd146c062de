import Foundation
import PlumblineCore
import PlumblineStatistics
import Testing

@Suite struct `Whose leak` {
  @Test func `a healthy company has three times no`() {
    let verdict = SimulatedWork(leads: 80).verdict()
    #expect(verdict.answers == [.no, .no, .no])
    #expect(verdict.allNamed == [])
    #expect(verdict.parts.count == 1)
    #expect(verdict.parties.allSatisfy { $0.reasons == [] && $0.remedies == [] })
  }

  @Test func `a channel that does worse whoever works it is marketing's`() throws {
    let verdict = SimulatedWork(channelEffects: [1: -0.9]).verdict()
    let unit = LeakUnit(.channel, .direct, channel: "channel 1")
    #expect(verdict.answers == [.yes, .no, .no])
    #expect(verdict.allNamed == [unit])
    let evidence = try #require(verdict.evidence(of: unit))
    let contrast = try #require(evidence.contrast)
    #expect(evidence.isNamed)
    #expect(contrast.interval90.lower > -1.3 && contrast.interval90.upper < -0.5)
    #expect(contrast.interval95.lower < contrast.interval90.lower)
    #expect(evidence.probability > 0.99)
    #expect(evidence.comparableUnits == 4)
    #expect(evidence.leads == 480)
    let lost = verdict.expectedWins * evidence.lossShare
    #expect((evidence.expectedWinsLost - lost).magnitude < 1e-9)
    // Outcomes are common: √OR for the risk ratio.
    let ratio = exp(-contrast.mean / 2)
    let eValue = try #require(evidence.eValue)
    #expect((eValue - (ratio + (ratio * (ratio - 1)).squareRoot())).magnitude < 1e-9)
  }

  @Test func `an owner who does worse with every channel is sales'`() {
    let verdict = SimulatedWork(ownerEffects: [2: -1]).verdict()
    #expect(verdict.answers == [.no, .yes, .no])
    #expect(verdict.allNamed == [LeakUnit(.owner, .direct, owner: "owner 2")])
  }

  @Test func `an owner who does not follow up is sales', not the channel's`() {
    let verdict = SimulatedWork(ownerCompliance: [0: -3.5]).verdict()
    #expect(verdict.answers == [.no, .yes, .no])
    #expect(verdict.allNamed == [LeakUnit(.owner, .followUp, owner: "owner 0")])
  }

  @Test func `a team that does not follow up is sales', and the target is what it misses`() throws {
    let verdict = SimulatedWork(compliance: -0.8).verdict()
    #expect(verdict.answers == [.no, .yes, .no])
    #expect(verdict.allNamed == [LeakUnit(.team, .followUp)])
    let compliance = try #require(verdict.compliance)
    #expect((0.25...0.35).contains(compliance))
    #expect(SimulatedWork(compliance: -0.8).verdict(target: 0.2).answers == [.no, .no, .no])
  }

  @Test func `a channel that arrives late for everybody is the hand-off's`() {
    let verdict = SimulatedWork(channelCompliance: [3: -3.2]).verdict()
    #expect(verdict.answers == [.no, .no, .yes])
    #expect(verdict.allNamed == [LeakUnit(.channel, .followUp, channel: "channel 3")])
  }

  @Test(arguments: [LeakUnit.Effect.direct, .followUp])
  func `a channel that half the team fails is the hand-off's`(effect: LeakUnit.Effect) throws {
    var work = SimulatedWork(leads: 60)
    for owner in 0..<3 {
      if effect == .direct {
        work.pairEffects[[4, owner]] = -2.2
      } else {
        work.pairCompliance[[4, owner]] = -4
      }
    }
    let verdict = work.verdict()
    let split = LeakUnit(.channelSplit, effect, channel: "channel 4")
    #expect(verdict.answers == [.no, .no, .yes])
    #expect(verdict[.handOff]?.named == [split])
    let found = try #require(
      verdict.disagreements.first { $0.channel == "channel 4" && $0.effect == effect }
    )
    #expect(found.isNamed)
    #expect(Set(found.lowerOwners) == ["owner 0", "owner 1", "owner 2"])
    #expect(found.gap > 1)
    // What the better half makes of the channel clears its leads.
    let own = LeakUnit(.channel, effect, channel: "channel 4")
    let evidence = try #require(verdict.evidence(of: own))
    #expect(evidence.probability < 0.5)
    #expect(!evidence.isNamed)
  }

  @Test func `a bad channel and a bad owner at once are both named`() {
    let verdict = SimulatedWork(
      leads: 60,
      channelEffects: [0: -0.9],
      ownerCompliance: [5: -4]
    ).verdict()
    #expect(verdict.answers == [.yes, .yes, .no])
  }

  @Test func `owners with channels of their own cannot be told from them`() throws {
    var work = SimulatedWork(channels: 3, owners: 3, leads: 200, channelEffects: [0: -1])
    work.isEmpty = { $0 != $1 }
    let verdict = work.verdict()
    #expect(verdict.answers == [.undetermined, .undetermined, .undetermined])
    #expect(verdict.parts.count == 3)
    #expect(verdict.evidence.allSatisfy { $0.unit.kind == .pair || $0.unit.kind == .team })
    let marketing = try #require(verdict[.marketing])
    guard case .notCrossed(let units)? = marketing.reasons.first else {
      Issue.record("\(marketing.reasons)")
      return
    }
    #expect(units.count == 2)
    #expect(
      marketing.remedies.first
        == .shareChannel(channel: "channel 1", owners: ["owner 0", "owner 2"])
    )
  }

  @Test func `a unit with too few leads says how many it needs`() throws {
    var work = SimulatedWork(leads: 4, channelEffects: [0: -0.7])
    work.segments = 2
    let verdict = work.verdict()
    #expect(verdict.answers.contains(.undetermined))
    let open = verdict.parties.flatMap(\.reasons).compactMap { reason -> (LeakUnit, Int, Int)? in
      if case .tooFewLeads(let unit, let leads, let needed) = reason {
        (unit, leads, needed)
      } else {
        nil
      }
    }
    let (unit, leads, needed) = try #require(open.first)
    let contrast = try #require(verdict.evidence(of: unit)?.contrast)
    let ratio = contrast.standardDeviation / 0.27
    #expect(needed == max(0, Int((Double(leads) * (ratio * ratio - 1)).rounded(.up))))
  }
}
