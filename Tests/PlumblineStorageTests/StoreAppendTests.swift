import GRDB
import PlumblineCore
import PlumblineStatistics
@testable import PlumblineStorage
import PlumblineTestSupport
import Testing

/// Storing piece by piece: all or nothing, in one numbering of texts.
struct StoreAppendTests {
  private struct Interrupted: Error {}

  /// Stage events of a lead, so many, in the store's numbering.
  private func events(_ count: Int, from line: Int = 1, lead: Int64 = 1) -> FactTable {
    FactTable(
      .stageEvent,
      columns: [
        Array(repeating: lead, count: count), Array(repeating: 1, count: count),
        (0..<count).map { Int64(line + $0) * 4 }, Array(repeating: 0, count: count),
        Array(repeating: 0, count: count), Array(repeating: 0, count: count),
      ],
      files: Array(repeating: 0, count: count),
      lines: (0..<count).map { UInt32(line + $0) }
    )
  }

  private func words(_ lead: String = "a") -> TextDictionaries {
    var texts = TextDictionaries()
    _ = texts[.lead].intern(lead)
    _ = texts[.stage].intern("sql")
    return texts
  }

  @Test(
    arguments: [
      [0], [1], [65_535], [65_536], [65_537], [1, 1, 1], [16_383, 16_384], [16_384, 16_383],
      [65_536, 23_700, 65_536, 23_700], [100, 65_536, 100], [200_000], [40_000, 1, 40_000, 0, 1],
    ]
  )
  func `pieces of any size come back in their order`(sizes: [Int]) throws {
    try TemporaryStore.with { temporary in
      let store = try temporary.open()
      var line = 1
      let record = try store.append(after: 0) { put in
        for size in sizes {
          try put(events(size, from: line))
          line += size
        }
        return (FactBuilder.record(), words())
      }
      #expect(record.sequence == 1)
      #expect(try store.imports() == [record])
      var lines: [UInt32] = []
      var times: [Int64] = []
      try store.forEachChunk(of: [.stageEvent], after: 0, through: nil, selecting: nil) {
        #expect($0.sequence == 1)
        lines += $0.table.lines
        times += $0.table["at"]
      }
      #expect(lines == (0..<(line - 1)).map { UInt32($0 + 1) })
      #expect(times == lines.map { Int64($0) * 4 })
      let counts: [Int] = try temporary.query("SELECT row_count FROM chunk ORDER BY id")
      #expect(counts.allSatisfy { $0 <= 65_536 })
      #expect(counts.count { $0 < ChunkAppender.fewestRows } <= 1)
      #expect(try store.check().isEmpty)
    }
  }

