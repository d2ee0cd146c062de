import PlumblineCore
import PlumblineStatistics
import PlumblineTestSupport
import Testing

/// Reading under many versions set against reading all facts once under each version alone and
/// picking, event by event, what belongs to the version's time.
struct VersionedReadingPropertyTests {
  private static let words = [
    "lead", "mql", "sql", "meeting_booked", "meeting_held", "opportunity", "won", "lost",
    "recycled", "no such stage",
  ]
  private static let zones = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu"]

  /// A version in which each word names one stage or none, and so does each kind of evidence.
  private static func version(
    _ name: Int,
    _ day: Int,
    _ calendar: LocalCalendar,
    _ random: inout SeededGenerator
  ) -> Agreement {
    var rest = words.dropFirst().shuffled(using: &random)
    let pathCount = Int.random(in: 2...5, using: &random)
    let detourCount = Int.random(in: 0...2, using: &random)
    var path = [Stage(id: "lead", evidence: [])]
    while path.count < pathCount { path.append(Stage(id: rest.removeLast(), evidence: [])) }
    var detours: [Stage] = []
    while detours.count < detourCount { detours.append(Stage(id: rest.removeLast(), evidence: [])) }
    for word in rest {
      let place = Int.random(in: -2..<path.count + detours.count, using: &random)
      if place >= path.count {
        detours[place - path.count].aliases.append(word)
      } else if place >= 0 {
        path[place].aliases.append(word)
      }
    }
    for kind in Stage.Evidence.allCases where kind != .leadCreated {
      let place = Int.random(in: -1..<path.count + detours.count, using: &random)
      if place >= path.count {
        detours[place - path.count].evidence.append(kind)
      } else if place >= 0 {
        path[place].evidence.append(kind)
      }
    }
    var agreement = Agreement(
      version: "v\(name)",
      effective: CivilDate(dayNumber: day),
      calendar: calendar,
      path: path,
      detours: detours
    )
    agreement.confirmations = (1..<path.count).compactMap { stage in
      guard stage + 1 < path.count, Int.random(in: 0..<3, using: &random) == 0 else { return nil }
      let by = Int.random(in: stage + 1..<path.count, using: &random)
      return .init(
        stage: stage,
        by: by,
        withinDays: [5, 40][Int.random(in: 0...1, using: &random)]
      )
    }
    return agreement
  }

  private static func agreement(_ random: inout SeededGenerator) throws -> Agreement {
    let zone = zones[Int.random(in: 0..<zones.count, using: &random)]
    let calendar = try #require(LocalCalendar(zoneName: zone))
    let count = Int.random(in: 1...4, using: &random)
    let days = Set((0..<count).map { _ in Int.random(in: 0..<130, using: &random) }).sorted()
    var versions: [Agreement] = []
    for (index, day) in days.enumerated() {
      versions.append(version(index, day, calendar, &random))
    }
    var present = versions.removeLast()
    present.earlier = versions
    return present
  }

  /// The stage or detour of the present version that an earlier version's stage is now.
  private static func place(_ id: String, _ present: Agreement) -> String? {
    let all =
      present.path.enumerated().map { ("@\($0)", $1) }
      + present.detours.enumerated().map { ("@d\($0)", $1) }
    return all.first { $0.1.id == id }?.0 ?? all.first { $0.1.aliases.contains(id) }?.0
  }

  /// The present path under names that no data has, with one version's words and evidence.
  private static func alone(_ version: Agreement, _ present: Agreement) -> Agreement {
    var agreement = present
    agreement.earlier = []
    agreement.confirmations = []
    agreement.path = present.path.indices.map { Stage(id: "@\($0)", evidence: []) }
    agreement.detours = present.detours.indices.map { Stage(id: "@d\($0)", evidence: []) }
    for stage in version.path + version.detours {
      guard let name = place(stage.id, present) else { continue }
      for index in agreement.path.indices where agreement.path[index].id == name {
        agreement.path[index].aliases += [stage.id] + stage.aliases
        agreement.path[index].evidence += stage.evidence
      }
      for index in agreement.detours.indices where agreement.detours[index].id == name {
        agreement.detours[index].aliases += [stage.id] + stage.aliases
        agreement.detours[index].evidence += stage.evidence
      }
    }
    return agreement
  }

  private static func events(_ history: CompanyHistory, _ lead: Int) -> [[Int64]] {
    history.events.range(of: lead).compactMap { place in
      let (code, time) = (history.events.codes[place], history.events.times[place])
      return code == .stage(0) ? nil : [time.rawValue, Int64(code.rawValue)]
    }
  }

  private static func history(_ seed: UInt64) throws -> (CompanyHistory, [CompanyHistory]) {
    var random = SeededGenerator(seed: seed)
    let present = try agreement(&random)
    let ledger = RandomCompany(seed: seed, importCount: 3).ledger(exportedDays: [90, nil, nil])
    let asOf = FactBuilder.time(160).instant
    let versions = present.earlier + [present]
    return (
      CompanyHistory(ledger, under: present, asOf: asOf),
      versions.map { CompanyHistory(ledger, under: alone($0, present), asOf: asOf) }
    )
  }

  @Test(arguments: UInt64(0)..<300)
  func `each event is what the version of its time says`(seed: UInt64) throws {
    let (history, parts) = try Self.history(seed)
    let present = history.agreement
    let versions = present.earlier + [present]
    for lead in history.leads.ids.indices {
      // Where a stage alone says when a lead began, versions may differ about the beginning.
      let created = history.leads.created[lead]
      guard parts.allSatisfy({ $0.leads.created[lead] == created }) else { continue }
      var expected: [[Int64]] = []
      for (index, part) in parts.enumerated() {
        expected += Self.events(part, lead).filter { event in
          let time = TimePoint(rawValue: event[0])
          guard time.isDated else { return index == versions.count - 1 }
          return present.inForce(at: time.instant).version == versions[index].version
        }
      }
      let found = Self.events(history, lead)
      #expect(
        found.sorted { $0.lexicographicallyPrecedes($1) }
          == expected.sorted { $0.lexicographicallyPrecedes($1) }
      )
    }
  }

  @Test func `the companies above hold what is to be tried`() throws {
    var (read, retired, moved) = (0, 0, 0)
    for seed in UInt64(0)..<300 {
      let (history, parts) = try Self.history(seed)
      for lead in history.leads.ids.indices { read += Self.events(history, lead).count }
      retired += history.gaps.first { $0.kind == .retiredStage }?.count ?? 0
      guard let last = parts.last, parts.count > 1 else { continue }
      for lead in history.leads.ids.indices
      where Self.events(history, lead) != Self.events(last, lead) { moved += 1 }
    }
    #expect(read > 2_000 && retired > 100 && moved > 300)
  }

  @Test(arguments: UInt64(0)..<300, SkipRule.allCases)
  func `conditions of a time are asked of the events of that time`(
    seed: UInt64,
    skips: SkipRule
  ) throws {
    let history = try Self.history(seed).0
    for returns in ReturnRule.allCases {
      var rule = history.agreement.journeyRule.with(skips)
      rule.returns = returns
      let journeys = Journeys(history, rule: rule)
      let rows = (0..<journeys.count).map { row in
        ReferenceJourneys.Row(
          lead: Int(journeys.leads[row]),
          attempt: Int(journeys.attempts[row]),
          reached: journeys.reached.map { $0[row] },
          exit: journeys.exits[row],
          detour: Int(journeys.detours[row])
        )
      }
      #expect(rows == ReferenceJourneys(history, rule).rows)
    }
  }
}
