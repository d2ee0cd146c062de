import Foundation
import PlumblineCore
import PlumblineStatistics
@testable import PlumblineStorage
import PlumblineTestSupport
import Testing

/// A store of facts is backed up whole, and only when it is whole.
struct StoreBackupTests {
  private func fill(_ temporary: TemporaryStore, imports: Int = 3) throws -> SQLiteFactStore {
    let store = try temporary.open()
    var random = SeededGenerator(seed: 11)
    for sequence in 0..<imports {
      try store.append(drawnFacts(&random, count: 20), of: FactBuilder.record(), after: sequence)
    }
    return store
  }

  private func backUp(_ temporary: TemporaryStore) throws -> String {
    let path = temporary.folder.appendingPathComponent("backup").path
    try BackupDraft.write(to: path, program: "1", at: Instant(seconds: 0)) {
      try $0.add(factsAt: temporary.path, as: "facts")
    }
    return path
  }

  @Test(arguments: [0, 1, 3])
  func `the copy tells the same facts under the same name`(imports: Int) throws {
    try TemporaryStore.with { temporary in
      let store = try fill(temporary, imports: imports)
      let target = temporary.folder.appendingPathComponent("new").path
      _ = try BackupArchive(path: backUp(temporary))
        .restore(to: target, accepting: BackupArchiveTests.everything)
      let copy = try SQLiteFactStore(path: target + "/facts")
      #expect(copy.identity == store.identity)
      #expect(try copy.imports() == store.imports())
      #expect(try copy.told() == store.told())
      #expect(try copy.check().isEmpty)
    }
  }

  @Test func `an import that is being stored is not in the copy, and is not disturbed`() throws {
    try TemporaryStore.with { temporary in
      let store = try fill(temporary)
      let before = try store.told()
      var path = ""
      try store.append(after: 3) { _ in
        path = try backUp(temporary)
        return (FactBuilder.record(), TextDictionaries())
      }
      #expect(try store.imports().count == 4)
      let target = temporary.folder.appendingPathComponent("new").path
      _ = try BackupArchive(path: path)
        .restore(to: target, accepting: BackupArchiveTests.everything)
      let copy = try SQLiteFactStore(path: target + "/facts")
      #expect(try copy.imports().count == 3)
      #expect(try copy.told() == before)
    }
  }

  @Test(arguments: [
    "UPDATE chunk SET checksum = checksum + 1 WHERE id = 1",
    "UPDATE chunk SET row_count = row_count + 1 WHERE id = 1",
    "DELETE FROM chunk WHERE id = 1",
    "UPDATE text_segment SET checksum = checksum + 1 WHERE first_code = 1",
    "UPDATE chunk SET payload = CAST('x' AS BLOB) WHERE id = 1",
  ])
  func `a store whose facts or texts are damaged is not backed up`(damage: String) throws {
    try TemporaryStore.with { temporary in
      _ = try fill(temporary)
      try temporary.tamper(damage)
      let code = BackupArchiveTests.code { _ = try backUp(temporary) }
      #expect(code == "store.damaged")
      let names = try FileManager.default.contentsOfDirectory(atPath: temporary.folder.path)
      #expect(!names.contains("backup") && !names.contains { $0.hasSuffix(".unfinished") })
    }
  }

  @Test func `what is not a SQLite file is named`() throws {
    try TemporaryStore.with { temporary in
      try Data(repeating: 0x41, count: 5000).write(to: URL(fileURLWithPath: temporary.path))
      #expect(BackupArchiveTests.code { _ = try backUp(temporary) } == "backup.source-damaged")
    }
  }
}
