import PlumblineTestSupport
import Testing

@testable import PlumblineCore

struct StageGatesTests {
  private static let rules = LeadScoring(
    fit: [.init(AttributeCriterion(name: "size", match: .range(50, nil)), points: 20)],
    engagement: [.init(touch: "demo", points: 30), .init(touch: "spam", points: -30)],
    halfLifeInDays: 10
  )

  private func agreement(
    mql: StageGate? = nil,
    sql: StageGate? = nil,
    scoring: LeadScoring? = nil,
    skips: SkipRule = .any,
    handOff: String? = nil
  ) -> Agreement {
    var agreement = Agreement(
      path: [
        Stage(id: "lead"), Stage(id: "mql", gate: mql), Stage(id: "sql", gate: sql),
        Stage(id: "won"),
      ],
      skips: skips
    )
    agreement.scoring = scoring
    agreement.agreedHandOff = handOff
    return agreement
  }

  private func reached(
    _ facts: FactBuilder,
    _ agreement: Agreement,
    asOfDay: Double = 100
  ) -> (days: [[Double?]], gaps: CaptureGap?) {
    let history = facts.history(agreement, asOfDay: asOfDay)
    let gated = StageGates.apply(to: history, facts.ledger())
    let journeys = Journeys(gated, rule: agreement.journeyRule)
    let days = (0..<journeys.count).map { row in
      agreement.path.indices.map { stage -> Double? in
        let time = journeys.reached[stage][row]
        guard time.isPresent else { return nil }
        return time.isDated ? Double(time.instant.seconds) / 86_400 : -1
      }
    }
    return (days, gated.gaps.first { $0.kind == .gateNotTestable })
  }

