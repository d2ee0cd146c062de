import PlumblineCore
import PlumblineTestSupport
import Testing

/// Facts read under the version of the agreement that was in force when they happened.
///
/// Days are counted from 1970-01-01; the present version begins on day 100.
struct VersionedReadingTests {
  private static let detours = [Stage(id: "lost")]

  /// The path lead, mql, sql, won with other words for the two in the middle.
  private func version(
    _ name: String,
    from day: Int,
    mql: [String] = [],
    sql: [String] = []
  ) -> Agreement {
    Agreement(
      version: name,
      effective: CivilDate(dayNumber: day),
      path: [
        Stage(id: "lead"), Stage(id: "mql", aliases: mql), Stage(id: "sql", aliases: sql),
        Stage(id: "won"),
      ],
      detours: Self.detours
    )
  }

  private func following(_ old: Agreement, _ new: Agreement) -> Agreement {
    var agreement = new
    agreement.earlier = [old]
    return agreement
  }

  /// The events of the only lead but its beginning: codes with days.
  private func events(_ facts: FactBuilder, _ agreement: Agreement) -> [String] {
    let history = facts.history(agreement, asOfDay: 400)
    return history.events.range(of: 0).compactMap { place in
      let code = history.events.codes[place]
      let time = history.events.times[place]
      if code == .stage(0) { return nil }
      let name =
        code.stageIndex.map { agreement.path[$0].id }
        ?? code.detourIndex.map { agreement.detours[$0].id } ?? "reopened"
      return time.isDated ? "\(name)@\(Double(time.instant.seconds) / 86_400)" : name
    }
  }

  private func facts(_ stages: [(String, Double?)]) -> FactBuilder {
    var facts = FactBuilder()
    facts.lead("a", day: 1)
    for (stage, day) in stages { facts.stage("a", stage, day: day) }
    return facts
  }

  private func gap(
    _ kind: CaptureGap.Kind,
    _ facts: FactBuilder,
    _ agreement: Agreement
  )
    -> CaptureGap?
  {
    facts.history(agreement, asOfDay: 400).gaps.first { $0.kind == kind }
  }

  // MARK: Words

