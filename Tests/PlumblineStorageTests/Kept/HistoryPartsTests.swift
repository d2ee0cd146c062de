import Foundation
import PlumblineCore
import PlumblineTestSupport
import Testing

@testable import PlumblineStorage

/// A history that is read some leads at a time says what it says when it is read whole.
struct HistoryPartsTests {
  private let agreement = ScatteredCompany.agreement

  private func company(seed: UInt64, leadCount: Int = 17) throws -> KeptWorkspace {
    let workspace = try KeptWorkspace()
    for delivery in ScatteredCompany(seed: seed, leadCount: leadCount, deliveryCount: 2).deliveries
    {
      try workspace.add(delivery)
    }
    return workspace
  }

  /// What parts say of leads and their journeys, a line each, the leads named by their ids.
  private struct Words: Hashable {
    var leads: [String] = []
    var journeys: [String] = []
    var objects: [String] = []
    var activities: [String] = []

    init() {}

    init(_ history: CompanyHistory, _ journeys: Journeys, _ rows: Range<Int>) throws {
      try history.load(Set(CompanyHistory.Part.allCases))
      let (leads, events, human) = (history.leads, history.events, history.humanActivities)
      self.leads = leads.ids.indices.map { lead in
        let range = events.range(of: lead)
        return "\(leads.ids[lead]) \(leads.created[lead]) \(leads.channels[lead]) "
          + "\(leads.campaigns[lead]) \(leads.segments[lead]) \(leads.owners[lead]) "
          + "\(leads.scoresAtHandOff[lead]) \(leads.firstAttempts[lead]) \(human.counts[lead]) "
          + "\(events.times[range]) \(events.codes[range])"
      }
      self.journeys = rows.map { row in
        "\(leads.ids[Int(journeys.leads[row])]) \(journeys.attempts[row]) \(journeys.exits[row]) "
          + "\(journeys.detours[row]) \(journeys.activityCounts[row]) "
          + "\(journeys.reached.map { $0[row] })"
      }
      objects =
        history.waitingLeads.map { "waits \(leads.ids[Int($0)])" }
        + history.meetings.map { "\(leads.ids[$0.lead]) \($0.booked) \($0.starts) \($0.outcome)" }
        + history.wonDeals.map {
          "\(leads.ids[$0.lead]) \($0.closed) \($0.amount ?? -1) \($0.rawAmount ?? -1) \($0.currency)"
        }
        + history.repeatedDetours.leads.indices.map { index in
          let detours = history.repeatedDetours
          return "\(leads.ids[Int(detours.leads[index])]) \(detours.times[index]) "
            + "\(detours.detours[index])"
        }
        + human.returningLeads.indices.map { position in
          let times = human.times[human.starts[position]..<human.starts[position + 1]]
          return "\(leads.ids[Int(human.returningLeads[position])]) \(times)"
        }
      activities = history.activities.map {
        "\(leads.ids[$0.lead]) \($0.time) \($0.owner) \($0.isAttempt) \($0.isAutomated)"
      }
    }

    /// The same, with lines in one order whatever the parts.
    func joined(with others: [Words]) -> Words {
      var all = self
      for other in others {
        all.leads += other.leads
        all.journeys += other.journeys
        all.objects += other.objects
        all.activities += other.activities
      }
      all.objects.sort()
      all.activities.sort()
      return all
    }
  }

  private func words(_ parts: HistoryParts, _ rule: JourneyRule, threads: Int = 2) throws -> Words {
    Words().joined(
      with: try parts.map(rule: rule, threads: threads) { part in
        // Of a whole history every part has all leads: only the first one's are told.
        var words = try Words(part.history, part.journeys, part.rows)
        if !part.isFirst, part.rows.count < part.journeys.leads.count { words.leads = [] }
        if !part.isFirst, part.rows.count < part.journeys.leads.count { words.objects = [] }
        if !part.isFirst, part.rows.count < part.journeys.leads.count { words.activities = [] }
        return words
      }
    )
  }

  private func wholeWords(_ workspace: KeptWorkspace, _ rule: JourneyRule) throws -> Words {
    let history = try CompanyHistory(reading: workspace.store, under: agreement)
    let journeys = Journeys(history, rule: rule)
    return Words().joined(
      with: [try Words(history, journeys, 0..<journeys.leads.count)]
    )
  }