  @Test func `changes nothing and reads nothing without a gate`() throws {
    struct NoStore: FactStore {
      struct Touched: Error {}
      func imports() throws -> [ImportRecord] { throw Touched() }
      func texts(_: Set<TextDomain>, isIndexed: Bool) throws -> TextDictionaries {
        throw Touched()
      }
      func append(
        after newest: Int,
        _ body: (_ store: (FactTable) throws -> Void) throws -> (ImportRecord, TextDictionaries)
      ) throws -> ImportRecord { throw Touched() }
      func forEachChunk(
        of kinds: Set<FactKind>,
        after sequence: Int,
        through last: Int?,
        selecting selection: FactSelection?,
        _ body: (FactChunk) throws -> Void
      ) throws { throw Touched() }
      func append(_: FactBatch, of record: ImportRecord, after newest: Int) throws -> ImportRecord {
        throw Touched()
      }
      func forEachBatch(
        after sequence: Int,
        _ body: (ImportRecord, FactBatch) throws -> Void
      ) throws { throw Touched() }
      func history(ofLead id: String) throws -> [(ImportRecord, FactBatch)] { throw Touched() }
    }
    var facts = FactBuilder()
    facts.lead("a", day: 0)
    facts.stage("a", "mql", day: 1)
    let history = facts.history(agreement(mql: StageGate()), asOfDay: 10)
    let gated = try StageGates.apply(to: history, reading: NoStore())
    #expect(gated.events.codes == history.events.codes)
    #expect(throws: NoStore.Touched.self) {
      let gated = facts.history(agreement(mql: StageGate(score: 1)), asOfDay: 10)
      _ = try StageGates.apply(to: gated, reading: NoStore())
    }
  }

  @Test func `an empty company stays empty`() {
    let (days, gap) = reached(
      FactBuilder(),
      agreement(mql: StageGate(score: 1, acceptedBy: .sales))
    )
    #expect(days.isEmpty && gap == nil)
  }

  @Test(
    arguments: [
      (nil, true, 1), (29, false, 0), (30, true, 0), (31, true, 0),
    ] as [(Int64?, Bool, Int)]
  )
  func `a recorded score decides where there are no rules`(
    score: Int64?,
    counts: Bool,
    untested: Int
  ) {
    var facts = FactBuilder()
    facts.lead("a", day: 0, scoreAtHandOff: score)
    facts.stage("a", "mql", day: 5)
    facts.stage("a", "sql", day: 6)
    let (days, gap) = reached(facts, agreement(mql: StageGate(score: 30)))
    #expect(days == [[0, counts ? 5 : nil, 6, nil]])
    #expect(gap?.count ?? 0 == untested)
  }

  @Test func `a later stage on record is not removed, and the skip rule says what it means`() {
    var facts = FactBuilder()
    facts.lead("a", day: 0, scoreAtHandOff: 1)
    facts.stage("a", "mql", day: 5)
    facts.stage("a", "sql", day: 6)
    let gate = StageGate(score: 30)
    #expect(reached(facts, agreement(mql: gate, skips: .filled)).days == [[0, 6, 6, nil]])
    #expect(reached(facts, agreement(mql: gate, skips: .strict)).days == [[0, nil, nil, nil]])
    #expect(reached(facts, agreement(mql: gate, skips: .ordered)).days == [[0, nil, 6, nil]])
  }

  @Test func `an entry that fails keeps the lead, and its return is one all the same`() {
    var facts = FactBuilder()
    facts.lead("a", day: 0, scoreAtHandOff: 1)
    facts.stage("a", "recycled", day: 3)
    facts.stage("a", "mql", day: 9)
    let (days, _) = reached(facts, agreement(mql: StageGate(score: 30)))
    #expect(days == [[0, nil, nil, nil], [9, nil, nil, nil]])
  }

  @Test func `a computed score decides at the time of the entry, and suffices afterwards`() {
    var facts = FactBuilder()
    // Passes: 30 of a demo a moment before.
    facts.lead("now", day: 0)
    facts.touch("now", "demo", day: 5)
    facts.stage("now", "mql", day: 5)
    // The entry on day 15 fails, for half has faded; the score had reached the gate on day 5.
    facts.lead("faded", day: 0)
    facts.touch("faded", "demo", day: 5)
    facts.stage("faded", "mql", day: 15)
    // Fails, and reaches the gate by another demo later: 15 + 30.
    facts.lead("later", day: 0)
    facts.stage("later", "mql", day: 1)
    facts.touch("later", "demo", day: 2)
    // Never.
    facts.lead("never", day: 0)
    facts.attribute("never", "size", "60")
    facts.stage("never", "mql", day: 1)
    // Nothing is known: counts, and is a gap.
    facts.lead("unknown", day: 0)
    facts.stage("unknown", "mql", day: 1)
    let (days, gap) = reached(facts, agreement(mql: StageGate(score: 30), scoring: Self.rules))
    #expect(days.map { $0[1] } == [5, 5, 2, nil, 1])
    #expect(gap?.count == 1 && gap?.of == 5 && gap?.examples == ["unknown"])
  }

  @Test func `a lead without an entry enters when its score reaches the gate, while on its way`() {
    var facts = FactBuilder()
    for id in ["free", "left", "further", "same", "early", "silent", "going"] {
      facts.lead(id, day: 1)
    }
    for id in ["free", "left", "further"] { facts.touch(id, "demo", day: 5) }
    facts.stage("left", "lost", day: 4)
    facts.stage("further", "sql", day: 4)
    facts.touch("same", "demo", day: 5)
    facts.stage("same", "sql", day: 5)
    // It left at that very instant.
    facts.touch("going", "demo", day: 5)
    facts.stage("going", "lost", day: 5)
    // It came into being with the points of what it did before.
    facts.touch("early", "demo", day: 1)
    let gate = StageGate(score: 30)
    let (days, gap) = reached(facts, agreement(mql: gate, scoring: Self.rules))
    #expect(days.map { $0[1] } == [5, nil, nil, 5, 1, nil, nil])
    #expect(gap == nil)
    // A gate that asks for more does not suffice.
    let both = reached(
      facts,
      agreement(mql: StageGate(score: 30, factors: 1), scoring: Self.rules)
    )
    #expect(both.days.allSatisfy { $0[1] == nil })
  }

  @Test(arguments: SkipRule.allCases)
  func `a score alone never hands a lead over, and the gap says so`(skips: SkipRule) {
    var facts = FactBuilder()
    for id in ["scored", "low", "handed", "further", "too early", "left", "back"] {
      facts.lead(id, day: 1)
      if id != "low" { facts.touch(id, "demo", day: 5) }
    }
    facts.stage("handed", "mql", day: 5)
    facts.stage("further", "sql", day: 9)
    // Handed over on record before its score was high enough: the entry fails for good.
    facts.stage("too early", "mql", day: 4)
    facts.stage("left", "lost", day: 4)
    facts.stage("back", "lost", day: 6)
    facts.stage("back", "lead", day: 8)
    let gate = StageGate(score: 30)
    func gaps(_ agreement: Agreement) -> CaptureGap? {
      let gated = StageGates.apply(
        to: facts.history(agreement, asOfDay: 100),
        facts.ledger()
      )
      return gated.gaps.first { $0.kind == .scoreWithoutHandOff }
    }
    let atMQL = agreement(mql: gate, scoring: Self.rules, skips: skips, handOff: "mql")
    let days = reached(facts, atMQL).days
    let further: Double? = skips == .filled ? 9 : nil
    #expect(days.map { $0[1] } == [nil, nil, 5, further, nil, nil, nil, nil])
    #expect(gaps(atMQL)?.count == 2 && gaps(atMQL)?.examples == ["scored", "back"])
    #expect(gaps(atMQL)?.of == nil)
    // The gate of a stage after the hand-off hands nobody over either, and blames nobody who was.
    let atSQL = agreement(sql: gate, scoring: Self.rules, skips: skips, handOff: "mql")
    #expect(reached(facts, atSQL).days.map { $0[2] }.compactMap(\.self).isEmpty)
    #expect(gaps(atSQL)?.examples == ["scored", "back"])
    // Before the hand-off the score suffices, and nobody is handed over by it.
    let before = agreement(mql: gate, scoring: Self.rules, skips: skips, handOff: "sql")
    let early = reached(facts, before).days
    #expect(early[0][1] == 5 && early[0][2] == nil && gaps(before) == nil)
  }

  @Test func `on a path of two stages nobody is handed over by a score`() {
    var facts = FactBuilder()
    facts.lead("a", day: 1)
    facts.touch("a", "demo", day: 5)
    var two = agreement(scoring: Self.rules)
    two.path = [Stage(id: "lead"), Stage(id: "won", gate: StageGate(score: 30))]
    let (days, gap) = reached(facts, two)
    #expect(two.handOffStage == 0 && days == [[1, nil]] && gap == nil)
  }

  @Test func `points against a lead fade until it enters`() throws {
    var facts = FactBuilder()
    facts.lead("a", day: 0)
    facts.attribute("a", "size", "60")
    facts.touch("a", "spam", day: 0)
    // 20 − 30 x 2^(−t/10) = 5 after a half-life.
    let (days, _) = reached(facts, agreement(mql: StageGate(score: 5), scoring: Self.rules))
    #expect(days[0][1] == 10)
  }

  @Test func `on an entry known to the day a condition may hold at any time of the day`() {
    var facts = FactBuilder()
    facts.lead("a", day: 0)
    facts.stage("a", "mql", day: 5, precision: .day)
    facts.touch("a", "demo", day: 5.9)
    facts.lead("b", day: 0)
    facts.stage("b", "mql", day: 5, precision: .day)
    facts.touch("b", "demo", day: 6)
    facts.lead("c", day: 0)
    facts.stage("c", "mql", day: nil)
    facts.touch("c", "demo", day: 90)
    let (days, gap) = reached(facts, agreement(mql: StageGate(score: 30), scoring: Self.rules))
    #expect(days.map { $0[1] } == [5, 6, -1])
    #expect(gap?.examples == ["c"])
  }

  @Test func `counts the factors answered yes by then, sales' word first`() {
    var facts = FactBuilder()
    func lead(_ id: String, _ say: (inout FactBuilder) -> Void) {
      facts.lead(id, day: 0)
      facts.stage(id, "sql", day: 10)
      say(&facts)
    }
    lead("nothing") { _ in }
    lead("blank") { $0.attribute("blank", "budget", "unknown") }
    lead("one") { $0.attribute("one", "budget", "yes") }
    lead("two") {
      $0.attribute("two", "budget", "50k", by: "marketing")
      $0.attribute("two", "Need", "yes", by: "sales")
    }
    lead("contradicted") {
      $0.attribute("contradicted", "budget", "yes", by: "marketing")
      $0.attribute("contradicted", "budget", "no", by: "sales")
      $0.attribute("contradicted", "need", "yes")
    }
    lead("silent sales") {
      $0.attribute("silent sales", "budget", "yes", by: "marketing")
      $0.attribute("silent sales", "budget", "not asked", by: "sales")
      $0.attribute("silent sales", "need", "yes")
    }
    lead("late") {
      $0.attribute("late", "budget", "yes", day: 10)
      $0.attribute("late", "need", "yes", day: 10.5)
    }
    lead("same day") {
      $0.attribute("same day", "budget", "yes", day: 10, precision: .day)
      $0.attribute("same day", "need", "yes", day: 9)
    }
    let (days, gap) = reached(facts, agreement(sql: StageGate(factors: 2)))
    #expect(days.map { $0[2] } == [10, 10, nil, 10, nil, 10, nil, 10])
    #expect(gap?.examples == ["nothing", "blank"] && gap?.of == 8)
  }

  @Test func `sales' word during the pass decides, also when it comes after the entry`() {
    var facts = FactBuilder()
    func lead(_ id: String, _ words: [(String, Double?)]) {
      facts.lead(id, day: 0)
      facts.stage(id, "sql", day: 10)
      for word in words { facts.disposition(id, word.0, day: word.1) }
    }
    lead("silent", [])
    lead("accepted", [("accepted", 10)])
    lead("afterwards", [("accepted", 30)])
    lead("rejected", [("no_fit", 11)])
    lead("thought again", [("no_fit", 9), ("accepted", 12)])
    lead("gibberish", [("xyz", 11)])
    lead("some time", [("accepted", nil)])
    let (days, gap) = reached(facts, agreement(sql: StageGate(acceptedBy: .sales)))
    #expect(days.map { $0[2] } == [10, 10, 10, nil, 10, 10, 10])
    #expect(gap?.examples == ["silent", "gibberish"])
    // What marketing accepts nobody records.
    let other = reached(facts, agreement(sql: StageGate(acceptedBy: .marketing)))
    #expect(other.gaps?.count == 7 && other.days.allSatisfy { $0[2] == 10 })
  }

  @Test func `each pass has its own word, and a default says nothing`() {
    var facts = FactBuilder()
    facts.lead("a", day: 0)
    facts.stage("a", "sql", day: 10)
    facts.disposition("a", "no_fit", day: 11)
    facts.stage("a", "recycled", day: 11)
    facts.stage("a", "sql", day: 20)
    facts.disposition("a", "accepted", day: 20, precision: .day)
    #expect(
      reached(facts, agreement(sql: StageGate(acceptedBy: .sales))).days.map { $0[2] } == [nil, 20]
    )
    var other = agreement(sql: StageGate(acceptedBy: .sales))
    other.dispositions = [
      DispositionReason(id: "accepted", outcome: .accepted),
      DispositionReason(id: "no_fit", outcome: .rejected, isDefault: true),
    ]
    let (days, gap) = reached(facts, other)
    #expect(days.map { $0[2] } == [10, 20] && gap?.count == 1)
  }

  @Test func `each time is read under the version in force then`() throws {
    var facts = FactBuilder()
    for (id, day) in [("a", 5.0), ("b", 25), ("c", 45)] {
      facts.lead(id, day: 0, scoreAtHandOff: 40)
      facts.stage(id, "mql", day: day)
    }
    var newest = agreement(mql: StageGate(score: 50))
    newest.effective = CivilDate(dayNumber: 40)
    var first = agreement(mql: StageGate(score: 90))
    first.effective = CivilDate(dayNumber: 0)
    var second = agreement()
    second.effective = CivilDate(dayNumber: 20)
    newest.earlier = [first, second]
    let (days, gap) = reached(facts, newest)
    #expect(days.map { $0[1] } == [nil, 25, nil] && gap == nil)
    let versions = GateVersions(newest)
    for day in -3...60 {
      let at = instant(Double(day) + 0.5)
      #expect(
        versions.version(at: at).agreement.path[1].gate == newest.inForce(at: at).path[1].gate
      )
    }
  }

  @Test func `a lead enters on the first day of a version whose gate it meets`() {
    var facts = FactBuilder()
    facts.lead("a", day: 0)
    facts.attribute("a", "size", "60")
    var newest = agreement(mql: StageGate(score: 20), scoring: Self.rules)
    newest.effective = CivilDate(dayNumber: 40)
    var first = agreement(mql: StageGate(score: 21), scoring: Self.rules)
    first.effective = CivilDate(dayNumber: 0)
    newest.earlier = [first]
    #expect(reached(facts, newest).days == [[0, 40, nil, nil]])
  }
}
