import PlumblineTestSupport
import Testing

@testable import PlumblineCore

struct LeadSummariesTests {
  private func summaries(_ facts: FactBuilder, asOfDay: Double = 20_000) -> LeadSummaries {
    let history = facts.history(Agreement(), asOfDay: asOfDay)
    return LeadSummaries(history, Journeys(history, rule: history.agreement.journeyRule))
  }

  @Test func `knows nothing of leads that are not on record`() {
    let none = summaries(FactBuilder())
    #expect(none.of([String]()).isEmpty)
    #expect(none.of(["", "L"]) == [LeadSummary(id: ""), LeadSummary(id: "L")])
  }

  @Test func `says whence a lead came, where it stands and whose it is, in the order asked`() {
    var facts = FactBuilder()
    facts.lead("A", day: 19_900, channel: "Meta", owner: "Ana", segment: "Small")
    facts.lead("B", day: nil)
    facts.stage("A", "sql", day: 19_901)
    let found = summaries(facts).of(["B", "A", "B"])
    #expect(found.map(\.id) == ["B", "A", "B"])
    #expect(found[1].channel == "Meta" && found[1].segment == "Small" && found[1].owner == "Ana")
    #expect(found[1].created == FactBuilder.time(19_900))
    #expect(found[1].standing == .onPath(stage: 2))
    #expect(found[0].channel.isEmpty && found[0].segment.isEmpty && found[0].owner.isEmpty)
    #expect(found[0] == found[2] && !found[0].created.isDated)
  }

  @Test(arguments: [(19_901.5, 2), (19_903, 1)] as [(Double, Int)])
  func `stands where its last episode does, as of then`(asOf: Double, returns: Int) throws {
    var facts = FactBuilder()
    facts.lead("A", day: 19_900)
    facts.stage("A", "sql", day: 19_901)
    facts.stage("A", "recycled", day: 19_902)
    let found = try #require(summaries(facts, asOfDay: asOf).of(["A"]).first)
    if returns == 2 {
      #expect(found.standing == .onPath(stage: 2))
    } else {
      let detours = Agreement().detours
      let place = try #require(detours.firstIndex { $0.id == "recycled" })
      #expect(found.standing == .left(detour: place))
    }
  }
}