  @Test(arguments: UInt64(0)..<6, [1, 4, 16, 1000])
  func `parts together are the whole`(seed: UInt64, leadsPerPart: Int) throws {
    let workspace = try company(seed: seed)
    var keeper = workspace.keeper
    keeper.leadsPerPart = leadsPerPart
    let leadCount = try keeper.read(under: agreement).history.leads.ids.count
    let file = try KeptFile(path: workspace.path)
    #expect(file.partCount == (leadCount + leadsPerPart - 1) / leadsPerPart)
    for skips in SkipRule.allCases {
      for returns in ReturnRule.allCases {
        let rule = JourneyRule(skips: skips, returns: returns)
        let expected = try wholeWords(workspace, rule)
        for threads in [1, 3] {
          let parts = try keeper.parts(under: agreement)
          #expect(try words(parts, rule, threads: threads) == expected)
        }
      }
    }
    // Nothing had to be written for it.
    #expect(try keeper.read(under: agreement).work == .kept)
  }

  @Test(arguments: UInt64(0)..<12, [1, 4, 1000])
  func `parts of a patched file together are the whole`(seed: UInt64, leadsPerPart: Int) throws {
    let workspace = try KeptWorkspace()
    var keeper = workspace.patchingKeeper
    keeper.leadsPerPart = leadsPerPart
    for delivery in ScatteredCompany(seed: seed, leadCount: 17, deliveryCount: 5).deliveries {
      try workspace.add(delivery)
      for skips in SkipRule.allCases {
        let rule = JourneyRule(skips: skips)
        let expected = try wholeWords(workspace, rule)
        for _ in 0..<2 {
          #expect(try words(keeper.parts(under: agreement), rule) == expected)
        }
      }
    }
  }

  @Test func `a company without leads has one part`() throws {
    let workspace = try KeptWorkspace()
    let none = try workspace.keeper.parts(under: agreement)
    #expect(try none.map(rule: agreement.journeyRule, threads: 1) { $0.rows.count } == [0])
    var facts = FactBuilder()
    facts.owner("ann", zone: "Asia/Tokyo")
    try workspace.add(facts.batch, FactBuilder.record())
    _ = try workspace.keeper.read(under: agreement)
    let parts = try workspace.keeper.parts(under: agreement)
    let found = try parts.map(rule: agreement.journeyRule) {
      "\($0.isFirst) \($0.rows) \($0.history.leads.ids.count) \($0.history.ownerZones.count)"
    }
    #expect(found == ["true 0..<0 0 1"])
  }

  @Test func `a lead alone is one part, however many threads there are`() throws {
    let workspace = try KeptWorkspace()
    var facts = FactBuilder()
    facts.lead("L1", day: 100)
    try workspace.add(facts.batch, FactBuilder.record())
    let asOf = Instant(seconds: 200 * 86_400)
    for _ in 0..<2 {
      let parts = try workspace.keeper.parts(under: agreement, asOf: asOf)
      #expect(try parts.map(rule: agreement.journeyRule, threads: 4) { $0.rows } == [0..<1])
      _ = try workspace.keeper.read(under: agreement)
    }
  }

  @Test func `what no file answers is read whole`() throws {
    let workspace = try company(seed: 3)
    let rule = agreement.journeyRule
    // There is no file yet, and new facts came since there is one; at another instant.
    #expect(
      try words(workspace.keeper.parts(under: agreement), rule) == wholeWords(workspace, rule)
    )
    _ = try workspace.keeper.read(under: agreement)
    for delivery in ScatteredCompany(seed: 3, leadCount: 17, deliveryCount: 3).deliveries.suffix(1)
    {
      try workspace.add(delivery)
    }
    #expect(
      try words(workspace.keeper.parts(under: agreement), rule) == wholeWords(workspace, rule)
    )
    let asOf = Instant(seconds: try workspace.built(agreement).key.asOf - 86_400 * 30)
    let early = try workspace.keeper.parts(under: agreement, asOf: asOf)
    let history = try CompanyHistory(reading: workspace.store, under: agreement, asOf: asOf)
    let journeys = Journeys(history, rule: rule)
    #expect(
      try words(early, rule)
        == Words().joined(with: [Words(history, journeys, 0..<journeys.leads.count)])
    )
  }

  @Test func `a damaged part is noticed, and everything read from the facts`() throws {
    let workspace = try company(seed: 5)
    let rule = agreement.journeyRule
    let expected = try wholeWords(workspace, rule)
    _ = try workspace.keeper.read(under: agreement)
    let url = URL(fileURLWithPath: workspace.path)
    let whole = try [UInt8](Data(contentsOf: url))
    let sections = try KeptFile(path: workspace.path).header.sections
    for section in sections where section.length > 0 {
      var damaged = whole
      damaged[section.offset + section.length / 2] ^= 0x10
      try Data(damaged).write(to: url)
      let parts = try workspace.keeper.parts(under: agreement)
      #expect(try words(parts, rule) == expected, "\(section.name) of part \(section.part)")
    }
  }
}
