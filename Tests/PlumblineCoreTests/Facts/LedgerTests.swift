import PlumblineCore
import PlumblineStatistics
import PlumblineTestSupport
import Testing

/// What becomes of facts on top of each other.
struct LedgerTests {
  private func add(
    _ ledger: inout Ledger,
    source: String = "test",
    _ build: (inout FactBuilder) -> Void
  ) -> [FactKind: Ledger.Novelty] {
    var facts = FactBuilder()
    build(&facts)
    return ledger.addNews(of: facts.batch, FactBuilder.record(source: source)).novelty
  }

  @Test func `nothing is news of nothing`() {
    var ledger = Ledger()
    let (news, novelty) = ledger.addNews(of: FactBatch(), FactBuilder.record())
    #expect(news.rowCount == 0)
    #expect(novelty.isEmpty)
    #expect(novelty.changedKinds.isEmpty)
  }

  @Test func `an object is new, then known, then changed by what it says anew`() {
    var ledger = Ledger()
    #expect(add(&ledger) { $0.lead("a", day: 1) }[.lead]?.new == 1)
    #expect(add(&ledger) { $0.lead("a", day: 1) }[.lead]?.known == 1)
    let novelty = add(&ledger) { $0.lead("a", day: nil, owner: "ann") }
    #expect(novelty[.lead]?.changed == 1)
    #expect(novelty[.lead]?.disappearedDates == ["created": 1])
    #expect(novelty.changedKinds == [.lead])
    #expect(ledger[.lead].rowCount == 1)
    #expect(ledger[.lead]["created"] == [FactBuilder.time(1).rawValue])
    #expect(ledger.importPositions(of: .lead) == [2])
  }

  @Test
  func `a fact that stands twice in one import is repeated, an event with another reason too`() {
    var ledger = Ledger()
    let novelty = add(&ledger) { facts in
      for reason in ["", "price"] {
        facts.add(
          .stageEvent,
          [
            "lead": .text("a"), "stage": .text("lost"), "at": .time(FactBuilder.time(3)),
            "reason": .text(reason),
          ]
        )
      }
      facts.activity("1", lead: "a", day: 2)
      facts.activity("1", lead: "a", day: 2)
    }
    #expect(novelty[.stageEvent]?.repeated == 1)
    #expect(novelty[.activity]?.repeated == 1)
    #expect(novelty.changedKinds.isEmpty)
  }

  @Test func `an id is another object in another system, but a lead is the same lead`() {
    var ledger = Ledger()
    for source in ["crm", "ads"] {
      _ = add(&ledger, source: source) { facts in
        facts.lead("1", day: 1)
        facts.activity("1", lead: "1", day: 2)
        facts.deal("1", lead: "1", created: 3)
        facts.activity("", lead: "1", day: 2)
        facts.spend("Meta", day: 1, amount: 5)
      }
    }
    #expect(ledger[.lead].rowCount == 1)
    #expect(ledger[.activity].rowCount == 4)
    #expect(ledger[.deal].rowCount == 2)
    #expect(ledger[.spend].rowCount == 2)
  }

  @Test func `objects without an id are the same when all they say is the same`() {
    var ledger = Ledger()
    let novelty = add(&ledger) { facts in
      facts.activity("", lead: "a", day: 2)
      facts.activity("", lead: "a", day: 2)
      facts.activity("", lead: "a", day: 2, owner: "ann")
      facts.activity("", lead: "a", day: nil)
    }
    #expect(novelty[.activity]?.new == 3)
    #expect(novelty[.activity]?.repeated == 1)
  }

  @Test func `a day is the same day whatever zone's midnight it is`() throws {
    let berlin = try #require(LocalCalendar(zoneName: "Europe/Berlin"))
    let start = Double(berlin.instant(of: CivilDate(dayNumber: 31)).seconds) / 86_400
    var ledger = Ledger()
    _ = add(&ledger) { $0.stage("a", "sql", day: 31, precision: .day) }
    let novelty = add(&ledger) { $0.stage("a", "sql", day: start, precision: .day) }
    #expect(novelty[.stageEvent]?.known == 1)
    #expect(add(&ledger) { $0.stage("a", "sql", day: 31) }[.stageEvent]?.new == 1)
  }

  @Test func `codes far apart and many objects are found again`() {
    var ledger = Ledger()
    func many(_ range: Range<Int>) -> (inout FactBuilder) -> Void {
      { facts in
        for number in range {
          facts.lead("l\(number)", day: 1)
          facts.stage("l\(number)", "sql", day: Double(number))
          if number % 500 == 0 { facts.deal("d\(number)", lead: "l\(number)", created: 1) }
        }
      }
    }
    _ = add(&ledger, many(0..<3000))
    let novelty = add(&ledger, many(1000..<4000))
    #expect(novelty[.lead]?.known == 2000)
    #expect(novelty[.lead]?.new == 1000)
    #expect(novelty[.stageEvent]?.known == 2000)
    #expect(novelty[.deal]?.known == 4)
    #expect(novelty[.deal]?.new == 2)
  }

