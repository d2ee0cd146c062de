import PlumblineCore
import PlumblineStatistics
import PlumblineTestSupport
import Testing

/// The news of a first import, found while it streams by, are those that a ledger finds.
struct FreshFactsTests {
  /// The facts of one kind of a batch in pieces.
  private func news(
    _ table: FactTable,
    pieceSize: Int,
    trustsOrder: Bool = true
  ) throws -> (FactTable, Ledger.Novelty) {
    var fresh = FreshFacts(trustsOrder: trustsOrder)
    var found = FactTable(table.kind)
    for start in stride(from: 0, to: table.rowCount, by: pieceSize) {
      found.append(
        contentsOf: try fresh.news(
          of: table.slice(start..<min(table.rowCount, start + pieceSize))
        )
      )
    }
    return (found, fresh.novelty[table.kind] ?? Ledger.Novelty())
  }

  private func expectSame(_ batch: FactBatch, pieceSize: Int) throws {
    var ledger = Ledger()
    let (expected, novelty) = ledger.addNews(of: batch, FactBuilder.record())
    for kind in FactKind.allCases {
      let counts = novelty[kind] ?? Ledger.Novelty()
      for trustsOrder in [true, false] {
        do {
          let found = try news(batch[kind], pieceSize: pieceSize, trustsOrder: trustsOrder)
          #expect(found.0.columns == expected[kind].columns)
          #expect(found.0.lines == expected[kind].lines)
          #expect(found.1 == counts)
        } catch let refusal as FreshFacts.NeedsLedger {
          #expect(refusal.kind == kind)
          if refusal.reason == .changedObject {
            // One that leaves out what it said before changes nothing, but is not held.
            #expect(counts.changed > 0 || counts.repeated > 0)
          } else {
            #expect(trustsOrder)
          }
        }
      }
    }
  }

  @Test func `no facts are no news`() throws {
    var fresh = FreshFacts()
    for kind in FactKind.allCases {
      #expect(try fresh.news(of: FactTable(kind)).rowCount == 0)
    }
    #expect(fresh.novelty.isEmpty)
  }

  @Test(arguments: UInt64(0)..<200, [1, 7, 65_536])
  func `a random import's news are the ledger's`(seed: UInt64, pieceSize: Int) throws {
    try expectSame(
      RandomCompany(seed: seed, importCount: 1).batches[0],
      pieceSize: pieceSize
    )
  }

  /// Events and activities in order of time, with repetitions, undated ones at an end.
  private func ordered(
    _ random: inout SeededGenerator,
    count: Int,
    perTime: Double,
    rises: Bool,
    precision: TimePoint.Precision
  ) -> FactBatch {
    var facts = FactBuilder()
    var day = rises ? 0 : 10_000
    for _ in 0..<count {
      if Double.random(in: 0..<1, using: &random) < 1 / perTime { day += rises ? 1 : -1 }
      let lead = "\(Int.random(in: 0..<8, using: &random))"
      facts.stage(
        lead,
        ["mql", "sql"].randomElement(using: &random) ?? "",
        day: Double(day),
        precision: precision
      )
      facts.activity(
        "",
        lead: lead,
        kind: ["call", "note"].randomElement(using: &random) ?? "",
        day: Double(day),
        precision: precision
      )
    }
    return facts.batch
  }

  @Test(arguments: UInt64(0)..<24)
  func `rows in order of time repeat only among rows of their time`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let batch = ordered(
      &random,
      count: 4000,
      perTime: [1.1, 3, 40, 900][Int(seed) % 4],
      rises: seed % 2 == 0,
      precision: seed % 3 == 0 ? .day : .exact
    )
    for pieceSize in [1024, 1500, 65_536] { try expectSame(batch, pieceSize: pieceSize) }
  }

  @Test(arguments: [(2, true), (20, false)])
  func `an order that breaks is noticed; few rows are remembered, many must be read again`(
    pieces: Int,
    isRemembered: Bool
  ) throws {
    var facts = FactBuilder()
    for number in 0..<(pieces * 1024) { facts.stage("a", "mql", day: Double(number)) }
    facts.stage("a", "mql", day: 5)
    facts.stage("b", "mql", day: 5)
    let table = facts.batch[.stageEvent]
    if isRemembered {
      let (found, novelty) = try news(table, pieceSize: 1024)
      #expect(found.rowCount == table.rowCount - 1)
      #expect(novelty.repeated == 1)
    } else {
      #expect(throws: FreshFacts.NeedsLedger(kind: .stageEvent, reason: .order)) {
        try news(table, pieceSize: 1024)
      }
      #expect(try news(table, pieceSize: 1024, trustsOrder: false).1.repeated == 1)
    }
  }

  @Test func `an object that says something else needs a ledger, one that repeats itself does not`()
    throws
  {
    var facts = FactBuilder()
    facts.lead("a", day: 1, channel: "Meta")
    facts.lead("a", day: 1, channel: "Meta")
    #expect(try news(facts.batch[.lead], pieceSize: 1).1.repeated == 1)
    facts.lead("a", day: 1, channel: "Fair")
    #expect(throws: FreshFacts.NeedsLedger(kind: .lead, reason: .changedObject)) {
      try news(facts.batch[.lead], pieceSize: 1)
    }
    facts.spend("Meta", day: 1, amount: 5)
    facts.spend("Meta", day: 1, amount: 6)
    #expect(throws: FreshFacts.NeedsLedger(kind: .spend, reason: .changedObject)) {
      try news(facts.batch[.spend], pieceSize: 1)
    }
  }

  @Test func `two midnights of one day need a ledger`() throws {
    var facts = FactBuilder()
    facts.activity("", lead: "a", day: 31, precision: .day)
    facts.activity("", lead: "a", day: 30.75, precision: .day)
    #expect(throws: FreshFacts.NeedsLedger(kind: .activity, reason: .changedObject)) {
      try news(facts.batch[.activity], pieceSize: 9)
    }
  }
}
