import PlumblineCore
import PlumblineStatistics
import Testing

@Suite struct `Whose leak where leads are not routed at random` {
  private static let cold = [0.7, 0.1, 0.1, 0.1]
  private static let even = [0.25, 0.25, 0.25, 0.25]

  /// An owner who is worse, with a score on every lead.
  private static func work(_ bands: [Double]) -> SimulatedWork {
    var work = SimulatedWork(leads: 120, ownerEffects: [1: -0.9], bandEffect: 0.35)
    work.bands = { $0 == 1 ? bands : even }
    return work
  }

  @Test func `even routing leaves an owner named, with the contrast before the score beside`() {
    let verdict = Self.work(Self.even).verdict(routing: nil)
    #expect(verdict.routing?.isUneven == false)
    #expect(verdict.routing?.degreesOfFreedom == 5 * 5 * 3)
    #expect(!verdict.assumesRoutingRegardlessOfPromise)
    #expect(verdict[.sales]?.named == [LeakUnit(.owner, .direct, owner: "owner 1")])
    let owners = verdict.evidence.filter { $0.unit.kind == .owner && $0.unit.effect == .direct }
    #expect(owners.count == 6)
    #expect(owners.allSatisfy { $0.unadjustedContrast != nil })
    #expect(verdict.fits.map(\.model) == [.outcome, .followUp, .outcomeByScore])
  }

  @Test func `an owner who got the colder leads is withheld`() throws {
    let verdict = Self.work(Self.cold).verdict(routing: nil)
    #expect(verdict.routing?.isUneven == true)
    let sales = try #require(verdict[.sales])
    #expect(sales.answer == .undetermined)
    #expect(sales.named == [])
    let unit = LeakUnit(.owner, .direct, owner: "owner 1")
    let held = try #require(sales.withheld.first)
    #expect(held.unit == unit)
    guard case .unevenRouting(let stability) = held.cause else {
      Issue.record("\(held.cause)")
      return
    }
    #expect(stability > 0 && stability < 8)
    #expect(sales.reasons.contains(.unevenRouting(owners: ["owner 1"])))
    #expect(sales.remedies.contains(.routeAllByLot))
    let evidence = try #require(verdict.evidence(of: unit))
    let contrast = try #require(evidence.contrast)
    #expect((evidence.unadjustedContrast ?? 0) < contrast.mean - 0.02)
  }

  @Test func `owners who choose their leads are not compared without a score`() {
    let work = SimulatedWork(ownerEffects: [1: -1])
    let chosen = work.verdict(routing: .ownersChoose)
    #expect(chosen[.sales]?.answer == .undetermined)
    #expect(
      chosen[.sales]?.withheld
        == [
          WithheldLeak(
            unit: LeakUnit(.owner, .direct, owner: "owner 1"),
            cause: .ownersChoose
          )
        ]
    )
    #expect(chosen[.sales]?.reasons == [.ownersChoose])
    #expect(chosen[.marketing]?.answer == .no)
    let byScore = work.verdict(routing: .byScore)
    #expect(byScore[.sales]?.reasons == [.scoreNotRecorded])
    #expect(byScore[.sales]?.remedies == [.recordScore])
    #expect(work.verdict(routing: .regardless)[.sales]?.answer == .yes)
  }

  @Test(
    arguments: [
      (RoutingRule.regardless, false), (.byScore, false), (.ownersChoose, false), (nil, true),
    ] as [(RoutingRule?, Bool)]
  )
  func `a verdict without a score says what it assumes`(rule: RoutingRule?, assumes: Bool) {
    let verdict = SimulatedWork(leads: 20).verdict(routing: rule)
    #expect(verdict.assumesRoutingRegardlessOfPromise == assumes)
    #expect(verdict.routing == nil)
  }

  // MARK: Without follow-up

  @Test func `without a record of follow-up a bad channel is not marketing's yet`() {
    let verdict = SimulatedWork(channelEffects: [1: -0.9]).verdict(followUpIsRecorded: false)
    let unit = LeakUnit(.channel, .direct, channel: "channel 1")
    #expect(verdict.answers == [.undetermined, .undetermined, .undetermined])
    #expect(
      verdict[.marketing]?.withheld == [WithheldLeak(unit: unit, cause: .followUpNotRecorded)]
    )
    #expect(verdict[.marketing]?.reasons == [.followUpNotRecorded])
    #expect(verdict[.handOff]?.remedies == [.recordFollowUp])
    #expect(verdict.followUpEffect == nil)
    #expect(verdict.compliance == nil)
    #expect(verdict.evidence.allSatisfy { $0.unit.effect == .direct })
  }

  @Test func `without a record of follow-up channels and owners can still be told`() {
    let healthy = SimulatedWork(leads: 80).verdict(followUpIsRecorded: false)
    #expect(healthy.answers == [.no, .undetermined, .undetermined])
    let owner = SimulatedWork(ownerEffects: [2: -1]).verdict(followUpIsRecorded: false)
    #expect(owner.answers == [.no, .yes, .undetermined])
    var work = SimulatedWork(leads: 60)
    for owner in 0..<3 { work.pairEffects[[4, owner]] = -2.2 }
    #expect(work.verdict(followUpIsRecorded: false)[.handOff]?.answer == .yes)
  }
}
