import Foundation
import PlumblineCore
import PlumblineStatistics
import PlumblineTestSupport
import Testing

@testable import PlumblineStorage

/// The kept file is never believed when it is not what was written.
struct KeptFileTests {
  private let agreement = ScatteredCompany.agreement

  private func company(seed: UInt64 = 7, leadCount: Int = 12) throws -> KeptWorkspace {
    let workspace = try KeptWorkspace()
    let company = ScatteredCompany(seed: seed, leadCount: leadCount, deliveryCount: 2)
    for delivery in company.deliveries { try workspace.add(delivery) }
    return workspace
  }

  private func bytes(_ workspace: KeptWorkspace) throws -> [UInt8] {
    try [UInt8](Data(contentsOf: URL(fileURLWithPath: workspace.path)))
  }

  private func write(_ bytes: [UInt8], _ workspace: KeptWorkspace) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: workspace.path))
  }

  /// Opens the file and everything in it.
  private func open(_ workspace: KeptWorkspace) throws -> KeptHistory {
    let kept = try KeptHistory(reading: KeptFile(path: workspace.path), under: agreement)
    _ = (try kept.events.value(), try kept.humanActivities.value())
    _ = try kept.repeatedDetours.value()
    return kept
  }

  @Test func `a company without leads is kept like any other`() throws {
    let workspace = try KeptWorkspace()
    var facts = FactBuilder()
    facts.owner("ann", zone: "Asia/Tokyo")
    try workspace.add(facts.batch, FactBuilder.record())
    #expect(try workspace.keeper.read(under: agreement).isSaved)
    #expect(try open(workspace).differences(from: workspace.built(agreement)) == [])
    #expect(try workspace.keeper.read(under: agreement).work == .kept)
  }

  @Test(arguments: UInt64(0)..<20)
  func `what is written is read`(seed: UInt64) throws {
    let workspace = try company(seed: seed, leadCount: 30)
    let built = try workspace.built(agreement)
    for leadsPerPart in [1, 7, 1000] {
      try KeptFile.write(built.encoded(leadsPerPart: leadsPerPart), to: workspace.path)
      #expect(try open(workspace).differences(from: built) == [])
      #expect(try open(workspace).notes == built.notes)
    }
  }

  @Test func `extreme and missing times are read as they were`() throws {
    var kept = try company().built(agreement)
    let times: [TimePoint] = [
      .missing, .undated, TimePoint(rawValue: .max - 1), TimePoint(rawValue: .min + 1),
      TimePoint(rawValue: 0),
    ]
    let count = times.count
    kept.leads = .none
    kept.leads.ids = Array(1...UInt32(count))
    kept.leads.created = times
    kept.leads.channels = Array(repeating: 0, count: count)
    kept.leads.campaigns = kept.leads.channels
    kept.leads.segments = kept.leads.channels
    kept.leads.owners = kept.leads.channels
    kept.leads.scoresAtHandOff = [.min, .max, 0, -1, 1]
    kept.leads.firstAttempts = times.reversed()
    kept.waitingLeads = [0, 4]
    kept.journeys = KeptHistory.JourneyColumns()
    kept.journeys.leads = [0, 2, 2, 3]
    kept.journeys.attempts = [1, 1, 2, .max]
    kept.journeys.reached = agreement.path.map { _ in Array(times[1...]) }
    kept.journeys.exits = Array(times[..<4])
    kept.journeys.detours = [0, 1, .max, 0]
    kept.journeys.activityCounts = [0, .max, 1, 7]
    kept.meetings = [.init(of: 2, times[3], times[2], .held)]
    kept.wonDeals = [
      .init(lead: 3, closed: times[2], amount: .max, rawAmount: .min, currency: 9),
      .init(lead: 3, closed: .missing, amount: nil, rawAmount: -1, currency: .max),
      .init(lead: 4, closed: .undated, amount: nil, rawAmount: nil, currency: 0),
    ]
    let events = CompanyHistory.Events(
      listsFrom: [0, 0, 2, 2, 6, 6],
      [times[3], times[2], .undated, times[2], times[3], times[4]],
      [.stage(0), .reopened, .detour(2), .detour(1), .stage(6), .detour(0)]
    )
    kept.events = Deferred(events)
    kept.repeatedDetours = Deferred(CompanyHistory.RepeatedDetours(events))
    #expect(try kept.repeatedDetours.value().detours == [1, 0])
    kept.humanActivities = Deferred(CompanyHistory.HumanActivities(leadCount: count))
    let workspace = try KeptWorkspace()
    for leadsPerPart in [1, 2, 5] {
      try KeptFile.write(kept.encoded(leadsPerPart: leadsPerPart), to: workspace.path)
      #expect(try open(workspace).differences(from: kept) == [])
    }
  }

  @Test func `no byte can change without being noticed`() throws {
    let workspace = try company(leadCount: 6)
    _ = try workspace.keeper.read(under: agreement)
    let whole = try bytes(workspace)
    var generator = SeededGenerator(seed: 1)
    // Every byte of the header, where a change could point anywhere, and of every section.
    for position in whole.indices {
      var damaged = whole
      damaged[position] ^= UInt8.random(in: 1...255, using: &generator)
      try write(damaged, workspace)
      #expect(throws: KeptProblem.self, "byte \(position)") { try open(workspace) }
    }
  }

  @Test func `a file that ends early or late is noticed`() throws {
    let workspace = try company(leadCount: 6)
    _ = try workspace.keeper.read(under: agreement)
    let whole = try bytes(workspace)
    for length in whole.indices {
      try write(Array(whole[..<length]), workspace)
      #expect(throws: KeptProblem.self, "\(length) bytes") { try open(workspace) }
    }
    try write(whole + [0], workspace)
    #expect(throws: KeptProblem.wrongLength) { try open(workspace) }
  }

  @Test func `a damaged file is named and made anew, and every answer stays right`() throws {
    let workspace = try company()
    let expected = try workspace.built(agreement)
    _ = try workspace.keeper.read(under: agreement)
    let whole = try bytes(workspace)
    let file = try KeptFile(path: workspace.path)
    for section in file.header.sections where section.length > 0 {
      var damaged = whole
      damaged[section.offset + section.length / 2] ^= 0x10
      try write(damaged, workspace)
      let finding = try #require(workspace.keeper.compare(under: agreement).first)
      #expect(finding.code == "kept.damaged")
      #expect(finding.message.contains("section \(section.name) "))
      let reading = try workspace.keeper.read(under: agreement)
      // Events and activities are looked at when they are asked for.
      let kept = try workspace.kept(reading, like: expected)
      #expect(try kept.differences(from: expected) == [], "\(section.name)")
      #expect(try workspace.keeper.read(under: agreement).work != .updated(leads: 0))
      #expect(try workspace.keeper.compare(under: agreement) == [])
    }
  }

  @Test func `a file of another store, agreement, program or format is not used`() throws {
    let (workspace, other) = (try company(), try company())
    _ = try workspace.keeper.read(under: agreement)
    let whole = try bytes(workspace)
    try write(whole, other)
    #expect(
      try other.keeper.read(under: agreement).work
        == .rebuilt(KeptProblem.otherStore.description)
    )
    var later = agreement
    later.hash = "another"
    #expect(
      try workspace.keeper.read(under: later).work
        == .rebuilt(KeptProblem.otherMeaning.description)
    )
    try write(whole, workspace)
    var keeper = HistoryKeeper(store: workspace.store, path: workspace.path, program: "2")
    keeper.largestShare = 1
    #expect(
      try keeper.read(under: agreement).work == .rebuilt(KeptProblem.otherMeaning.description)
    )
    var newer = whole
    newer[8] += 1
    try write(newer, workspace)
    #expect(
      try workspace.keeper.read(under: agreement).work
        == .rebuilt(KeptProblem.otherFormat(KeptHeader.version + 1).description)
    )
  }

  @Test func `what a killed writer left is removed, what is being written is not`() throws {
    let workspace = try company()
    let left = workspace.path + ".999999999-1." + Leftovers.suffix
    let own = workspace.path + ".\(ProcessInfo.processInfo.processIdentifier)-1."
    try Data([1]).write(to: URL(fileURLWithPath: left))
    try Data([1]).write(to: URL(fileURLWithPath: own + Leftovers.suffix))
    #expect(try workspace.keeper.read(under: agreement).isSaved)
    #expect(!FileManager.default.fileExists(atPath: left))
    #expect(FileManager.default.fileExists(atPath: own + Leftovers.suffix))
    #expect(try workspace.keeper.read(under: agreement).work == .kept)
  }

  @Test func `whoever has the old file open is not disturbed by a new one`() throws {
    let workspace = try company()
    _ = try workspace.keeper.read(under: agreement)
    let old = try KeptHistory(reading: KeptFile(path: workspace.path), under: agreement)
    let expected = try open(workspace)
    try workspace.add(ScatteredCompany(seed: 8, deliveryCount: 1).deliveries[0])
    #expect(try workspace.keeper.read(under: agreement).isSaved)
    #expect(try old.differences(from: expected) == [])
  }

  @Test func `where nothing can be written every answer is read from the facts`() throws {
    let workspace = try company()
    let keeper = HistoryKeeper(
      store: workspace.store,
      path: workspace.folder.appendingPathComponent("no/such/folder/kept").path,
      program: "1"
    )
    for _ in 0..<2 {
      let reading = try keeper.read(under: agreement)
      #expect(reading.work == .rebuilt(KeptProblem.noFile.description))
      #expect(!reading.isSaved)
    }
  }

  @Test func `questions about other times and imports leave the file as it is`() throws {
    let workspace = try company()
    _ = try workspace.keeper.read(under: agreement)
    let whole = try bytes(workspace)
    let asOf = try workspace.built(agreement).key.asOf
    for day in [-30, 30] {
      let instant = Instant(seconds: asOf + Int64(day) * 86_400)
      let reading = try workspace.keeper.read(under: agreement, asOf: instant)
      #expect(reading.history.asOf == instant)
      #expect(!reading.isSaved)
    }
    let early = try workspace.keeper.read(under: agreement, through: 1)
    let expected = try CompanyHistory(reading: workspace.store, under: agreement, through: 1)
    #expect(early.history.leads.ids == expected.leads.ids)
    #expect(early.history.asOf == expected.asOf)
    #expect(try bytes(workspace) == whole)
  }

  @Test func `another rule is read on the kept events`() throws {
    let workspace = try company()
    _ = try workspace.keeper.read(under: agreement)
    for rule in SkipRule.allCases {
      for returns in ReturnRule.allCases {
        var other = agreement
        other.skips = rule
        other.returns = returns
        let reading = try workspace.keeper.read(under: other)
        #expect(reading.work == .kept)
        let built = try workspace.built(other)
        #expect(try workspace.kept(reading, like: built).differences(from: built) == [])
      }
    }
  }

  @Test func `a condition that holds for a time only is kept with that time`() throws {
    let workspace = try company()
    let middle = try workspace.built(agreement).key.asOf / 2
    for (from, until) in [(nil, nil), (middle, nil), (nil, middle), (0, middle)]
      as [(Int64?, Int64?)]
    {
      var other = agreement
      other.askedConfirmations = [
        Confirmation(
          stage: 1,
          by: 2,
          withinDays: 30,
          from: from.map { Instant(seconds: $0) },
          until: until.map { Instant(seconds: $0) }
        )
      ]
      let built = try workspace.built(other)
      try KeptFile.write(built.encoded(), to: workspace.path)
      #expect(try KeptFile(path: workspace.path).header.key.rule == other.journeyRule)
      let reading = try workspace.keeper.read(under: other)
      #expect(reading.work == .kept)
      #expect(try workspace.kept(reading, like: built).differences(from: built) == [])
      // The same condition at other times is another rule.
      other.askedConfirmations?[0].until = Instant(seconds: middle + 86_400)
      let later = try workspace.built(other)
      let second = try workspace.keeper.read(under: other)
      #expect(try workspace.kept(second, like: later).differences(from: later) == [])
    }
  }
}