  @Test func `a failure in the middle stores nothing and leaves the store as it was`() throws {
    try TemporaryStore.with { temporary in
      let store = try temporary.open()
      #expect(throws: Interrupted.self) {
        try store.append(after: 0) { put in
          try put(events(70_000))
          throw Interrupted()
        }
      }
      #expect(try store.imports().isEmpty)
      #expect(try store.told().isEmpty)
      try store.append(after: 0) { put in
        try put(events(2))
        return (FactBuilder.record(), words())
      }
      #expect(try store.told().count == 2)
      #expect(try store.check().isEmpty)
    }
  }

  @Test func `an import compared with an older store is not stored`() throws {
    try TemporaryStore.with { temporary in
      let store = try temporary.open()
      try store.append(after: 0) { _ in (FactBuilder.record(), TextDictionaries()) }
      let error = #expect(throws: InputError.self) {
        try store.append(after: 0) { _ in
          Issue.record("nothing is to be read for it")
          return (FactBuilder.record(), TextDictionaries())
        }
      }
      #expect(error?.diagnostics.first?.code == "store.changed")
    }
  }

  @Test func `the numbering of texts continues and known codes stay`() throws {
    try TemporaryStore.with { temporary in
      let store = try temporary.open()
      try store.append(after: 0) { put in
        try put(events(1))
        return (FactBuilder.record(), words())
      }
      var texts = try store.texts([.lead, .stage], isIndexed: true)
      #expect(texts[.lead].code(of: "a") == 1)
      #expect(texts[.channel].count == 1)
      #expect(texts[.lead].intern("b") == 2)
      try store.append(after: 1) { put in
        try put(events(1, lead: 2))
        return (FactBuilder.record(), texts)
      }
      let all = try store.texts(Set(TextDomain.allCases), isIndexed: false)
      #expect((1..<3).map { all[.lead][$0] } == ["a", "b"])
      #expect((1..<2).map { all[.stage][$0] } == ["sql"])
      #expect(try store.told().map { $0.values[0] } == ["a", "b"])
    }
  }

  @Test func `another numbering than the store's is refused`() throws {
    try TemporaryStore.with { temporary in
      let store = try temporary.open()
      try store.append(after: 0) { put in
        try put(events(1))
        return (FactBuilder.record(), words())
      }
      #expect(throws: ForeignNumbering.self) {
        try store.append(after: 1) { put in
          try put(events(1))
          return (FactBuilder.record(), words("another"))
        }
      }
      for code in [2, -1, Int64.max] {
        #expect(throws: ForeignNumbering.self) {
          try store.append(after: 1) { put in
            try put(events(1, lead: code))
            return (FactBuilder.record(), TextDictionaries())
          }
        }
      }
      #expect(try store.imports().count == 1)
    }
  }

  @Test func `a batch numbers only the texts that its facts use`() throws {
    try TemporaryStore.with { temporary in
      let store = try temporary.open()
      var facts = FactBuilder()
      facts.stage("a", "sql", day: 1)
      var batch = facts.batch
      for index in 0..<100 { _ = batch.texts[.lead].intern("unused \(index)") }
      try store.append(batch, of: FactBuilder.record(), after: 0)
      #expect(try store.texts([.lead], isIndexed: false)[.lead].count == 2)
    }
  }

  @Test func `the store may be read while an import is stored, as it was before`() throws {
    try TemporaryStore.with { temporary in
      let store = try temporary.open()
      try store.append(after: 0) { put in
        try put(events(1))
        return (FactBuilder.record(), words())
      }
      try store.append(after: 1) { put in
        try put(events(65_536))
        #expect(try store.imports().count == 1)
        #expect(try store.told().count == 1)
        return (FactBuilder.record(), words())
      }
      // Reading inside reading.
      var count = 0
      try store.forEachChunk(of: [.stageEvent], after: 0, through: nil, selecting: nil) { _ in
        count += try store.told().count
      }
      #expect(count == 2 * 65_537)
    }
  }

  @Test func `the log of a big import does not stay`() throws {
    try TemporaryStore.with { temporary in
      let store = try temporary.open()
      try store.append(after: 0) { put in
        try put(events(100_000))
        return (FactBuilder.record(), words())
      }
      #expect(try Int(temporary.size(ofFile: temporary.path + "-wal")) == 0)
      _ = store
    }
  }

  @Test func `a store's name is its own and stays`() throws {
    try TemporaryStore.with { one in
      try TemporaryStore.with { two in
        let name = try one.open().identity
        #expect(name.count == 32 && name.allSatisfy(\.isHexDigit))
        #expect(try one.open().identity == name)
        #expect(try two.open().identity != name)
      }
    }
  }

  @Test(arguments: UInt64(0)..<15)
  func `imports of any facts come back whole, one after another`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    try TemporaryStore.with { temporary in
      let store = try temporary.open()
      var expected: [ToldFact] = []
      for sequence in 1...4 {
        let batch = drawnFacts(&random, count: random.integer(below: 60))
        try store.append(batch, of: FactBuilder.record(), after: sequence - 1)
        expected += ToldFact.all(batch, sequence)
      }
      #expect(try store.told() == expected)
      var batches: [ToldFact] = []
      try store.forEachBatch(after: 0) { record, batch in
        batches += ToldFact.all(batch, record.sequence)
      }
      #expect(batches == expected)
      #expect(try store.told(after: 1, through: 3) == expected.filter { (2...3) ~= $0.sequence })
      #expect(
        try store.told(of: [.lead, .deal])
          == expected.filter { ["lead", "deal"].contains($0.kind) }
      )
      // One lead's facts: those that name it.
      let lead = "lead-\(seed % 40)"
      var told: [ToldFact] = []
      for (record, batch) in try store.history(ofLead: lead) {
        told += ToldFact.all(batch, record.sequence)
      }
      #expect(
        told
          == expected.filter { fact in
            let schema = FactKind(rawValue: fact.kind)?.schema.columns ?? []
            return schema.indices.contains {
              schema[$0].content == .text(.lead) && fact.values[$0] == lead
            }
          }
      )
    }
  }

  @Test func `facts in a numbering of their own get the store's, which goes on`() throws {
    try TemporaryStore.with { temporary in
      let store = try temporary.open()
      var known = FactBuilder()
      known.lead("b", day: 1)
      known.lead("other", day: 1)
      try store.append(known.batch, of: FactBuilder.record(), after: 0)
      var facts = FactBuilder()
      facts.stage("a", "mql", day: 2)
      facts.stage("b", "mql", day: 2)
      facts.lead("c", day: 2)
      facts.stage("a", "sql", day: 3)
      var (batch, blanks) = (facts.batch, facts.batch[.stageEvent])
      try store.number(&batch, &blanks)
      // Leads' own facts come first.
      #expect(batch[.lead]["id"] == [3])
      #expect(batch[.stageEvent]["lead"] == [4, 1, 4])
      #expect(blanks["lead"] == [4, 1, 4])
      #expect(batch.texts.count(of: .lead) == 5)
      let words = (1..<UInt32(5)).map { batch.texts.text($0, of: .lead) }
      #expect(words == ["b", "other", "c", "a"])
      #expect((1..<UInt32(5)).map { batch.texts[.lead][$0] } == words)
      // The numbering is the store's from then on.
      try store.append(after: 1) { store in
        for kind in FactKind.allCases { try store(batch[kind]) }
        return (FactBuilder.record(), batch.texts)
      }
      let texts = try store.texts([.lead, .stage], isIndexed: true)
      #expect((1..<UInt32(5)).map { texts[.lead][$0] } == words)
      #expect((1..<UInt32(texts[.stage].count)).map { texts[.stage][$0] } == ["mql", "sql"])
      var (again, none) = (facts.batch, FactTable(.stageEvent))
      try store.number(&again, &none)
      #expect(again.texts.continues(texts))
      #expect(try store.check() == [])
    }
  }

  @Test(arguments: UInt64(0)..<30)
  func `ids of any look get the codes that they have`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let beginning = ["", "L", "L-0", "7"][random.integer(below: 4)]
    func drawn(_ random: inout SeededGenerator) -> [String] {
      let digits = random.integer(below: 4) + 1
      let isPadded = random.integer(below: 2) == 0
      let hasOthers = random.integer(below: 3) == 0
      return (0...random.integer(below: 40)).map { _ in
        let number = random.integer(below: 1500)
        if hasOthers, random.integer(below: 10) == 0 { return "other \(number)" }
        let written = String(number)
        let zeros = isPadded ? String(repeating: "0", count: max(0, digits - written.count)) : ""
        return beginning + zeros + written
      }
    }
    try TemporaryStore.with { temporary in
      let store = try temporary.open()
      var known = TextDictionary()
      for sequence in 1...5 {
        var facts = FactBuilder()
        let ids = drawn(&random)
        for id in ids { facts.lead(id, day: 1) }
        var (batch, none) = (facts.batch, FactTable(.stageEvent))
        try store.number(&batch, &none)
        #expect(batch[.lead]["id"] == ids.map { Int64(known.intern($0)) }, "import \(sequence)")
        for code in 1..<UInt32(known.count) {
          #expect(batch.texts.text(code, of: .lead) == known[code])
        }
        try store.append(after: sequence - 1) { store in
          try store(batch[.lead])
          return (FactBuilder.record(), batch.texts)
        }
      }
      #expect(try store.texts([.lead], isIndexed: false)[.lead].bytes == known.bytes)
      #expect(try store.check() == [])
    }
  }

  @Test(arguments: UInt64(0)..<15)
  func `a selection means the same in a store as in a table`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    try TemporaryStore.with { temporary in
      let store = try temporary.open()
      for sequence in 1...3 {
        try store.append(
          drawnFacts(&random, count: 80),
          of: FactBuilder.record(),
          after: sequence - 1
        )
      }
      var selection = FactSelection()
      for _ in 0..<random.integer(below: 5) {
        selection.leads.insert(Int64(random.integer(below: 45)))
      }
      for _ in 0..<random.integer(below: 3) {
        selection.ids.insert(Int64(random.integer(below: 30)))
      }
      for isCompacted in [false, true] {
        if isCompacted { try store.compact() }
        let texts = try store.texts(Set(TextDomain.allCases), isIndexed: false)
        var expected: [ToldFact] = []
        try store.forEachChunk(
          of: Set(FactKind.allCases),
          after: 0,
          through: nil,
          selecting: nil
        ) { chunk in
          let rows = selection.rows(of: chunk.table)
          let table = rows.map(chunk.table.selecting) ?? chunk.table
          expected += ToldFact.all(table, texts, chunk.sequence)
        }
        #expect(try store.told(selecting: selection) == expected)
        try store.forEachChunk(
          of: Set(FactKind.allCases),
          after: 0,
          through: nil,
          selecting: selection
        ) { #expect($0.table.rowCount > 0) }
      }
    }
  }
}