  @Test(arguments: UInt64(0)..<60)
  func `facts read back from a store are what was put on top of each other`(seed: UInt64) throws {
    let company = RandomCompany(seed: seed, importCount: 4)
    let days: [Double?] = [nil, nil, nil, nil]
    let whole = company.ledger(exportedDays: days)
    for (pieceSize, isTold) in [(1, true), (7, true), (65_536, true), (5, false)] {
      let store = try company.store(pieceSize: pieceSize, isTold: isTold, exportedDays: days)
      let read = try Ledger(reading: store)
      for kind in FactKind.allCases {
        #expect(read[kind].columns == whole[kind].columns)
        #expect(read[kind].lines == whole[kind].lines)
        #expect(read.importPositions(of: kind) == whole.importPositions(of: kind))
      }
      #expect(read.statuses.map(\.stage) == whole.statuses.map(\.stage))
      #expect(read.statuses.map(\.previousSeenAt) == whole.statuses.map(\.previousSeenAt))
    }
  }

  @Test(arguments: UInt64(0)..<40)
  func `a batch that continues the numbering gives the same news as one that does not`(
    seed: UInt64
  ) throws {
    let company = RandomCompany(seed: seed, importCount: 2)
    var continued = Ledger()
    var recoded = Ledger()
    continued.add(company.batches[0], of: FactBuilder.record())
    recoded.add(company.batches[0], of: FactBuilder.record())
    var texts = continued.texts
    let recoding = Recoding(from: company.batches[1].texts, into: &texts)
    var batch = FactBatch()
    for kind in FactKind.allCases { batch[kind] = recoding.recode(company.batches[1][kind]) }
    batch.texts = texts
    let left = continued.addNews(of: batch, FactBuilder.record())
    let right = recoded.addNews(of: company.batches[1], FactBuilder.record())
    #expect(left.novelty == right.novelty)
    for kind in FactKind.allCases { #expect(left.news[kind].columns == right.news[kind].columns) }
  }

  @Test func `only a numbering with the same texts under the same codes continues another`() {
    var one = TextDictionaries()
    #expect(one.continues(TextDictionaries()))
    _ = one[.lead].intern("a")
    #expect(!TextDictionaries().continues(one))
    var two = one
    _ = two[.lead].intern("b")
    #expect(two.continues(one))
    #expect(!one.continues(two))
    var other = TextDictionaries()
    _ = other[.lead].intern("b")
    _ = other[.lead].intern("a")
    #expect(!other.continues(one))
    var longer = TextDictionaries()
    _ = longer[.lead].intern("ab")
    #expect(!longer.continues(one))
  }

  @Test func `a selection takes every version of a moved object and all ids of a lead`() throws {
    let store = MemoryFactStore(pieceSize: 2)
    func append(_ build: (inout FactBuilder) -> Void) throws {
      var ledger = try Ledger(reading: store)
      var facts = FactBuilder()
      build(&facts)
      var record = FactBuilder.record()
      let (news, novelty) = ledger.addNews(of: facts.batch, record)
      record.changedKinds = novelty.changedKinds
      _ = try store.append(news, of: record, after: store.imports().count)
    }
    try append { facts in
      for lead in ["a", "b", "c", "d"] { facts.lead(lead, day: 1) }
      facts.deal("1", lead: "a", created: 2, outcome: "won", amount: 5)
      facts.merge("b", into: "c")
      facts.alias("x", of: "b")
    }
    try append { $0.deal("1", lead: "d", created: nil) }
    let codes = store.texts([.lead], isIndexed: true)[.lead]
    var selection = FactSelection()
    selection.leads.insert(Int64(try #require(codes.code(of: "a"))))
    selection = try selection.closed(in: store)
    let restricted = try Ledger(reading: store, selecting: selection)
    #expect(restricted[.deal].rowCount == 1)
    #expect(restricted[.deal]["lead"] == [Int64(try #require(codes.code(of: "d")))])
    #expect(restricted[.lead].rowCount == 1)

    var merged = FactSelection()
    merged.leads.insert(Int64(try #require(codes.code(of: "x"))))
    merged = merged.closed(over: try Ledger(reading: store)[.merge])
    #expect(merged.leads.count == 3)
    #expect(!merged.leads.contains(Int64(try #require(codes.code(of: "a")))))
    #expect(FactSelection().closed(over: FactTable(.merge)).leads.isEmpty)
  }

  @Test func `a fact that names nobody selects its like`() {
    var facts = FactBuilder()
    facts.activity("", lead: "", day: 2)
    facts.activity("", lead: "a", day: 2)
    var selection = FactSelection()
    selection.add(facts.batch[.activity].slice(0..<1))
    #expect(selection.rows(of: facts.batch[.activity]) == [0])
  }
}
