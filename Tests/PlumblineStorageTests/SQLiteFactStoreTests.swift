import Foundation
import GRDB
import PlumblineCore
import PlumblineStatistics
@testable import PlumblineStorage
import PlumblineTestSupport
import Synchronization
import Testing

/// The store: what goes in comes out, whole or not at all.
struct SQLiteFactStoreTests {
  private func withStore(_ body: (SQLiteFactStore, String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("plumbline.sqlite").path
    try body(try SQLiteFactStore(path: path), path)
  }

  @Test func `several may open a store that is not there yet`() throws {
    for _ in 0..<10 {
      let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      let path = folder.appendingPathComponent("plumbline.sqlite").path
      let faults = Mutex<[String]>([])
      let stores = Mutex<Set<String>>([])
      DispatchQueue.concurrentPerform(iterations: 6) { _ in
        do {
          let identity = try SQLiteFactStore(path: path).identity
          _ = stores.withLock { $0.insert(identity) }
        } catch {
          faults.withLock { $0.append("\(error)") }
        }
      }
      #expect(faults.withLock { $0 } == [])
      #expect(stores.withLock { $0.count } == 1, "all of them opened the same store")
    }
  }

  private func rows(_ batch: FactBatch, _ kind: FactKind) -> [[String]] {
    let table = batch[kind]
    return (0..<table.rowCount).map { row in
      kind.schema.columns.enumerated().map { index, column in
        let value = table.columns[index][row]
        if case .text(let domain) = column.content { return batch.texts[domain][UInt32(value)] }
        return String(value)
      } + [String(table.files[row]), String(table.lines[row])]
    }
  }

  private var sample: FactBatch {
    var facts = FactBuilder()
    facts.lead("a", day: 0.25, channel: "Mëta", owner: "rep-01")
    facts.lead("b", day: nil)
    facts.lead("", day: -3000)
    facts.stage("a", "won", day: nil)
    facts.stage("a", "sql", day: 10.5, precision: .betweenExports)
    facts.deal("d", lead: "a", created: 1, closed: 2, outcome: "won", amount: .max - 1)
    facts.deal("e", lead: "a", created: 1, closed: 2, outcome: "won", amount: -12)
    facts.deal("f", lead: "a", created: 1, probability: 1_000_000)
    return facts.batch
  }

  @Test func `an empty store has no imports and no batches`() throws {
    try withStore { store, _ in
      #expect(try store.imports().isEmpty)
      try store.forEachBatch(after: 0) { _, _ in Issue.record("there is no batch") }
      #expect(try store.history(ofLead: "a").isEmpty)
    }
  }

  @Test func `facts come back as they were, missing and extreme values included`() throws {
    try withStore { store, _ in
      let record = try store.append(sample, of: FactBuilder.record(), after: 0)
      #expect(record.sequence == 1)
      var seen = 0
      try store.forEachBatch(after: 0) { other, batch in
        seen += 1
        #expect(other == record)
        for kind in FactKind.allCases { #expect(rows(batch, kind) == rows(sample, kind)) }
      }
      #expect(seen == 1)
      try store.forEachBatch(after: 1) { _, _ in Issue.record("nothing came after") }
    }
  }

  @Test func `a batch compared with an older store is not stored`() throws {
    try withStore { store, _ in
      try store.append(sample, of: FactBuilder.record(), after: 0)
      let error = #expect(throws: InputError.self) {
        try store.append(sample, of: FactBuilder.record(), after: 0)
      }
      #expect(error?.diagnostics.first?.code == "store.changed")
      #expect(try store.imports().count == 1)
    }
  }

  @Test func `more rows than a chunk holds are one batch again`() throws {
    try withStore { store, _ in
      var facts = FactBuilder()
      let count = ChunkCoding.mostRows + 1
      for index in 0..<count { facts.lead("lead-\(index)", day: Double(index % 1000)) }
      try store.append(facts.batch, of: FactBuilder.record(), after: 0)
      try store.forEachBatch(after: 0) { _, batch in
        #expect(batch[.lead].rowCount == count)
        let last = UInt32(batch[.lead]["id"][count - 1])
        #expect(batch.texts[.lead][last] == "lead-\(count - 1)")
      }
    }
  }

  @Test func `one lead's facts are found with the import that brought them`() throws {
    try withStore { store, _ in
      try store.append(sample, of: FactBuilder.record(source: "one"), after: 0)
      var more = FactBuilder()
      more.merge("b", into: "a")
      try store.append(more.batch, of: FactBuilder.record(source: "two"), after: 1)
      let history = try store.history(ofLead: "b")
      #expect(history.map(\.0.source) == ["one", "two"])
      #expect(history.map { $0.1[.lead].rowCount } == [1, 0])
      #expect(history.map { $0.1[.merge].rowCount } == [0, 1])
      #expect(history.map { $0.1[.deal].rowCount } == [0, 0])
    }
  }

  @Test func `a flipped byte in a chunk is noticed and named`() throws {
    try withStore { store, path in
      try store.append(sample, of: FactBuilder.record(), after: 0)
      try DatabaseQueue(path: path).write { database in
        var payload = try #require(
          try Data.fetchOne(database, sql: "SELECT payload FROM chunk ORDER BY id LIMIT 1")
        )
        payload[payload.count / 2] ^= 1
        try database.execute(
          sql: "UPDATE chunk SET payload = ? WHERE id = (SELECT min(id) FROM chunk)",
          arguments: [payload]
        )
      }
      let error = #expect(throws: InputError.self) {
        try store.forEachBatch(after: 0) { _, _ in }
      }
      #expect(error?.diagnostics.first?.code == "store.damaged")
      #expect(
        error?.diagnostics.first?.message
          == "The store is damaged: chunk 1 (deal, import 1; files: facts.csv) does not match its "
          + "checksum."
      )
    }
  }

  @Test func `a page that SQLite cannot read is named as damage`() throws {
    try withStore { store, path in
      try store.append(sample, of: FactBuilder.record(), after: 0)
      let queue = try DatabaseQueue(path: path)
      let (root, size) = try queue.read { database in
        (
          try #require(
            try Int.fetchOne(database, sql: "SELECT rootpage FROM sqlite_schema WHERE name='chunk'")
          ),
          try #require(try Int.fetchOne(database, sql: "PRAGMA page_size"))
        )
      }
      try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
      try queue.close()
      let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
      try file.seek(toOffset: UInt64((root - 1) * size))
      try file.write(contentsOf: Data(repeating: 0xFF, count: size))
      try file.close()
      let error = #expect(throws: InputError.self) {
        try SQLiteFactStore(path: path).forEachBatch(after: 0) { _, _ in }
      }
      #expect(error?.diagnostics.first?.code == "store.damaged")
    }
  }
}