  @Test
  func `a word means what it meant then, to the second, and what nobody dated what it means now`() {
    let agreement = following(
      version("old", from: 0, mql: ["Qualified"]),
      version("new", from: 100, sql: ["Qualified"])
    )
    let facts = facts([
      ("Qualified", 50), ("Qualified", 100 - 1.0 / 86_400), ("qualified", 100), ("Qualified", nil),
    ])
    #expect(
      events(facts, agreement)
        == ["sql", "mql@50.0", "mql@\(100 - 1.0 / 86_400)", "sql@100.0"]
    )
  }

  @Test func `a day without a time belongs to the version that begins on it`() {
    let agreement = following(
      version("old", from: 0, mql: ["Qualified"]),
      version("new", from: 100, sql: ["Qualified"])
    )
    var facts = facts([])
    facts.stage("a", "Qualified", day: 99, precision: .day)
    facts.stage("a", "Qualified", day: 100, precision: .day)
    #expect(events(facts, agreement) == ["mql@99.0", "sql@100.0"])
  }

  @Test func `a word that was dropped later still counts for its time`() {
    let agreement = following(
      version("old", from: 0, mql: ["Hot"]),
      version("new", from: 100)
    )
    let facts = facts([("Hot", 50), ("Hot", 150)])
    #expect(events(facts, agreement) == ["mql@50.0"])
    #expect(
      gap(.unknownStage, facts, agreement) == CaptureGap(.unknownStage, count: 1, examples: ["Hot"])
    )
  }

  @Test func `a stage that came later is unknown before, and the gap names the version`() {
    var new = version("new", from: 100)
    new.path.insert(Stage(id: "demo"), at: 3)
    let agreement = following(version("old", from: 0), new)
    let facts = facts([("demo", 50), ("sql", 60), ("demo", 150), ("won", 160)])
    #expect(events(facts, agreement) == ["sql@60.0", "demo@150.0", "won@160.0"])
    #expect(
      gap(.unknownStage, facts, agreement)
        == CaptureGap(.unknownStage, count: 1, examples: ["demo (under version old)"])
    )
  }

  @Test func `events of a stage that is no more are a gap that names it`() {
    var old = version("old", from: 0)
    old.path.insert(Stage(id: "demo", aliases: ["Show"]), at: 3)
    old.detours.append(Stage(id: "parked"))
    let agreement = following(old, version("new", from: 100))
    let facts = facts([("demo", 50), ("Show", 51), ("parked", 52), ("won", 60)])
    #expect(events(facts, agreement) == ["won@60.0"])
    #expect(
      gap(.retiredStage, facts, agreement)
        == CaptureGap(.retiredStage, count: 3, examples: ["demo", "parked"])
    )
    #expect(gap(.unknownStage, facts, agreement) == nil)
  }

  @Test func `a renamed stage is found by its old id among the other words`() {
    var old = version("old", from: 0)
    old.path[2] = Stage(id: "sal", aliases: ["Accepted"])
    let agreement = following(old, version("new", from: 100, sql: ["sal"]))
    let facts = facts([("Accepted", 50)])
    #expect(events(facts, agreement) == ["sql@50.0"])
    #expect(gap(.retiredStage, facts, agreement) == nil)
  }

  @Test func `a stage of the path that is a detour now is one`() {
    var old = version("old", from: 0)
    old.path.insert(Stage(id: "parked"), at: 3)
    var new = version("new", from: 100)
    new.detours.append(Stage(id: "parked"))
    #expect(events(facts([("parked", 50)]), following(old, new)) == ["parked@50.0"])
  }

  @Test func `stages in another order keep their names`() {
    var old = version("old", from: 0)
    old.path.swapAt(1, 2)
    let agreement = following(old, version("new", from: 100))
    #expect(events(facts([("mql", 50), ("sql", 60)]), agreement) == ["mql@50.0", "sql@60.0"])
  }

  @Test func `three versions each hold for their time`() {
    var agreement = version("c", from: 200, sql: ["X"])
    agreement.earlier = [version("a", from: 50, sql: ["X"]), version("b", from: 100, mql: ["X"])]
    let facts = facts([("X", 10), ("X", 60), ("X", 100), ("X", 199.5), ("X", 200)])
    #expect(
      events(facts, agreement)
        == ["sql@10.0", "sql@60.0", "mql@100.0", "mql@199.5", "sql@200.0"]
    )
  }

  // MARK: Evidence

  @Test func `evidence shows what it showed then`() {
    func version(_ name: String, _ day: Int, _ booked: String?) -> Agreement {
      var version = self.version(name, from: day)
      for index in version.path.indices where version.path[index].id == booked {
        version.path[index].evidence = [.meetingBooked]
      }
      return version
    }
    let agreement = following(version("old", 0, "mql"), version("new", 100, "sql"))
    var facts = facts([])
    facts.meeting("1", lead: "a", booked: 50, starts: 51)
    facts.meeting("2", lead: "a", booked: 100, starts: 101)
    facts.meeting("3", lead: "a", booked: nil, starts: nil)
    #expect(events(facts, agreement) == ["sql", "mql@50.0", "sql@100.0"])
    #expect(events(facts, following(version("old", 0, nil), agreement)) == ["sql", "sql@100.0"])
  }

  @Test func `evidence of a stage that is no more is a gap`() {
    var old = version("old", from: 0)
    old.path.insert(Stage(id: "opportunity"), at: 3)
    let agreement = following(old, version("new", from: 100))
    var facts = facts([])
    facts.deal("1", lead: "a", created: 50, closed: 150, outcome: "won", amount: 1)
    facts.deal("2", lead: "a", created: 120)
    #expect(events(facts, agreement) == ["won@150.0"])
    #expect(gap(.retiredStage, facts, agreement)?.count == 1)
    #expect(gap(.retiredStage, facts, agreement)?.examples == ["opportunity"])
  }

  // MARK: Conditions

  private func confirmed(_ agreement: Agreement, withinDays days: Int?) -> Agreement {
    var agreement = agreement
    agreement.confirmations = days.map { [.init(stage: 1, by: 2, withinDays: $0)] } ?? []
    return agreement
  }

  @Test(arguments: [
    (nil, 30, [50.0, 160]), (30, nil, [50.0, 150, 160]), (5, 30, [160.0]),
    (30, 5, [50.0, 160]), (30, 30, [50.0, 160]), (nil, nil, [50.0, 150, 160]),
  ])
  func `a stage is confirmed as was agreed when it was reached`(
    old: Int?,
    new: Int?,
    days: [Double]
  ) {
    let agreement = following(
      confirmed(version("old", from: 0), withinDays: old),
      confirmed(version("new", from: 100), withinDays: new)
    )
    var facts = FactBuilder()
    // The first is confirmed after 20 days, the second never, the third at once.
    for (lead, mql, sql) in [("a", 50.0, 70.0), ("b", 150, 250), ("c", 160, 160)] {
      facts.lead(lead, day: 1)
      facts.stage(lead, "mql", day: mql)
      facts.stage(lead, "sql", day: sql)
    }
    var rule = agreement.journeyRule
    rule.skips = .any
    let journeys = Journeys(facts.history(agreement, asOfDay: 400), rule: rule)
    let reached = journeys.reached[1].filter(\.isPresent).map { $0.instant.seconds / 86_400 }
    #expect(reached.map(Double.init) == days)
  }

  @Test func `what several versions in a row agree upon is one condition`() {
    var agreement = confirmed(version("c", from: 200), withinDays: 30)
    agreement.earlier = [
      confirmed(version("a", from: 0), withinDays: 30),
      confirmed(version("b", from: 100), withinDays: 30),
    ]
    #expect(agreement.journeyRule.confirmations == agreement.confirmations)
    agreement.earlier[0].confirmations = []
    #expect(
      agreement.journeyRule.confirmations == [
        .init(stage: 1, by: 2, withinDays: 30, from: FactBuilder.time(100).instant)
      ]
    )
    agreement.earlier[1].confirmations = []
    agreement.earlier[0].confirmations = agreement.confirmations
    #expect(
      agreement.journeyRule.confirmations == [
        .init(stage: 1, by: 2, withinDays: 30, until: FactBuilder.time(100).instant),
        .init(stage: 1, by: 2, withinDays: 30, from: FactBuilder.time(200).instant),
      ]
    )
  }

  @Test func `a condition about a stage that is no more is left out, one that moved moves`() {
    var old = version("old", from: 0)
    old.path.insert(Stage(id: "demo"), at: 1)
    old.confirmations = [
      .init(stage: 1, by: 2, withinDays: 3), .init(stage: 2, by: 3, withinDays: 9),
    ]
    let end = FactBuilder.time(100).instant
    #expect(
      following(old, version("new", from: 100)).journeyRule.confirmations
        == [.init(stage: 1, by: 2, withinDays: 9, until: end)]
    )
  }

  @Test func `what a question asks for holds at all times`() {
    var agreement = following(
      confirmed(version("old", from: 0), withinDays: 5),
      confirmed(version("new", from: 100), withinDays: 30)
    )
    agreement.askedConfirmations = [.init(stage: 1, by: 3, withinDays: 7)]
    #expect(agreement.journeyRule.confirmations == agreement.askedConfirmations)
    agreement.askedConfirmations = []
    #expect(agreement.journeyRule.confirmations.isEmpty)
  }

  @Test func `an undated stage needs the confirmation that the present version asks for`() {
    let facts = facts([("mql", nil), ("sql", 50)])
    for (old, new, isReached) in [(30, nil, true), (nil, 30, false)] as [(Int?, Int?, Bool)] {
      let agreement = following(
        confirmed(version("old", from: 0), withinDays: old),
        confirmed(version("new", from: 100), withinDays: new)
      )
      var rule = agreement.journeyRule
      rule.skips = .any
      let journeys = Journeys(facts.history(agreement, asOfDay: 400), rule: rule)
      #expect(journeys.reached[1][0].isPresent == isReached)
    }
  }

  // MARK: The promise

  /// Hand-offs on Monday day 95 (old version) and Monday day 102 (new), each touched after 3 hours.
  private func work(_ change: (inout Agreement, inout Agreement) -> Void) throws -> [HandOff] {
    var company = WorkCompany()
    company.handOff("a", WorkCompany.at(95, 10))
    company.activity("a", day: WorkCompany.at(95, 13))
    company.handOff("b", WorkCompany.at(102, 10))
    company.activity("b", day: WorkCompany.at(102, 13))
    var (old, new) = (company.agreement, company.agreement)
    (old.version, old.effective) = ("old", CivilDate(dayNumber: 0))
    (new.version, new.effective) = ("new", CivilDate(dayNumber: 100))
    change(&old, &new)
    new.earlier = [old]
    company.agreement = new
    return try company.records().handOffs
  }

  @Test func `a promise that was tightened binds those handed over since`() throws {
    let handOffs = try work { _, new in new.salesSLA?.firstTouch?.usual.seconds = 2 * 3600 }
    #expect(handOffs.map(\.followUp?.isMet) == [true, false])
    #expect(
      handOffs.map(\.followUp?.deadline)
        == [WorkCompany.at(95, 14), WorkCompany.at(102, 12)].map { FactBuilder.time($0).instant }
    )
  }

  @Test func `a promise that was loosened still binds those handed over before`() throws {
    let handOffs = try work { old, _ in old.salesSLA?.firstTouch?.usual.seconds = 2 * 3600 }
    #expect(handOffs.map(\.followUp?.isMet) == [false, true])
  }

  @Test func `working hours are those of the version of the hand-off`() throws {
    let late = WorkingTime(weekdays: Set(0...4), shifts: [.init(startMinute: 720, endMinute: 1200)])
    let handOffs = try work { old, _ in old.workingTime = late }
    #expect(
      handOffs.map(\.followUp?.deadline)
        == [WorkCompany.at(95, 16), WorkCompany.at(102, 14)].map { FactBuilder.time($0).instant }
    )
  }

  @Test func `attempts are counted as was agreed then`() throws {
    let handOffs = try work { _, new in new.salesSLA?.attempts = .init(count: 2, withinDays: 5) }
    #expect(handOffs.map(\.followUp?.isMet) == [true, false])
  }

  @Test func `leads handed over before there was a promise are not judged`() throws {
    let handOffs = try work { old, _ in old.salesSLA = nil }
    #expect(handOffs.map(\.standing) == [.withoutPromise, .counted])
    #expect(handOffs.map(\.followUp?.isMet) == [nil, true])
    let none = try work { old, new in
      old.salesSLA = nil
      new.salesSLA = nil
    }
    #expect(none.map(\.standing) == [.counted, .counted])
    let dropped = try work { _, new in new.salesSLA = nil }
    #expect(dropped.map(\.standing) == [.counted, .withoutPromise])
  }

  // MARK: The same agreement twice

  @Test(arguments: UInt64(0)..<40)
  func `versions that differ by name and day alone change nothing`(seed: UInt64) {
    let company = RandomCompany(seed: seed, importCount: 3)
    let ledger = company.ledger(exportedDays: [nil, 100, nil])
    var alone = RandomCompany.agreement(zone: seed % 2 == 0 ? "UTC" : "Europe/Berlin")
    alone.confirmations = [.init(stage: 1, by: 2, withinDays: 20)]
    alone.salesSLA = SalesSLA(firstTouch: .init(usual: .init(seconds: 3600, isWorkingTime: true)))
    var several = alone
    several.effective = CivilDate(dayNumber: 80)
    several.earlier = [30, 55].map { day in
      var earlier = alone
      earlier.version = "before \(day)"
      earlier.effective = CivilDate(dayNumber: day)
      return earlier
    }
    let left = CompanyHistory(ledger, under: alone)
    let right = CompanyHistory(ledger, under: several)
    #expect(HistoryRows(left).lines == HistoryRows(right).lines)
    #expect(left.gaps == right.gaps)
    #expect(alone.journeyRule == several.journeyRule)
  }
}
