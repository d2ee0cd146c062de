import Foundation
import GRDB
import PlumblineCore
import PlumblineStatistics
@testable import PlumblineStorage
import PlumblineTestSupport
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
    facts.deal("f", lead: "a", created: 1)
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

  @Test func `a chunk written before leads had a score at hand-off lacks only that`() throws {
    // Version 1: no column count, and the eight columns that a lead had then.
    let table = sample[.lead]
    var writer = ByteWriter()
    writer.put(UInt8(1))
    writer.put(UInt64(table.rowCount))
    for (index, column) in FactKind.lead.schema.columns.prefix(8).enumerated() {
      if case .text(let domain) = column.content {
        writer.putTexts(table.columns[index], sample.texts[domain])
      } else {
        writer.putNumbers(table.columns[index])
      }
    }
    writer.putNumbers(table.files.map(Int64.init))
    writer.putNumbers(table.lines.map(Int64.init))
    var batch = FactBatch()
    try ChunkCoding.decode(Data(writer.bytes), .lead, into: &batch)
    #expect(rows(batch, .lead) == rows(sample, .lead))
    #expect(batch[.lead]["score_at_hand_off"].allSatisfy { $0 == FactColumn.noNumber })
  }

  @Test func `a chunk with more columns than are known is refused`() throws {
    var bytes = ChunkCoding.encode(sample[.lead], sample.texts)
    #expect(bytes[9] == UInt8(FactKind.lead.schema.columns.count))
    for count in [0, bytes[9] + 1] {
      bytes[9] = count
      var batch = FactBatch()
      #expect(throws: ChunkCoding.Malformed.self) {
        try ChunkCoding.decode(bytes, .lead, into: &batch)
      }
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
      let count = SQLiteFactStore.rowsPerChunk + 1
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

  @Test(arguments: UInt64(0)..<200)
  func `any numbers and texts survive packing`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var facts = FactBuilder()
    let width = random.integer(below: 63) + 1
    for index in 0..<random.integer(below: 300) {
      let number = Int64(bitPattern: random.next() >> UInt64(64 - width))
      facts.deal(
        "d\(index)",
        lead: "lead \(random.integer(below: 20))",
        created: Bool.random(using: &random) ? Double(random.integer(below: 20_000)) : nil,
        amount: random.integer(below: 5) == 0 ? nil : number
      )
    }
    let table = facts.batch[.deal]
    var decoded = FactBatch()
    try ChunkCoding.decode(ChunkCoding.encode(table, facts.batch.texts), .deal, into: &decoded)
    #expect(rows(decoded, .deal) == rows(facts.batch, .deal))
  }

  @Test(arguments: UInt64(0)..<300)
  func `a damaged chunk is refused or read, never trusted with a crash`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var bytes = ChunkCoding.encode(sample[.lead], sample.texts)
    for _ in 0...random.integer(below: 4) {
      bytes[random.integer(below: bytes.count)] = UInt8(random.integer(below: 256))
    }
    if random.integer(below: 4) == 0 { bytes = bytes.prefix(random.integer(below: bytes.count)) }
    var decoded = FactBatch()
    try? ChunkCoding.decode(Data(bytes), .lead, into: &decoded)
    #expect(decoded[.lead].rowCount <= SQLiteFactStore.rowsPerChunk)
  }
}
