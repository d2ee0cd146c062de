import GRDB
import PlumblineCore
import PlumblineStatistics
@testable import PlumblineStorage
import PlumblineTestSupport
import Testing

/// Joining small chunks: nothing about any fact is lost.
struct StoreCompactionTests {
  @Test func `an empty store and one with nothing to join stay as they are`() throws {
    try TemporaryStore.with { temporary in
      let store = try temporary.open()
      try store.compact { _, _ in Issue.record("there is nothing to read") }
      var facts = FactBuilder()
      facts.lead("a", day: 1)
      try store.append(facts.batch, of: FactBuilder.record(), after: 0)
      try store.compact { _, _ in Issue.record("there is nothing to read") }
      #expect(try store.told().count == 1)
    }
  }

  @Test(arguments: UInt64(0)..<12)
  func `every fact keeps its import, file, line and place`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    try TemporaryStore.with { temporary in
      let store = try temporary.open()
      var count = 0
      // Joined again and again, with imports of nothing in between.
      for _ in 0..<3 {
        for _ in 0..<(2 + random.integer(below: 8)) {
          let batch = drawnFacts(&random, count: random.integer(below: 12))
          try store.append(batch, of: FactBuilder.record(), after: count)
          count += 1
        }
        let before = try store.told()
        let chunksBefore: [Int] = try temporary.query("SELECT row_count FROM chunk")
        var told: [Int] = []
        try store.compact { done, all in
          #expect(done <= all)
          told.append(done)
        }
        #expect(told == Array(1..<(told.count + 1)))
        #expect(try store.told() == before)
        let kinds = Set(before.map(\.kind))
        let chunks: [Int] = try temporary.query("SELECT row_count FROM chunk")
        #expect(chunks.count == kinds.count)
        #expect(chunks.count <= chunksBefore.count)
        #expect(try store.check().isEmpty)
        for (first, last) in [(0, 1), (1, count - 1), (count - 1, count), (count, count)] {
          #expect(
            try store.told(after: first, through: last)
              == before.filter { $0.sequence > first && $0.sequence <= last }
          )
        }
      }
    }
  }

  @Test func `full chunks stay and the small ones on either side are joined`() throws {
    try TemporaryStore.with { temporary in
      let store = try temporary.open()
      let sizes = [3, 5, ChunkAppender.fewestRows, 7, 11, 13]
      for (index, size) in sizes.enumerated() {
        var facts = FactBuilder()
        for row in 0..<size { facts.stage("lead-\(row % 7)", "s", day: Double(row)) }
        try store.append(facts.batch, of: FactBuilder.record(), after: index)
      }
      let before = try store.told()
      try store.compact()
      let counts: [Int] = try temporary.query("SELECT row_count FROM chunk ORDER BY id")
      #expect(counts == [8, ChunkAppender.fewestRows, 31])
      #expect(try store.told() == before)
      try store.compact { _, _ in Issue.record("there is nothing left to join") }
    }
  }

  @Test func `joined chunks are never fuller than a chunk may be`() throws {
    try TemporaryStore.with { temporary in
      let store = try temporary.open()
      let size = ChunkAppender.fewestRows - 1
      for index in 0..<9 {
        var facts = FactBuilder()
        for row in 0..<size { facts.stage("lead-\(row % 7)", "s", day: Double(row)) }
        try store.append(facts.batch, of: FactBuilder.record(), after: index)
      }
      let before = try store.told()
      try store.compact()
      let counts: [Int] = try temporary.query("SELECT row_count FROM chunk ORDER BY id")
      #expect(counts == [65_536, 65_536, 9 * size - 131_072])
      #expect(try store.told() == before)
      #expect(try store.check().isEmpty)
    }
  }

  @Test func `many small imports are joined without being asked`() throws {
    try TemporaryStore.with { temporary in
      let store = try temporary.open()
      for index in 0..<(3 * SQLiteFactStore.mostSmallChunks) {
        var facts = FactBuilder()
        facts.stage("lead-\(index % 7)", "s", day: Double(index))
        try store.append(facts.batch, of: FactBuilder.record(), after: index)
        let count: [Int] = try temporary.query("SELECT count(*) FROM chunk")
        #expect((count.first ?? .max) <= SQLiteFactStore.mostSmallChunks)
      }
      let told = try store.told()
      #expect(told.map(\.sequence) == Array(1...(3 * SQLiteFactStore.mostSmallChunks)))
      #expect(told.map { $0.values[2] } == told.indices.map { String($0 * 86_400 * 4) })
    }
  }

  @Test func `a damaged chunk is not joined, and nothing is changed`() throws {
    try TemporaryStore.with { temporary in
      let store = try temporary.open()
      for index in 0..<5 {
        var facts = FactBuilder()
        facts.stage("a", "s", day: Double(index))
        facts.lead("b", day: Double(index))
        try store.append(facts.batch, of: FactBuilder.record(), after: index)
      }
      try temporary.tamper(
        "UPDATE chunk SET checksum = checksum + 1 WHERE kind = 'stage_event' AND first_import = 3"
      )
      let before: [Int] = try temporary.query("SELECT id FROM chunk ORDER BY id")
      let error = #expect(throws: InputError.self) { try store.compact() }
      #expect(error?.diagnostics.first?.code == "store.damaged")
      #expect(error?.diagnostics.first?.message.contains("(stage_event, import 3;") == true)
      #expect(try temporary.query("SELECT id FROM chunk ORDER BY id") == before)
    }
  }
}
