import Foundation
import GRDB
import PlumblineCore
import PlumblineStatistics
@testable import PlumblineStorage
import PlumblineTestSupport
import Testing

/// Opening a store that cannot be written to, or is none.
struct StoreOpeningTests {
  private func fill(_ temporary: TemporaryStore) throws {
    let store = try temporary.open()
    var facts = FactBuilder()
    facts.lead("a", day: 1)
    try store.append(facts.batch, of: FactBuilder.record(), after: 0)
    try store.truncateLog()
  }

  @Test func `a store that cannot be written to is read, and refuses to be changed`() throws {
    try TemporaryStore.with { temporary in
      try fill(temporary)
      // Nothing is written beside it.
      for suffix in ["-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: temporary.path + suffix)
      }
      let store = try SQLiteFactStore(path: temporary.path, isReadOnly: true)
      #expect(try store.told().map(\.values).map(\.first) == ["a"])
      #expect(try store.history(ofLead: "a").count == 1)
      #expect(try store.check().isEmpty)
      #expect(store.identity.count == 32)
      let error = #expect(throws: InputError.self) {
        try store.append(FactBatch(), of: FactBuilder.record(), after: 1)
      }
      #expect(error?.diagnostics.first?.code == "store.read-only")
      let files = try FileManager.default.contentsOfDirectory(atPath: temporary.folder.path)
      #expect(files == ["plumbline.sqlite"])
    }
  }

  @Test func `a store that somebody else is writing to is read with its newest changes`() throws {
    try TemporaryStore.with { temporary in
      let store = try temporary.open()
      var facts = FactBuilder()
      facts.lead("a", day: 1)
      try store.append(facts.batch, of: FactBuilder.record(), after: 0)
      #expect(try temporary.size(ofFile: temporary.path + "-wal") > 0)
      let other = try SQLiteFactStore(path: temporary.path, isReadOnly: true)
      #expect(try other.told().count == 1)
      try store.append(facts.batch, of: FactBuilder.record(), after: 1)
      #expect(try other.told().count == 2)
    }
  }

  @Test func `a store may be opened and read while an import is stored`() throws {
    try TemporaryStore.with { temporary in
      try fill(temporary)
      let store = try temporary.open()
      let start = ContinuousClock.now
      try store.append(after: 1) { put in
        try put(
          FactTable(
            .lead,
            columns: [[0], [4], [0], [0], [0], [0], [0], [0], [0]],
            files: [0],
            lines: [1]
          )
        )
        #expect(try temporary.open().told().count == 1)
        return (FactBuilder.record(), TextDictionaries())
      }
      // Nobody waited for the ten seconds after which SQLite gives up.
      #expect(ContinuousClock.now - start < .seconds(9))
      #expect(try temporary.open().told().count == 2)
    }
  }

  @Test func `odd characters in a path mean themselves`() throws {
    try TemporaryStore.with { temporary in
      let folder = temporary.folder.appendingPathComponent("50%41 a?b#c é")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let path = folder.appendingPathComponent("plumbline.sqlite").path
      let name = try SQLiteFactStore(path: path).identity
      for suffix in ["-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: path + suffix)
      }
      #expect(try SQLiteFactStore(path: path, isReadOnly: true).identity == name)
    }
  }

  @Test func `changes that are not yet in the file are not passed over in silence`() throws {
    try TemporaryStore.with { temporary in
      try fill(temporary)
      try Data([1]).write(to: URL(fileURLWithPath: temporary.path + "-wal"))
      let error = #expect(throws: InputError.self) {
        try SQLiteFactStore(path: temporary.path, isReadOnly: true)
      }
      #expect(error?.diagnostics.first?.code == "store.read-only")
    }
  }

  @Test func `an older store that cannot be brought up to date says so`() throws {
    try TemporaryStore.with { temporary in
      let queue = try DatabaseQueue(path: temporary.path)
      try Migrations.migrator.migrate(queue, upTo: "0001-imports-and-chunks")
      try queue.close()
      let error = #expect(throws: InputError.self) {
        try SQLiteFactStore(path: temporary.path, isReadOnly: true)
      }
      #expect(error?.diagnostics.first?.code == "store.read-only")
    }
  }

  @Test func `a store of a newer version is refused either way`() throws {
    try TemporaryStore.with { temporary in
      try fill(temporary)
      try temporary.tamper("INSERT INTO grdb_migrations (identifier) VALUES ('9999-later')")
      for isReadOnly in [false, true] {
        let error = #expect(throws: InputError.self) {
          try SQLiteFactStore(path: temporary.path, isReadOnly: isReadOnly)
        }
        #expect(error?.diagnostics.first?.code == "store.newer")
      }
    }
  }

  @Test func `a file that is no store is refused`() throws {
    try TemporaryStore.with { temporary in
      try Data("id,created\n1,2024-01-01\n".utf8 + Data(repeating: 65, count: 9000))
        .write(to: URL(fileURLWithPath: temporary.path))
      for isReadOnly in [false, true] {
        let error = #expect(throws: InputError.self) {
          try SQLiteFactStore(path: temporary.path, isReadOnly: isReadOnly)
        }
        #expect(error?.diagnostics.first?.code == "store.unreadable")
      }
    }
  }
}
