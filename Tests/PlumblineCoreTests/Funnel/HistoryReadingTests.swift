import PlumblineCore
import PlumblineStatistics
import PlumblineTestSupport
import Testing

/// A history read piece by piece from a store is the history of its ledger.
struct HistoryReadingTests {
  private static let exports: [[Double?]] = [
    [nil, nil, nil, nil], [60, 70, 75, 80], [nil, 90, nil, 95],
  ]

  @Test(arguments: UInt64(0)..<150)
  func `streamed facts give the history of the ledger, piece by piece`(seed: UInt64) throws {
    let company = RandomCompany(seed: seed, importCount: 4)
    let days = Self.exports[Int(seed) % 3]
    let zone = ["UTC", "America/New_York"][Int(seed) % 2]
    let agreement = RandomCompany.agreement(zone: zone)
    for asOf in [nil, Instant(seconds: 65 * 86_400)] {
      let expected = HistoryRows(
        CompanyHistory(company.ledger(exportedDays: days), under: agreement, asOf: asOf)
      )
      for (pieceSize, isTold) in [(1, true), (9, true), (65_536, true), (65_536, false)] {
        let store = try company.store(pieceSize: pieceSize, isTold: isTold, exportedDays: days)
        let history = try CompanyHistory(reading: store, under: agreement, asOf: asOf)
        try history.load(Set(CompanyHistory.Part.allCases))
        let rows = HistoryRows(history)
        #expect(rows.lines == expected.lines)
        #expect(rows.gaps == expected.gaps)
        #expect(
          try CompanyHistory.defaultAsOf(reading: store, calendar: agreement.calendar)
            == CompanyHistory.defaultAsOf(
              of: company.ledger(exportedDays: days),
              calendar: agreement.calendar
            )
        )
      }
    }
  }

  @Test(arguments: UInt64(0)..<30)
  func `only the imports up to one count`(seed: UInt64) throws {
    let company = RandomCompany(seed: seed, importCount: 3)
    let days: [Double?] = [nil, 90, nil]
    let store = try company.store(pieceSize: 8, isTold: true, exportedDays: days)
    let agreement = RandomCompany.agreement()
    for last in 0...3 {
      var ledger = Ledger()
      for (number, batch) in company.batches.prefix(last).enumerated() {
        ledger.add(
          batch,
          of: FactBuilder.record(
            source: number == 2 ? "other" : "test",
            seenDay: 100 + 10 * Double(number),
            exportedDay: days[number]
          )
        )
      }
      let history = try CompanyHistory(reading: store, under: agreement, through: last)
      #expect(
        HistoryRows(history).lines == HistoryRows(CompanyHistory(ledger, under: agreement)).lines
      )
    }
  }

  @Test(arguments: UInt64(0)..<80)
  func `a closed selection says of its leads all there is to say`(seed: UInt64) throws {
    let company = RandomCompany(seed: seed, importCount: 3)
    let days: [Double?] = [80, 90, 95]
    let store = try company.store(pieceSize: 8, isTold: seed % 2 == 0, exportedDays: days)
    let agreement = RandomCompany.agreement()
    let asOf = Instant(seconds: 95 * 86_400)
    let whole = try CompanyHistory(reading: store, under: agreement, asOf: asOf)
    let codes = store.texts([.lead], isIndexed: true)[.lead]
    for lead in whole.leads.ids.indices {
      var selection = FactSelection()
      let id = whole.id(ofLead: lead)
      selection.leads.insert(Int64(try #require(codes.code(of: id))))
      selection = try selection.closed(in: store)
      let part = CompanyHistory(
        try Ledger(reading: store, selecting: selection),
        under: agreement,
        asOf: asOf
      )
      // Counts of merges, and the channels that spend takes from campaigns, are of all leads.
      func lines(_ history: CompanyHistory) -> [String] {
        HistoryRows(history, leads: [id]).lines.filter { line in
          !["merged", "spend"].contains { line.hasPrefix($0) }
        }
      }
      #expect(lines(part) == lines(whole))
    }
  }

  @Test func `no facts are no leads`() throws {
    let history = try CompanyHistory(reading: MemoryFactStore(), under: Agreement())
    #expect(history.leads.ids.isEmpty)
    #expect(history.events.starts == [0])
    #expect(history.activities.isEmpty)
    #expect(history.humanActivities.counts.isEmpty)
    #expect(history.waitingLeads.isEmpty)
    #expect(history.gaps.isEmpty)
    #expect(history.asOf == Instant(seconds: 0))
  }

  @Test func `activities are read when asked for, as of the imports of that time`() throws {
    let store = MemoryFactStore()
    var facts = FactBuilder()
    facts.lead("a", day: 1)
    facts.activity("", lead: "a", day: 2)
    _ = try store.append(facts.batch, of: FactBuilder.record(exportedDay: 9), after: 0)
    let history = try CompanyHistory(reading: store, under: Agreement())
    facts.activity("", lead: "a", day: 3)
    _ = try store.append(facts.batch, of: FactBuilder.record(exportedDay: 9), after: 1)
    #expect(history.activities.count == 1)
  }

  @Test(arguments: [
    // kind, automated, day, precision -> when first tried
    ("call", false, 5.0, TimePoint.Precision.exact, 5.0 as Double?),
    ("call", true, 5, .exact, nil), ("note", false, 5, .exact, nil),
    ("call", false, 3, .exact, 3), ("call", false, 2.99, .exact, nil),
    // Known to the day only: on the day of creation it is not before the lead.
    ("call", false, 3, .day, 3), ("call", false, 2, .day, nil),
    ("call", false, 10, .exact, 10), ("call", false, 10.01, .exact, nil),
  ])
  func `the first attempt is a person's, between creation and the last instant`(
    kind: String,
    isAutomated: Bool,
    day: Double,
    precision: TimePoint.Precision,
    expected: Double?
  ) {
    var facts = FactBuilder()
    facts.lead("a", day: 3)
    facts.activity(
      "",
      lead: "a",
      kind: kind,
      day: day,
      isAutomated: isAutomated,
      precision: precision
    )
    let first = facts.history(asOfDay: 10).leads.firstAttempts
    #expect(first.map { $0.isPresent ? Double($0.instant.seconds) / 86_400 : nil } == [expected])
  }

  @Test func `of several attempts the earliest that is not before the lead counts`() {
    var facts = FactBuilder()
    facts.lead("a", day: 3.5)
    facts.lead("b", day: nil)
    facts.lead("c", day: 3)
    for day in [9, 4, 1, 3] { facts.activity("", lead: "a", day: Double(day)) }
    facts.activity("", lead: "a", day: nil)
    facts.activity("", lead: "b", day: 7)
    facts.activity("", lead: "c", day: nil)
    let first = facts.history(asOfDay: 10).leads.firstAttempts
    #expect(first == [FactBuilder.time(4), FactBuilder.time(7), .missing])
  }

  @Test func `who waits for a later day is on the list`() {
    var facts = FactBuilder()
    for lead in ["event", "created", "meeting", "deal", "call", "undated won", "none"] {
      facts.lead(lead, day: lead == "created" ? 20 : 1)
    }
    facts.stage("event", "sql", day: 11)
    facts.meeting("", lead: "meeting", booked: 3, starts: 12)
    facts.deal("", lead: "deal", created: 3, closed: 13, outcome: "won")
    facts.activity("", lead: "call", day: 10.5)
    facts.deal("", lead: "undated won", created: 3, outcome: "won", amount: 9, currency: "GBP")
    facts.stage("none", "sql", day: 10)
    let history = facts.history(asOfDay: 10)
    #expect(history.waitingLeads == [0, 1, 2, 3, 4, 5])
  }

  @Test func `people's activities are timed for leads that come back, counted for all`() {
    var facts = FactBuilder()
    for lead in ["a", "b", "c"] { facts.lead(lead, day: 1) }
    facts.stage("a", "lost", day: 5)
    facts.stage("a", "mql", day: 8)
    facts.stage("b", "lost", day: 5)
    for lead in ["a", "b"] {
      facts.activity("", lead: lead, day: 6)
      facts.activity("", lead: lead, day: 2)
      facts.activity("", lead: lead, day: nil)
      facts.activity("", lead: lead, day: 3, isAutomated: true)
      facts.activity("", lead: lead, day: 99)
    }
    let history = facts.history(asOfDay: 10)
    let people = history.humanActivities
    #expect(people.counts == [3, 3, 0])
    #expect(people.returningLeads == [0])
    #expect(people.starts == [0, 3])
    #expect(people.times == [.undated, FactBuilder.time(2), FactBuilder.time(6)])
    let again = CompanyHistory.HumanActivities(history.activities, history.events, leadCount: 3)
    #expect(again.times == people.times)
    #expect(again.counts == people.counts)
  }

  @Test func `many events of one lead are in order, and so are leads of many ranges`() {
    var facts = FactBuilder()
    var random = SeededGenerator(seed: 7)
    for lead in 0..<70_000 { facts.lead("\(lead)", day: 1) }
    for _ in 0..<200 {
      let day = Double.random(in: 1...50, using: &random).rounded()
      facts.stage("69999", ["sql", "mql", "lost"].randomElement(using: &random) ?? "", day: day)
    }
    let events = facts.history(asOfDay: 60).events
    let own = events.range(of: 69_999).map { (events.times[$0].rawValue, events.codes[$0]) }
    #expect(own.count > 100)
    #expect(zip(own, own.dropFirst()).allSatisfy { $0 < $1 || $0 == $1 })
    #expect(events.starts.count == 70_001)
    #expect((0..<69_999).allSatisfy { events.range(of: $0).count == 1 })
  }
}
