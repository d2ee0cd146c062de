import Foundation
import GRDB
import PlumblineCore
import PlumblineStatistics
@testable import PlumblineStorage
import PlumblineTestSupport
import Testing

/// Stores of earlier versions are brought up to date with all their facts.
struct StoreMigrationTests {
  /// A chunk as version 1 or 2 wrote it.
  private func legacyChunk(_ table: FactTable, _ texts: TextDictionaries, version: UInt8) -> Data {
    var writer = LegacyColumnWriter()
    writer.put(version)
    writer.put(UInt64(table.rowCount))
    var columns = table.kind.schema.columns
    // Deals had no probability yet.
    if table.kind == .deal { columns = Array(columns.prefix(11)) }
    if version == 1 {
      if table.kind == .lead { columns = Array(columns.prefix(8)) }
    } else {
      writer.put(UInt8(columns.count))
    }
    for (index, column) in columns.enumerated() {
      if case .text(let domain) = column.content {
        writer.putTexts(table.columns[index], texts[domain])
      } else {
        writer.putNumbers(table.columns[index])
      }
    }
    writer.putNumbers(table.files.map(Int64.init))
    writer.putNumbers(table.lines.map(Int64.init))
    return Data(writer.bytes)
  }

  /// Makes a store as it was before there was one numbering of texts.
  private func makeOld(
    _ temporary: TemporaryStore,
    _ batches: [FactBatch],
    version: UInt8 = 2
  ) throws {
    let pool = try DatabasePool(path: temporary.path)
    try Migrations.migrator.migrate(pool, upTo: "0001-imports-and-chunks")
    try pool.write { database in
      for (index, batch) in batches.enumerated() {
        try database.execute(
          sql: "INSERT INTO import (id, seen_at, record) VALUES (?, 0, ?)",
          arguments: [index + 1, try JSONEncoder().encode(FactBuilder.record())]
        )
        for kind in FactKind.allCases where batch[kind].rowCount > 0 {
          let payload = legacyChunk(batch[kind], batch.texts, version: version)
          try database.execute(
            sql: """
              INSERT INTO chunk (import_id, kind, row_count, payload, checksum)
              VALUES (?, ?, ?, ?, ?)
              """,
            arguments: [
              index + 1, kind.rawValue, batch[kind].rowCount, payload,
              LegacyChunkCoding.checksum(payload),
            ]
          )
        }
      }
    }
    try pool.close()
  }

  @Test func `an old store without imports becomes an empty one`() throws {
    try TemporaryStore.with { temporary in
      try makeOld(temporary, [])
      let store = try temporary.open()
      #expect(try store.imports().isEmpty)
      #expect(try store.check().isEmpty)
    }
  }

  @Test(arguments: UInt64(0)..<20)
  func `an old store tells the same facts and goes on`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var batches = (0..<3).map { _ in drawnFacts(&random, count: random.integer(below: 50)) }
    var extreme = FactBuilder()
    extreme.lead("", day: -3000)
    extreme.stage("a", "won", day: nil)
    extreme.deal("d", lead: "a", created: 1, closed: 2, outcome: "won", amount: .max - 1)
    batches.append(extreme.batch)
    try TemporaryStore.with { temporary in
      try makeOld(temporary, batches, version: UInt8(1 + seed % 2))
      let store = try temporary.open()
      var expected = batches.enumerated().flatMap { ToldFact.all($1, $0 + 1) }
      #expect(try store.told() == expected)
      #expect(try store.check().isEmpty)
      let more = drawnFacts(&random, count: 20)
      try store.append(more, of: FactBuilder.record(), after: 4)
      expected += ToldFact.all(more, 5)
      try store.compact()
      #expect(try temporary.open().told() == expected)
    }
  }

  @Test func `a chunk written before leads had a score at hand-off lacks only that`() throws {
    var facts = FactBuilder()
    facts.lead("a", day: 1, scoreAtHandOff: 50)
    try TemporaryStore.with { temporary in
      try makeOld(temporary, [facts.batch], version: 1)
      try temporary.open().forEachBatch(after: 0) { _, batch in
        #expect(batch[.lead]["score_at_hand_off"] == [FactColumn.noNumber])
        #expect(batch[.lead]["created"] == facts.batch[.lead]["created"])
      }
    }
  }

  @Test(arguments: [1, 2] as [UInt8])
  func `a chunk written before deals had a probability lacks only that`(version: UInt8) throws {
    var facts = FactBuilder()
    facts.deal("d", lead: "a", created: 1, outcome: "open", amount: 500, probability: 400_000)
    try TemporaryStore.with { temporary in
      try makeOld(temporary, [facts.batch], version: version)
      try temporary.open().forEachBatch(after: 0) { _, batch in
        #expect(batch[.deal]["probability"] == [FactColumn.noNumber])
        #expect(batch[.deal]["amount"] == [500])
        #expect(batch[.deal]["created"] == facts.batch[.deal]["created"])
      }
    }
  }

  @Test func `an old store with a damaged chunk is refused and stays as it is`() throws {
    var facts = FactBuilder()
    facts.lead("a", day: 1)
    try TemporaryStore.with { temporary in
      try makeOld(temporary, [facts.batch])
      try temporary.tamper("UPDATE chunk SET checksum = checksum + 1")
      for _ in 0..<2 {
        let error = #expect(throws: InputError.self) { try temporary.open() }
        #expect(error?.diagnostics.first?.code == "store.damaged")
        #expect(error?.diagnostics.first?.message.contains("Chunk 1 (lead, import 1)") == true)
      }
      let tables: [String] = try temporary.query(
        "SELECT name FROM sqlite_schema WHERE name = 'store'"
      )
      #expect(tables.isEmpty)
    }
  }

  /// Old stores depend on it.
  ///
  /// The number is that of a second implementation, in Python.
  @Test func `the checksum of old chunks stays what it was`() {
    #expect(LegacyChunkCoding.checksum(Data("plumbline".utf8)) == 8_850_911_323_618_644_975)
  }

  @Test(arguments: UInt64(0)..<200)
  func `a damaged old chunk is refused or read, never trusted with a crash`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let batch = drawnFacts(&random, count: 20)
    var bytes = legacyChunk(batch[.lead], batch.texts, version: 2)
    for _ in 0...random.integer(below: 4) {
      bytes[random.integer(below: bytes.count)] = UInt8(random.integer(below: 256))
    }
    if random.integer(below: 4) == 0 { bytes = bytes.prefix(random.integer(below: bytes.count)) }
    var decoded = FactBatch()
    try? LegacyChunkCoding.decode(Data(bytes), .lead, into: &decoded)
    #expect(decoded[.lead].rowCount <= ChunkCoding.mostRows)
  }
}
