import Foundation
import GRDB
import PlumblineCore
import PlumblineStatistics
@testable import PlumblineStorage
import PlumblineTestSupport
import Testing

/// Damage is noticed and named, whatever it hits; nothing wrong is ever told.
struct StoreDamageTests {
  /// A store of four imports, two of them in joined chunks, and what it tells.
  private func filled(_ temporary: TemporaryStore) throws -> [ToldFact] {
    let store = try temporary.open()
    var random = SeededGenerator(seed: 5)
    for sequence in 1...4 {
      if sequence == 3 { try store.compact() }
      try store.append(
        drawnFacts(&random, count: 10),
        of: FactBuilder.record(),
        after: sequence - 1
      )
    }
    try store.truncateLog()
    return try store.told()
  }

  private func findings(_ body: () throws -> Void) -> [Diagnostic] {
    do {
      try body()
      return []
    } catch let error as InputError {
      return error.diagnostics
    } catch {
      Issue.record("an error without a name: \(error)")
      return []
    }
  }

  @Test(arguments: [
    "payload", "checksum", "row_count", "first_import", "last_import", "kind", "id",
  ])
  func `a change of any part of a chunk is noticed`(column: String) throws {
    try TemporaryStore.with { temporary in
      _ = try filled(temporary)
      let change =
        [
          "kind": "'lead'", "payload": "CAST('x' AS BLOB)", "id": "id + 1000",
        ][column] ?? "\(column) + 1"
      try temporary.tamper("UPDATE chunk SET \(column) = \(change) WHERE id = 1")
      let found = findings { _ = try temporary.open().told() }
      #expect(found.map(\.code) == ["store.damaged"])
      #expect(try !temporary.open().check().isEmpty)
    }
  }

  @Test func `every flipped byte of a chunk is noticed and named`() throws {
    try TemporaryStore.with { temporary in
      _ = try filled(temporary)
      let store = try temporary.open()
      let payloads: [Data] = try temporary.query("SELECT payload FROM chunk ORDER BY id LIMIT 1")
      let payload = try #require(payloads.first)
      let queue = try DatabaseQueue(path: temporary.path)
      for index in payload.indices {
        var damaged = payload
        damaged[index] ^= UInt8(1 << (index % 8))
        try queue.write {
          try $0.execute(sql: "UPDATE chunk SET payload = ? WHERE id = 1", arguments: [damaged])
        }
        let found = findings { _ = try store.told() }
        #expect(found.map(\.code) == ["store.damaged"])
        #expect(
          found.first?.message
            == "The store is damaged: chunk 1 (deal, imports 1 to 2; files: facts.csv) does not "
            + "match its checksum."
        )
      }
      #expect(try store.check().map(\.code) == ["store.damaged"])
      try temporary.tamper("UPDATE chunk SET payload = ? WHERE id = 1", [payload])
      #expect(try store.check().isEmpty)
    }
  }

  @Test func `every flipped byte of a segment of texts is noticed and named`() throws {
    try TemporaryStore.with { temporary in
      _ = try filled(temporary)
      let store = try temporary.open()
      let payloads: [Data] = try temporary.query("SELECT payload FROM text_segment WHERE id = 2")
      let payload = try #require(payloads.first)
      let queue = try DatabaseQueue(path: temporary.path)
      for index in payload.indices {
        var damaged = payload
        damaged[index] ^= UInt8(1 << (index % 8))
        try queue.write {
          try $0.execute(
            sql: "UPDATE text_segment SET payload = ? WHERE id = 2",
            arguments: [damaged]
          )
        }
        let found = findings { _ = try store.told() }
        #expect(found.map(\.code) == ["store.damaged"])
        #expect(found.first?.message.contains("of the domain ") == true)
      }
      #expect(try store.check().count == 1)
    }
  }

  @Test(
    arguments: [
      "DELETE FROM chunk WHERE id = 1", "DELETE FROM text_segment WHERE id = 1",
      "DELETE FROM text_segment", "DELETE FROM import WHERE id = 4",
      "UPDATE import SET record = CAST('{}' AS BLOB) WHERE id = 4",
      "UPDATE import SET contents = NULL WHERE id = 4",
      "UPDATE import SET checksum = NULL WHERE id = 4",
      "UPDATE text_segment SET first_code = first_code + 1 WHERE id = 1",
      "UPDATE text_segment SET text_count = text_count + 1 WHERE id = 1",
      "UPDATE text_segment SET domain = 'owner' WHERE id = 1",
      "UPDATE text_segment SET text_count = 9223372036854775807 WHERE id = 1",
      "UPDATE chunk SET row_count = 9223372036854775807",
      "UPDATE chunk SET payload = (SELECT payload FROM chunk WHERE id = 2) WHERE id = 1",
    ]
  )
  func `rows that are missing or changed are noticed`(sql: String) throws {
    try TemporaryStore.with { temporary in
      _ = try filled(temporary)
      try temporary.tamper(sql)
      let found = findings { _ = try temporary.open().told() }
      #expect(found.map(\.code) == ["store.damaged"])
      let checked = try temporary.open().check()
      #expect(!checked.isEmpty && checked.allSatisfy { $0.code == "store.damaged" })
    }
  }

  @Test(arguments: [0.1, 0.3, 0.5, 0.7, 0.9, 0.999])
  func `a file cut short is named as damage`(share: Double) throws {
    try TemporaryStore.with { temporary in
      _ = try filled(temporary)
      let size = try temporary.size(ofFile: temporary.path)
      let file = try FileHandle(forWritingTo: URL(fileURLWithPath: temporary.path))
      try file.truncate(atOffset: UInt64(Double(size) * share))
      try file.close()
      let found = findings { _ = try temporary.open().told() }
      #expect(found.map(\.code) == ["store.damaged"])
    }
  }

  @Test(arguments: UInt64(0)..<30)
  func `a byte flipped anywhere in the file is noticed or harmless`(seed: UInt64) throws {
    try TemporaryStore.with { temporary in
      let whole = try filled(temporary)
      var random = SeededGenerator(seed: seed)
      let url = URL(fileURLWithPath: temporary.path)
      let original = try Data(contentsOf: url)
      for _ in 0..<6 {
        var bytes = original
        // Pages are mostly empty: choose among bytes that say something.
        var index = random.integer(below: bytes.count)
        while bytes[index] == 0 { index = random.integer(below: bytes.count) }
        bytes[index] ^= UInt8(1 << random.integer(below: 8))
        for suffix in ["-wal", "-shm"] {
          try? FileManager.default.removeItem(atPath: temporary.path + suffix)
        }
        try bytes.write(to: url)
        do {
          #expect(try temporary.open().told() == whole)
        } catch let error as InputError {
          #expect(error.diagnostics.allSatisfy { $0.code.hasPrefix("store.") })
        } catch is DatabaseError {
          // SQLite says what is wrong itself, such as a table that is not there.
        }
      }
    }
  }

  @Test func `a whole store has no findings`() throws {
    try TemporaryStore.with { temporary in
      #expect(try temporary.open().check().isEmpty)
      _ = try filled(temporary)
      #expect(try temporary.open().check().isEmpty)
    }
  }
}
